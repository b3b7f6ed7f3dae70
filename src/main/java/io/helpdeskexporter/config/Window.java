package io.helpdeskexporter.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A period of the report families: one that ends now, or one of the calendar. */
public sealed interface Window {
  /** As the configuration writes it and the label {@code window} shows it. */
  String label();

  /**
   * Reads {@code 7d}, {@code 12h} or the name of a calendar period.
   *
   * @throws IllegalArgumentException if it is neither
   */
  @FromText(
      allowed =
          "a period of days or hours such as 7d or 12h, at most 366d, or one of today, yesterday,"
              + " this_week, last_week, this_month, last_month")
  static Window parse(String text) {
    Matcher rolling = Rolling.WRITTEN.matcher(text);
    if (rolling.matches()) {
      long count = Long.parseLong(rolling.group(1));
      boolean days = rolling.group(2).equals("d");
      return new Rolling(text, days ? Duration.ofDays(count) : Duration.ofHours(count));
    }
    for (Period period : Period.values()) {
      if (period.label().equals(text)) {
        return period;
      }
    }
    throw new IllegalArgumentException("not a window");
  }

  /** The last so many hours or days of 24 hours, up to now. */
  record Rolling(String label, Duration length) implements Window {
    private static final Pattern WRITTEN = Pattern.compile("([1-9]\\d{0,3})([dh])");
    private static final Duration LONGEST = Duration.ofDays(366);

    public Rolling {
      if (!length.isPositive() || length.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("a window is longer than nothing and at most 366d");
      }
    }
  }

  /** A day, week or month of the reporting time zone: the present one up to now, or the last. */
  enum Period implements Window {
    TODAY,
    YESTERDAY,
    THIS_WEEK,
    LAST_WEEK,
    THIS_MONTH,
    LAST_MONTH;

    @Override
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
