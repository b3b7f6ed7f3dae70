package io.helpdeskexporter.report;

import io.helpdeskexporter.report.Report.Line;
import io.helpdeskexporter.report.Report.Section;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The indicators of a report for spreadsheets, as RFC 4180 says: every row says all that is needed
 * to understand it, so that the files of many periods can be put together. Values are in base
 * units, and empty where there is none.
 */
public final class Csv {
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
    CsvWriter out = new CsvWriter(',');
    COLUMNS.forEach(out::text);
    out.end();
    for (Section section : report.sections()) {
      section.lines().forEach(line -> row(out, report, section, line));
    }
    return out.toString();
  }

  private static void row(CsvWriter out, Report report, Section section, Line line) {
    Period period = report.period();
    out.text(report.name())
        .text(period.every().word())
        .text(period.first().toString())
        .text(period.last().toString())
        .text(report.zone().toString())
        .text(report.profile())
        .text(section.source())
        .text(section.watermark().map(Instant::toString).orElse(""))
        .text(Boolean.toString(section.isComplete(period)))
        .text(line.indicator().id())
        .text(line.indicator().title())
        .text(line.indicator().scale().unit())
        .number(line.value())
        .number(line.before())
        .number(line.change())
        .text(line.verdict().map(it -> it.name().toLowerCase(Locale.ROOT)).orElse(""))
        .end();
  }
}
