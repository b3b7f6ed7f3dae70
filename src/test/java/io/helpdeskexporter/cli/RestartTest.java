package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.cli.GeneratedDesk.Mark;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those who scrape see of an exporter that ends and comes back. */
class RestartTest {
  private static final int TICKETS = 600;

  /** Notes in a table who writes to any other. */
  private static final String NOTE_WRITERS =
      """
      CREATE TABLE written_by (who text PRIMARY KEY);
      CREATE FUNCTION note_writer() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO written_by VALUES (session_user) ON CONFLICT DO NOTHING;
        RETURN NULL;
      END $$;
      DO $$
      DECLARE name text;
      BEGIN
        FOR name IN SELECT tablename FROM pg_tables
            WHERE schemaname = 'public' AND tablename NOT IN ('written_by') LOOP
          EXECUTE format(
            'CREATE TRIGGER note_writer AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
             FOR EACH STATEMENT EXECUTE FUNCTION note_writer()', name);
        END LOOP;
      END $$
      """;

  @TempDir Path directory;

  @Test
  void check9ARestartChangesNoCounterWhateverEndsTheExporter() throws Exception {
    GeneratedDesk desk = GeneratedDesk.of(21, TICKETS);
    Path config = Reading.config(directory, TestPostgres.freshDatabase(), GeneratedDesk.SOURCE);
    int lives = 5;
    try (Feeder feeder = new Feeder(desk, directory, 21)) {
      feeder.write(desk.size() / 3);
      feeder.start(8, Duration.ofMillis(10));
      LiveExporter exporter = LiveExporter.start(config);
      try (NeverFalling scraper = new NeverFalling(exporter.port())) {
        for (int life = 1; life <= lives; life++) {
          int grownBefore = scraper.grown();
          for (int step = 1; step <= 2; step++) {
            feed(feeder, desk, (2 * life + step) / (3.0 * lives), exporter);
          }
          Eventually.holds(
              "a scrape saw it grow", LiveExporter.LIMIT, () -> scraper.grown() > grownBefore);
          if (life % 2 == 0) {
            exporter.process().killHard();
          } else {
            assertThat(exporter.process().stopGently()).isEqualTo(143);
          }
          exporter.close();
          exporter = LiveExporter.start(config, exporter.port());
        }
        feeder.finish(LiveExporter.LIMIT);
        Exposed last = exporter.awaitUpTo(GeneratedDesk.END);
        assertCounted(last, desk);
        assertThat(scraper.problems()).isEmpty();
        assertThat(scraper.series()).isGreaterThanOrEqualTo(last.counters().size() / 2);
        assertThat(scraper.scrapes()).isGreaterThan(scraper.grown());
      } finally {
        exporter.close();
      }
    }
  }

  @Test
  void whatWasShownBeforeAStopOrAKillIsShownAfterIt() throws Exception {
    GeneratedDesk desk = GeneratedDesk.of(22, TICKETS);
    Path config = Reading.config(directory, TestPostgres.freshDatabase(), GeneratedDesk.SOURCE);
    try (Feeder feeder = new Feeder(desk, directory, 22)) {
      feeder.write(desk.size() / 2);
      feeder.start(8, Duration.ofMillis(10));
      Exposed before;
      try (LiveExporter first = LiveExporter.start(config)) {
        // Some of it is imported in one go, some followed.
        first.awaitUpTo(desk.completeAfter(desk.size() / 2));
        feed(feeder, desk, 0.7, first);
        before = feed(feeder, desk, 0.9, first);
        first.process().stopGently();
      }
      assertThat(before.gauges()).hasSizeGreaterThan(100);
      Instant mark = before.watermark().orElseThrow();
      try (LiveExporter second = LiveExporter.start(config)) {
        assertThat(second.awaitUpTo(mark).differencesFrom(before)).isEmpty();
        second.process().killHard();
      }
      try (LiveExporter third = LiveExporter.start(config)) {
        assertThat(third.awaitUpTo(mark).differencesFrom(before)).isEmpty();
      }
    }
  }

  @Test
  void itIsReadyAsSoonAsThereAreNumbersAndStaysSoWhenItsSourceFails() throws Exception {
    GeneratedDesk desk = GeneratedDesk.of(23, TICKETS);
    Database database = TestPostgres.freshDatabase();
    Path config = Reading.config(directory, database, GeneratedDesk.SOURCE);
    Reading.of(config).close();
    try (Feeder feeder = new Feeder(desk, directory, 23);
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      feeder.write(desk.size());
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE stream_position IN SHARE MODE");
      try (LiveExporter exporter = LiveExporter.start(config)) {
        Eventually.passes(
            "it says what it waits for",
            LiveExporter.LIMIT,
            () -> {
              HttpResponse<String> answer = exporter.get("/-/ready");
              assertThat(answer.statusCode()).isEqualTo(503);
              assertThat(answer.body()).contains("first import of desk is under way");
            });
        assertThat(exporter.status("/-/healthy")).isEqualTo(200);
        assertThat(exporter.scrape().counters()).isEmpty();
        assertThat(exporter.scrape().gauges()).isEmpty();

        connection.rollback();
        exporter.awaitReady();
        assertThat(exporter.scrape().counters()).isNotEmpty();
        assertCounted(exporter.awaitUpTo(GeneratedDesk.END), desk);

        Path log = directory.resolve(GeneratedDesk.Log.EVENTS.file);
        Files.move(log, directory.resolve("elsewhere"));
        Eventually.holds("it fails", LiveExporter.LIMIT, () -> !exporter.scrape().up());
        assertThat(exporter.status("/-/ready")).isEqualTo(200);
        assertCounted(exporter.scrape(), desk);

        Files.move(directory.resolve("elsewhere"), log);
        assertCounted(exporter.awaitUpTo(GeneratedDesk.END), desk);
      }
    }
  }

  @Test
  void howOldTheNumbersAreAfterARestartIsByWhenTheSourceWasReadAndNotByItsLastRow()
      throws Exception {
    GeneratedDesk desk = GeneratedDesk.of(25, TICKETS);
    Database database = TestPostgres.freshDatabase();
    Path patient = Reading.config(directory, database, GeneratedDesk.SOURCE);
    try (Feeder feeder = new Feeder(desk, directory, 25)) {
      feeder.write(desk.size());
      Exposed before;
      try (LiveExporter first = LiveExporter.start(patient)) {
        before = first.awaitUpTo(GeneratedDesk.END);
      }
      assertThat(before.gauges()).hasSizeGreaterThan(100);
      Files.move(directory.resolve(GeneratedDesk.Log.EVENTS.file), directory.resolve("elsewhere"));
      try (LiveExporter second = LiveExporter.start(patient)) {
        Exposed after = awaitFailedPoll(second);
        assertThat(after.watermark()).isEqualTo(before.watermark());
        assertThat(after.differencesFrom(before)).as("it was read a moment ago").isEmpty();
      }
      Path impatient =
          Reading.config(directory, database, GeneratedDesk.SOURCE.replace("stale_after: 1h", ""));
      Eventually.holds(
          "it was read longer than three polls ago",
          LiveExporter.LIMIT,
          () ->
              database
                  .value("SELECT now() > heard_at + interval '3 seconds' FROM source")
                  .equals(Optional.of("t")));
      try (LiveExporter third = LiveExporter.start(impatient)) {
        Exposed after = awaitFailedPoll(third);
        assertThat(after.counters()).isEqualTo(before.counters());
        assertThat(third.get("/metrics").body()).doesNotContain("helpdesk_report_");
      }
    }
  }

  private static Exposed awaitFailedPoll(LiveExporter exporter) {
    return Eventually.gives(
        "a poll has failed",
        LiveExporter.LIMIT,
        () -> {
          String text = exporter.get("/metrics").body();
          return Scrape.of(text).sum("helpdesk_poll_failures_total") > 0
              ? Optional.of(Exposed.of(text))
              : Optional.empty();
        });
  }

  @Test
  void ofTwoExportersOnOneStoreOneStandsByAndTakesOverWhenTheOtherIsKilled() throws Exception {
    GeneratedDesk desk = GeneratedDesk.of(24, TICKETS);
    Database database = TestPostgres.freshDatabase();
    TestPostgres.admin().execute("CREATE ROLE deputy SUPERUSER LOGIN PASSWORD 'deputy'");
    Path leaders = Reading.config(directory, database, GeneratedDesk.SOURCE);
    Path deputies =
        Reading.config(
            Files.createDirectory(directory.resolve("deputy")),
            new Database(database.jdbcUrl(), "deputy", "deputy"),
            GeneratedDesk.SOURCE.replace("path: ", "path: ../"));
    Reading.of(leaders).close();
    database.execute(NOTE_WRITERS);
    try (Feeder feeder = new Feeder(desk, directory, 24)) {
      feeder.write(desk.size() / 3);
      feeder.start(8, Duration.ofMillis(10));
      try (LiveExporter leader = LiveExporter.start(leaders);
          LiveExporter deputy = startAfter(leader, desk, feeder, deputies)) {
        awaitStandingBy(deputy);
        feed(feeder, desk, 0.5, leader);
        assertStandsBy(deputy);
        assertThat(leads(leader)).isEqualTo(1);
        Exposed before = feed(feeder, desk, 0.7, leader);
        assertStandsBy(deputy);
        assertThat(writers(database)).containsExactly(database.user());

        leader.process().killHard();
        deputy.awaitReady();
        Exposed after = deputy.awaitUpTo(before.watermark().orElseThrow());
        assertThat(after.differencesFrom(before)).isEmpty();
        assertThat(leads(deputy)).isEqualTo(1);
        try (LiveExporter returned = LiveExporter.start(leaders)) {
          awaitStandingBy(returned);
          database.execute("DELETE FROM written_by");
          feeder.finish(LiveExporter.LIMIT);
          assertCounted(deputy.awaitUpTo(GeneratedDesk.END), desk);
          assertStandsBy(returned);
          assertThat(writers(database)).containsExactly("deputy");

          assertThat(deputy.process().stopGently()).isEqualTo(143);
          returned.awaitReady();
          assertCounted(returned.awaitUpTo(GeneratedDesk.END), desk);
        }
      }
    }
  }

  private static LiveExporter startAfter(
      LiveExporter leader, GeneratedDesk desk, Feeder feeder, Path config) {
    leader.awaitUpTo(desk.completeAfter(feeder.written()));
    return LiveExporter.start(config);
  }

  /** Which one hears from the store, a moment after it listens. */
  private static void awaitStandingBy(LiveExporter exporter) {
    Eventually.passes("it stands by", LiveExporter.LIMIT, () -> assertStandsBy(exporter));
  }

  private static void assertStandsBy(LiveExporter exporter) throws Exception {
    HttpResponse<String> answer = exporter.get("/-/ready");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("standing by");
    assertThat(exporter.status("/-/healthy")).isEqualTo(200);
    assertThat(leads(exporter)).isZero();
    Scrape scrape = Scrape.of(exporter.get("/metrics").body());
    assertThat(scrape.names()).contains("helpdesk_exporter_build_info");
    assertThat(scrape.numbers().samples())
        .as("the leader serves all that is of a source")
        .noneMatch(sample -> sample.labels().containsKey("source"));
  }

  private static double leads(LiveExporter exporter) throws Exception {
    HttpResponse<String> answer = exporter.get("/metrics");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Scrape.of(answer.body()).one("helpdesk_exporter_leader");
  }

  private static List<String> writers(Database database) {
    return database.column("SELECT who FROM written_by").stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** Writes on up to a share of all rows, and returns when they are counted. */
  private static Exposed feed(
      Feeder feeder, GeneratedDesk desk, double share, LiveExporter exporter) {
    int upTo = (int) (desk.size() * share);
    feeder.allow(upTo);
    Eventually.holds("rows are written", LiveExporter.LIMIT, () -> feeder.written() >= upTo);
    return exporter.awaitUpTo(desk.completeAfter(upTo));
  }

  private static void assertCounted(Exposed scrape, GeneratedDesk desk) {
    assertThat(scrape.sum("helpdesk_tickets_created_total"))
        .isEqualTo(desk.count(Mark.CREATED, GeneratedDesk.END));
    assertThat(scrape.sum("helpdesk_tickets_solved_total"))
        .isEqualTo(desk.count(Mark.FIRST_SOLVE, GeneratedDesk.END));
    assertThat(scrape.sum("helpdesk_ticket_first_response_seconds_count"))
        .isEqualTo(desk.count(Mark.FIRST_REPLY, GeneratedDesk.END));
  }
}
