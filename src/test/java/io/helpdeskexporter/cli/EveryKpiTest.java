package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.demo.DemoConfig;
import io.helpdeskexporter.demo.DeskDatabase;
import io.helpdeskexporter.demo.DeskSettings;
import io.helpdeskexporter.demo.EmbeddedPostgres;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.SeriesEstimate;
import io.helpdeskexporter.kpi.SourceMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's desk and configuration show every KPI there is. */
class EveryKpiTest {
  private static final int DAYS = 60;

  /** What the demo does not show, and why. */
  private static final Map<String, String> NOT_SHOWN =
      Map.of(
          "helpdesk_unmapped_values_total",
          "the demo's configuration maps all of its words",
          "helpdesk_report_reconciled_tickets",
          "the demo's desk computes nothing itself",
          "helpdesk_report_reconciled_tickets_agreed",
          "likewise");

  /** Something is broken, and of two who came by chat one is still to be answered in time. */
  private static final String NOW_AND_THEN =
      """
      INSERT INTO desk.incidents VALUES ('now', now(), now(), 'minor', NULL);
      INSERT INTO desk.tickets
        (id, created_at, updated_at, written_at, customer_id, opened_by, channel, subject, tag,
         state, priority, team)
      SELECT 1000000 + minutes, now() - minutes * interval '1 minute', now(), now(), 1, 'customer',
             'chat', 'Hello?', 'bug', 'new', 'P3', 'Live chat'
      FROM (VALUES (0), (60)) AS waits (minutes);
      """;

  private static final String[] TOKEN = {
    "Authorization", "Bearer demo-agents-token-" + DemoConfig.secret("any")
  };

  @TempDir Path directory;

  @Test
  void everyFamilyThatCanBeFedHasASeriesInTheDemo() throws Exception {
    Database store = TestPostgres.freshDatabase();
    Database desk = TestPostgres.freshDatabase();
    LocalDate today = LocalDate.now(Clock.system(DeskSettings.BERLIN));
    DeskSettings settings = DeskSettings.small(42, today, DAYS, 24).withChat(16);
    DeskDatabase.open(desk::connect, settings, Clock.systemUTC()).close();
    desk.execute(NOW_AND_THEN);
    Path file =
        Files.writeString(
            directory.resolve("demo.yml"),
            DemoConfig.yaml("127.0.0.1", 0, place(store), place(desk), settings.firstDay(), today));

    try (RunningExporter exporter = RunningExporter.start(file)) {
      exporter.eventually(
          "every KPI is alive",
          scrape -> {
            Scrape agents = Scrape.of(exporter.get("/metrics/agents", TOKEN).body());
            assertThat(dead(scrape, agents)).isEqualTo(NOT_SHOWN.keySet());
          });

      assertThat(moreThanForetold(file, exporter.scrape())).isEmpty();

      String page = exporter.get("/").body();
      assertThat(page)
          .doesNotContain(
              "nothing of the kind has come yet", "it is not asked for", "single people are off");
      assertThat(exporter.log()).doesNotContain("max_series_per_source");
    }
  }

  /** The families of which there is nothing. */
  private static Set<String> dead(Scrape scrape, Scrape agents) {
    Set<String> dead = new TreeSet<>();
    for (Family family : Catalogue.of(Definitions.DEFAULT).families()) {
      String name = family.name();
      boolean alive =
          Stream.of(name, name + "_bucket", name + "_count")
              .anyMatch(sample -> scrape.has(sample) || agents.has(sample));
      if (!alive) {
        dead.add(name);
      }
    }
    return dead;
  }

  /** Families of which there are more series than {@code plan} says, with both numbers. */
  private static Map<String, String> moreThanForetold(Path file, Scrape scrape) throws Exception {
    Wiring wiring = new Wiring(Wiring.loader(Map.of()).load(file).value());
    List<SourceMetrics.Sample> samples = scrape.numbers().samples();
    List<Family> families =
        wiring.catalogue().families(wiring.policies(wiring.sources().getFirst()));
    Map<String, Long> foretold =
        SeriesEstimate.atMost(
            families,
            new SeriesEstimate.Breadth(
                values(samples, "team"), values(samples, "channel"), values(samples, "priority")),
            wiring.reporting());
    Map<String, String> more = new TreeMap<>();
    for (Family family : families) {
      Set<String> names =
          Set.of(
              family.name(),
              family.name() + "_bucket",
              family.name() + "_count",
              family.name() + "_sum");
      long there = samples.stream().filter(it -> names.contains(it.family())).count();
      long said = foretold.getOrDefault(family.name(), 0L);
      if (there > said && !(family instanceof Family.Judged)) {
        more.put(family.name(), there + ", and not at most " + said);
      }
    }
    return more;
  }

  private static int values(List<SourceMetrics.Sample> samples, String label) {
    return (int)
        samples.stream()
            .flatMap(sample -> Stream.ofNullable(sample.labels().get(label)))
            .distinct()
            .count();
  }

  /** The server of the tests trusts everybody, and an empty password would be refused. */
  private static EmbeddedPostgres.Database place(Database database) {
    return new EmbeddedPostgres.Database(database.jdbcUrl(), database.user(), "any");
  }
}
