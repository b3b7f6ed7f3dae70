package io.helpdeskexporter.kpi;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What the value of an observation is. Values are whole numbers so that sums are exact in whatever
 * order they are added up.
 */
public enum Unit {
  /** It happened once. */
  TIMES(1),
  /** Seconds, in milliseconds. */
  SECONDS(1_000),
  /** A ratio, in millionths. */
  RATIO(1_000_000),
  /** An amount of money in the source's currency, in millionths. */
  MONEY(1_000_000),
  /** Who or what it was, as a hash of 64 bits: nothing that adds up. */
  IDENTITY(1);

  private final long parts;

  Unit(long parts) {
    this.parts = parts;
  }

  /** An amount in whole parts; half of one is rounded up. */
  long of(BigDecimal amount) {
    return amount
        .multiply(BigDecimal.valueOf(parts))
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  /** How many parts, as values count them, make one as shown. */
  public long parts() {
    return parts;
  }
}
