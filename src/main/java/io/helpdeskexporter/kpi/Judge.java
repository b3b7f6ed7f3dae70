package io.helpdeskexporter.kpi;

import io.helpdeskexporter.kpi.Standing.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Judges what a source shows: what it is to be held against, where its goals stand, and whether
 * speed is paid for with quality. A pure function of what the source shows and of what goals came
 * to at their deadlines, so that all of one scrape agrees.
 */
public final class Judge {
  private final Indicators indicators;
  private final List<Objective> objectives;
  private final List<Goal> goals;
  private final int minSamples;

  /**
   * @param minSamples how many the denominator of a ratio must count at least
   */
  public Judge(
      Indicators indicators, List<Objective> objectives, List<Goal> goals, int minSamples) {
    this.indicators = indicators;
    this.objectives = List.copyOf(objectives);
    this.goals = List.copyOf(goals);
    this.minSamples = minSamples;
  }

  /** The same with what can be said of it; of a source not heard of, what goes without it. */
  public SourceMetrics over(SourceMetrics metrics, Map<Goal, Outcome> outcomes) {
    JudgedSeries series = new JudgedSeries(metrics.source());
    Objectives.show(objectives(metrics.source()), series);
    Goals.show(standings(metrics, outcomes), series);
    Divergence.show(indicators, metrics, minSamples, series);
    return metrics.with(series.points());
  }

  /** What the promises of a source are to be kept by, in the order of the configuration. */
  public List<Objective> objectives(String source) {
    return objectives.stream().filter(it -> it.source().equals(source)).toList();
  }

  /** Where the goals of a source stand, in the order of the configuration. */
  public List<Standing> standings(SourceMetrics metrics, Map<Goal, Outcome> outcomes) {
    return goals.stream()
        .filter(goal -> goal.source().equals(metrics.source()))
        .map(
            goal ->
                goal.isOver(metrics.asOf())
                    ? Standing.over(goal, Optional.ofNullable(outcomes.get(goal)))
                    : Standing.open(goal, metrics, value(goal, metrics)))
        .toList();
  }

  /** The goals of a source whose time is over and that nobody knows the outcome of. */
  public List<Goal> due(SourceMetrics metrics, Map<Goal, Outcome> outcomes) {
    return goals.stream()
        .filter(goal -> goal.source().equals(metrics.source()))
        .filter(goal -> goal.isOver(metrics.asOf()) && !outcomes.containsKey(goal))
        .toList();
  }

  /**
   * What a goal came to.
   *
   * @param then its source as of the goal's {@linkplain Goal#lastInstant last instant}
   */
  public Outcome outcome(Goal goal, SourceMetrics then) {
    if (!then.asOf().equals(goal.lastInstant())) {
      throw new IllegalArgumentException(
          "goal %s ends at %s, not at %s".formatted(goal.name(), goal.lastInstant(), then.asOf()));
    }
    return new Outcome(value(goal, then));
  }

  private OptionalDouble value(Goal goal, SourceMetrics metrics) {
    return indicators.value(goal.indicator(), metrics, goal.scope(), minSamples);
  }
}
