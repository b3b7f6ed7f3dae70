package io.helpdeskexporter.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many tickets came in when, to steps of five minutes; what is shown depends on the tickets
 * that are in it, not on the order in which they came. One more ticket costs a constant amount of
 * work. Confined to one thread.
 */
public final class Arrivals {
  /** The offsets of all zones in use are multiples of it, so that no step spans two local hours. */
  public static final Duration STEP = Duration.ofMinutes(5);

  private static final long STEP_MILLIS = STEP.toMillis();
  private static final int STEPS_A_DAY = (int) (Duration.ofDays(1).toMillis() / STEP_MILLIS);

  private final ZoneId zone;
  private final DaysOff daysOff;

  /** Tickets by step, in days of UTC. */
  private final Map<Long, int[]> steps = new HashMap<>();

  /** Those local days that were asked about since they last changed. */
  private final Map<LocalDate, Day> days = new HashMap<>();

  /**
   * @param zone whose midnights part the days
   */
  public Arrivals(ZoneId zone, DaysOff daysOff) {
    this.zone = zone;
    this.daysOff = daysOff;
  }

  public ZoneId zone() {
    return zone;
  }

  public void add(Instant createdAt) {
    count(createdAt, 1);
  }

  /**
   * @throws IllegalStateException if no ticket came in then
   */
  public void remove(Instant createdAt) {
    count(createdAt, -1);
  }

  private void count(Instant at, int by) {
    long step = Math.floorDiv(at.toEpochMilli(), STEP_MILLIS);
    int[] day = steps.computeIfAbsent(Math.floorDiv(step, STEPS_A_DAY), _ -> new int[STEPS_A_DAY]);
    int place = Math.floorMod(step, STEPS_A_DAY);
    if (day[place] + by < 0) {
      throw new IllegalStateException("taken back, but was never there: a ticket of " + at);
    }
    day[place] += by;
    if (!days.isEmpty()) {
      days.remove(LocalDate.ofInstant(at, zone));
    }
  }

  /** Forgets the days of UTC that lie wholly before. */
  public void forgetBefore(Instant instant) {
    long first = Math.floorDiv(instant.toEpochMilli(), STEP_MILLIS * STEPS_A_DAY);
    steps.keySet().removeIf(day -> day < first);
    LocalDate oldest = LocalDate.ofInstant(instant, zone);
    days.keySet().removeIf(day -> !day.isAfter(oldest));
  }

  /**
   * Tickets that came in between two instants, both cut down to full steps.
   *
   * @param from inclusive
   * @param to exclusive
   */
  public long between(Instant from, Instant to) {
    return between(from.toEpochMilli(), to.toEpochMilli());
  }

  private long between(long from, long to) {
    long tickets = 0;
    long end = Math.floorDiv(to, STEP_MILLIS);
    for (long step = Math.floorDiv(from, STEP_MILLIS); step < end; ) {
      long next = Math.min(end, (Math.floorDiv(step, STEPS_A_DAY) + 1) * STEPS_A_DAY);
      int[] day = steps.get(Math.floorDiv(step, STEPS_A_DAY));
      for (long each = step; day != null && each < next; each++) {
        tickets += day[Math.floorMod(each, STEPS_A_DAY)];
      }
      step = next;
    }
    return tickets;
  }

  /** The beginning of the step that runs at an instant. */
  public static Instant stepOf(Instant at) {
    return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), STEP_MILLIS) * STEP_MILLIS);
  }

  Day day(LocalDate date) {
    return days.computeIfAbsent(date, this::count);
  }

  private Day count(LocalDate date) {
    int[] counts = new int[Day.HOURS];
    double[] hours = new double[Day.HOURS];
    LocalHours.visit(
        zone,
        start(date).toEpochMilli(),
        start(date.plusDays(1)).toEpochMilli(),
        (_, hour, from, to) -> {
          counts[hour] += (int) between(from, to);
          hours[hour] += (to - from) / (double) LocalHours.HOUR;
        });
    int total = 0;
    for (int count : counts) {
      total += count;
    }
    return new Day(date, counts, hours, off(date), total);
  }

  /** The hours of a day that are holiday; one that begins within an hour begins with it. */
  boolean[] off(LocalDate date) {
    boolean[] off = new boolean[Day.HOURS];
    Optional<LocalTime> from = daysOff.from(date);
    for (int hour = 0; hour < Day.HOURS; hour++) {
      off[hour] = from.isPresent() && hour >= from.get().getHour();
    }
    return off;
  }

  /** When a local day begins. */
  Instant start(LocalDate date) {
    return date.atStartOfDay(zone).toInstant();
  }

  /**
   * The first whole day of the history before a day, looking back no further than is learned from.
   * A history begins with its first ticket, and since nobody knows for how long before it there
   * were none, its first whole day is the next one. Empty if there was no ticket.
   */
  Optional<LocalDate> firstWholeDay(LocalDate before) {
    LocalDate oldest = before.minusDays(Seasonal.LEARNED_DAYS);
    for (LocalDate date = oldest; date.isBefore(before); date = date.plusDays(1)) {
      if (day(date).total() > 0) {
        return Optional.of(date.equals(oldest) ? date : date.plusDays(1));
      }
    }
    return Optional.empty();
  }
}
