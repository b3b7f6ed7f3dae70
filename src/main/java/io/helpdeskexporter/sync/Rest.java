package io.helpdeskexporter.sync;

import java.time.Duration;

/**
 * How long nothing is read.
 *
 * @param atLeast whatever is hinted at
 * @param atMost if nothing is; no less than {@code atLeast}
 */
record Rest(Duration atLeast, Duration atMost) {
  static final Rest NONE = new Rest(Duration.ZERO, Duration.ZERO);

  /** Whatever is hinted at. */
  static Rest exactly(Duration wait) {
    return new Rest(wait, wait);
  }

  /**
   * When it is over, in nanoseconds since it began.
   *
   * @param hintedNanos when what was hinted at can be read, likewise
   */
  long endsAfterNanos(long hintedNanos) {
    return Math.max(atLeast.toNanos(), Math.min(atMost.toNanos(), hintedNanos));
  }
}
