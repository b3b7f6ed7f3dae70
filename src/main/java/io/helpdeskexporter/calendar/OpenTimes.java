package io.helpdeskexporter.calendar;

import io.helpdeskexporter.calendar.WorkingHours.Opening;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The open intervals within a stretch of time, with the open time before each, so that a question
 * costs one look into an index and a step or two. All values are epoch milliseconds or
 * milliseconds. Immutable.
 *
 * <p>An instant is open if the wall clock then shows an open time of an open day. Hence an hour
 * that the clock skips in spring is missing from the open time and one that it repeats in autumn is
 * in it twice, exactly as the people at the desk live it.
 */
final class OpenTimes {
  /** Covers nothing. */
  static final OpenTimes EMPTY = new OpenTimes(Long.MAX_VALUE, Long.MIN_VALUE, new Builder());

  private static final long MILLIS_PER_MINUTE = 60_000;
  private static final long MILLIS_PER_DAY = 86_400_000;

  /** The index has one entry per 2^26 ms (18.6 h): a shift finds it, and few openings lie in it. */
  private static final int SLOT_SHIFT = 26;

  private final long from;
  private final long to;

  // Interval 0 is empty and begins with the stretch, so that there is always one at or before an
  // instant; the last one begins at the end of time, so that there is always one after it.
  private final long[] starts;
  private final long[] ends;
  private final long[] openBefore;
  private final int[] lastStartedBySlot;

  private OpenTimes(long from, long to, Builder builder) {
    this.from = from;
    this.to = to;
    this.starts = Arrays.copyOf(builder.starts, builder.size + 1);
    this.ends = Arrays.copyOf(builder.ends, builder.size + 1);
    this.starts[builder.size] = Long.MAX_VALUE;
    this.ends[builder.size] = Long.MAX_VALUE;
    this.openBefore = openBefore(starts, ends);
    this.lastStartedBySlot = index(from, to, starts);
  }

  /** The open times of a zone, from an instant up to but without another. */
  static OpenTimes within(
      long from, long to, ZoneId zone, Function<LocalDate, List<Opening>> openingsOn) {
    Builder builder = new Builder();
    builder.addEmpty(from);
    ZoneRules rules = zone.getRules();
    for (long at = from; at < to; ) {
      Instant instant = Instant.ofEpochMilli(at);
      ZoneOffsetTransition next = rules.nextTransition(instant);
      long until = next == null ? to : Math.min(to, next.getInstant().toEpochMilli());
      builder.add(at, until, rules.getOffset(instant).getTotalSeconds() * 1000L, openingsOn);
      at = until;
    }
    return new OpenTimes(from, to, builder);
  }

  long from() {
    return from;
  }

  long to() {
    return to;
  }

  /**
   * Whether both instants are within; the end of the stretch is, though nothing is known past it.
   */
  boolean covers(long one, long other) {
    return Math.min(one, other) >= from && Math.max(one, other) <= to;
  }

  /** Open time from the beginning of the stretch to an instant within it. */
  long openUntil(long at) {
    int i = lastStarted(at);
    return openBefore[i] + Math.min(at, ends[i]) - starts[i];
  }

  /** Open time in the whole stretch. */
  long total() {
    return openBefore[openBefore.length - 1];
  }

  /**
   * The first instant at which so much open time has passed since the beginning of the stretch.
   *
   * @param open more than 0 and at most {@link #total}
   */
  long whenOpenFor(long open) {
    int found = Arrays.binarySearch(openBefore, open);
    int i = (found >= 0 ? found : -found - 1) - 1;
    return starts[i] + (open - openBefore[i]);
  }

  /** Whether an instant within the stretch and before its end is open. */
  boolean isOpen(long at) {
    return at < ends[lastStarted(at)];
  }

  /** When an instant's open time ends; the instant has to be open. */
  long closingAfter(long at) {
    return ends[lastStarted(at)];
  }

  /** The first opening after an instant within the stretch; the end of time if it holds none. */
  long openingAfter(long at) {
    return starts[lastStarted(at) + 1];
  }

  private int lastStarted(long at) {
    int i = lastStartedBySlot[(int) ((at - from) >> SLOT_SHIFT)];
    while (starts[i + 1] <= at) {
      i++;
    }
    return i;
  }

  private static long[] openBefore(long[] starts, long[] ends) {
    long[] openBefore = new long[starts.length];
    for (int i = 1; i < starts.length; i++) {
      openBefore[i] = openBefore[i - 1] + (ends[i - 1] - starts[i - 1]);
    }
    return openBefore;
  }

  private static int[] index(long from, long to, long[] starts) {
    if (from > to) {
      return new int[0];
    }
    int[] index = new int[(int) ((to - from) >> SLOT_SHIFT) + 1];
    int i = 0;
    for (int slot = 0; slot < index.length; slot++) {
      long begins = from + ((long) slot << SLOT_SHIFT);
      while (starts[i + 1] <= begins) {
        i++;
      }
      index[slot] = i;
    }
    return index;
  }

  /** Collects intervals in ascending order; those that touch become one. */
  private static final class Builder {
    private long[] starts = new long[1024];
    private long[] ends = new long[1024];
    private int size;

    /** Adds the openings of a stretch during which the wall clock is off UTC by one amount. */
    void add(long from, long until, long offset, Function<LocalDate, List<Opening>> openingsOn) {
      long last = Math.floorDiv(until - 1 + offset, MILLIS_PER_DAY);
      for (long day = Math.floorDiv(from + offset, MILLIS_PER_DAY); day <= last; day++) {
        long midnight = day * MILLIS_PER_DAY - offset;
        for (Opening opening : openingsOn.apply(LocalDate.ofEpochDay(day))) {
          add(
              Math.max(from, midnight + opening.fromMinute() * MILLIS_PER_MINUTE),
              Math.min(until, midnight + opening.untilMinute() * MILLIS_PER_MINUTE));
        }
      }
    }

    void addEmpty(long at) {
      append(at, at);
    }

    private void add(long start, long end) {
      if (start >= end) {
        return;
      }
      if (size > 1 && ends[size - 1] == start) {
        ends[size - 1] = end;
      } else {
        append(start, end);
      }
    }

    private void append(long start, long end) {
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, 2 * size);
        ends = Arrays.copyOf(ends, 2 * size);
      }
      starts[size] = start;
      ends[size] = end;
      size++;
    }
  }
}
