package io.helpdeskexporter.config;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * When something was published.
 *
 * @param text as written: a year or a month
 * @param until its last month
 */
public record Edition(String text, YearMonth until) {
  /** Desks and their customers change: what was usual longer ago is no measure. */
  private static final int VALID_MONTHS = 24;

  private static final int DECEMBER = 12;

  /**
   * Reads {@code 2025} or {@code 2025-03}.
   *
   * @throws java.time.DateTimeException if it is neither
   */
  @FromText(allowed = "a year such as 2025, or a month such as 2025-03")
  public static Edition parse(String text) {
    return new Edition(
        text,
        text.matches("\\d{4}")
            ? YearMonth.of(Integer.parseInt(text), DECEMBER)
            : YearMonth.parse(text));
  }

  /** Whether it ended more than 24 months ago. */
  public boolean isOutdated(LocalDate today) {
    return until.plusMonths(VALID_MONTHS).isBefore(YearMonth.from(today));
  }
}
