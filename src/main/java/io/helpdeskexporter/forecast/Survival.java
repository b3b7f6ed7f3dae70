package io.helpdeskexporter.forecast;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * How long something lasts, estimated from what has ended and from what still lasts: the
 * product-limit estimate of Kaplan and Meier ("Nonparametric estimation from incomplete
 * observations", 1958). At each age at which anything ended, the chance to outlast it is the part
 * of those watched at that age that did not end.
 *
 * <p>What still lasts counts up to its age, so that slow cases are not forgotten for being slow.
 * What was watched from some age on only, because it had begun before the time looked at, counts
 * from that age (delayed entry): cases that ended before could not be seen, so its youth proves
 * nothing.
 *
 * <p>Immutable. Ages are in any unit, on any clock, the same for all.
 */
public final class Survival {
  /** A product of many quotients may miss a round number by this much. */
  private static final double ROUNDING = 1e-9;

  /** Rising ages at which something ended. */
  private final long[] ages;

  /** The part that lasts longer than the age of the same place. */
  private final double[] beyond;

  private final long ended;

  private Survival(long[] ages, double[] beyond, long ended) {
    this.ages = ages;
    this.beyond = beyond;
    this.ended = ended;
  }

  /** What was watched. Confined to one thread. */
  public static final class Watched {
    private long[] entries = new long[16];

    /** Age twice, plus 1 if it did not end there: at one age, ends sort before others. */
    private long[] exits = new long[16];

    private int size;
    private long ended;

    /** Something that ended at an age. */
    public void ended(long age) {
      add(0, age, true);
    }

    /** Something that still lasts, at an age. */
    public void lasting(long age) {
      add(0, age, false);
    }

    /**
     * Something watched between two ages; nothing was, if the two are one and not the beginning.
     *
     * @param from 0 if from its beginning
     * @param to not less
     * @param ended whether it ended then
     * @throws IllegalArgumentException if the ages are not in order or negative
     */
    public void add(long from, long to, boolean ended) {
      if (from < 0 || to < from || to > Long.MAX_VALUE / 2) {
        throw new IllegalArgumentException("watched from age %d to %d".formatted(from, to));
      }
      if (from == to && from > 0) {
        return;
      }
      if (size == exits.length) {
        entries = Arrays.copyOf(entries, 2 * size);
        exits = Arrays.copyOf(exits, 2 * size);
      }
      entries[size] = from;
      exits[size] = 2 * to + (ended ? 0 : 1);
      size++;
      this.ended += ended ? 1 : 0;
    }

    /** The estimate from all that was watched. Costs sorting it. */
    public Survival curve() {
      long[] in = Arrays.copyOf(entries, size);
      long[] out = Arrays.copyOf(exits, size);
      Arrays.sort(in);
      Arrays.sort(out);
      long[] ages = new long[size];
      double[] beyond = new double[size];
      int steps = 0;
      int entered = 0;
      double lasting = 1;
      for (int left = 0; left < size; ) {
        long age = out[left] / 2;
        int ends = 0;
        int next = left;
        while (next < size && out[next] / 2 == age) {
          ends += out[next] % 2 == 0 ? 1 : 0;
          next++;
        }
        while (entered < size && (in[entered] < age || in[entered] == 0)) {
          entered++;
        }
        int watched = entered - left;
        if (ends > 0 && watched > 0) {
          lasting *= Math.max(0, 1 - ends / (double) watched);
          ages[steps] = age;
          beyond[steps] = lasting;
          steps++;
        }
        left = next;
      }
      return new Survival(Arrays.copyOf(ages, steps), Arrays.copyOf(beyond, steps), ended);
    }
  }

  /** How many ends it rests on. */
  public long ended() {
    return ended;
  }

  /** The chance to last longer than an age: 1 at first, never rising. */
  public double beyond(long age) {
    int found = Arrays.binarySearch(ages, age);
    int last = found >= 0 ? found : -found - 2;
    return last < 0 ? 1 : beyond[last];
  }

  /**
   * The age that a part {@code p} does not outlast.
   *
   * @param p from 0 to 1, 0.5 for the median
   * @return empty if the curve does not come down to it: too much still lasts
   */
  public OptionalLong quantile(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("quantile " + p + ": from 0 to 1");
    }
    for (int i = 0; i < ages.length; i++) {
      if (beyond[i] <= 1 - p + ROUNDING) {
        return OptionalLong.of(ages[i]);
      }
    }
    return OptionalLong.empty();
  }

  /**
   * The chance of something that has reached an age to last longer than a later one. 1 for what is
   * older than anything that ended: nothing speaks for an end soon.
   */
  public double beyond(long later, long reached) {
    double now = beyond(reached);
    return now > 0 ? Math.min(1, beyond(later) / now) : 1;
  }
}
