package io.helpdeskexporter.forecast;

/**
 * How many tickets to expect.
 *
 * @param mean tickets
 * @param lower nine times in ten it is more than this and less than {@code upper}; never negative
 * @param upper the other end of the band
 */
public record Expectation(double mean, double lower, double upper) {
  /** Standard deviations that hold nine tenths of a normal distribution. */
  private static final double NINE_IN_TEN = 1.645;

  public Expectation {
    if (!(0 <= lower && lower <= mean && mean <= upper)) {
      throw new IllegalArgumentException(
          "expectation of %s between %s and %s".formatted(mean, lower, upper));
    }
  }

  static Expectation of(double mean, double variance) {
    double reach = NINE_IN_TEN * Math.sqrt(variance);
    return new Expectation(mean, Math.max(0, mean - reach), mean + reach);
  }
}
