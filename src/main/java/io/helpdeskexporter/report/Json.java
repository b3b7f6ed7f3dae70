package io.helpdeskexporter.report;

import io.helpdeskexporter.kpi.Goal;
import io.helpdeskexporter.kpi.Standing;
import io.helpdeskexporter.report.Report.Line;
import io.helpdeskexporter.report.Report.Section;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A report for programs. Keys are always there and in one order; what is not known is null.
 * Instants are ISO 8601, values in base units.
 */
public final class Json {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private Json() {}

  /** All of a report. */
  public static String of(Report report) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("report", report.name());
    all.put("period", period(report.period()));
    all.put("before", period(report.before()));
    all.put("zone", report.zone().toString());
    all.put("profile", report.profile());
    all.put("currency", report.currency().orElse(null));
    all.put("complete", report.isComplete());
    all.put("sources", report.sections().stream().map(it -> section(it, report.period())).toList());
    return JSON.writeValueAsString(all) + "\n";
  }

  private static Object period(Period period) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("every", period.every().word());
    all.put("first_day", period.first().toString());
    all.put("last_day", period.last().toString());
    all.put("from", period.from().toString());
    all.put("to", period.to().toString());
    return all;
  }

  private static Object section(Section section, Period period) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("source", section.source());
    all.put("watermark", text(section.watermark()));
    all.put("complete", section.isComplete(period));
    all.put("indicators", section.lines().stream().map(Json::line).toList());
    all.put("goals", section.goals().stream().map(Json::goal).toList());
    return all;
  }

  private static Object line(Line line) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("indicator", line.indicator().id());
    all.put("title", line.indicator().title());
    all.put("unit", line.indicator().scale().unit());
    all.put("better", word(line.indicator().better()));
    all.put("value", number(line.value()));
    all.put("before", number(line.before()));
    all.put("change", number(line.change()));
    all.put("verdict", line.verdict().map(Json::word).orElse(null));
    return all;
  }

  private static Object goal(Standing standing) {
    Goal goal = standing.goal();
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("goal", goal.name());
    all.put("indicator", goal.indicator().id());
    all.put("unit", goal.indicator().scale().unit());
    all.put("team", goal.team().orElse(null));
    all.put("window", goal.window().isEmpty() ? null : goal.window());
    all.put("owner", goal.owner().isEmpty() ? null : goal.owner());
    all.put("value", number(standing.value()));
    all.put("target", CsvWriter.plain(goal.target()));
    all.put("deadline", goal.deadline().toString());
    all.put("progress", number(standing.progress()));
    all.put("state", word(Outlook.of(standing)));
    return all;
  }

  private static @Nullable Object number(OptionalDouble value) {
    return value.isPresent() ? CsvWriter.plain(value.getAsDouble()) : null;
  }

  private static @Nullable String text(Optional<?> value) {
    return value.map(Object::toString).orElse(null);
  }

  private static String word(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
