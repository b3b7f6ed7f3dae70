package io.helpdeskexporter.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.kpi.Benchmark;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.Goal;
import io.helpdeskexporter.kpi.Indicator;
import io.helpdeskexporter.kpi.Indicator.Better;
import io.helpdeskexporter.kpi.Indicators;
import io.helpdeskexporter.kpi.Indicators.Scope;
import io.helpdeskexporter.kpi.Judge;
import io.helpdeskexporter.kpi.Objective;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FiguresTest {
  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
  private static final Indicators INDICATORS = Catalogue.of(Definitions.DEFAULT).indicators();
  private static final Indicator CSAT = indicator("csat");
  private static final Scope WEEK = Scope.whole("7d");

  private final Map<String, List<DataPointSnapshot>> points = new LinkedHashMap<>();
  private final List<Goal> goals = new ArrayList<>();
  private final List<Benchmark> benchmarks = new ArrayList<>();
  private final List<Objective> objectives = new ArrayList<>();
  private boolean stale;

  FiguresTest() {
    for (Family family : Catalogue.of(Definitions.DEFAULT).families()) {
      points.put(family.name(), new ArrayList<>());
    }
  }

  @Test
  void aRatioComesWithWhatItIsMadeOf() {
    answers("7d", 45, 50);

    Figure figure = one(OptionalDouble.empty());

    assertThat(figure.measured().value()).hasValue(0.9);
    assertThat(figure.measured().numerator()).hasValue(45);
    assertThat(figure.measured().denominator()).hasValue(50);
    assertThat(figure.state()).isEqualTo(State.NO_TARGET);
  }

  @Test
  void tooFewSamplesAreNoValueButCanBeAddedUp() {
    answers("7d", 3, 4);

    Figure figure = one(OptionalDouble.of(0.9));

    assertThat(figure.measured().value()).isEmpty();
    assertThat(figure.measured().numerator()).hasValue(3);
    assertThat(figure.measured().denominator()).hasValue(4);
    assertThat(figure.state()).isEqualTo(State.NO_VALUE);
  }

  @Test
  void whatNobodyAnsweredIsNeitherZeroNorMissed() {
    Figure figure = one(OptionalDouble.of(0.9));

    assertThat(figure.measured()).isEqualTo(Indicators.Measured.NOTHING);
    assertThat(figure.state()).isEqualTo(State.NO_VALUE);
  }

  @Test
  void aTargetIsMetAtTheTarget() {
    answers("7d", 45, 50);

    assertThat(one(OptionalDouble.of(0.9)).state()).isEqualTo(State.MET);
    assertThat(one(OptionalDouble.of(0.91)).state()).isEqualTo(State.MISSED);
  }

  @Test
  void whatIsBetterTheLowerIsMetBelowItsTarget() {
    with("helpdesk_tickets_unsolved", 350);
    with("helpdesk_tickets", 350, "status", "open");
    Indicator backlog = indicator("backlog");

    assertThat(figure(backlog, Scope.whole(""), OptionalDouble.of(400)).state())
        .isEqualTo(State.MET);
    assertThat(figure(backlog, Scope.whole(""), OptionalDouble.of(300)).state())
        .isEqualTo(State.MISSED);
  }

  @Test
  void ofAStaleSourceNothingIsKnown() {
    answers("7d", 45, 50);
    stale = true;

    Figure figure = one(OptionalDouble.of(0.5));

    assertThat(figure.measured().value()).isEmpty();
    assertThat(figure.state()).isEqualTo(State.STALE);
  }

  @Test
  void theTargetOfAGoalHoldsWhereTheBoardNamesNone() {
    answers("7d", 45, 50);
    goal("happy", "7d", 0.95, NOON.plusSeconds(86_400));

    Aim aim = one(OptionalDouble.empty()).aim().orElseThrow();

    assertThat(aim.target()).isEqualTo(0.95);
    assertThat(aim.goal()).contains("happy");
    assertThat(one(OptionalDouble.of(0.8)).aim().orElseThrow().target()).isEqualTo(0.8);
  }

  @Test
  void aGoalForAnotherWindowIsNoTarget() {
    answers("7d", 45, 50);
    goal("happy", "30d", 0.95, NOON.plusSeconds(86_400));

    assertThat(one(OptionalDouble.empty()).aim()).isEmpty();
  }

  @Test
  void ofTwoGoalsTheOneWhoseDeadlineComesNextIsTheTarget() {
    answers("7d", 45, 50);
    goal("later", "7d", 0.99, NOON.plusSeconds(2 * 86_400));
    goal("sooner", "7d", 0.95, NOON.plusSeconds(86_400));

    assertThat(one(OptionalDouble.empty()).aim().flatMap(Aim::goal)).contains("sooner");
  }

  @Test
  void aGoalWhoseTimeIsOverIsNoTarget() {
    answers("7d", 45, 50);
    goal("past", "7d", 0.95, NOON);

    assertThat(one(OptionalDouble.empty()).state()).isEqualTo(State.NO_TARGET);
  }

  @Test
  void whatWillBeReachedByTheDeadlineIsOnTrack() {
    answers("7d", 45, 50);
    goal("slow", "7d", 0.95, NOON.plusSeconds(60 * 86_400));
    assertThat(one(OptionalDouble.empty()).state()).isEqualTo(State.ON_TRACK);

    goals.clear();
    goal("fast", "7d", 0.95, NOON.plusSeconds(86_400));
    assertThat(one(OptionalDouble.empty()).state()).isEqualTo(State.MISSED);
  }

  @Test
  void theFirstBenchmarkOfAnIndicatorIsComparedWith() {
    benchmarks.add(new Benchmark(indicator("nps"), "median", 0.3, "Somebody", "2026"));
    benchmarks.add(new Benchmark(CSAT, "median", 0.86, "Somebody", "2026"));
    benchmarks.add(new Benchmark(CSAT, "best", 0.93, "Somebody", "2026"));

    assertThat(one(OptionalDouble.empty()).benchmark().map(Benchmark::level)).contains("median");
  }

  @Test
  void theTableHasEachIndicatorOfTheSourceInEachWindowAndOfTeamsWhatThereIs() {
    answers("7d", 45, 50);
    with("helpdesk_report_csat_positive_responses_by_team", 9, "team", "care", "window", "7d");
    with("helpdesk_report_csat_responses_by_team", 10, "team", "care", "window", "7d");

    List<Figure> all = figures().of(metrics(), Selection.ALL, Map.of());

    long windowed = INDICATORS.all().stream().filter(INDICATORS::isWindowed).count();
    long present = INDICATORS.all().size() - windowed;
    assertThat(all.stream().filter(it -> it.team().isEmpty()))
        .hasSize((int) (2 * windowed + present));
    assertThat(all.stream().filter(it -> it.team().isPresent() && it.indicator().equals(CSAT)))
        .singleElement()
        .satisfies(it -> assertThat(it.measured().value()).hasValue(0.9));
  }

  @Test
  void whatIsNotAskedForIsNotTold() {
    answers("7d", 45, 50);
    Selection only = new Selection(Set.of(), Set.of("csat", "backlog"), Set.of("7d"), Set.of(""));

    assertThat(figures().of(metrics(), only, Map.of()))
        .extracting(it -> it.indicator().id(), it -> it.window().orElse(""))
        .containsExactlyInAnyOrder(tuple("csat", "7d"), tuple("backlog", ""));
  }

  // ----

  @Test
  void whereThereIsNoGoalAnObjectiveIsTheTargetInWhateverWindow() {
    objectives.add(objective(SlaMetric.FIRST_RESPONSE, Optional.empty(), "0.95"));
    promises("first_response", 90, 100);
    promises("resolution", 99, 100);

    Figure first = figure(indicator("sla_first_response_compliance"), WEEK, OptionalDouble.empty());
    assertThat(first.aim())
        .contains(new Aim(0.95, Better.HIGHER, Optional.empty(), Optional.empty()));
    assertThat(first.state()).isEqualTo(State.MISSED);
    assertThat(figure(indicator("sla_resolution_compliance"), WEEK, OptionalDouble.empty()).aim())
        .as("of other promises")
        .isEmpty();
  }

  @Test
  void aGoalGoesBeforeAnObjectiveAndWhatATileSaysBeforeBoth() {
    Indicator first = indicator("sla_first_response_compliance");
    objectives.add(objective(SlaMetric.FIRST_RESPONSE, Optional.empty(), "0.95"));
    promises("first_response", 90, 100);
    goals.add(
        new Goal(
            "better",
            first,
            "acme",
            Optional.empty(),
            "7d",
            0.8,
            BEGIN,
            0.92,
            NOON.plusSeconds(60),
            ""));

    assertThat(figure(first, WEEK, OptionalDouble.empty()).aim().map(Aim::target)).contains(0.92);
    assertThat(figure(first, WEEK, OptionalDouble.of(0.5)).aim().map(Aim::target)).contains(0.5);
  }

  @Test
  void anObjectiveForSomePromisesAloneIsNoTargetForAll() {
    objectives.add(objective(SlaMetric.FIRST_RESPONSE, Optional.of(Priority.URGENT), "0.95"));
    promises("first_response", 90, 100);

    assertThat(
            figure(indicator("sla_first_response_compliance"), WEEK, OptionalDouble.empty())
                .state())
        .isEqualTo(State.NO_TARGET);
  }

  private static Objective objective(SlaMetric metric, Optional<Priority> priority, String target) {
    return new Objective(
        "kept", "acme", metric, Optional.empty(), priority, new BigDecimal(target), 28);
  }

  private void promises(String metric, double kept, double ended) {
    with("helpdesk_report_sla_breaches", ended - kept, "sla_metric", metric, "window", "7d");
    with("helpdesk_report_sla_promises_ended", ended, "sla_metric", metric, "window", "7d");
  }

  private void answers(String window, double positive, double all) {
    with("helpdesk_report_csat_positive_responses", positive, "window", window);
    with("helpdesk_report_csat_responses", all, "window", window);
  }

  private void with(String family, double value, String... labels) {
    points
        .computeIfAbsent(family, _ -> new ArrayList<>())
        .add(new GaugeDataPointSnapshot(value, Labels.of(labels), null));
  }

  private void goal(String name, String window, double target, Instant deadline) {
    goals.add(
        new Goal(name, CSAT, "acme", Optional.empty(), window, 0.8, BEGIN, target, deadline, ""));
  }

  private Figure one(OptionalDouble target) {
    return figure(CSAT, WEEK, target);
  }

  private Figure figure(Indicator indicator, Scope scope, OptionalDouble target) {
    return figures().one(metrics(), indicator, scope, target, Map.of());
  }

  private SourceMetrics metrics() {
    return new SourceMetrics("acme", NOON, stale, points, Map.of());
  }

  private Figures figures() {
    return new Figures(
        INDICATORS,
        List.of("7d", "30d"),
        10,
        new Judge(INDICATORS, objectives, goals, 10),
        benchmarks);
  }

  private static Indicator indicator(String id) {
    return INDICATORS.named(id).orElseThrow();
  }
}
