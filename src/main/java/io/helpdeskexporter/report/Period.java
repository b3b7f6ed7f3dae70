package io.helpdeskexporter.report;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A whole day, week or month of the reporting zone.
 *
 * @param first its first day
 * @param next the first day after it
 * @param from when it begins
 * @param to when it is over; this instant is no longer part of it
 */
public record Period(Every every, LocalDate first, LocalDate next, Instant from, Instant to) {
  public Period {
    if (!first.isBefore(next) || from.isAfter(to)) {
      throw new IllegalArgumentException(
          "period from %s to %s: ends before it begins".formatted(first, next));
    }
  }

  /**
   * The last instant that is part of it, to the millisecond. What it left behind is as of then: as
   * of {@link #to}, what is created on the stroke of midnight is there already.
   */
  public Instant lastInstant() {
    return to.minusMillis(1);
  }

  /** Its last day. */
  public LocalDate last() {
    return next.minusDays(1);
  }

  /** For people: 2026-03-09, 2026-03-02 to 2026-03-08, or 2026-03. */
  public String title() {
    return switch (every) {
      case DAY -> first.toString();
      case WEEK -> first + " to " + last();
      case MONTH -> first.toString().substring(0, first.toString().lastIndexOf('-'));
    };
  }
}
