package io.helpdeskexporter.config;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A day named in a calendar: one date or the same day of every year.
 *
 * @param on exactly one of this and {@code everyYear} is there
 * @param from since when the desk is closed on a day of every year; empty: all day
 */
public record DayOff(
    Optional<LocalDate> on, Optional<MonthDay> everyYear, Optional<LocalTime> from) {
  private static final Pattern WRITTEN = Pattern.compile("(\\S+)(?: from (\\d\\d:\\d\\d))?");

  public DayOff {
    if (on.isPresent() == everyYear.isPresent()) {
      throw new IllegalArgumentException("a day off is either one date or a day of every year");
    }
    if (on.isPresent() && from.isPresent()) {
      throw new IllegalArgumentException("only a day of every year may be free from a time on");
    }
  }

  /**
   * Reads {@code 2026-12-24}, {@code --12-24} or {@code --12-24 from 14:00}.
   *
   * @throws java.time.DateTimeException if there is no such day
   * @throws IllegalArgumentException if it is not of that form
   */
  @FromText(
      allowed =
          "a date such as 2026-12-24, or a day of every year such as --12-24; if only the"
              + " afternoon: --12-24 from 14:00")
  public static DayOff parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new IllegalArgumentException("not a day");
    }
    String day = written.group(1);
    boolean yearly = day.startsWith("--");
    return new DayOff(
        yearly ? Optional.empty() : Optional.of(LocalDate.parse(day)),
        yearly ? Optional.of(MonthDay.parse(day)) : Optional.empty(),
        Optional.ofNullable(written.group(2)).map(LocalTime::parse));
  }
}
