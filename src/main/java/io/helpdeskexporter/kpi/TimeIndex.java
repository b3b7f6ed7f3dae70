package io.helpdeskexporter.kpi;

import java.util.Arrays;
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

  private static final int OFFSET = (1 << OFFSET_BITS) - 1;

  /**
   * Observations of an hour. Fewer take less room together than in parts, and only the largest
   * desks have more.
   */
  private static final int MANY = 1 << 12;

  private static final @Nullable Bucket[] NO_BLOCK = {};

  private final boolean valued;

  // The blocks, oldest first, and their numbers.
  private long[] numbers = new long[8];
  private @Nullable Bucket[][] blocks = new @Nullable Bucket[8][];
  private int size;

  /** Nothing older is left. */
  private long firstHour = Long.MIN_VALUE;

  /** Nothing ever was later: as long as nothing happens, the present finds nothing to look at. */
  private long latest = Long.MIN_VALUE;

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
    latest = Math.max(latest, at);
    long hour = Math.floorDiv(at, HOUR);
    int number = find(hour >> BLOCK);
    if (number < 0) {
      number = insert(-number - 1, hour >> BLOCK);
    }
    Bucket bucket = blocks[number][place(hour)];
    if (bucket == null) {
      bucket = new Few(valued);
      blocks[number][place(hour)] = bucket;
    } else if (bucket instanceof Few few && few.size == MANY) {
      bucket = new Many(few);
      blocks[number][place(hour)] = bucket;
    }
    bucket.add(key(at, cell), value);
  }

  /** Takes one such observation out; false if there is none. */
  boolean remove(long at, int cell, long value) {
    long hour = Math.floorDiv(at, HOUR);
    int number = find(hour >> BLOCK);
    Bucket bucket = number < 0 ? null : blocks[number][place(hour)];
    return bucket != null && bucket.remove(key(at, cell), value);
  }

  /** Forgets the hours that lie wholly before. */
  void forgetBefore(long at) {
    long hour = Math.floorDiv(at, HOUR);
    if (hour > firstHour) {
      int first = from(hour >> BLOCK);
      System.arraycopy(numbers, first, numbers, 0, size - first);
      System.arraycopy(blocks, first, blocks, 0, size - first);
      Arrays.fill(blocks, size - first, size, NO_BLOCK);
      size -= first;
      if (size > 0 && numbers[0] == hour >> BLOCK) {
        Arrays.fill(blocks[0], 0, place(hour), null);
      }
      firstHour = hour;
    }
  }

  /** From inclusive, to exclusive; nothing may be added or removed meanwhile. */
  void visit(long from, long to, Visitor visitor) {
    if (from > latest) {
      return;
    }
    long last = Math.floorDiv(to - 1, HOUR) >> BLOCK;
    for (int i = from(Math.floorDiv(from, HOUR) >> BLOCK); i < size && numbers[i] <= last; i++) {
      visit(numbers[i], blocks[i], from, to, visitor);
    }
  }

  private void visit(long number, @Nullable Bucket[] block, long from, long to, Visitor visitor) {
    long start = number << BLOCK;
    long first = Math.max(start, Math.floorDiv(from, HOUR));
    long end = Math.min(start + block.length - 1, Math.floorDiv(to - 1, HOUR));
    for (long hour = first; hour <= end; hour++) {
      Bucket bucket = block[place(hour)];
      if (bucket != null) {
        long begin = hour * HOUR;
        int since = (int) (Math.max(from, begin) - begin);
        int until = (int) (Math.min(to, begin + HOUR) - begin);
        bucket.visit(begin, since, until, visitor);
      }
    }
  }

  /**
   * Where the block of a number is, most often at the end; if there is none, where it belongs, as
   * -1 - place.
   */
  private int find(long number) {
    return size > 0 && numbers[size - 1] == number
        ? size - 1
        : Arrays.binarySearch(numbers, 0, size, number);
  }

  /** Where the first block is that is not older. */
  private int from(long number) {
    int found = find(number);
    return found < 0 ? -found - 1 : found;
  }

  private int insert(int at, long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
      blocks = Arrays.copyOf(blocks, 2 * size);
    }
    System.arraycopy(numbers, at, numbers, at + 1, size - at);
    System.arraycopy(blocks, at, blocks, at + 1, size - at);
    numbers[at] = number;
    blocks[at] = new Bucket[1 << BLOCK];
    size++;
    return at;
  }

  /** Of an hour in its block. */
  private static int place(long hour) {
    return (int) hour & (1 << BLOCK) - 1;
  }

  private static long key(long at, int cell) {
    return (long) cell << OFFSET_BITS | Math.floorMod(at, HOUR);
  }

  /** The observations of an hour or less, by their keys. */
  private abstract static sealed class Bucket {
    abstract void add(long key, long value);

    /** Takes one such observation out; false if there is none. */
    abstract boolean remove(long key, long value);

    /**
     * @param begin of the hour
     * @param first milliseconds of the hour, inclusive
     * @param end milliseconds of the hour, exclusive
     */
    abstract void visit(long begin, int first, int end, Visitor visitor);
  }

  /**
   * So many that they are parted once more, as when a desk closes all of its old tickets at a
   * stroke: to find one would mean to look through all.
   */
  private static final class Many extends Bucket {
    /** Milliseconds of a part, as a power of two. */
    private static final int PART = 11;

    private final boolean valued;
    private final @Nullable Few[] parts = new @Nullable Few[(int) (HOUR >> PART) + 1];

    Many(Few all) {
      valued = all.step > 1;
      for (int i = 0; i < all.size; i++) {
        add(all.key(i), all.value(i));
      }
    }

    @Override
    void add(long key, long value) {
      Few part = parts[partOf(key)];
      if (part == null) {
        part = new Few(valued);
        parts[partOf(key)] = part;
      }
      part.add(key, value);
    }

    @Override
    boolean remove(long key, long value) {
      Few part = parts[partOf(key)];
      return part != null && part.remove(key, value);
    }

    @Override
    void visit(long begin, int first, int end, Visitor visitor) {
      for (int i = first >> PART; i <= end - 1 >> PART; i++) {
        Few part = parts[i];
        if (part != null) {
          part.visit(begin, first, end, visitor);
        }
      }
    }

    private static int partOf(long key) {
      return (int) (key & OFFSET) >> PART;
    }
  }

  /**
   * Each key, with its value behind it if there are values. In ints until one does not fit: nearly
   * all cells are below 1,024 and nearly all durations below 24 days, and half of the memory is as
   * much less to walk through.
   */
  private static final class Few extends Bucket {
    private static final long[] NONE = {};

    /** How many numbers an observation takes. */
    private final int step;

    private int[] narrow;

    /** In use if there is any. */
    private long[] wide = NONE;

    private int size;

    Few(boolean valued) {
      step = valued ? 2 : 1;
      narrow = new int[4 * step];
    }

    long key(int i) {
      return wide.length > 0 ? wide[i * step] : Integer.toUnsignedLong(narrow[i * step]);
    }

    /** 1 if values are not kept. */
    long value(int i) {
      if (step == 1) {
        return 1;
      }
      return wide.length > 0 ? wide[i * step + 1] : narrow[i * step + 1];
    }

    @Override
    void add(long key, long value) {
      if (wide.length == 0 && !fits(key, value)) {
        widen();
      }
      int room = (size + Math.max(4, size / 4)) * step;
      if (wide.length > 0) {
        wide = size * step == wide.length ? Arrays.copyOf(wide, room) : wide;
      } else {
        narrow = size * step == narrow.length ? Arrays.copyOf(narrow, room) : narrow;
      }
      set(size, key, value);
      size++;
    }

    @Override
    boolean remove(long key, long value) {
      int found = wide.length > 0 ? findWide(key, value) : findNarrow(key, value);
      if (found < 0) {
        return false;
      }
      size--;
      set(found, key(size), value(size));
      return true;
    }

    /** The last such one. */
    private int findNarrow(long key, long value) {
      if (!fits(key, value)) {
        return -1;
      }
      int i = (size - 1) * step;
      while (i >= 0 && (narrow[i] != (int) key || step > 1 && narrow[i + 1] != (int) value)) {
        i -= step;
      }
      return Math.floorDiv(i, step);
    }

    private int findWide(long key, long value) {
      int i = (size - 1) * step;
      while (i >= 0 && (wide[i] != key || step > 1 && wide[i + 1] != value)) {
        i -= step;
      }
      return Math.floorDiv(i, step);
    }

    private boolean fits(long key, long value) {
      return key >>> Integer.SIZE == 0 && (step == 1 || value == (int) value);
    }

    @Override
    void visit(long begin, int first, int end, Visitor visitor) {
      boolean isWide = wide.length > 0;
      for (int i = 0; i < size; i++) {
        int offset = (isWide ? (int) wide[i * step] : narrow[i * step]) & OFFSET;
        if (first <= offset && offset < end) {
          visitor.visit(begin + offset, (int) (key(i) >>> OFFSET_BITS), value(i));
        }
      }
    }

    private void set(int i, long key, long value) {
      if (wide.length > 0) {
        wide[i * step] = key;
        if (step > 1) {
          wide[i * step + 1] = value;
        }
      } else {
        narrow[i * step] = (int) key;
        if (step > 1) {
          narrow[i * step + 1] = (int) value;
        }
      }
    }

    private void widen() {
      long[] all = new long[narrow.length];
      for (int i = 0; i < size; i++) {
        all[i * step] = key(i);
        if (step > 1) {
          all[i * step + 1] = value(i);
        }
      }
      wide = all;
      narrow = new int[0];
    }
  }
}
