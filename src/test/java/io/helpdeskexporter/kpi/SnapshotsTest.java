package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;
import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.facts.Attribution;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Attribution CARE = new Attribution("care", Channel.EMAIL, Priority.HIGH);

  private static final Measure CREATED = Measure.count("created");
  private static final Measure RESPONSE =
      new Measure(
          "response", Unit.SECONDS, List.of(60_000L, 300_000L), List.of(), false, false, false);
  private static final Measure SPENT = Measure.amount("spent", Unit.SECONDS, "status");
  private static final Level OPEN = Level.of("open");
  private static final List<Family> FAMILIES =
      List.of(
          new Family.Gauge("helpdesk_tickets", "Open.", OPEN, Set.of(TEAM)),
          new Family.Earliest("helpdesk_oldest_timestamp_seconds", "Oldest.", OPEN, Set.of()),
          new Family.Counter("helpdesk_tickets_created_total", "Created.", CREATED, Set.of(TEAM)),
          new Family.SumCounter("helpdesk_status_seconds_total", "Time.", SPENT, Set.of(DETAIL)),
          new Family.Histogram(
              "helpdesk_first_response_seconds", "Wait.", RESPONSE, Set.of(TEAM, PRIORITY)),
          new Family.WindowCount("helpdesk_report_created", "Created.", CREATED, Set.of()),
          new Family.WindowSeconds("helpdesk_report_response_seconds", "Wait.", RESPONSE, Set.of()),
          new Family.SlaTargets("helpdesk_sla_target_seconds", "Target."));

  private static final Reporting REPORTING =
      new Reporting(
          ZoneOffset.UTC,
          DayOfWeek.MONDAY,
          List.of(Window.of("1d")),
          List.of(),
          Quantile.Method.LINEAR);

  @Test
  void namesAndValuesReadAsThePrometheusTextFormatWantsThem() {
    assertThat(text(new Snapshots(FAMILIES).of(List.of(metrics("acme")))))
        .isEqualTo(
            """
            # HELP helpdesk_first_response_seconds Wait.
            # TYPE helpdesk_first_response_seconds histogram
            helpdesk_first_response_seconds_bucket{priority="high",source="acme",team="care",le="60.0"} 1
            helpdesk_first_response_seconds_bucket{priority="high",source="acme",team="care",le="300.0"} 2
            helpdesk_first_response_seconds_bucket{priority="high",source="acme",team="care",le="+Inf"} 2
            helpdesk_first_response_seconds_count{priority="high",source="acme",team="care"} 2
            helpdesk_first_response_seconds_sum{priority="high",source="acme",team="care"} 180.001
            # HELP helpdesk_oldest_timestamp_seconds Oldest.
            # TYPE helpdesk_oldest_timestamp_seconds gauge
            helpdesk_oldest_timestamp_seconds{source="acme"} 1.7724528E9
            # HELP helpdesk_report_created Created.
            # TYPE helpdesk_report_created gauge
            helpdesk_report_created{source="acme",window="1d"} 1.0
            # HELP helpdesk_report_response_seconds Wait.
            # TYPE helpdesk_report_response_seconds gauge
            helpdesk_report_response_seconds{source="acme",stat="mean",window="1d"} 90.0005
            helpdesk_report_response_seconds{source="acme",stat="p50",window="1d"} 90.0005
            # HELP helpdesk_sla_target_seconds Target.
            # TYPE helpdesk_sla_target_seconds gauge
            helpdesk_sla_target_seconds{priority="urgent",sla_metric="first_response",source="acme"} 900.0
            # HELP helpdesk_status_seconds_total Time.
            # TYPE helpdesk_status_seconds_total counter
            helpdesk_status_seconds_total{source="acme",status="open"} 1.5
            # HELP helpdesk_tickets Open.
            # TYPE helpdesk_tickets gauge
            helpdesk_tickets{source="acme",team="care"} 1.0
            # HELP helpdesk_tickets_created_total Created.
            # TYPE helpdesk_tickets_created_total counter
            helpdesk_tickets_created_total{source="acme",team="care"} 1.0
            """);
  }

  @Test
  void openMetricsTellsUnitsAndSinceWhenCountersCount() {
    assertThat(openMetrics(new Snapshots(FAMILIES).of(List.of(metrics("acme")))))
        .contains(
            """
            # TYPE helpdesk_tickets_created counter
            # HELP helpdesk_tickets_created Created.
            helpdesk_tickets_created_total{source="acme",team="care"} 1.0
            helpdesk_tickets_created_created{source="acme",team="care"} 1772452800.000
            """,
            """
            # TYPE helpdesk_status_seconds counter
            # UNIT helpdesk_status_seconds seconds
            """,
            "helpdesk_first_response_seconds_created{priority=\"high\",source=\"acme\",team=\"care\"}"
                + " 1772452800.000\n");
  }

  @Test
  void aFamilyOfSeveralSourcesIsOneFamily() {
    String text = text(new Snapshots(FAMILIES).of(List.of(metrics("zoo"), metrics("acme"))));

    assertThat(text)
        .containsOnlyOnce("# TYPE helpdesk_tickets gauge")
        .contains(
            """
            helpdesk_tickets{source="acme",team="care"} 1.0
            helpdesk_tickets{source="zoo",team="care"} 1.0
            """);
    assertThat(text)
        .isEqualTo(
            text(new Snapshots(FAMILIES.reversed()).of(List.of(metrics("acme"), metrics("zoo")))));
  }

  @Test
  void aFamilyIsTheSameObjectUntilASourceShowsAnotherPointOfIt() {
    Engine acme = engine("acme");
    Engine zoo = engine("zoo");
    Snapshots snapshots = new Snapshots(FAMILIES);
    add(acme, new Observation(CREATED, 1, NOON, CARE, "", 1, true));
    add(zoo, new Observation(CREATED, 1, NOON, CARE, "", 1, true));
    Map<String, MetricSnapshot> first = byName(snapshots, acme, zoo);
    assertThat(byName(snapshots, acme, zoo)).isEqualTo(first).isNotEmpty();

    add(zoo, new Observation(RESPONSE, 1, NOON, CARE, "", 60_000, true));
    Map<String, MetricSnapshot> next = byName(snapshots, acme, zoo);

    assertThat(next.get("helpdesk_tickets_created"))
        .isSameAs(first.get("helpdesk_tickets_created"));
    assertThat(next).containsKey("helpdesk_first_response_seconds");
    assertThat(byName(snapshots, acme, zoo)).isEqualTo(next);
    assertThat(byName(snapshots, acme).get("helpdesk_tickets_created").getDataPoints()).hasSize(1);
    assertThat(byName(snapshots)).isEmpty();
    assertThat(byName(snapshots, acme, zoo).keySet()).isEqualTo(next.keySet());
  }

  private static void add(Engine engine, Observation observation) {
    List<Observation> one = List.of(observation);
    engine.apply(new TicketDelta("1", List.of(), one, one, List.of()));
  }

  /** Snapshots are equal only if they are the same object. */
  private static Map<String, MetricSnapshot> byName(Snapshots snapshots, Engine... engines) {
    return snapshots.of(Stream.of(engines).map(Engine::evaluate).toList()).stream()
        .collect(Collectors.toMap(f -> f.getMetadata().getName(), Function.identity()));
  }

  @Test
  void aSourceNotHeardOfLosesItsGaugesAndKeepsItsCounters() {
    SourceMetrics stale = metrics("acme").staled();

    assertThat(text(new Snapshots(FAMILIES).of(List.of(stale, metrics("zoo")))))
        .contains("helpdesk_tickets_created_total{source=\"acme\"")
        .contains("helpdesk_first_response_seconds_count{priority=\"high\",source=\"acme\"")
        .contains("helpdesk_sla_target_seconds{priority=\"urgent\",sla_metric=\"first_response\"")
        .doesNotContain("helpdesk_tickets{source=\"acme\"")
        .doesNotContain("helpdesk_oldest_timestamp_seconds{source=\"acme\"")
        .doesNotContain("helpdesk_report_created{source=\"acme\"")
        .doesNotContain("helpdesk_report_response_seconds{source=\"acme\"")
        .contains("helpdesk_tickets{source=\"zoo\"");
  }

  @Test
  void aFamilyWithoutSamplesIsLeftOut() {
    Engine engine = engine("acme");

    assertThat(new Snapshots(FAMILIES).of(List.of(engine.evaluate())).stream())
        .extracting(family -> family.getMetadata().getName())
        .containsExactly("helpdesk_report_created");
  }

  @Test
  void theSeriesAreCountedAsPrometheusStoresThem() {
    assertThat(metrics("acme").series(FAMILIES)).isEqualTo(5 + 1 + 1 + 2 + 1 + 1 + 1 + 1);
  }

  @Test
  void aCounterMustBeNamedAsOne() {
    List<Family> wrong = List.of(new Family.Counter("helpdesk_created", "", CREATED, Set.of()));
    Engine engine = new Engine("acme", wrong, REPORTING, new LabelBudget(Map.of()), NOON);

    assertThatThrownBy(() -> new Snapshots(wrong).of(List.of(engine.evaluate())))
        .hasMessage("family helpdesk_created: counters end in _total, no others");
  }

  private static SourceMetrics metrics(String source) {
    Engine engine = engine(source);
    List<Observation> observations =
        List.of(
            new Observation(CREATED, 1, NOON, CARE, "", 1, true),
            new Observation(RESPONSE, 1, NOON, CARE, "", 60_000, true),
            new Observation(RESPONSE, 2, NOON, CARE, "", 120_001, true),
            new Observation(SPENT, 1, NOON, CARE, "open", 1500, false));
    engine.apply(
        new TicketDelta(
            "1",
            List.of(),
            observations,
            observations,
            List.of(new Contribution(OPEN, CARE, "", NOON, NOON, Instant.MAX))));
    engine.promise(SlaMetric.FIRST_RESPONSE, Priority.URGENT, Duration.ofMinutes(15));
    return engine.evaluate();
  }

  private static Engine engine(String source) {
    return new Engine(source, FAMILIES, REPORTING, new LabelBudget(Map.of()), NOON);
  }

  private static String text(MetricSnapshots snapshots) {
    return written(PrometheusTextFormatWriter.create(), snapshots);
  }

  private static String openMetrics(MetricSnapshots snapshots) {
    return written(
        OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(true).build(), snapshots);
  }

  private static String written(ExpositionFormatWriter writer, MetricSnapshots snapshots) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      writer.write(out, snapshots, EscapingScheme.ALLOW_UTF8);
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
