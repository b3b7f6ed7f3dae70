package io.helpdeskexporter.sync;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to leave a failing source alone: twice as long after each failure, up to a limit, with a
 * random part so that sources that failed together do not come back together.
 *
 * @param first after the first failure
 * @param longest limit before the random part
 */
public record Backoff(Duration first, Duration longest) {
  /** A share of this much of the wait is random. */
  private static final double JITTER = 0.25;

  /** Doubling more often than this would overflow long before it mattered. */
  private static final int MOST_DOUBLINGS = 30;

  /** A server that is away: back within seconds, never asked less than every five minutes. */
  public static final Backoff UNAVAILABLE =
      new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

  /** Something that an operator has to mend: looked at now and then. */
  public static final Backoff MISCONFIGURED =
      new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));

  /**
   * The wait before the next try.
   *
   * @param failures in a row, at least 1
   */
  public Duration after(int failures, RandomGenerator random) {
    long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
    long capped = doubled <= 0 ? longest.toMillis() : Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(Math.round(capped * (1 - JITTER * random.nextDouble())));
  }
}
