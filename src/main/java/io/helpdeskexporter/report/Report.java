package io.helpdeskexporter.report;

import io.helpdeskexporter.kpi.Indicator;
import io.helpdeskexporter.kpi.Indicators;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.kpi.Standing;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is told of one period.
 *
 * @param name of the plan
 * @param before the period that it is compared with
 * @param profile of the definitions in force
 * @param currency of all amounts of money, if it is known
 */
public record Report(
    String name,
    Period period,
    Period before,
    ZoneId zone,
    String profile,
    Optional<String> currency,
    List<Section> sections) {
  public Report {
    sections = List.copyOf(sections);
  }

  /** Whether all of the period had been read. */
  public boolean isComplete() {
    return sections.stream().allMatch(it -> it.isComplete(period));
  }

  /**
   * One source.
   *
   * @param watermark until when it had been read; empty if never
   * @param lines one for each indicator, in the order of the catalogue
   * @param goals as they stood when the period was over, in the order of the configuration
   */
  public record Section(
      String source, Optional<Instant> watermark, List<Line> lines, List<Standing> goals) {
    public Section {
      lines = List.copyOf(lines);
      goals = List.copyOf(goals);
    }

    /** Whether all of a period had been read. */
    public boolean isComplete(Period period) {
      return watermark.map(it -> !it.isBefore(period.to())).orElse(false);
    }
  }

  /** How it changed, seen by whoever wants it to get better. */
  public enum Verdict {
    BETTER,
    SAME,
    WORSE
  }

  /**
   * One indicator.
   *
   * @param value of the period; empty if it had none
   * @param before of the period before
   */
  public record Line(Indicator indicator, OptionalDouble value, OptionalDouble before) {
    /** Sums of fractions differ by this much of themselves for no reason. */
    private static final double NOISE = 1e-9;

    /** In the unit of the indicator; empty without both values. */
    public OptionalDouble change() {
      return value.isPresent() && before.isPresent()
          ? OptionalDouble.of(difference(value.getAsDouble(), before.getAsDouble()))
          : OptionalDouble.empty();
    }

    /** Of the numbers as they are written: 0.925 less 0.9 is 0.025, and no more. */
    private static double difference(double value, double before) {
      return BigDecimal.valueOf(value).subtract(BigDecimal.valueOf(before)).doubleValue();
    }

    /** Empty without both values. */
    public Optional<Verdict> verdict() {
      if (change().isEmpty()) {
        return Optional.empty();
      }
      double change = change().getAsDouble();
      double size = Math.max(Math.abs(value.getAsDouble()), Math.abs(before.getAsDouble()));
      if (Math.abs(change) <= NOISE * size) {
        return Optional.of(Verdict.SAME);
      }
      boolean better =
          switch (indicator.better()) {
            case HIGHER -> change > 0;
            case LOWER -> change < 0;
          };
      return Optional.of(better ? Verdict.BETTER : Verdict.WORSE);
    }
  }

  /**
   * What the indicators were.
   *
   * @param now what the source showed at the last instant; empty if nothing of it was read
   * @param before the same of the period before
   * @param minSamples how many the denominator of a ratio must count at least
   */
  public static List<Line> lines(
      Indicators indicators,
      Every every,
      Optional<SourceMetrics> now,
      Optional<SourceMetrics> before,
      int minSamples) {
    Indicators.Scope scope = Indicators.Scope.whole(every.window().label());
    return indicators.all().stream()
        .map(
            it ->
                new Line(
                    it,
                    value(indicators, it, now, scope, minSamples),
                    value(indicators, it, before, scope, minSamples)))
        .toList();
  }

  private static OptionalDouble value(
      Indicators indicators,
      Indicator indicator,
      Optional<SourceMetrics> metrics,
      Indicators.Scope scope,
      int minSamples) {
    return metrics
        .map(it -> indicators.value(indicator, it, scope, minSamples))
        .orElse(OptionalDouble.empty());
  }
}
