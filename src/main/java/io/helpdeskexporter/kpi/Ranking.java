package io.helpdeskexporter.kpi;

import java.util.Arrays;

/**
 * The values of one measure in order, each with its cell and the windows that hold it, so that the
 * k-th value of any group in any window is found exactly.
 *
 * <p>Entries lie in blocks of at most {@value #BLOCK}, sorted by value, then by <em>tag</em>: cell
 * and windows in one int. Entries that agree in both are interchangeable, so none needs a name.
 * Each block counts its entries by <em>slot</em>, a group in a window: a search passes over whole
 * blocks by their counts and looks only through the block in which the wanted rank falls.
 *
 * <p>What is added before anything is asked or removed, as when a picture in memory is loaded, is
 * only gathered, and sorted in one go when that comes to an end.
 */
final class Ranking {
  private static final int BLOCK = 512;

  /** A block that shrinks below this joins its neighbour if the two leave room for growth. */
  private static final int SPARSE = BLOCK / 4;

  private static final int JOINED = BLOCK * 3 / 4;

  private final Cells cells;
  private final int windows;
  private Block[] blocks = {new Block(0)};

  /** First value of each block, side by side to be searched fast. */
  private long[] firsts = {0};

  private int size = 1;

  /** What was added so far while nothing was asked yet; empty for ever after that. */
  private long[] gatheredValues = new long[64];

  private int[] gatheredTags = new int[64];
  private int gathered;
  private boolean gathering = true;

  /**
   * @param windows how many there are: the low bits of a tag
   */
  Ranking(Cells cells, int windows) {
    this.cells = cells;
    this.windows = windows;
  }

  /**
   * @param held the windows that hold the value
   */
  void add(long value, int cell, int held) {
    int tag = cell << windows | held;
    if (gathering) {
      gather(value, tag);
    } else {
      add(value, tag);
    }
  }

  private void add(long value, int tag) {
    int at = blockOf(value, tag);
    if (blocks[at].size == BLOCK) {
      insert(at + 1, half(blocks[at]));
      at = blockOf(value, tag);
    }
    Block block = blocks[at];
    int place = block.find(value, tag);
    block.insert(place < 0 ? -place - 1 : place, value, tag);
    firsts[at] = block.values[0];
    count(block, tag, 1);
  }

  private void gather(long value, int tag) {
    if (gathered == gatheredValues.length) {
      gatheredValues = Arrays.copyOf(gatheredValues, 2 * gathered);
      gatheredTags = Arrays.copyOf(gatheredTags, 2 * gathered);
    }
    gatheredValues[gathered] = value;
    gatheredTags[gathered] = tag;
    gathered++;
  }

  /** Value and tag fit into one number, except for values of centuries: those go in one by one. */
  private void settle() {
    gathering = false;
    int tagBits = Integer.SIZE - Integer.numberOfLeadingZeros(max(gatheredTags, gathered));
    long[] sorted = new long[gathered];
    boolean fit = true;
    for (int i = 0; i < gathered; i++) {
      long value = gatheredValues[i];
      sorted[i] = value << tagBits | gatheredTags[i];
      fit &= value == value << tagBits >> tagBits;
    }
    if (fit) {
      Arrays.sort(sorted);
      fill(sorted, tagBits);
    } else {
      for (int i = 0; i < gathered; i++) {
        add(gatheredValues[i], gatheredTags[i]);
      }
    }
    gatheredValues = new long[0];
    gatheredTags = new int[0];
  }

  private static int max(int[] tags, int size) {
    int max = 0;
    for (int i = 0; i < size; i++) {
      max = Math.max(max, tags[i]);
    }
    return max;
  }

  private void fill(long[] sorted, int tagBits) {
    for (int from = 0; from < sorted.length; from += JOINED) {
      int to = Math.min(sorted.length, from + JOINED);
      Block block = from == 0 ? blocks[0] : new Block(cells.groups() * windows);
      block.room(to - from);
      for (int i = from; i < to; i++) {
        int tag = (int) (sorted[i] & (1L << tagBits) - 1);
        block.values[i - from] = sorted[i] >> tagBits;
        block.tags[i - from] = tag;
        count(block, tag, 1);
      }
      block.size = to - from;
      if (from == 0) {
        firsts[0] = block.values[0];
      } else {
        insert(size, block);
      }
    }
  }

  /** Takes one such entry out. */
  void remove(long value, int cell, int held) {
    if (gathering) {
      settle();
    }
    int tag = cell << windows | held;
    int at = blockOf(value, tag);
    Block block = blocks[at];
    int place = block.find(value, tag);
    if (place < 0) {
      throw new IllegalStateException("no value %d with tag %d".formatted(value, tag));
    }
    block.cut(place, place + 1);
    firsts[at] = block.values[0];
    count(block, tag, -1);
    if (block.size < SPARSE && size > 1) {
      int left = at == 0 ? 0 : at - 1;
      if (block.size == 0 || blocks[left].size + blocks[left + 1].size <= JOINED) {
        blocks[left].append(blocks[left + 1]);
        delete(left + 1);
        firsts[left] = blocks[left].values[0];
      }
    }
  }

  /**
   * Finds values by their ranks, in one pass over the blocks.
   *
   * @param wanted slots
   * @param ranks {@code each} per slot, rising, from 0, less than the slot's count
   * @return the values at these ranks
   */
  long[] select(int[] wanted, long[] ranks, int each) {
    if (gathering) {
      settle();
    }
    long[] found = new long[ranks.length];
    long[] seen = new long[wanted.length];
    int[] next = new int[wanted.length];
    long[] rank = new long[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      next[i] = i * each;
      rank[i] = ranks[next[i]];
    }
    for (int b = 0; b < size; b++) {
      Block block = blocks[b];
      for (int i = 0; i < wanted.length; i++) {
        int count = block.count(wanted[i]);
        if (rank[i] < seen[i] + count) {
          next[i] = look(block, wanted[i], seen[i], count, ranks, next[i], (i + 1) * each, found);
          rank[i] = next[i] == (i + 1) * each ? Long.MAX_VALUE : ranks[next[i]];
        }
        seen[i] += count;
      }
    }
    return found;
  }

  /** Fills in what falls into one block; returns the first index that does not. */
  private int look(
      Block block, int slot, long seen, int count, long[] ranks, int first, int end, long[] found) {
    int next = first;
    if (count == block.size) {
      for (; next < end && ranks[next] < seen + count; next++) {
        found[next] = block.values[(int) (ranks[next] - seen)];
      }
      return next;
    }
    int group = slot / windows;
    int window = 1 << slot % windows;
    int[] groupOf = cells.groupOf(cells.group(group).cut());
    long rank = seen;
    for (int i = 0; next < end && ranks[next] < seen + count; i++) {
      int tag = block.tags[i];
      if ((tag & window) != 0 && groupOf[tag >>> windows] == group) {
        for (; next < end && ranks[next] == rank; next++) {
          found[next] = block.values[i];
        }
        rank++;
      }
    }
    return next;
  }

  /** The last block that begins with the entry or something less; otherwise the first. */
  private int blockOf(long value, int tag) {
    int low = 1;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long first = firsts[middle];
      if (first < value || first == value && blocks[middle].tags[0] <= tag) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return low - 1;
  }

  private void insert(int at, Block block) {
    if (size == blocks.length) {
      blocks = Arrays.copyOf(blocks, 2 * size);
      firsts = Arrays.copyOf(firsts, 2 * size);
    }
    System.arraycopy(blocks, at, blocks, at + 1, size - at);
    System.arraycopy(firsts, at, firsts, at + 1, size - at);
    blocks[at] = block;
    firsts[at] = block.values[0];
    size++;
  }

  private void delete(int at) {
    size--;
    System.arraycopy(blocks, at + 1, blocks, at, size - at);
    System.arraycopy(firsts, at + 1, firsts, at, size - at);
    blocks[size] = blocks[0];
  }

  /** Takes the upper half of a block away into a new one. */
  private Block half(Block lower) {
    int middle = lower.size / 2;
    Block upper = new Block(lower.counts.length);
    upper.values = Arrays.copyOfRange(lower.values, middle, lower.size);
    upper.tags = Arrays.copyOfRange(lower.tags, middle, lower.size);
    upper.size = lower.size - middle;
    lower.values = Arrays.copyOf(lower.values, middle);
    lower.tags = Arrays.copyOf(lower.tags, middle);
    lower.size = middle;
    for (int i = 0; i < upper.size; i++) {
      count(upper, upper.tags[i], 1);
      count(lower, upper.tags[i], -1);
    }
    return upper;
  }

  private void count(Block block, int tag, int by) {
    block.slots(cells.groups() * windows);
    for (int cut = 0; cut < cells.cuts(); cut++) {
      int slot = cells.groupOf(cut)[tag >>> windows] * windows;
      for (int rest = tag & (1 << windows) - 1; rest != 0; rest &= rest - 1) {
        block.counts[slot + Integer.numberOfTrailingZeros(rest)] += (short) by;
      }
    }
  }

  private static final class Block {
    private static final int STEP = 64;

    private long[] values = new long[STEP];
    private int[] tags = new int[STEP];
    private int size;

    /** By slot; what is beyond is 0. */
    private short[] counts;

    Block(int slots) {
      counts = new short[slots];
    }

    /** Place of such an entry; if there is none, the place where it belongs, as -1 - place. */
    int find(long value, int tag) {
      int low = 0;
      int high = size - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        long v = values[middle];
        if (v < value || v == value && tags[middle] < tag) {
          low = middle + 1;
        } else if (v == value && tags[middle] == tag) {
          return middle;
        } else {
          high = middle - 1;
        }
      }
      return -low - 1;
    }

    void insert(int place, long value, int tag) {
      room(size + 1);
      System.arraycopy(values, place, values, place + 1, size - place);
      System.arraycopy(tags, place, tags, place + 1, size - place);
      values[place] = value;
      tags[place] = tag;
      size++;
    }

    void cut(int from, int to) {
      System.arraycopy(values, to, values, from, size - to);
      System.arraycopy(tags, to, tags, from, size - to);
      size -= to - from;
    }

    void append(Block next) {
      room(size + next.size);
      System.arraycopy(next.values, 0, values, size, next.size);
      System.arraycopy(next.tags, 0, tags, size, next.size);
      size += next.size;
      slots(next.counts.length);
      for (int i = 0; i < next.counts.length; i++) {
        counts[i] += next.counts[i];
      }
    }

    int count(int slot) {
      return slot < counts.length ? counts[slot] : 0;
    }

    private void slots(int atLeast) {
      if (counts.length < atLeast) {
        counts = Arrays.copyOf(counts, atLeast);
      }
    }

    private void room(int atLeast) {
      if (values.length < atLeast) {
        int room = Math.min(BLOCK, Math.ceilDiv(atLeast, STEP) * STEP);
        values = Arrays.copyOf(values, room);
        tags = Arrays.copyOf(tags, room);
      }
    }
  }
}
