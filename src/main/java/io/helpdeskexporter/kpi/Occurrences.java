package io.helpdeskexporter.kpi;

/**
 * How often each value occurs in each group and window: a value of a group is one entry of a table
 * that is searched by hash, with a count for each window. Entries that are not counted anywhere any
 * more go when the table is next laid out anew.
 */
final class Occurrences {
  private static final int LEAST = 16;

  private final int windows;

  // By place. The group is one more than its number, so that 0 says that the place is free.
  private long[] values = new long[LEAST];
  private int[] groups = new int[LEAST];
  private int[] counts;
  private int taken;

  Occurrences(int windows) {
    this.windows = windows;
    counts = new int[LEAST * windows];
  }

  /**
   * A value comes or goes.
   *
   * @param in the windows concerned, a bit for each
   * @param by 1 or -1
   * @return the windows in which it is the first of its value, or was the last
   */
  int change(long value, int group, int in, int by) {
    if (in == 0) {
      return 0;
    }
    int place = place(value, group);
    int turned = 0;
    for (int rest = in; rest != 0; rest &= rest - 1) {
      int window = Integer.numberOfTrailingZeros(rest);
      int before = counts[place * windows + window];
      counts[place * windows + window] = before + by;
      if (before == 0 || before + by == 0) {
        turned |= 1 << window;
      }
    }
    return turned;
  }

  private int place(long value, int group) {
    int place = find(value, group);
    if (groups[place] == 0) {
      if (4 * (taken + 1) > 3 * values.length) {
        layOutAnew();
        place = find(value, group);
      }
      values[place] = value;
      groups[place] = group + 1;
      taken++;
    }
    return place;
  }

  /** Where it is, or would be. */
  private int find(long value, int group) {
    int mask = values.length - 1;
    long mixed = (value + group) * 0x9E3779B97F4A7C15L;
    int place = (int) (mixed >>> 32) & mask;
    while (groups[place] != 0 && (values[place] != value || groups[place] != group + 1)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  /** With room to grow by half at least. */
  private void layOutAnew() {
    long[] oldValues = values;
    int[] oldGroups = groups;
    int[] oldCounts = counts;
    int left = 0;
    for (int place = 0; place < oldValues.length; place++) {
      left += isCounted(oldCounts, place) ? 1 : 0;
    }
    int room = Math.max(LEAST, Integer.highestOneBit(2 * left + 1) * 2);
    values = new long[room];
    groups = new int[room];
    counts = new int[room * windows];
    taken = 0;
    for (int place = 0; place < oldValues.length; place++) {
      if (isCounted(oldCounts, place)) {
        int to = place(oldValues[place], oldGroups[place] - 1);
        System.arraycopy(oldCounts, place * windows, counts, to * windows, windows);
      }
    }
  }

  private boolean isCounted(int[] of, int place) {
    int counted = 0;
    for (int i = place * windows; i < (place + 1) * windows; i++) {
      counted |= of[i];
    }
    return counted != 0;
  }
}
