package io.helpdeskexporter.cli;

import io.helpdeskexporter.explain.Course;
import io.helpdeskexporter.explain.Explanation;
import io.helpdeskexporter.explain.Moment;
import io.helpdeskexporter.explain.Part;
import io.helpdeskexporter.explain.Segment;
import io.helpdeskexporter.kpi.FedSeries;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An explanation as JSON. Keys are always there and in one order; what is not known is null.
 * Instants are ISO 8601, lengths of time are seconds.
 */
final class ExplanationJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private ExplanationJson() {}

  static String of(Explanation explanation) {
    return JSON.writeValueAsString(
            object(
                "source", explanation.source(),
                "ticket", explanation.ticket(),
                "as_of", explanation.asOf().toString(),
                "zone", explanation.zone().getId(),
                "counted_as_of", text(explanation.countedAsOf()),
                "present", present(explanation.present()),
                "notes", explanation.notes(),
                "kpis", all(explanation.kpis(), ExplanationJson::part),
                "clocks", all(explanation.clocks(), ExplanationJson::course),
                "timeline", all(explanation.timeline(), ExplanationJson::moment)))
        + "\n";
  }

  private static Object present(Explanation.Present present) {
    return object(
        "created_at", present.createdAt().toString(),
        "status", present.status(),
        "team", present.team(),
        "priority", present.priority(),
        "channel", present.channel());
  }

  private static Object part(Part part) {
    Map<String, String> definitions = new LinkedHashMap<>();
    part.choices().forEach(it -> definitions.put(it.key(), it.value()));
    return object(
        "kpi", part.kpi(),
        "title", part.title(),
        "definition", part.definition(),
        "status", word(part.status()),
        "answer", part.answer(),
        "definitions", definitions,
        "counted", all(part.entries(), ExplanationJson::entry),
        "standing", all(part.standings(), ExplanationJson::standing),
        "not_counted", part.leftOut());
  }

  private static Object entry(Part.Entry entry) {
    return object(
        "what", entry.what(),
        "at", entry.at().toString(),
        "series", all(entry.ever(), ExplanationJson::fed),
        "windows_at", text(entry.heldAt()),
        "windows", all(entry.windows(), ExplanationJson::fed),
        "note", entry.note());
  }

  private static Object standing(Part.Standing standing) {
    return object(
        "what", standing.what(),
        "from", standing.from().toString(),
        "until", text(standing.until()),
        "now", standing.now(),
        "series", all(standing.gauges(), ExplanationJson::fed));
  }

  private static Object fed(FedSeries fed) {
    return object(
        "series", fed.series(),
        "family", fed.family(),
        "labels", fed.labels(),
        "kind", word(fed.kind()),
        "additive", fed.kind().isAdditive(),
        "amount", fed.amount().stripTrailingZeros(),
        "bucket", fed.bucket().isPresent() ? bound(fed.bucket().getAsDouble()) : Optional.empty());
  }

  static String bound(double bound) {
    return Double.isInfinite(bound) ? "+Inf" : Double.toString(bound);
  }

  private static Object course(Course course) {
    return object(
        "kpi", course.kpi(),
        "name", course.name(),
        "state", word(course.state()),
        "start", course.start().toString(),
        "started_by", course.startedBy(),
        "end", course.end().toString(),
        "stopped_by", course.stoppedBy(),
        "deadline", text(course.deadline()),
        "schedule", course.schedule(),
        "rules", course.rules(),
        "calendar_seconds", seconds(course.calendarMillis()),
        "business_seconds",
            course.businessMillis().isPresent()
                ? seconds(course.businessMillis().getAsLong())
                : Optional.empty(),
        "segments", all(course.segments(), ExplanationJson::segment));
  }

  private static Object segment(Segment segment) {
    return object(
        "from", segment.from().toString(),
        "to", segment.to().toString(),
        "seconds", seconds(segment.millis()),
        "calendar", segment.onCalendar(),
        "business", segment.onBusiness(),
        "off", segment.off().map(Segment.Off::why));
  }

  private static Object moment(Moment moment) {
    return object(
        "at", moment.at().toString(),
        "what", moment.what(),
        "by", moment.by().map(ExplanationJson::word),
        "from", moment.from(),
        "to", moment.to(),
        "by_time", moment.byTime());
  }

  // ---- forms

  private static Map<String, Object> object(Object... keysAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return object;
  }

  private static <T> List<Object> all(Collection<T> values, Function<T, Object> form) {
    return values.stream().map(form).toList();
  }

  private static Optional<String> text(Optional<Instant> instant) {
    return instant.map(Instant::toString);
  }

  private static BigDecimal seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).stripTrailingZeros();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
