package io.helpdeskexporter.calendar;

import io.helpdeskexporter.calendar.Stretch.Closed;
import io.helpdeskexporter.calendar.WorkingHours.Opening;
import io.helpdeskexporter.domain.ServiceHours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The clock of one schedule: working hours and holidays in one time zone, exact through its changes
 * between summer and winter time.
 *
 * <p>Hours and holidays hold from 1970 to the end of 2149 (UTC), up to where the tables of the
 * religious calendars reach. Before and after, the calendar counts as always open, so that every
 * method has an answer for every instant: a nonsensical timestamp in a source makes one number
 * nonsensical and stops nothing. Open times are worked out for the years that are asked about, a
 * few at a time, and kept: at most a few MB for the whole span.
 */
public final class BusinessCalendar implements BusinessClock {
  private static final int FIRST_YEAR = 1970;
  private static final int END_YEAR = 2150;
  private static final long HORIZON_START = startOf(FIRST_YEAR);
  private static final long HORIZON_END = startOf(END_YEAR);

  /**
   * Years that are worked out at a time: asking year by year should not mean starting each year.
   */
  private static final int YEARS_AT_ONCE = 5;

  private static final long MILLIS_PER_YEAR = Duration.ofDays(366).toMillis();

  /** Four years hold every day of the year; a calendar that is ever open is open in them. */
  private static final LocalDate TRIED_FROM = LocalDate.of(2024, 1, 1);

  private static final LocalDate TRIED_UNTIL = LocalDate.of(2028, 1, 1);

  private final String name;
  private final ZoneId zone;
  private final WorkingHours hours;
  private final Holidays holidays;
  private volatile OpenTimes known = OpenTimes.EMPTY;

  /**
   * @throws IllegalArgumentException if holidays fall on all working hours, so that the desk would
   *     never open
   */
  public BusinessCalendar(String name, ZoneId zone, WorkingHours hours, Holidays holidays) {
    this.name = name;
    this.zone = zone;
    this.hours = hours;
    this.holidays = holidays;
    if (TRIED_FROM.datesUntil(TRIED_UNTIL).allMatch(day -> openingsOn(day).isEmpty())) {
      throw new IllegalArgumentException(
          "calendar %s: holidays close all working hours, so it is never open".formatted(name));
    }
  }

  /**
   * The clock of hours that a source tells.
   *
   * @throws IllegalArgumentException if it would never run
   */
  public static BusinessClock of(ServiceHours hours) {
    if (hours.equals(ServiceHours.ALWAYS)) {
      return BusinessClock.alwaysOpen();
    }
    Map<DayOfWeek, List<Opening>> week = new EnumMap<>(DayOfWeek.class);
    for (ServiceHours.Shift shift : hours.week()) {
      week.computeIfAbsent(DayOfWeek.MONDAY.plus(shift.day()), _ -> new ArrayList<>())
          .add(new Opening(shift.beginsAt(), shift.endsAt()));
    }
    List<LocalDate> closed = new ArrayList<>();
    for (ServiceHours.DaysOff off : hours.closed()) {
      off.first().datesUntil(off.last().plusDays(1)).forEach(closed::add);
    }
    return new BusinessCalendar(
        "hours of the source",
        hours.zone(),
        new WorkingHours(week),
        Holidays.none().withClosed(closed));
  }

  public String name() {
    return name;
  }

  public ZoneId zone() {
    return zone;
  }

  public WorkingHours hours() {
    return hours;
  }

  @Override
  public Holidays holidays() {
    return holidays;
  }

  @Override
  public long millisBetween(long fromEpochMilli, long toEpochMilli) {
    OpenTimes times = known;
    if (times.covers(fromEpochMilli, toEpochMilli)) {
      return times.openUntil(toEpochMilli) - times.openUntil(fromEpochMilli);
    }
    return millisBetweenAnywhere(fromEpochMilli, toEpochMilli);
  }

  private long millisBetweenAnywhere(long from, long to) {
    long fromInside = inside(from);
    long toInside = inside(to);
    OpenTimes times = covering(fromInside, toInside);
    long open = times.openUntil(toInside) - times.openUntil(fromInside);
    return Math.addExact(
        open, Math.subtractExact(Math.subtractExact(to, toInside), from - fromInside));
  }

  @Override
  public Instant plus(Instant start, Duration business) {
    long wanted = AlwaysOpen.requireNotNegative(business);
    long from = start.toEpochMilli();
    if (wanted == 0) {
      return Instant.ofEpochMilli(from);
    }
    if (from >= HORIZON_END) {
      return Instant.ofEpochMilli(Math.addExact(from, wanted));
    }
    if (from < HORIZON_START) {
      return plusFromBefore(from, wanted);
    }
    return Instant.ofEpochMilli(plusInside(from, wanted));
  }

  private Instant plusFromBefore(long from, long wanted) {
    long before = HORIZON_START - from;
    return Instant.ofEpochMilli(
        wanted <= before ? from + wanted : plusInside(HORIZON_START, wanted - before));
  }

  private long plusInside(long from, long wanted) {
    for (long end = from; ; end = Math.addExact(end, Math.max(wanted, MILLIS_PER_YEAR))) {
      OpenTimes times = covering(from, inside(end));
      long target = Math.addExact(times.openUntil(from), wanted);
      if (target <= times.total()) {
        return times.whenOpenFor(target);
      }
      if (end >= HORIZON_END) {
        return Math.addExact(HORIZON_END, target - times.total());
      }
    }
  }

  @Override
  public boolean isOpen(Instant at) {
    long millis = at.toEpochMilli();
    return isOutside(millis) || covering(millis, millis + 1).isOpen(millis);
  }

  @Override
  public Instant nextOpening(Instant at) {
    if (isOpen(at)) {
      return at;
    }
    long millis = at.toEpochMilli();
    for (long end = millis + 1; ; ) {
      long opening = covering(millis, end).openingAfter(millis);
      if (opening != Long.MAX_VALUE || end == HORIZON_END) {
        return Instant.ofEpochMilli(Math.min(opening, HORIZON_END));
      }
      end = inside(end + MILLIS_PER_YEAR);
    }
  }

  @Override
  public List<Stretch> stretches(Instant from, Instant to) {
    List<Stretch> all = new ArrayList<>();
    long begin = from.toEpochMilli();
    long end = to.toEpochMilli();
    OpenTimes times = covering(inside(begin), inside(end));
    for (long at = begin; at < end; ) {
      if (isOutside(at)) {
        long until = at < HORIZON_START ? Math.min(end, HORIZON_START) : end;
        all.add(stretch(at, until, Optional.empty()));
        at = until;
      } else if (times.isOpen(at)) {
        long until = Math.min(end, times.closingAfter(at));
        all.add(stretch(at, until, Optional.empty()));
        at = until;
      } else {
        long until = Math.min(Math.min(end, HORIZON_END), times.openingAfter(at));
        closed(at, until, all);
        at = until;
      }
    }
    return Stretch.joined(all);
  }

  /** Each day of a time that is closed has its own reason, and a holiday may begin within a day. */
  private void closed(long from, long to, List<Stretch> all) {
    for (long at = from; at < to; ) {
      LocalDate day = Instant.ofEpochMilli(at).atZone(zone).toLocalDate();
      long midnight = startOf(day.plusDays(1));
      // Where clocks go back across midnight, the day before is told again.
      long until = Math.min(to, midnight > at ? midnight : startOf(day.plusDays(2)));
      Optional<LocalTime> off =
          hours.on(day.getDayOfWeek()).isEmpty() ? Optional.empty() : holidays.closedFrom(day);
      long offFrom =
          off.isEmpty()
              ? until
              : Math.clamp(
                  day.atTime(off.get()).atZone(zone).toInstant().toEpochMilli(), at, until);
      if (at < offFrom) {
        all.add(stretch(at, offFrom, Optional.of(new Closed(name, Optional.empty()))));
      }
      if (offFrom < until) {
        all.add(stretch(offFrom, until, Optional.of(new Closed(name, holidays.nameOf(day)))));
      }
      at = until;
    }
  }

  private long startOf(LocalDate day) {
    return day.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  private static Stretch stretch(long from, long to, Optional<Closed> closed) {
    return new Stretch(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to), closed);
  }

  /** When the desk is open on a day, its holidays considered. */
  private List<Opening> openingsOn(LocalDate day) {
    List<Opening> openings = hours.on(day.getDayOfWeek());
    if (openings.isEmpty()) {
      return openings;
    }
    Optional<LocalTime> closedFrom = holidays.closedFrom(day);
    return closedFrom.map(from -> before(from, openings)).orElse(openings);
  }

  private static List<Opening> before(LocalTime closing, List<Opening> openings) {
    int until = closing.toSecondOfDay() / 60;
    return openings.stream()
        .flatMap(
            opening ->
                opening.fromMinute() >= until
                    ? Stream.empty()
                    : Stream.of(
                        new Opening(opening.fromMinute(), Math.min(until, opening.untilMinute()))))
        .toList();
  }

  /** Open times that cover two instants of the horizon, and all that was covered before. */
  private OpenTimes covering(long one, long other) {
    OpenTimes times = known;
    return times.covers(one, other) ? times : extendedTo(one, other);
  }

  private synchronized OpenTimes extendedTo(long one, long other) {
    OpenTimes times = known;
    if (!times.covers(one, other)) {
      times =
          OpenTimes.within(
              spanStart(Math.min(Math.min(one, other), times.from())),
              spanEnd(Math.max(Math.max(one, other), times.to())),
              zone,
              this::openingsOn);
      known = times;
    }
    return times;
  }

  private static boolean isOutside(long millis) {
    return millis < HORIZON_START || millis >= HORIZON_END;
  }

  /** The instant of the horizon that is nearest to an instant. */
  private static long inside(long millis) {
    return Math.clamp(millis, HORIZON_START, HORIZON_END);
  }

  private static long spanStart(long millis) {
    return startOf(Math.floorDiv(yearOf(millis), YEARS_AT_ONCE) * YEARS_AT_ONCE);
  }

  private static long spanEnd(long millis) {
    return startOf(
        Math.floorDiv(yearOf(millis - 1), YEARS_AT_ONCE) * YEARS_AT_ONCE + YEARS_AT_ONCE);
  }

  private static int yearOf(long millis) {
    return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).getYear();
  }

  private static long startOf(int year) {
    return Year.of(year).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  /** Two calendars that count alike are equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof BusinessCalendar that
        && name.equals(that.name)
        && zone.equals(that.zone)
        && hours.equals(that.hours)
        && holidays.equals(that.holidays);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, zone, hours, holidays);
  }

  @Override
  public String toString() {
    return "%s (%s, %s, %s)".formatted(name, zone, hours, holidays);
  }
}
