package io.helpdeskexporter.kpi;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The observations of one measure by time: buckets of an hour, unordered inside. What stands at a
 * window's edge is found by looking through one bucket.
 *
 * <p>The hours lie in blocks side by side, since nearly all of a year have observations; what is
 * dated far off has a block of its own.
 */
final class TimeIndex {
  private static final long HOUR = 3_600_000;

  /** Hours of a block, as a power of two. */
  private static final int BLOCK = 8;

  /** Bits of a place within the hour; the cell stands above them. */
  private static final int OFFSET_BITS = 22;

  private final boolean valued;
  private final Map<Long, @Nullable Bucket[]> blocks = new HashMap<>();

  /** The block that was last asked for, which mostly is the next one, too. */
  private long lastNumber;

  private @Nullable Bucket @Nullable [] last;

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
    long hour = Math.floorDiv(at, HOUR);
    @Nullable Bucket[] block = block(hour >> BLOCK);
    if (block == null) {
      block = new Bucket[1 << BLOCK];
      blocks.put(hour >> BLOCK, block);
      last = block;
    }
    Bucket bucket = block[place(hour)];
    if (bucket == null) {
      bucket = new Bucket(valued);
      block[place(hour)] = bucket;
    }
    bucket.add(key(at, cell), value);
  }

  /** Takes one such observation out; false if there is none. */
  boolean remove(long at, int cell, long value) {
    long hour = Math.floorDiv(at, HOUR);
    @Nullable Bucket[] block = block(hour >> BLOCK);
    Bucket bucket = block == null ? null : block[place(hour)];
    if (block == null || bucket == null || !bucket.remove(key(at, cell), value)) {
      return false;
    }
    if (bucket.size == 0) {
      block[place(hour)] = null;
    }
    return true;
  }

  /** Forgets the hours that lie wholly before. */
  void forgetBefore(long at) {
    long hour = Math.floorDiv(at, HOUR);
    if (hour > firstHour) {
      last = null;
      blocks.keySet().removeIf(number -> number < hour >> BLOCK);
      @Nullable Bucket[] block = blocks.get(hour >> BLOCK);
      if (block != null) {
        Arrays.fill(block, 0, place(hour), null);
      }
      firstHour = hour;
    }
  }

  /** From inclusive, to exclusive; nothing may be added or removed meanwhile. */
  void visit(long from, long to, Visitor visitor) {
    long first = Math.floorDiv(from, HOUR) >> BLOCK;
    long end = Math.floorDiv(to - 1, HOUR) >> BLOCK;
    if (end - first < blocks.size()) {
      for (long number = first; number <= end; number++) {
        @Nullable Bucket[] block = blocks.get(number);
        if (block != null) {
          visit(number, block, from, to, visitor);
        }
      }
    } else {
      blocks.forEach((number, block) -> visit(number, block, from, to, visitor));
    }
  }

  private void visit(long number, @Nullable Bucket[] block, long from, long to, Visitor visitor) {
    long start = number << BLOCK;
    long first = Math.max(start, Math.floorDiv(from, HOUR));
    long end = Math.min(start + block.length - 1, Math.floorDiv(to - 1, HOUR));
    for (long hour = first; hour <= end; hour++) {
      Bucket bucket = block[place(hour)];
      if (bucket != null) {
        visit(hour * HOUR, bucket, from, to, visitor);
      }
    }
  }

  private void visit(long start, Bucket bucket, long from, long to, Visitor visitor) {
    for (int i = 0; i < bucket.size; i++) {
      long key = bucket.keys[i];
      long at = start + (key & (1 << OFFSET_BITS) - 1);
      if (from <= at && at < to) {
        visitor.visit(at, (int) (key >>> OFFSET_BITS), valued ? bucket.values[i] : 1);
      }
    }
  }

  private @Nullable Bucket @Nullable [] block(long number) {
    if (last == null || number != lastNumber) {
      last = blocks.get(number);
      lastNumber = number;
    }
    return last;
  }

  /** Of an hour in its block. */
  private static int place(long hour) {
    return (int) hour & (1 << BLOCK) - 1;
  }

  private static long key(long at, int cell) {
    return (long) cell << OFFSET_BITS | Math.floorMod(at, HOUR);
  }

  private static final class Bucket {
    private static final long[] NONE = {};

    /** Cell and place within the hour. */
    private long[] keys = new long[4];

    private long[] values;
    private int size;

    Bucket(boolean valued) {
      values = valued ? new long[4] : NONE;
    }

    void add(long key, long value) {
      if (size == keys.length) {
        int room = size + Math.max(4, size / 4);
        keys = Arrays.copyOf(keys, room);
        values = values.length == 0 ? NONE : Arrays.copyOf(values, room);
      }
      keys[size] = key;
      if (values.length > 0) {
        values[size] = value;
      }
      size++;
    }

    boolean remove(long key, long value) {
      for (int i = size - 1; i >= 0; i--) {
        if (keys[i] == key && (values.length == 0 || values[i] == value)) {
          size--;
          keys[i] = keys[size];
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
