package io.helpdeskexporter.rules;

import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.ScheduleHistory;
import io.helpdeskexporter.calendar.WorkingHours;
import io.helpdeskexporter.calendar.WorkingHours.Opening;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * How long a desk is open in an ordinary week. Holidays are left out: rules that change with every
 * bank holiday would be others each month.
 *
 * @param week open time in the week
 * @param days of the week that have any
 */
public record OpeningHours(Duration week, int days) {
  private static final int DAYS_PER_WEEK = DayOfWeek.values().length;
  private static final Duration WHOLE_WEEK = Duration.ofDays(DAYS_PER_WEEK);

  /** Never closed. */
  public static final OpeningHours ROUND_THE_CLOCK = new OpeningHours(WHOLE_WEEK, DAYS_PER_WEEK);

  public OpeningHours {
    if (days < 1
        || days > DAYS_PER_WEEK
        || !week.isPositive()
        || week.compareTo(Duration.ofDays(days)) > 0) {
      throw new IllegalArgumentException("open for %s on %d days of a week".formatted(week, days));
    }
  }

  /** Those of a clock that are in force at an instant. */
  public static OpeningHours of(BusinessClock clock, Instant at) {
    return switch (clock) {
      case BusinessCalendar calendar -> of(calendar.hours());
      case ScheduleHistory history -> of(inForce(history, at), at);
      case BusinessClock _ -> ROUND_THE_CLOCK;
    };
  }

  private static BusinessClock inForce(ScheduleHistory history, Instant at) {
    return history.changes().stream()
        .filter(change -> !change.from().isAfter(at))
        .reduce((_, later) -> later)
        .orElse(history.changes().getFirst())
        .clock();
  }

  private static OpeningHours of(WorkingHours hours) {
    List<List<Opening>> open =
        Arrays.stream(DayOfWeek.values()).map(hours::on).filter(day -> !day.isEmpty()).toList();
    long minutes =
        open.stream()
            .flatMap(List::stream)
            .mapToLong(opening -> opening.untilMinute() - opening.fromMinute())
            .sum();
    return new OpeningHours(Duration.ofMinutes(minutes), open.size());
  }

  /** Whether there is no closing time at all. */
  boolean isRoundTheClock() {
    return week.equals(WHOLE_WEEK);
  }

  /** Open time of an open day, on average. */
  Duration day() {
    return week.dividedBy(days);
  }

  /** Open time in so many days that begin anywhere in a week. */
  Duration in(int calendarDays) {
    return week.multipliedBy(calendarDays).dividedBy(DAYS_PER_WEEK);
  }

  /**
   * The most open time that a stretch of the calendar can hold: of a few hours all of them, of days
   * the open time of so many open days.
   */
  Duration atMostIn(Duration stretch) {
    if (stretch.compareTo(Duration.ofDays(1)) < 0) {
      return min(stretch, day());
    }
    return day().multipliedBy(Math.min(stretch.toDays(), days));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
