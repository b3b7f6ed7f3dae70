package io.helpdeskexporter.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 30s}, {@code 1h30m}, {@code 4d}. */
public final class DurationText {
  private static final Pattern WRITTEN =
      Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

  /** Longer ones are slips, and would overflow the milliseconds that times are kept in. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private DurationText() {}

  /**
   * Days (of 24 hours), hours, minutes, seconds and milliseconds in this order, or the ISO form
   * {@code PT5M}.
   *
   * @throws DateTimeException if it is neither, negative, or longer than 100 years
   */
  public static Duration parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    try {
      if (!text.isEmpty() && written.matches()) {
        return limited(
            Duration.ofDays(count(written, 1))
                .plusHours(count(written, 2))
                .plusMinutes(count(written, 3))
                .plusSeconds(count(written, 4))
                .plusMillis(count(written, 5)));
      }
      return limited(Duration.parse(text));
    } catch (ArithmeticException | NumberFormatException tooLong) {
      throw new DateTimeException("too long for a duration", tooLong);
    }
  }

  /** The shortest form that {@link #parse} reads back, to the millisecond: {@code 1h30m}. */
  public static String format(Duration duration) {
    if (duration.toMillis() == 0) {
      return "0s";
    }
    return part(duration.toDays(), "d")
        + part(duration.toHoursPart(), "h")
        + part(duration.toMinutesPart(), "m")
        + part(duration.toSecondsPart(), "s")
        + part(duration.toMillisPart(), "ms");
  }

  private static Duration limited(Duration duration) {
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw new DateTimeException("a duration is from 0 to 100 years");
    }
    return duration;
  }

  private static String part(long count, String unit) {
    return count == 0 ? "" : count + unit;
  }

  private static long count(Matcher written, int group) {
    return written.group(group) == null ? 0 : Long.parseLong(written.group(group));
  }
}
