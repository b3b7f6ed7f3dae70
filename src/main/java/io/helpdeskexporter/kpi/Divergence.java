package io.helpdeskexporter.kpi;

import io.helpdeskexporter.kpi.Indicators.Scope;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Speed that is paid for with quality. Unit: 1 or 0. Absent while one of the two has no value.
 * Rule: each indicator of speed is looked at beside one of quality.
 */
final class Divergence implements Kpi {
  private static final String RECENT = "7d";
  private static final String BEFORE = "30d";

  /** Medians of a week differ from those of a month by some percent without any cause. */
  private static final double FASTER = 0.1;

  /**
   * Two percentage points: below that, a handful of customers decide at the volumes of most desks.
   */
  private static final double WORSE = 0.02;

  /** Differences of decimal fractions are off by that much at most. */
  private static final double ROUNDING = 1e-9;

  private static final Family.Judged DIVERGENCE =
      new Family.Judged(
          "helpdesk_kpi_divergence",
          "Whether a KPI of speed was better by more than 10 percent in the last 7 days than in the"
              + " last 30 while its KPI of quality was worse by more than 2 percentage points,"
              + " cached, refreshed every poll.",
          Set.of("speed", "quality"));

  @Override
  public Spec spec() {
    return new Spec(
        "divergence",
        "Speed at the cost of quality",
        Section.GOALS,
        "1 or 0",
        "Whoever is measured by speed alone gets fast and careless. Each indicator of speed is"
            + " therefore looked at beside one of quality: 1 says that it got faster and worse.",
        "1 if speed in the last 7 days is better than in the last 30 by more than 10 % of it, and"
            + " quality worse by more than 2 percentage points; otherwise 0",
        "While one of the two has no value in one of the windows, which need to be among"
            + " `reporting.windows`.",
        "max by (speed, quality) (helpdesk_kpi_divergence) == 1");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.INDICATORS);
  }

  @Override
  public List<Family> families() {
    return List.of(DIVERGENCE);
  }

  /** What one source shows. */
  static void show(
      Indicators indicators, SourceMetrics metrics, int minSamples, JudgedSeries series) {
    for (Indicator speed : indicators.all()) {
      Optional<Indicator> quality = speed.quality().flatMap(indicators::named);
      if (quality.isPresent()) {
        OptionalDouble fast = indicators.value(speed, metrics, Scope.whole(RECENT), minSamples);
        OptionalDouble slow = indicators.value(speed, metrics, Scope.whole(BEFORE), minSamples);
        OptionalDouble now =
            indicators.value(quality.get(), metrics, Scope.whole(RECENT), minSamples);
        OptionalDouble then =
            indicators.value(quality.get(), metrics, Scope.whole(BEFORE), minSamples);
        if (fast.isPresent() && slow.isPresent() && now.isPresent() && then.isPresent()) {
          boolean faster = fast.getAsDouble() < (1 - FASTER) * slow.getAsDouble();
          boolean worse =
              gain(quality.get(), then.getAsDouble(), now.getAsDouble()) < -WORSE - ROUNDING;
          series.add(
              DIVERGENCE,
              faster && worse ? 1 : 0,
              "quality",
              quality.get().id(),
              "speed",
              speed.id());
        }
      }
    }
  }

  private static double gain(Indicator indicator, double from, double to) {
    return switch (indicator.better()) {
      case HIGHER -> to - from;
      case LOWER -> from - to;
    };
  }
}
