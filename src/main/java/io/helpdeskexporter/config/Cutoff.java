package io.helpdeskexporter.config;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** A moment as written: exact, or the beginning of a day. */
public sealed interface Cutoff {
  /**
   * The moment meant.
   *
   * @param zone in which a day begins
   */
  Instant in(ZoneId zone);

  /**
   * Reads {@code 2026-03-01} or {@code 2026-03-01T08:00:00Z}.
   *
   * @throws java.time.DateTimeException if it is neither
   */
  @FromText(allowed = "a date such as 2026-03-01, or a time such as 2026-03-01T08:00:00Z")
  static Cutoff parse(String text) {
    return text.contains("T")
        ? new Moment(OffsetDateTime.parse(text).toInstant())
        : new Day(LocalDate.parse(text));
  }

  /** An exact moment. */
  record Moment(Instant at) implements Cutoff {
    @Override
    public Instant in(ZoneId zone) {
      return at;
    }
  }

  /** The beginning of a day. */
  record Day(LocalDate date) implements Cutoff {
    @Override
    public Instant in(ZoneId zone) {
      return date.atStartOfDay(zone).toInstant();
    }
  }
}
