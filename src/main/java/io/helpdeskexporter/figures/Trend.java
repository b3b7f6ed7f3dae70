package io.helpdeskexporter.figures;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How a figure was on the days before.
 *
 * @param first day
 * @param values of each day as of its end; empty where there was none
 */
public record Trend(LocalDate first, List<OptionalDouble> values) {
  /** Days that a trend goes back, today included: four whole weeks. */
  public static final int DAYS = 28;

  public Trend {
    values = List.copyOf(values);
  }
}
