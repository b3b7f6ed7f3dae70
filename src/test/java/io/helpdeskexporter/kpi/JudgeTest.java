package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.kpi.Standing.Outcome;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
  private static final Catalogue CATALOGUE = Catalogue.of(Definitions.DEFAULT);
  private static final Instant START = Shows.NOON.minus(Duration.ofDays(25));
  private static final Instant END = START.plus(Duration.ofDays(100));
  private static final String FRT = "helpdesk_report_first_response_seconds";

  private static final Goal FASTER = goal("faster", "first_response", Optional.empty(), 7200, 3600);

  private final Shows shows = Shows.nothing();

  @Test
  void whatAGoalShowsReadsLikeThis() {
    shows.median(FRT, "30d", 6480);
    Goal care = goal("care", "sla_compliance", Optional.of("care"), 0.5, 0.75);

    assertThat(text(judge(FASTER, care).over(shows.metrics(), Map.of())))
        .isEqualTo(
            """
            # HELP helpdesk_goal_deadline_timestamp_seconds When a goal's time is over, as configured, cached, refreshed every poll.
            # TYPE helpdesk_goal_deadline_timestamp_seconds gauge
            helpdesk_goal_deadline_timestamp_seconds{goal="care",source="acme"} 1.7789328E9
            helpdesk_goal_deadline_timestamp_seconds{goal="faster",source="acme"} 1.7789328E9
            # HELP helpdesk_goal_elapsed_ratio How much of a goal's time is over, calendar clock: 0 at the start, 1 at the deadline, cached, refreshed every poll.
            # TYPE helpdesk_goal_elapsed_ratio gauge
            helpdesk_goal_elapsed_ratio{goal="care",source="acme"} 0.25
            helpdesk_goal_elapsed_ratio{goal="faster",source="acme"} 0.25
            # HELP helpdesk_goal_info What a goal is about: the KPI with its unit, whether it is to go up or down, the window and the team it is measured over, and who is to reach it, cached, refreshed every poll.
            # TYPE helpdesk_goal_info gauge
            helpdesk_goal_info{direction="down",goal="faster",kpi="first_response",owner_team="Owners",source="acme",team="",unit="seconds",window="30d"} 1.0
            helpdesk_goal_info{direction="up",goal="care",kpi="sla_compliance",owner_team="Owners",source="acme",team="care",unit="ratio",window="30d"} 1.0
            # HELP helpdesk_goal_on_track Whether a goal's projected value reaches the target; absent without a projection, cached, refreshed every poll.
            # TYPE helpdesk_goal_on_track gauge
            helpdesk_goal_on_track{goal="faster",source="acme"} 0.0
            # HELP helpdesk_goal_progress_ratio How far a goal's value has come from the start to the target: 0 at the start, 1 at the target, cached, refreshed every poll.
            # TYPE helpdesk_goal_progress_ratio gauge
            helpdesk_goal_progress_ratio{goal="faster",source="acme"} 0.2
            # HELP helpdesk_goal_projected_value What a goal's KPI will be at the deadline if it goes on as from the start to now; absent in the first tenth of the time and after it, cached, refreshed every poll.
            # TYPE helpdesk_goal_projected_value gauge
            helpdesk_goal_projected_value{goal="faster",source="acme"} 4320.0
            # HELP helpdesk_goal_start_timestamp_seconds When a goal started, as configured, cached, refreshed every poll.
            # TYPE helpdesk_goal_start_timestamp_seconds gauge
            helpdesk_goal_start_timestamp_seconds{goal="care",source="acme"} 1.7702928E9
            helpdesk_goal_start_timestamp_seconds{goal="faster",source="acme"} 1.7702928E9
            # HELP helpdesk_goal_start_value What a goal's KPI was at the start, as configured, cached, refreshed every poll.
            # TYPE helpdesk_goal_start_value gauge
            helpdesk_goal_start_value{goal="care",source="acme"} 0.5
            helpdesk_goal_start_value{goal="faster",source="acme"} 7200.0
            # HELP helpdesk_goal_state 1 for the state that a goal is in: open, and after the deadline reached or missed, by the value at the deadline, cached, refreshed every poll.
            # TYPE helpdesk_goal_state gauge
            helpdesk_goal_state{goal="care",source="acme",state="open"} 1.0
            helpdesk_goal_state{goal="faster",source="acme",state="open"} 1.0
            # HELP helpdesk_goal_target_value What a goal's KPI is to come to, as configured, cached, refreshed every poll.
            # TYPE helpdesk_goal_target_value gauge
            helpdesk_goal_target_value{goal="care",source="acme"} 0.75
            helpdesk_goal_target_value{goal="faster",source="acme"} 3600.0
            # HELP helpdesk_goal_value What a goal's KPI is now; after the deadline, what it was at the deadline, cached, refreshed every poll.
            # TYPE helpdesk_goal_value gauge
            helpdesk_goal_value{goal="faster",source="acme"} 6480.0
            """);
  }

  @Test
  void whatAnObjectiveShowsReadsLikeThis() {
    Judge judge =
        new Judge(
            CATALOGUE.indicators(),
            List.of(
                objective("acme", "replies", Optional.empty(), Optional.empty(), "0.95"),
                objective("acme", "care", Optional.of("Care"), Optional.of(Priority.URGENT), "0.9"),
                objective("zoo", "others", Optional.empty(), Optional.empty(), "0.5")),
            List.of(),
            10);

    assertThat(text(judge.over(shows.metrics().staled(), Map.of())))
        .as("also of a source that is not heard of; none of another source")
        .isEqualTo(
            """
            # HELP helpdesk_sla_objective_period_seconds Over which rolling period an SLA objective is to be met, calendar clock, as configured, cached, refreshed every poll.
            # TYPE helpdesk_sla_objective_period_seconds gauge
            helpdesk_sla_objective_period_seconds{objective="care",source="acme"} 2419200.0
            helpdesk_sla_objective_period_seconds{objective="replies",source="acme"} 2419200.0
            # HELP helpdesk_sla_objective_ratio Which part of the SLA promises is to be kept, as configured; without team or priority where all of them are meant, cached, refreshed every poll.
            # TYPE helpdesk_sla_objective_ratio gauge
            helpdesk_sla_objective_ratio{objective="care",priority="urgent",sla_metric="first_response",source="acme",team="Care"} 0.9
            helpdesk_sla_objective_ratio{objective="replies",priority="",sla_metric="first_response",source="acme",team=""} 0.95
            """);
  }

  private static Objective objective(
      String source,
      String name,
      Optional<String> team,
      Optional<Priority> priority,
      String target) {
    return new Objective(
        name, source, SlaMetric.FIRST_RESPONSE, team, priority, new BigDecimal(target), 28);
  }

  @Test
  void aGoalIsOnTrackIfTheLineReachesItsTarget() {
    shows.median(FRT, "30d", 6300);

    assertThat(judged(FASTER).get("helpdesk_goal_on_track{goal=faster}")).isEqualTo(1);
    assertThat(judged(FASTER).get("helpdesk_goal_projected_value{goal=faster}")).isEqualTo(3600);
  }

  @Test
  void aGoalWhoseIndicatorHasNoValueShowsNoneAndNotZero() {
    assertThat(judged(FASTER))
        .containsEntry("helpdesk_goal_state{goal=faster, state=open}", 1.0)
        .containsEntry("helpdesk_goal_elapsed_ratio{goal=faster}", 0.25)
        .doesNotContainKeys(
            "helpdesk_goal_value{goal=faster}",
            "helpdesk_goal_progress_ratio{goal=faster}",
            "helpdesk_goal_projected_value{goal=faster}",
            "helpdesk_goal_on_track{goal=faster}");
  }

  @Test
  void ofASourceNotHeardOfOnlyWhatIsConfiguredStays() {
    shows.median(FRT, "30d", 6300);

    assertThat(series(judge(FASTER).over(shows.metrics().staled(), Map.of())))
        .containsOnlyKeys(
            "helpdesk_goal_deadline_timestamp_seconds{goal=faster}",
            "helpdesk_goal_info{direction=down, goal=faster, kpi=first_response, owner_team=Owners,"
                + " team=, unit=seconds, window=30d}",
            "helpdesk_goal_start_timestamp_seconds{goal=faster}",
            "helpdesk_goal_start_value{goal=faster}",
            "helpdesk_goal_target_value{goal=faster}");
  }

  @Test
  void afterTheDeadlineTheOutcomeStaysWhateverTheIndicatorDoes() {
    shows.median(FRT, "30d", 99_999).asOf(END.plusSeconds(1));
    Map<Goal, Outcome> reached = Map.of(FASTER, outcome(3600));
    Map<Goal, Outcome> missed = Map.of(FASTER, outcome(4500));

    assertThat(series(judge(FASTER).over(shows.metrics(), reached)))
        .containsEntry("helpdesk_goal_value{goal=faster}", 3600.0)
        .containsEntry("helpdesk_goal_progress_ratio{goal=faster}", 1.0)
        .containsEntry("helpdesk_goal_elapsed_ratio{goal=faster}", 1.0)
        .containsEntry("helpdesk_goal_state{goal=faster, state=reached}", 1.0)
        .doesNotContainKeys(
            "helpdesk_goal_state{goal=faster, state=open}",
            "helpdesk_goal_projected_value{goal=faster}",
            "helpdesk_goal_on_track{goal=faster}");
    assertThat(series(judge(FASTER).over(shows.metrics(), missed)))
        .containsEntry("helpdesk_goal_progress_ratio{goal=faster}", 0.75)
        .containsEntry("helpdesk_goal_state{goal=faster, state=missed}", 1.0);
  }

  @Test
  void whatIsOverDoesNotGrowStale() {
    shows.asOf(END);
    Map<Goal, Outcome> outcomes = Map.of(FASTER, outcome(3600));

    assertThat(series(judge(FASTER).over(shows.metrics().staled(), outcomes)))
        .isEqualTo(series(judge(FASTER).over(shows.metrics(), outcomes)));
  }

  @Test
  void aGoalIsDueFromItsDeadlineUntilItsOutcomeIsKnown() {
    Judge judge = judge(FASTER);

    assertThat(judge.due(shows.asOf(END.minusMillis(1)).metrics(), Map.of())).isEmpty();
    assertThat(judge.due(shows.asOf(END).metrics(), Map.of())).containsExactly(FASTER);
    assertThat(judge.due(shows.metrics(), Map.of(FASTER, new Outcome(OptionalDouble.empty()))))
        .isEmpty();
    assertThat(series(judge.over(shows.metrics(), Map.of())))
        .as("until then nobody knows")
        .doesNotContainKeys(
            "helpdesk_goal_value{goal=faster}", "helpdesk_goal_state{goal=faster, state=open}");
  }

  @Test
  void aGoalThatNobodyCouldMeasureAtItsDeadlineIsNeitherReachedNorMissed() {
    shows.asOf(END);

    assertThat(
            series(
                judge(FASTER)
                    .over(shows.metrics(), Map.of(FASTER, new Outcome(OptionalDouble.empty())))))
        .containsEntry("helpdesk_goal_elapsed_ratio{goal=faster}", 1.0)
        .allSatisfy((series, _) -> assertThat(series).doesNotContain("goal_state", "goal_value"))
        .hasSize(6);
  }

  @Test
  void theOutcomeIsTheValueAtTheLastInstantAndNoOther() {
    shows.median(FRT, "30d", 4000);

    assertThat(judge(FASTER).outcome(FASTER, shows.asOf(FASTER.lastInstant()).metrics()))
        .isEqualTo(outcome(4000));
    assertThatThrownBy(() -> judge(FASTER).outcome(FASTER, shows.asOf(END).metrics()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aGoalOfAnotherSourceIsNotShown() {
    Goal elsewhere =
        new Goal(
            "elsewhere", FASTER.indicator(), "zoo", Optional.empty(), "30d", 2, START, 1, END, "");

    assertThat(series(judge(elsewhere).over(shows.metrics(), Map.of()))).isEmpty();
  }

  /** Median first response against satisfaction, of 100 answers each. */
  @ParameterizedTest(name = "{0} s after {1} s and {2} of 100 after {3}: {4}")
  @CsvSource({
    "899, 1000, 77, 80, 1", // faster and worse
    "900, 1000, 77, 80, 0", // not by more than a tenth
    "899, 1000, 78, 80, 0", // not by more than two points
    "899, 1000, 90, 80, 0", // faster and better
    "2000, 1000, 50, 80, 0", // slower and worse
    "0, 0, 50, 80, 0",
  })
  void speedThatIsPaidForWithQualityIsSeen(
      double fast, double slow, double now, double then, double divergence) {
    pair(fast, slow, now, then);

    assertThat(judged())
        .containsEntry("helpdesk_kpi_divergence{quality=csat, speed=first_response}", divergence);
  }

  @Test
  void whereOneOfTheTwoHasNoValueNothingIsSaid() {
    pair(899, 1000, 77, 80);
    shows.without("helpdesk_report_csat_responses");

    assertThat(judged()).isEmpty();
  }

  @Test
  void anIndicatorThatIsBetterLowerGetsWorseByRising() {
    shows
        .median("helpdesk_report_resolution_seconds", "7d", 100)
        .median("helpdesk_report_resolution_seconds", "30d", 200)
        .count("helpdesk_report_tickets_reopened", "7d", 13)
        .count("helpdesk_report_tickets_solved", "7d", 100)
        .count("helpdesk_report_tickets_reopened", "30d", 10)
        .count("helpdesk_report_tickets_solved", "30d", 100);

    assertThat(judged())
        .containsEntry("helpdesk_kpi_divergence{quality=reopen_rate, speed=resolution}", 1.0);
  }

  private void pair(double fast, double slow, double now, double then) {
    shows
        .median(FRT, "7d", fast)
        .median(FRT, "30d", slow)
        .count("helpdesk_report_csat_positive_responses", "7d", now)
        .count("helpdesk_report_csat_responses", "7d", 100)
        .count("helpdesk_report_csat_positive_responses", "30d", then)
        .count("helpdesk_report_csat_responses", "30d", 100);
  }

  private Map<String, Double> judged(Goal... goals) {
    return series(judge(goals).over(shows.metrics(), Map.of()));
  }

  private static Judge judge(Goal... goals) {
    return new Judge(CATALOGUE.indicators(), List.of(), List.of(goals), 10);
  }

  private static Map<String, Double> series(SourceMetrics metrics) {
    return Series.of(metrics, families());
  }

  private static List<Family> families() {
    return CATALOGUE.families().stream().filter(Family.Judged.class::isInstance).toList();
  }

  private static Outcome outcome(double value) {
    return new Outcome(OptionalDouble.of(value));
  }

  private static Goal goal(
      String name, String indicator, Optional<String> team, double start, double target) {
    return new Goal(
        name,
        CATALOGUE.indicators().named(indicator).orElseThrow(),
        "acme",
        team,
        "30d",
        start,
        START,
        target,
        END,
        "Owners");
  }

  private static String text(SourceMetrics metrics) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      PrometheusTextFormatWriter.create()
          .write(out, new Snapshots(families()).of(List.of(metrics)), EscapingScheme.ALLOW_UTF8);
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
