package io.helpdeskexporter.forecast;

import java.util.Arrays;

/** Of what is usual, and of what deviates from it. */
final class Medians {
  /** From the median absolute deviation to a standard deviation, of normal values. */
  static final double DEVIATIONS_PER_MAD = 1.4826;

  private Medians() {}

  /**
   * @param values at least one; not changed
   */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
