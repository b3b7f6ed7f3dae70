package io.helpdeskexporter.source;

import java.time.Duration;

/**
 * How far apart polls have to be, so that what a system permits lasts.
 *
 * @param interval from the start of one to the start of the next, at least; zero where nothing is
 *     scarce
 * @param scarce the name of the limit that demands it, such as {@code daily}; empty where none does
 */
public record Pace(Duration interval, String scarce) {
  /** As fast as anybody wants. */
  public static final Pace FREE = new Pace(Duration.ZERO, "");

  public Pace {
    if (interval.isNegative() || interval.isZero() != scarce.isEmpty()) {
      throw new IllegalArgumentException("a pace of " + interval + " because of " + scarce);
    }
  }
}
