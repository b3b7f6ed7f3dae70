package io.helpdeskexporter.report;

import io.helpdeskexporter.report.Report.Line;
import io.helpdeskexporter.report.Report.Section;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The indicators of a report for spreadsheets, as RFC 4180 says: every row says all that is needed
 * to understand it, so that the files of many periods can be put together. Values are in base
 * units, and empty where there is none.
 */
public final class Csv {
  private static final String END = "\r\n";

  private static final List<String> COLUMNS =
      List.of(
          "report",
          "every",
          "first_day",
          "last_day",
          "zone",
          "profile",
          "source",
          "watermark",
          "complete",
          "indicator",
          "title",
          "unit",
          "value",
          "before",
          "change",
          "verdict");

  private Csv() {}

  /** All of a report but its goals. */
  public static String of(Report report) {
    StringBuilder out = new StringBuilder(row(COLUMNS));
    for (Section section : report.sections()) {
      section.lines().forEach(line -> out.append(row(cells(report, section, line))));
    }
    return out.toString();
  }

  private static List<String> cells(Report report, Section section, Line line) {
    Period period = report.period();
    return List.of(
        report.name(),
        period.every().word(),
        period.first().toString(),
        period.last().toString(),
        report.zone().toString(),
        report.profile(),
        section.source(),
        section.watermark().map(Instant::toString).orElse(""),
        Boolean.toString(section.isComplete(period)),
        line.indicator().id(),
        line.indicator().title(),
        line.indicator().scale().unit(),
        number(line.value()),
        number(line.before()),
        number(line.change()),
        line.verdict().map(it -> it.name().toLowerCase(Locale.ROOT)).orElse(""));
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? plain(value.getAsDouble()).toPlainString() : "";
  }

  /** The shortest number that is this value. */
  static BigDecimal plain(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }

  static String row(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", END));
  }

  private static String cell(String text) {
    boolean quoted = text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
