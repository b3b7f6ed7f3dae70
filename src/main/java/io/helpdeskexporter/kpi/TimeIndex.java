package io.helpdeskexporter.kpi;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The observations of one measure by time: buckets of an hour, unordered inside. What stands at a
 * window's edge is found by looking through one bucket.
 */
final class TimeIndex {
  private static final long HOUR = 3_600_000;

  private final boolean valued;
  private final Map<Long, Bucket> hours = new HashMap<>();

  /** Nothing older is left. */
  private long firstHour = Long.MIN_VALUE;

  /** An observation as visited. */
  interface Visitor {
    void visit(long at, int cell, long value);
  }

  /**
   * @param valued whether values matter; if not, they are not kept
   */
  TimeIndex(boolean valued) {
    this.valued = valued;
  }

  void add(long at, int cell, long value) {
    hours
        .computeIfAbsent(Math.floorDiv(at, HOUR), _ -> new Bucket(valued))
        .add((int) Math.floorMod(at, HOUR), cell, value);
  }

  /** Takes one such observation out; false if there is none. */
  boolean remove(long at, int cell, long value) {
    long hour = Math.floorDiv(at, HOUR);
    Bucket bucket = hours.get(hour);
    if (bucket == null || !bucket.remove((int) Math.floorMod(at, HOUR), cell, value)) {
      return false;
    }
    if (bucket.size == 0) {
      hours.remove(hour);
    }
    return true;
  }

  /** Forgets the hours that lie wholly before. */
  void forgetBefore(long at) {
    long hour = Math.floorDiv(at, HOUR);
    if (hour > firstHour) {
      hours.keySet().removeIf(each -> each < hour);
      firstHour = hour;
    }
  }

  /** From inclusive, to exclusive; nothing may be added or removed meanwhile. */
  void visit(long from, long to, Visitor visitor) {
    long first = Math.floorDiv(from, HOUR);
    long last = Math.floorDiv(to - 1, HOUR);
    if (last - first < hours.size()) {
      for (long hour = first; hour <= last; hour++) {
        Bucket bucket = hours.get(hour);
        if (bucket != null) {
          visit(hour * HOUR, bucket, from, to, visitor);
        }
      }
    } else {
      hours.forEach((hour, bucket) -> visit(hour * HOUR, bucket, from, to, visitor));
    }
  }

  private void visit(long start, Bucket bucket, long from, long to, Visitor visitor) {
    for (int i = 0; i < bucket.size; i++) {
      long at = start + bucket.offsets[i];
      if (from <= at && at < to) {
        visitor.visit(at, bucket.cells[i], valued ? bucket.values[i] : 1);
      }
    }
  }

  private static final class Bucket {
    private int[] offsets = new int[4];
    private int[] cells = new int[4];
    private long[] values;
    private int size;

    Bucket(boolean valued) {
      values = new long[valued ? 4 : 0];
    }

    void add(int offset, int cell, long value) {
      if (size == offsets.length) {
        int room = size + Math.max(4, size / 4);
        offsets = Arrays.copyOf(offsets, room);
        cells = Arrays.copyOf(cells, room);
        values = Arrays.copyOf(values, values.length == 0 ? 0 : room);
      }
      offsets[size] = offset;
      cells[size] = cell;
      if (values.length > 0) {
        values[size] = value;
      }
      size++;
    }

    boolean remove(int offset, int cell, long value) {
      for (int i = size - 1; i >= 0; i--) {
        if (offsets[i] == offset
            && cells[i] == cell
            && (values.length == 0 || values[i] == value)) {
          size--;
          offsets[i] = offsets[size];
          cells[i] = cells[size];
          if (values.length > 0) {
            values[i] = values[size];
          }
          return true;
        }
      }
      return false;
    }
  }
}
