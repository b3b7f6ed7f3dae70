package io.helpdeskexporter.bench;

import java.util.Arrays;

/** Times of one thing done several times. */
final class Measured {
  private static final double NANOS_PER_MILLI = 1e6;

  private long[] nanos = new long[16];
  private int size;

  void add(long tookNanos) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = tookNanos;
  }

  double medianMillis() {
    return quantileMillis(0.5);
  }

  /** The smallest time that this share of all did not exceed. */
  double quantileMillis(double share) {
    if (size == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * size) - 1)] / NANOS_PER_MILLI;
  }
}
