package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.MariaDbServer;
import io.helpdeskexporter.fixtures.PostgresServer;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Family;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that fails is seen, and alone; so is the store. */
class FailingSourceTest {
  private static final String HASTE = "poll_every: 1s\nstale_after: 3s";
  private static final String FIRST_LINE = "first line";

  /** What is absent while a source is not heard of, and what stays. */
  private static final Set<String> OF_THE_PRESENT =
      names(family -> family instanceof Family.Now || family instanceof Family.Report);

  private static final Set<String> FOR_EVER = names(family -> family instanceof Family.Ever);

  @TempDir Path directory;
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  /** A desk, the user that reads it, and one way in which reading it fails. */
  private record Way(
      String source, TwoTables desk, String user, String reason, Runnable breaks, Runnable mends) {
    String password() {
      return "pass of " + source;
    }

    String yaml() {
      return desk.source(source, user, password(), HASTE);
    }
  }

  @Test
  void howeverSourcesFailTheyAreSeenAloneAndComeBack() throws Exception {
    TwoTables sound = TwoTables.in(TestPostgres.freshDatabase());
    List<Way> ways = List.of(wrongPassword(), serverGone(), tableMissing(), notPermitted());
    work(sound);
    ways.forEach(way -> work(way.desk()));
    String sources =
        ways.stream().map(Way::yaml).collect(Collectors.joining())
            + sound.source("sound", sound.database().user(), sound.database().password(), HASTE);
    try (RunningExporter exporter = exporter(sources)) {
      Map<String, Map<String, Double>> before = new LinkedHashMap<>();
      for (Way way : ways) {
        Scrape scrape = exporter.asOf(way.desk().now(), way.source());
        before.put(way.source(), scrape.series(way.source(), FOR_EVER));
        assertThat(scrape.one("helpdesk_up", "source", way.source())).isEqualTo(1);
        assertThat(presentNames(scrape, way.source())).contains("helpdesk_tickets");
        assertThat(scrape.sum("helpdesk_tickets_created_total", "source", way.source()))
            .isEqualTo(2);
      }
      Set<String> all = presentNames(exporter.asOf(sound.now(), "sound"), "sound");

      ways.forEach(way -> way.breaks().run());
      exporter.eventually(
          "all failures are seen, and what they hide has gone",
          scrape -> {
            for (Way way : ways) {
              seenOrSound(scrape, way, before);
            }
            for (Way way : ways) {
              assertThat(scrape.one("helpdesk_up", "source", way.source())).isZero();
              assertThat(presentNames(scrape, way.source())).isEmpty();
            }
          });
      Scrape failed = exporter.scrape();
      for (Way way : ways) {
        assertThat(failed.series(way.source(), FOR_EVER)).isEqualTo(before.get(way.source()));
        assertThat(failed.sum("helpdesk_poll_failures_total", "source", way.source())).isPositive();
        assertThat(
                failed.one(
                    "helpdesk_api_request_failures_total",
                    "source",
                    way.source(),
                    "reason",
                    way.reason()))
            .as(way.source())
            .isEqualTo(failed.one("helpdesk_poll_failures_total", "source", way.source()));
        assertThat(failed.names("source", way.source()))
            .contains(
                "helpdesk_data_watermark_timestamp_seconds",
                "helpdesk_last_successful_poll_timestamp_seconds",
                "helpdesk_source_info",
                "helpdesk_tickets_stored");
      }
      assertThat(exporter.get("/-/healthy").statusCode()).isEqualTo(200);
      assertThat(exporter.get("/-/ready").statusCode()).isEqualTo(200);
      assertThat(exporter.get("/probe?source=gone").statusCode()).isEqualTo(200);

      sound.ticket("while others failed", sound.now(), FIRST_LINE);
      Scrape undisturbed = exporter.asOf(sound.now(), "sound");
      assertThat(undisturbed.one("helpdesk_up", "source", "sound")).isEqualTo(1);
      assertThat(undisturbed.sum("helpdesk_tickets_created_total", "source", "sound")).isEqualTo(3);
      assertThat(undisturbed.sum("helpdesk_poll_failures_total", "source", "sound")).isZero();
      assertThat(presentNames(undisturbed, "sound")).isEqualTo(all);

      String page = exporter.get("/").body();
      assertThat(page).contains("failing").contains("Error:");

      ways.forEach(way -> way.mends().run());
      for (Way way : ways) {
        way.desk().ticket("after the repair", way.desk().now(), FIRST_LINE);
      }
      for (Way way : ways) {
        Scrape scrape = exporter.asOf(way.desk().now(), way.source());
        assertThat(scrape.one("helpdesk_up", "source", way.source())).isEqualTo(1);
        assertThat(scrape.sum("helpdesk_tickets_created_total", "source", way.source()))
            .isEqualTo(3);
        assertThat(scrape.sum("helpdesk_tickets", "source", way.source())).isEqualTo(2);
        assertThat(presentNames(scrape, way.source())).contains("helpdesk_report_tickets_created");
      }
      assertThat(exporter.get("/").body()).contains("since recovered").doesNotContain("failing");

      for (Way way : ways) {
        assertThat(List.of(exporter.scrape().text(), page, exporter.get("/").body()))
            .noneMatch(text -> text.contains(way.password()));
        assertThat(exporter.log()).doesNotContain(way.password());
        assertThat(exporter.log()).contains("source " + way.source());
      }
    }
  }

  /** What vanishes does so only after the failure is told; what counts for ever never changes. */
  private static void seenOrSound(Scrape scrape, Way way, Map<String, Map<String, Double>> before) {
    if (presentNames(scrape, way.source()).isEmpty()) {
      assertThat(scrape.one("helpdesk_up", "source", way.source())).as(way.source()).isZero();
    }
    assertThat(scrape.series(way.source(), FOR_EVER)).isEqualTo(before.get(way.source()));
  }

  @Test
  void aSourceThatHasNeverAnsweredHidesNoOther() throws Exception {
    TwoTables sound = TwoTables.in(TestPostgres.freshDatabase());
    work(sound);
    Way stranger = wrongPassword();
    work(stranger.desk());
    stranger.breaks().run();
    try (RunningExporter exporter =
        exporter(
            stranger.yaml()
                + sound.source(
                    "sound", sound.database().user(), sound.database().password(), HASTE))) {
      Scrape scrape = exporter.asOf(sound.now(), "sound");
      assertThat(scrape.sum("helpdesk_tickets_created_total", "source", "sound")).isEqualTo(2);
      exporter.eventually(
          "the failure is seen",
          it ->
              assertThat(
                      it.one(
                          "helpdesk_api_request_failures_total",
                          "source",
                          "wrong-password",
                          "reason",
                          "misconfigured"))
                  .isPositive());
      scrape = exporter.scrape();
      assertThat(scrape.one("helpdesk_up", "source", "wrong-password")).isZero();
      assertThat(scrape.names("source", "wrong-password"))
          .as("what is not known is absent")
          .doesNotContain(
              "helpdesk_last_successful_poll_timestamp_seconds",
              "helpdesk_data_watermark_timestamp_seconds",
              "helpdesk_coverage_ratio",
              "helpdesk_tickets_created_total");
      assertThat(exporter.get("/-/ready").statusCode()).isEqualTo(200);
      assertThat(exporter.get("/").body()).contains("never succeeded");

      stranger.mends().run();
      assertThat(
              exporter
                  .asOf(stranger.desk().now(), "wrong-password")
                  .sum("helpdesk_tickets_created_total", "source", "wrong-password"))
          .isEqualTo(2);
      assertThat(exporter.log() + scrape.text() + exporter.get("/").body())
          .doesNotContain(stranger.password());
    }
  }

  @Test
  void rowsThatMakeNoSenseAreCountedOnceAndTheOthersGoOn() throws Exception {
    TwoTables desk = TwoTables.in(TestPostgres.freshDatabase());
    work(desk);
    desk.event("1", desk.now().minusSeconds(50), "levitated", "", "");
    desk.database().execute("INSERT INTO support_tickets VALUES ('old', '0001-01-01', DEFAULT)");
    Database database = desk.database();
    try (RunningExporter exporter =
        exporter(desk.source("desk", database.user(), database.password(), HASTE))) {
      Scrape scrape = exporter.asOf(desk.now(), "desk");
      assertThat(rejected(scrape)).isEqualTo(Map.of("bad_kind", 1.0, "bad_time", 1.0));
      assertThat(scrape.one("helpdesk_up", "source", "desk")).isEqualTo(1);
      assertThat(scrape.sum("helpdesk_tickets_created_total")).isEqualTo(2);

      desk.event("2", desk.now(), "evaporated", "", "");
      desk.reply("2", desk.now());
      scrape = exporter.asOf(desk.now(), "desk");
      assertThat(scrape.sum("helpdesk_ticket_first_response_seconds_count")).isEqualTo(2);
      Scrape later = exporter.asOf(desk.now(), "desk");
      assertThat(rejected(later))
          .as("although such rows are read again and again")
          .isEqualTo(Map.of("bad_kind", 2.0, "bad_time", 1.0));
      assertThat(exporter.log())
          .contains("left out")
          .containsOnlyOnce("levitated")
          .containsOnlyOnce("evaporated");
    }
  }

  private static Map<String, Double> rejected(Scrape scrape) {
    return scrape.numbers().samples().stream()
        .filter(sample -> sample.family().equals("helpdesk_rejected_rows_total"))
        .collect(
            Collectors.toMap(
                sample -> String.valueOf(sample.labels().get("reason")), sample -> sample.value()));
  }

  @Test
  void whileTheStoreIsGoneNumbersAreServedAndNothingIsLost() throws Exception {
    PostgresServer server = PostgresServer.started();
    opened.add(server);
    TwoTables desk = TwoTables.in(TestPostgres.freshDatabase());
    work(desk);
    String source = desk.source("desk", desk.database().user(), desk.database().password(), HASTE);
    Path config = Reading.config(directory, server.freshDatabase(), "sources:\n" + source);
    try (RunningExporter exporter = RunningExporter.start(config)) {
      Map<String, Double> before = exporter.asOf(desk.now(), "desk").series("desk", FOR_EVER);

      server.kill();
      desk.ticket("while the store was gone", desk.now(), FIRST_LINE);
      exporter.eventually(
          "the failure is seen and the gauges have gone",
          scrape -> {
            assertThat(scrape.series("desk", FOR_EVER)).isEqualTo(before);
            assertThat(scrape.one("helpdesk_up", "source", "desk")).isZero();
            assertThat(presentNames(scrape, "desk")).isEmpty();
          });
      assertThat(
              exporter
                  .scrape()
                  .one(
                      "helpdesk_api_request_failures_total",
                      "source",
                      "desk",
                      "reason",
                      "store_unavailable"))
          .isPositive();
      assertThat(exporter.get("/-/healthy").statusCode()).isEqualTo(200);
      assertThat(exporter.get("/").body()).contains("failing");

      server.start();
      Scrape after = exporter.asOf(desk.now(), "desk");
      assertThat(after.one("helpdesk_up", "source", "desk")).isEqualTo(1);
      assertThat(after.sum("helpdesk_tickets_created_total")).isEqualTo(3);
      assertThat(after.sum("helpdesk_ticket_first_response_seconds_count")).isEqualTo(1);
      assertThat(after.sum("helpdesk_tickets")).isEqualTo(2);
      assertThat(exporter.log()).contains("out of reach").contains("answers again");
      assertThat(exporter.process().alive()).isTrue();
    }
  }

  // ---- the ways

  private Way wrongPassword() {
    MariaDbServer server = MariaDbServer.shared();
    Database database = server.freshDatabase();
    String user = "reader_of_" + database.jdbcUrl().replaceAll(".*/", "");
    TwoTables desk = TwoTables.in(database);
    Way way =
        new Way(
            "wrong-password",
            desk,
            user,
            "misconfigured",
            () -> {
              database.execute("ALTER USER '" + user + "' IDENTIFIED BY 'a new one'");
              endSessions(database, user);
            },
            () ->
                database.execute(
                    "ALTER USER '" + user + "' IDENTIFIED BY 'pass of wrong-password'"));
    database.execute("CREATE USER '%s' IDENTIFIED BY '%s'".formatted(user, way.password()));
    database.execute("GRANT SELECT ON * TO '" + user + "'");
    return way;
  }

  private static void endSessions(Database database, String user) {
    database
        .column("SELECT id FROM information_schema.processlist WHERE user = '" + user + "'")
        .forEach(id -> database.execute("KILL " + id.orElseThrow()));
  }

  private Way serverGone() {
    PostgresServer server = PostgresServer.started();
    opened.add(server);
    TwoTables desk = TwoTables.in(server.freshDatabase());
    return new Way("gone", desk, "postgres", "unavailable", server::kill, server::start);
  }

  private static Way tableMissing() {
    TwoTables desk = TwoTables.in(TestPostgres.freshDatabase());
    return reader(
        "table-missing",
        desk,
        "ALTER TABLE support_tickets RENAME TO parked",
        "ALTER TABLE parked RENAME TO support_tickets");
  }

  private static Way notPermitted() {
    TwoTables desk = TwoTables.in(TestPostgres.freshDatabase());
    return reader(
        "not-permitted",
        desk,
        "REVOKE SELECT ON support_events FROM $user",
        "GRANT SELECT ON support_events TO $user");
  }

  private static Way reader(String source, TwoTables desk, String breaks, String mends) {
    Database database = desk.database();
    String user = "reader_of_" + database.jdbcUrl().replaceAll(".*/", "");
    Way way =
        new Way(
            source,
            desk,
            user,
            "misconfigured",
            () -> database.execute(breaks.replace("$user", user)),
            () -> database.execute(mends.replace("$user", user)));
    database.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(user, way.password()));
    database.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + user);
    return way;
  }

  // ---- what all share

  /** Two tickets, one of them answered and solved. */
  private static void work(TwoTables desk) {
    Instant start = desk.now().minusSeconds(3600);
    desk.ticket("1", start, FIRST_LINE);
    desk.reply("1", start.plusSeconds(300));
    desk.status("1", start.plusSeconds(600), "new", "solved");
    desk.ticket("2", start.plusSeconds(60), FIRST_LINE);
  }

  private RunningExporter exporter(String sources) {
    return RunningExporter.start(
        Reading.config(directory, TestPostgres.freshDatabase(), "sources:\n" + sources));
  }

  private static Set<String> presentNames(Scrape scrape, String source) {
    Set<String> names = new TreeSet<>(scrape.names("source", source));
    names.retainAll(OF_THE_PRESENT);
    return names;
  }

  private static Set<String> names(Predicate<Family> which) {
    return Catalogue.of(Definitions.DEFAULT).families().stream()
        .filter(which)
        .flatMap(
            family ->
                family instanceof Family.Histogram
                    ? List.of(family.name() + "_count", family.name() + "_sum").stream()
                    : List.of(family.name()).stream())
        .collect(Collectors.toSet());
  }
}
