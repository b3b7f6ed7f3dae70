package io.helpdeskexporter.figures;

import io.helpdeskexporter.kpi.Benchmark;
import io.helpdeskexporter.kpi.Goal;
import io.helpdeskexporter.kpi.Indicator;
import io.helpdeskexporter.kpi.Indicators;
import io.helpdeskexporter.kpi.Indicators.Measured;
import io.helpdeskexporter.kpi.Indicators.Scope;
import io.helpdeskexporter.kpi.Judge;
import io.helpdeskexporter.kpi.Objective;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.kpi.Standing;
import io.helpdeskexporter.kpi.Standing.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The figures of what a source shows. Each is what {@link Indicators} says, which goals and reports
 * are judged by, too; so all agree.
 */
public final class Figures {
  private final Indicators indicators;
  private final List<String> windows;
  private final int minSamples;
  private final Judge judge;
  private final List<Benchmark> benchmarks;

  /**
   * @param windows labels of those that are reported
   * @param minSamples how many the denominator of a ratio must count at least
   */
  public Figures(
      Indicators indicators,
      List<String> windows,
      int minSamples,
      Judge judge,
      List<Benchmark> benchmarks) {
    this.indicators = indicators;
    this.windows = List.copyOf(windows);
    this.minSamples = minSamples;
    this.judge = judge;
    this.benchmarks = List.copyOf(benchmarks);
  }

  /**
   * Every indicator of a source for each window, and for each team of which there is anything; as
   * far as it is asked for. For all of the source a figure is there also without a value.
   *
   * @param outcomes of goals whose time is over
   */
  public List<Figure> of(SourceMetrics metrics, Selection only, Map<Goal, Outcome> outcomes) {
    List<Standing> standings = judge.standings(metrics, outcomes);
    List<String> teams = List.copyOf(Indicators.teams(metrics));
    List<Figure> all = new ArrayList<>();
    for (Indicator indicator : indicators.all()) {
      if (!only.hasKpi(indicator)) {
        continue;
      }
      for (String window : indicators.isWindowed(indicator) ? windows : List.of("")) {
        if (!only.hasWindow(window)) {
          continue;
        }
        if (only.hasTeam(Optional.empty())) {
          all.add(figure(metrics, indicator, Scope.whole(window), standings));
        }
        if (indicators.isByTeam(indicator)) {
          teams.stream()
              .filter(team -> only.hasTeam(Optional.of(team)))
              .map(team -> new Scope(window, Optional.of(team)))
              .map(scope -> figure(metrics, indicator, scope, standings))
              .filter(it -> !it.measured().equals(Measured.NOTHING))
              .forEach(all::add);
        }
      }
    }
    return all;
  }

  /**
   * One of them.
   *
   * @param target instead of that of a goal
   */
  public Figure one(
      SourceMetrics metrics,
      Indicator indicator,
      Scope scope,
      OptionalDouble target,
      Map<Goal, Outcome> outcomes) {
    Figure figure = figure(metrics, indicator, scope, judge.standings(metrics, outcomes));
    if (target.isEmpty()) {
      return figure;
    }
    Aim aim = new Aim(target.getAsDouble(), indicator.better(), Optional.empty(), Optional.empty());
    return compared(metrics, indicator, scope, figure.measured(), Optional.of(aim));
  }

  private Figure figure(
      SourceMetrics metrics, Indicator indicator, Scope scope, List<Standing> standings) {
    return compared(
        metrics,
        indicator,
        scope,
        indicators.measured(indicator, metrics, scope, minSamples),
        aim(indicator, scope, standings).or(() -> objective(metrics.source(), indicator, scope)));
  }

  private Figure compared(
      SourceMetrics metrics,
      Indicator indicator,
      Scope scope,
      Measured measured,
      Optional<Aim> aim) {
    return new Figure(
        metrics.source(),
        scope.team(),
        Optional.of(scope.window()).filter(it -> !it.isEmpty()),
        indicator,
        metrics.asOf(),
        measured,
        aim,
        benchmarks.stream().filter(it -> it.indicator().equals(indicator)).findFirst(),
        Figure.state(metrics.stale(), measured.value(), aim));
  }

  /** That of the goal whose deadline comes next; goals whose time is over are no aim. */
  private static Optional<Aim> aim(Indicator indicator, Scope scope, List<Standing> standings) {
    return standings.stream()
        .filter(it -> it.state().filter(state -> state == Standing.State.OPEN).isPresent())
        .filter(it -> it.goal().indicator().equals(indicator) && it.goal().scope().equals(scope))
        .min(Comparator.comparing(it -> it.goal().deadline()))
        .map(Aim::of);
  }

  /** The highest of the objectives for it. */
  private Optional<Aim> objective(String source, Indicator indicator, Scope scope) {
    return judge.objectives(source).stream()
        .filter(it -> it.isAbout(indicator, scope.team()))
        .map(Objective::target)
        .max(Comparator.naturalOrder())
        .map(
            target ->
                new Aim(
                    target.doubleValue(), indicator.better(), Optional.empty(), Optional.empty()));
  }
}
