package io.helpdeskexporter.kpi;

import io.helpdeskexporter.domain.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * SLA objectives. Units: ratio, seconds. Absent where none is configured. They say which part of
 * the promises is to be kept; {@link Sla} says which part is.
 */
final class Objectives implements Kpi {
  private static final Family.Judged RATIO =
      new Family.Judged(
          "helpdesk_sla_objective_ratio",
          "Which part of the SLA promises is to be kept, as configured; without team or priority"
              + " where all of them are meant, cached, refreshed every poll.",
          Set.of("objective", "sla_metric", "team", "priority"));
  private static final Family.Judged PERIOD =
      new Family.Judged(
          "helpdesk_sla_objective_period_seconds",
          "Over which rolling period an SLA objective is to be met, calendar clock, as configured,"
              + " cached, refreshed every poll.",
          Set.of("objective"));

  @Override
  public Spec spec() {
    return new Spec(
        "objectives",
        "SLA objectives",
        Section.GOALS,
        "ratio",
        "Which part of the promises is to be kept over four weeks or 30 days. What may go wrong"
            + " within that is the error budget; the alerts that `helpdesk-exporter rules`"
            + " generates tell when it is spent too fast. Objectives are configured under"
            + " `objectives`.",
        "as configured; error budget left = 1 − (breaches ÷ promises ended) ÷ (1 − objective),"
            + " over the period",
        "Where no objectives are configured. The labels team and priority where an objective is"
            + " about all of them.",
        "max by (source, sla_metric) (helpdesk_sla_objective_ratio{team=\"\",priority=\"\"})");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.OBJECTIVES);
  }

  @Override
  public List<Family> families() {
    return List.of(RATIO, PERIOD);
  }

  /** What the objectives of one source show. */
  static void show(List<Objective> objectives, JudgedSeries series) {
    for (Objective objective : objectives) {
      series.add(
          RATIO,
          objective.target().doubleValue(),
          "objective",
          objective.name(),
          "priority",
          objective.priority().map(Priority::label).orElse(""),
          "sla_metric",
          objective.metric().label(),
          "team",
          objective.team().orElse(""));
      series.add(
          PERIOD, Duration.ofDays(objective.days()).toSeconds(), "objective", objective.name());
    }
  }
}
