package io.helpdeskexporter.http;

import io.helpdeskexporter.http.WebConfig.RateLimit;
import java.util.function.LongSupplier;

/** Grants a burst of requests and then one per interval. Thread-safe. */
final class TokenBucket {

  /** Keeps sums with a reading of the clock from overflowing; longer than anybody waits. */
  private static final long LONGEST = Long.MAX_VALUE / 4;

  private final RateLimit limit;
  private final long intervalNanos;
  private final long toleranceNanos;
  private final LongSupplier nanoTime;

  /** When the bucket is full again if nobody takes from it. */
  private long fullAt;

  /**
   * @param nanoTime monotonic, as {@link System#nanoTime}
   */
  TokenBucket(RateLimit limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.intervalNanos = Math.min(limit.interval().toNanos(), LONGEST);
    int spare = limit.burst() - 1;
    this.toleranceNanos = intervalNanos > LONGEST / (spare + 1L) ? LONGEST : intervalNanos * spare;
    this.nanoTime = nanoTime;
    this.fullAt = nanoTime.getAsLong();
  }

  RateLimit limit() {
    return limit;
  }

  /** Takes a token if there is one. */
  synchronized boolean grant() {
    long now = nanoTime.getAsLong();
    long untilFull = Math.max(0, fullAt - now);
    if (untilFull > toleranceNanos) {
      return false;
    }
    fullAt = now + untilFull + intervalNanos;
    return true;
  }
}
