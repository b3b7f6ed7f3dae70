package io.helpdeskexporter.report;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * When a report is due.
 *
 * @param at time of the first day after a period; where clocks skip it, as much later as they skip
 * @param zone in which days begin
 * @param weekStart first day of a week
 */
public record Schedule(Every every, LocalTime at, ZoneId zone, DayOfWeek weekStart) {

  /** The last period that is over. */
  public Period lastWhole(Instant t) {
    LocalDate today = t.atZone(zone).toLocalDate();
    // Where clocks go back across midnight, the calendar falls back into the day that was over.
    LocalDate tomorrow = today.plusDays(1);
    return before(start(tomorrow).isAfter(t) ? today : tomorrow);
  }

  /** The last period whose report is due. */
  public Period lastDue(Instant t) {
    Period whole = lastWhole(t);
    return dueAt(whole).isAfter(t) ? previous(whole) : whole;
  }

  /** When the report of a period is due: never before the period is over. */
  public Instant dueAt(Period period) {
    Instant due = period.next().atTime(at).atZone(zone).toInstant();
    return due.isBefore(period.to()) ? period.to() : due;
  }

  /** The one before. */
  public Period previous(Period period) {
    return before(period.first());
  }

  /** The last one that is over when a day begins. */
  private Period before(LocalDate day) {
    LocalDate next =
        switch (every) {
          case DAY -> day;
          case WEEK -> day.with(TemporalAdjusters.previousOrSame(weekStart));
          case MONTH -> day.withDayOfMonth(1);
        };
    LocalDate first =
        switch (every) {
          case DAY -> next.minusDays(1);
          case WEEK -> next.minusWeeks(1);
          case MONTH -> next.minusMonths(1);
        };
    return new Period(every, first, next, start(first), start(next));
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }
}
