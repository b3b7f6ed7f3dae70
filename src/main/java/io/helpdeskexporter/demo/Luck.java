package io.helpdeskexporter.demo;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that always falls the same for the same seed. */
final class Luck {
  private final SplittableRandom random;

  private Luck(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * @param purpose keeps the chances of different questions about one number apart
   */
  static Luck of(long seed, long number, int purpose) {
    return new Luck(hash(seed, number, purpose));
  }

  static long hash(long seed, long number, int purpose) {
    long mixed = seed * 0x9E3779B97F4A7C15L + number * 0xD1342543DE82EF95L + purpose;
    mixed = (mixed ^ (mixed >>> 32)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 29)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 32);
  }

  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  double share() {
    return random.nextDouble();
  }

  /** From {@code least} up to but without {@code end}. */
  int between(int least, int end) {
    return random.nextInt(least, end);
  }

  long millisBetween(double leastSeconds, double mostSeconds) {
    return (long) (1000 * (leastSeconds + random.nextDouble() * (mostSeconds - leastSeconds)));
  }

  /** Milliseconds as waiting times are: most near the median, a few very long. */
  long wait(double medianSeconds, double spread) {
    return Math.max(1, (long) (1000 * medianSeconds * Math.exp(spread * random.nextGaussian())));
  }

  double factor(double spread) {
    return Math.exp(spread * random.nextGaussian());
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** The index of one of the weights, by weight. */
  int weighted(int... weights) {
    int all = 0;
    for (int weight : weights) {
      all += weight;
    }
    int drawn = random.nextInt(all);
    for (int index = 0; ; index++) {
      drawn -= weights[index];
      if (drawn < 0) {
        return index;
      }
    }
  }

  /** How many come where so many are expected. */
  int poisson(double expected) {
    if (expected > 60) {
      return (int) Math.max(0, Math.round(expected + Math.sqrt(expected) * random.nextGaussian()));
    }
    double limit = Math.exp(-expected);
    int count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }
}
