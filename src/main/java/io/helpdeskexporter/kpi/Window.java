package io.helpdeskexporter.kpi;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A stretch of time that the report families look back on. It only ever moves forward. */
public sealed interface Window {
  /** As a label value: 7d, this_week. */
  String label();

  /**
   * From its label.
   *
   * @throws IllegalArgumentException telling what is allowed
   */
  static Window of(String label) {
    Matcher rolling = Rolling.LABEL.matcher(label);
    if (rolling.matches()) {
      return new Rolling(
          Integer.parseInt(rolling.group(1)),
          rolling.group(2).equals("h") ? ChronoUnit.HOURS : ChronoUnit.DAYS);
    }
    return Arrays.stream(Calendar.values())
        .filter(calendar -> calendar.label().equals(label))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "window \"%s\": allowed are a number of hours or days, such as 12h or 7d, %s"
                        .formatted(
                            label,
                            Arrays.stream(Calendar.values())
                                .map(Calendar::label)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * The last so many hours, or days of 24 hours each, up to and with now.
   *
   * @param count at least 1
   * @param unit hours or days
   */
  record Rolling(int count, ChronoUnit unit) implements Window {
    private static final Pattern LABEL = Pattern.compile("([1-9]\\d{0,4})([hd])");

    public Rolling {
      if (count < 1 || unit != ChronoUnit.HOURS && unit != ChronoUnit.DAYS) {
        throw new IllegalArgumentException(
            "rolling window of %d %s: at least one hour or day".formatted(count, unit));
      }
    }

    @Override
    public String label() {
      return count + (unit == ChronoUnit.HOURS ? "h" : "d");
    }

    Duration length() {
      return Duration.of(count, unit);
    }
  }

  /** Days, weeks and months of the reporting zone. Those called "this" end now. */
  enum Calendar implements Window {
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
