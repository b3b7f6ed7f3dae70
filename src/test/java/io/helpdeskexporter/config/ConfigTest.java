package io.helpdeskexporter.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaTarget;
import io.helpdeskexporter.config.Yaml.SqlSettings;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.source.file.FileSettings;
import io.helpdeskexporter.source.file.TicketFile;
import io.helpdeskexporter.source.freshdesk.FreshdeskSettings;
import io.helpdeskexporter.source.hubspot.HubspotSettings;
import io.helpdeskexporter.source.salesforce.SalesforceSettings;
import io.helpdeskexporter.source.surveymonkey.SurveyMonkeySettings;
import io.helpdeskexporter.source.typeform.TypeformSettings;
import io.helpdeskexporter.source.zendesk.ZendeskSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigTest {
  private static final Path EXAMPLES = Path.of("examples");

  /** Those that the examples use. */
  static final SourceKinds KINDS =
      SourceKinds.of(
          Map.of(
              "sql",
              SqlSettings.class,
              "file",
              FileSettings.class,
              "surveymonkey",
              SurveyMonkeySettings.class,
              "typeform",
              TypeformSettings.class,
              "freshdesk",
              FreshdeskSettings.class,
              "hubspot",
              HubspotSettings.class,
              "salesforce",
              SalesforceSettings.class,
              "zendesk",
              ZendeskSettings.class));

  @TempDir Path directory;

  private Config example(String name) throws Exception {
    Yaml yaml = Yaml.in(directory);
    yaml.write("secrets/store-password", "store-secret\n");
    yaml.write("secrets/rt-password", "rt-secret\n");
    yaml.write("secrets/zendesk-token", "zendesk-secret\n");
    yaml.write("secrets/typeform-token", "typeform-secret\n");
    yaml.write("secrets/surveymonkey-token", "surveymonkey-secret\n");
    yaml.write("secrets/freshdesk-key", "freshdesk-secret\n");
    yaml.write("secrets/hubspot-token", "hubspot-secret\n");
    yaml.write("secrets/salesforce-secret", "salesforce-secret\n");
    yaml.write("secrets/push-token", "push-secret-push-secret\n");
    yaml.write("secrets/webhook", "hook-secret\n");
    yaml.write("secrets/webhook-before", "hook-secret-before\n");
    yaml.write("secrets/agents-token", "agents-secret-agents-secret\n");
    yaml.write("secrets/wallboard-token", "screens-secret-screens-secret\n");
    yaml.write("secrets/report-token", "report-secret-report-secret\n");
    yaml.write("secrets/agents-key", "hashes-secret-hashes-secret\n");
    return new ConfigLoader(KINDS, AimProblemsTest.INDICATORS, Map.of("RT_PASSWORD", "rt-secret"))
        .load(yaml.file(Files.readString(EXAMPLES.resolve(name))))
        .value();
  }

  static Stream<String> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yml"))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleLoads(String example) throws Exception {
    assertThat(example(example).sources()).isNotEmpty();
  }

  @Test
  void whatIsLeftOutHasItsDefault() throws Exception {
    Config config = example("log.yml");

    assertThat(config.listen())
        .isEqualTo(new Config.Listen("0.0.0.0", 9853, Optional.empty(), Set.of()));
    assertThat(config.store().poolSize()).isEqualTo(4);
    assertThat(config.reporting().zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(config.reporting().windows())
        .extracting(Window::label)
        .containsExactly("1d", "7d", "30d", "90d", "today", "this_week", "this_month");
    assertThat(config.reporting().quantiles()).containsExactly(0.5, 0.9, 0.95, 0.99);
    assertThat(config.reporting().weekStarts()).isEqualTo(DayOfWeek.MONDAY);
    assertThat(config.labels()).isEqualTo(new Config.Labels(50, 5000));
    assertThat(config.calendars()).isEmpty();
    assertThat(config.sla()).isEmpty();
    assertThat(config.sources())
        .singleElement()
        .satisfies(
            source -> {
              assertThat(source.calendar()).isEqualTo("24x7");
              assertThat(source.staleness(source.pollEvery())).isEqualTo(Duration.ofMinutes(3));
              assertThat(source.staleness(Duration.ofHours(1)))
                  .as("polled less often")
                  .isEqualTo(Duration.ofHours(3));
              assertThat(source.reports()).isEmpty();
              assertThat(((FileSettings) source.settings()).tickets())
                  .map(TicketFile::path)
                  .contains(directory.toAbsolutePath().resolve("tickets.csv"));
            });
  }

  @Test
  void theDefaultDefinitionsAreThoseOfTheKpis() throws Exception {
    assertThat(example("log.yml").kpi().definitions(Optional.empty()))
        .isEqualTo(Definitions.DEFAULT);
  }

  @Test
  void theFullExampleShowsTheDefaultDefinitions() throws Exception {
    assertThat(example("full.yml").kpi().definitions(Optional.empty()))
        .usingRecursiveComparison()
        .ignoringFields("tiers", "topics")
        .isEqualTo(example("log.yml").kpi().definitions(Optional.empty()));
  }

  @Test
  void aProfileChoosesWhereAKeyIsLeftOut() throws Exception {
    Definitions zendesk = definitions("kpi: {profile: zendesk}\n");
    Definitions own = definitions("kpi: {profile: zendesk, frt: {start: handoff}}\n");

    assertThat(zendesk.firstResponseStart()).isEqualTo(Definitions.FirstResponseStart.CREATION);
    assertThat(zendesk.firstContact().profile())
        .isEqualTo(Definitions.FirstContactProfile.ONE_TOUCH);
    assertThat(own.firstResponseStart()).isEqualTo(Definitions.FirstResponseStart.HANDOFF);
  }

  private Definitions definitions(String kpi) throws Exception {
    String text = Files.readString(EXAMPLES.resolve("log.yml")) + kpi;
    return new ConfigLoader(KINDS, Map.of())
        .load(Yaml.in(directory).file(text))
        .value()
        .kpi()
        .definitions(Optional.empty());
  }

  @Test
  void theFullExampleSaysWhatItSeemsToSay() throws Exception {
    Config config = example("full.yml");

    assertThat(config.store().url())
        .contains("jdbc:postgresql://db.example.com:5432/helpdesk_exporter");
    assertThat(config.store().password()).map(Secret::reveal).contains("store-secret");
    assertThat(config.calendars().get("berlin"))
        .satisfies(
            berlin -> {
              assertThat(berlin.hours().keySet()).containsExactly("mon-thu", "fri");
              assertThat(berlin.holidays().extra())
                  .last()
                  .isEqualTo(DayOff.parse("--12-24 from 14:00"));
            });
    assertThat(config.sla().getFirst().match().priority())
        .containsExactly(Priority.URGENT, Priority.HIGH);
    assertThat(config.sla().getFirst().resolution())
        .hasValueSatisfying(
            resolution ->
                assertThat(resolution.pauseOn()).containsExactly(Status.PENDING, Status.ON_HOLD));
    assertThat(config.sla().getLast().resolution().orElseThrow().within())
        .isEqualTo(Duration.ofDays(2));
    assertThat(config.definitions(config.sources().getLast()).tiers())
        .containsEntry("Engineering", 2);
    SourceConfig rt = config.sources().getFirst();
    assertThat(rt.statuses())
        .containsEntry("waiting for vendor", Status.ON_HOLD)
        .containsEntry("rubbish", Exclusion.SPAM);
    assertThat(rt.importCutoff().orElseThrow().in(config.reporting().zone()))
        .isEqualTo(Instant.parse("2025-12-31T23:00:00Z"));
    assertThat(rt.staleness(Duration.ofHours(1)))
        .as("as configured, however often it is polled")
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(rt.reports()).hasValueSatisfying(reports -> assertThat(reports).isEmpty());
    assertThat(rt.settings()).isInstanceOf(SqlSettings.class);
    assertThat(config.toString())
        .doesNotContain(
            "rt-secret",
            "store-secret",
            "push-secret",
            "agents-secret",
            "screens-secret",
            "hashes-secret",
            "report-secret");
  }

  @Test
  void aTokenIsNotShown() throws Exception {
    assertThat(example("zendesk.yml").toString()).doesNotContain("zendesk-secret");
    assertThat(example("typeform.yml").toString()).doesNotContain("typeform-secret");
    assertThat(example("surveymonkey.yml").toString()).doesNotContain("surveymonkey-secret");
    assertThat(example("freshdesk.yml").toString()).doesNotContain("freshdesk-secret");
    assertThat(example("hubspot.yml").toString()).doesNotContain("hubspot-secret");
    assertThat(example("salesforce.yml").toString()).doesNotContain("salesforce-secret");
  }

  @Test
  void eachMomentCountsByTheHoursThenInForce() throws Exception {
    BusinessClock berlin = requireNonNull(example("full.yml").clocks().get("berlin"));
    Instant monday = Instant.parse("2026-08-31T00:00:00+02:00");

    assertThat(berlin.between(monday, monday.plus(Duration.ofDays(1)))).hasHours(9);
    assertThat(berlin.between(monday, monday.plus(Duration.ofDays(2)))).hasHours(9 + 10);
  }

  @Test
  void calendarsAndPoliciesMeanWhatTheySay() throws Exception {
    Config config = example("full.yml");
    Map<String, BusinessClock> clocks = config.clocks();

    assertThat(clocks.keySet()).containsExactly("24x7", "berlin");
    BusinessClock berlin = requireNonNull(clocks.get("berlin"));
    assertThat(berlin.isOpen(Instant.parse("2026-03-02T08:30:00Z"))).as("a Monday").isTrue();
    assertThat(berlin.isOpen(Instant.parse("2026-03-06T11:30:00Z")))
        .as("a noon on Friday")
        .isFalse();
    assertThat(berlin.isOpen(Instant.parse("2026-12-24T12:30:00Z"))).as("before 14:00").isTrue();
    assertThat(berlin.isOpen(Instant.parse("2026-12-24T13:30:00Z"))).as("after 14:00").isFalse();
    assertThat(berlin.isOpen(Instant.parse("2026-12-28T10:00:00Z"))).as("an extra day").isFalse();
    assertThat(berlin.isOpen(Instant.parse("2026-10-03T10:00:00Z"))).as("a holiday").isFalse();
    assertThat(berlin.isOpen(Instant.parse("2028-05-01T10:00:00Z"))).as("an exception").isTrue();
    assertThat(config.slaPolicies(clocks).inOrder())
        .satisfiesExactly(
            vip -> {
              assertThat(vip.name()).isEqualTo("vip");
              assertThat(vip.match().organizations()).contains("initech");
              assertThat(vip.targets())
                  .containsEntry(SlaMetric.FIRST_RESPONSE, SlaTarget.within(Duration.ofMinutes(30)))
                  .containsEntry(SlaMetric.NEXT_RESPONSE, SlaTarget.within(Duration.ofHours(1)))
                  .containsEntry(
                      SlaMetric.RESOLUTION,
                      new SlaTarget(Duration.ofHours(8), Set.of(Status.PENDING, Status.ON_HOLD)));
            },
            standard -> {
              assertThat(standard.clock()).isSameAs(berlin);
              assertThat(standard.targets()).doesNotContainKey(SlaMetric.NEXT_RESPONSE);
            });
  }

  @Test
  void aSourcesOwnWordsComeBeforeThoseOfItsKind() throws Exception {
    Vocabulary kind =
        new Vocabulary(
            Map.of("stalled", Status.ON_HOLD, "odd", Status.NEW), Map.of(), Map.of(), Map.of());
    Vocabulary words = example("full.yml").sources().getFirst().vocabulary(kind);

    assertThat(words.status("Stalled")).contains(Status.PENDING);
    assertThat(words.status("odd")).contains(Status.NEW);
    assertThat(words.team("General")).isEqualTo("Support");
  }

  /** The full example promises every key: a new one is missing here until it is shown there. */
  @Test
  void theFullExampleNamesEveryKey() throws Exception {
    String full = Files.readString(EXAMPLES.resolve("full.yml"));
    assertThat(ConfigReference.keys()).allSatisfy(key -> assertThat(full).contains(key + ":"));
  }
}
