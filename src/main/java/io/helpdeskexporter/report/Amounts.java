package io.helpdeskexporter.report;

import io.helpdeskexporter.kpi.Indicator;
import io.helpdeskexporter.report.Report.Line;
import io.helpdeskexporter.report.Report.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Values for people. What there is none of is a dash, never a zero. */
final class Amounts {
  static final String ABSENT = "–";

  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final int DAY = 24 * HOUR;

  private Amounts() {}

  static String text(Indicator indicator, OptionalDouble value) {
    return value.isPresent() ? text(indicator, value.getAsDouble()) : ABSENT;
  }

  static String text(Indicator indicator, double value) {
    return switch (indicator.scale()) {
      case SECONDS -> duration(value);
      case SHARE -> format("%.1f %%", 100 * value);
      case RATIO, SCORE -> format("%.2f", value);
      case BALANCE -> format("%+.0f", 100 * value);
      case TICKETS -> format("%,.0f", value);
      case MONEY -> format("%,.2f", value);
    };
  }

  /** Shares and balances in points; all else in percent of what it was, if that was anything. */
  static String change(Line line) {
    Optional<Verdict> verdict = line.verdict();
    if (verdict.isEmpty()) {
      return ABSENT;
    }
    double change = line.change().orElseThrow();
    double before = line.before().orElseThrow();
    return verdict.get() == Verdict.SAME
        ? "0"
        : switch (line.indicator().scale()) {
          case SHARE -> format("%+.1f points", 100 * change);
          case BALANCE -> format("%+.0f points", 100 * change);
          case SECONDS, RATIO, SCORE, TICKETS, MONEY ->
              before == 0
                  ? "+" + text(line.indicator(), change)
                  : format("%+.1f %%", 100 * change / before);
        };
  }

  /** The two largest units that are not zero, such as "3 d 4 h"; tenths below a minute. */
  private static String duration(double seconds) {
    if (Math.round(10 * seconds) < 10 * MINUTE) {
      String tenths = format("%.1f", seconds);
      return (tenths.endsWith(".0") ? tenths.substring(0, tenths.length() - 2) : tenths) + " s";
    }
    long whole = Math.round(seconds);
    List<String> parts =
        Stream.of(
                part(whole / DAY, "d"),
                part(whole % DAY / HOUR, "h"),
                part(whole % HOUR / MINUTE, "min"),
                part(whole % MINUTE, "s"))
            .dropWhile(String::isEmpty)
            .limit(2)
            .filter(part -> !part.isEmpty())
            .toList();
    return String.join(" ", parts);
  }

  private static String part(long value, String unit) {
    return value == 0 ? "" : value + " " + unit;
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
