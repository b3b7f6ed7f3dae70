package io.helpdeskexporter.report;

import io.helpdeskexporter.kpi.Goal;
import io.helpdeskexporter.kpi.Standing;
import io.helpdeskexporter.report.Report.Line;
import io.helpdeskexporter.report.Report.Section;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report for people. */
public final class Markdown {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

  private final Report report;
  private final List<String> lines = new ArrayList<>();

  private Markdown(Report report) {
    this.report = report;
  }

  /** All of a report. */
  public static String of(Report report) {
    Markdown page = new Markdown(report);
    page.heading();
    report.sections().forEach(page::section);
    return String.join("\n", page.lines) + "\n";
  }

  private void heading() {
    Period period = report.period();
    lines.add("# %s: %s".formatted(escaped(report.name()), period.title()));
    lines.add("");
    lines.add(
        "- Period: the %s from %s up to %s; before it, that from %s"
            .formatted(
                period.every().word(),
                time(period.from()),
                time(period.to()),
                time(report.before().from())));
    lines.add("- Time zone: " + report.zone());
    lines.add("- Definitions: profile " + report.profile());
    report.currency().ifPresent(it -> lines.add("- Amounts of money: " + escaped(it)));
    report.sections().forEach(it -> lines.add("- Data: " + watermark(it)));
  }

  private String watermark(Section section) {
    String source = escaped(section.source());
    if (section.watermark().isEmpty()) {
      return source + " has **not been read** yet";
    }
    return "%s read up to %s%s"
        .formatted(
            source,
            time(section.watermark().get()),
            section.isComplete(report.period())
                ? ""
                : ", **before the period was over**: its numbers are not complete");
  }

  private void section(Section section) {
    lines.add("");
    lines.add("## " + escaped(section.source()));
    lines.add("");
    lines.add("| Indicator | Value | Before | Change | |");
    lines.add("| --- | ---: | ---: | ---: | --- |");
    section.lines().forEach(it -> lines.add(line(it)));
    if (!section.goals().isEmpty()) {
      lines.add("");
      lines.add("| Goal | Indicator | Value | Target | Until | State |");
      lines.add("| --- | --- | ---: | ---: | --- | --- |");
      section.goals().forEach(it -> lines.add(goal(it)));
    }
  }

  private static String line(Line line) {
    return row(
        line.indicator().title(),
        Amounts.text(line.indicator(), line.value()),
        Amounts.text(line.indicator(), line.before()),
        Amounts.change(line),
        line.verdict().map(it -> it.name().toLowerCase(Locale.ROOT)).orElse(""));
  }

  private String goal(Standing standing) {
    Goal goal = standing.goal();
    return row(
        Stream.of(goal.name(), goal.owner())
            .filter(it -> !it.isEmpty())
            .collect(Collectors.joining(", ")),
        Stream.of(goal.indicator().title(), goal.team().orElse(""), goal.window())
            .filter(it -> !it.isEmpty())
            .collect(Collectors.joining(", ")),
        Amounts.text(goal.indicator(), standing.value()),
        Amounts.text(goal.indicator(), goal.target()),
        goal.lastInstant().atZone(report.zone()).toLocalDate().toString(),
        Outlook.of(standing).word());
  }

  private static String row(String... cells) {
    return Stream.of(cells).map(Markdown::escaped).collect(Collectors.joining(" | ", "| ", " |"));
  }

  private String time(Instant at) {
    return time(at, report.zone());
  }

  private static String time(Instant at, ZoneId zone) {
    return TIME.format(at.atZone(zone));
  }

  /** What an operator wrote ends no cell and begins no markup. */
  private static String escaped(String text) {
    return text.replaceAll("\\R", " ").replaceAll("([\\\\`*\\[\\]<>|])", "\\\\$1");
  }
}
