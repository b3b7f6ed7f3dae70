package io.helpdeskexporter.config;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of an indicator as people write it.
 *
 * @param value in the unit of the indicator; a duration in seconds, a percentage as a ratio
 */
public record WrittenValue(double value, Form form) {
  private static final Pattern PERCENT = Pattern.compile("(-?\\d+(?:\\.\\d+)?) ?%");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");
  private static final int HUNDREDTHS = 2;

  /** How it is written, which not every unit allows. */
  public enum Form {
    NUMBER,
    PERCENTAGE,
    DURATION
  }

  /**
   * Reads {@code 0.85}, {@code 85%} or {@code 2h30m}.
   *
   * @throws java.time.DateTimeException if it is none of them
   */
  @FromText(
      allowed =
          "a number in the unit of the indicator, a percentage such as 85% for a ratio, or a"
              + " duration such as 30m for a time")
  public static WrittenValue parse(String text) {
    if (NUMBER.matcher(text).matches()) {
      return new WrittenValue(new BigDecimal(text).doubleValue(), Form.NUMBER);
    }
    Matcher percent = PERCENT.matcher(text);
    if (percent.matches()) {
      return new WrittenValue(
          new BigDecimal(percent.group(1)).movePointLeft(HUNDREDTHS).doubleValue(),
          Form.PERCENTAGE);
    }
    return new WrittenValue(
        DurationText.parse(text.toLowerCase(Locale.ROOT)).toMillis() / 1000.0, Form.DURATION);
  }
}
