package io.helpdeskexporter.explain;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Lengths of time in words. */
public final class Spans {
  private Spans() {}

  /**
   * Whole: all units that are not zero, such as "2 d 15 h 45 min" or "1.25 s", so that what adds up
   * in numbers adds up in words.
   */
  public static String text(long millis) {
    if (millis < 0) {
      return "-" + text(-millis);
    }
    Duration length = Duration.ofMillis(millis);
    List<String> parts =
        Stream.of(
                part(length.toDays(), "d"),
                part(length.toHoursPart(), "h"),
                part(length.toMinutesPart(), "min"),
                seconds(length))
            .filter(part -> !part.isEmpty())
            .toList();
    return parts.isEmpty() ? "0 s" : String.join(" ", parts);
  }

  private static String seconds(Duration length) {
    String fraction =
        length.toMillisPart() == 0
            ? ""
            : ("." + "%03d".formatted(length.toMillisPart())).replaceFirst("0{1,2}$", "");
    return length.toSecondsPart() == 0 && fraction.isEmpty()
        ? ""
        : length.toSecondsPart() + fraction + " s";
  }

  private static String part(long value, String unit) {
    return value == 0 ? "" : value + " " + unit;
  }
}
