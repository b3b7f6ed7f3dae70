package io.helpdeskexporter.domain;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The hours in which a clock of a source's own runs, as the source tells them.
 *
 * @param week when it runs in an ordinary week, in wall time of the zone; sorted and apart, at
 *     least one
 * @param closed days on which it stands still all the same
 */
public record ServiceHours(ZoneId zone, List<Shift> week, List<DaysOff> closed) {
  private static final int MINUTES_PER_DAY = 24 * 60;
  private static final int DAYS_PER_WEEK = 7;

  /** Ten years: more days off than anybody has, and few enough to be looked at one by one. */
  private static final int MOST_DAYS_OFF = 3_660;

  /** Around the clock, every day. */
  public static final ServiceHours ALWAYS =
      new ServiceHours(
          ZoneOffset.UTC,
          IntStream.range(0, DAYS_PER_WEEK)
              .mapToObj(day -> new Shift(day * MINUTES_PER_DAY, (day + 1) * MINUTES_PER_DAY))
              .toList(),
          List.of());

  /**
   * Minutes of the week, which begins on Monday at 00:00.
   *
   * @param until exclusive, on the same day or the midnight that ends it
   */
  public record Shift(int from, int until) {
    public Shift {
      if (from < 0
          || from >= until
          || until > DAYS_PER_WEEK * MINUTES_PER_DAY
          || from / MINUTES_PER_DAY != (until - 1) / MINUTES_PER_DAY) {
        throw new IllegalArgumentException(
            "minutes %d to %d of the week are no part of one day".formatted(from, until));
      }
    }

    /** Whole days since Monday. */
    public int day() {
      return from / MINUTES_PER_DAY;
    }

    /** Minutes since midnight of its day; likewise {@link #endsAt}, which may be 1440. */
    public int beginsAt() {
      return from % MINUTES_PER_DAY;
    }

    public int endsAt() {
      return until - day() * MINUTES_PER_DAY;
    }
  }

  /** Days from one to another, both of them included. */
  public record DaysOff(LocalDate first, LocalDate last) {
    public DaysOff {
      if (last.isBefore(first)) {
        throw new IllegalArgumentException("days off end before they begin");
      }
      if (first.toEpochDay() < 0) {
        throw new IllegalArgumentException("days off before 1970");
      }
    }

    long days() {
      return last.toEpochDay() - first.toEpochDay() + 1;
    }
  }

  public ServiceHours {
    week = List.copyOf(week);
    closed = List.copyOf(closed);
    if (week.isEmpty()) {
      throw new IllegalArgumentException("service hours: none");
    }
    for (int i = 1; i < week.size(); i++) {
      if (week.get(i).from() < week.get(i - 1).until()) {
        throw new IllegalArgumentException("service hours: they overlap, or are not sorted");
      }
    }
    long off = 0;
    for (DaysOff days : closed) {
      off += Math.min(days.days(), MOST_DAYS_OFF + 1L);
    }
    if (off > MOST_DAYS_OFF) {
      throw new IllegalArgumentException("service hours: more than 3660 days off");
    }
  }

  /** The whole of it in one line, which {@link #parse} reads; equal hours have equal texts. */
  public String text() {
    return Stream.of(
            zone.getId(),
            week.stream().map(it -> it.from() + "-" + it.until()).collect(Collectors.joining(",")),
            closed.stream()
                .map(it -> it.first().toEpochDay() + "-" + it.last().toEpochDay())
                .collect(Collectors.joining(",")))
        .collect(Collectors.joining(" "));
  }

  /**
   * @throws IllegalArgumentException if {@link #text} did not write it
   */
  public static ServiceHours parse(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("service hours: found no three parts");
    }
    try {
      List<Shift> week = new ArrayList<>();
      for (long[] range : ranges(parts[1])) {
        week.add(new Shift(Math.toIntExact(range[0]), Math.toIntExact(range[1])));
      }
      List<DaysOff> closed = new ArrayList<>();
      for (long[] range : ranges(parts[2])) {
        closed.add(new DaysOff(LocalDate.ofEpochDay(range[0]), LocalDate.ofEpochDay(range[1])));
      }
      return new ServiceHours(ZoneId.of(parts[0]), week, closed);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("service hours: found no zone, minutes and days", e);
    }
  }

  private static List<long[]> ranges(String text) {
    List<long[]> ranges = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String range : text.split(",", -1)) {
        int dash = range.indexOf('-');
        if (dash < 0) {
          throw new IllegalArgumentException("service hours: found no range");
        }
        ranges.add(
            new long[] {
              Long.parseLong(range.substring(0, dash)), Long.parseLong(range.substring(dash + 1))
            });
      }
    }
    return ranges;
  }
}
