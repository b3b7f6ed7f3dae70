package io.helpdeskexporter.cli;

import io.helpdeskexporter.explain.Course;
import io.helpdeskexporter.explain.Explanation;
import io.helpdeskexporter.explain.Moment;
import io.helpdeskexporter.explain.Part;
import io.helpdeskexporter.explain.Part.Status;
import io.helpdeskexporter.explain.Segment;
import io.helpdeskexporter.explain.Spans;
import io.helpdeskexporter.kpi.Fed;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** An explanation for a terminal: what the ticket counted as first, what led to it below. */
final class ExplanationText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final Explanation explanation;
  private final DateTimeFormatter times;
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  private ExplanationText(Explanation explanation) {
    this.explanation = explanation;
    times = TIME.withZone(explanation.zone());
  }

  static String of(Explanation explanation) {
    return new ExplanationText(explanation).told();
  }

  private String told() {
    line(
        "Ticket %s of %s, as of %s. Times are those of %s.",
        explanation.ticket(), explanation.source(), time(explanation.asOf()), explanation.zone());
    Explanation.Present now = explanation.present();
    line(
        "Now %s, team %s, priority %s, channel %s; created %s.",
        now.status(), now.team(), now.priority(), now.channel(), time(now.createdAt()));
    explanation.notes().forEach(it -> line("! %s", it));
    summary("It counts as", explanation.kpis().stream().filter(ExplanationText::counts).toList());
    leftOut();
    if (!explanation.clocks().isEmpty()) {
      heading("Clocks");
      explanation.clocks().forEach(this::course);
    }
    heading("Timeline");
    explanation.timeline().forEach(this::moment);
    List<Part> parts =
        explanation.kpis().stream()
            .filter(it -> counts(it) || !it.choices().isEmpty() || !it.standings().isEmpty())
            .toList();
    if (!parts.isEmpty()) {
      heading("Series and definitions");
      parts.forEach(this::part);
    }
    out.flush();
    return text.toString();
  }

  private static boolean counts(Part part) {
    return part.status() == Status.COUNTED || part.status() == Status.COUNTS_NOW;
  }

  private void summary(String title, List<Part> parts) {
    heading(title);
    if (parts.isEmpty()) {
      line("  nothing");
    }
    parts.forEach(it -> line("  %-34s %s", it.title(), it.answer()));
  }

  private void leftOut() {
    List<Part> parts = explanation.kpis().stream().filter(it -> !it.leftOut().isEmpty()).toList();
    if (!parts.isEmpty()) {
      heading("It does not count in");
      for (Part part : parts) {
        part.leftOut().forEach(why -> line("  %-34s %s", part.title(), why));
      }
    }
  }

  private void course(Course course) {
    line(
        "  %s: %s, %s%s",
        course.name(),
        Spans.text(course.calendarMillis()),
        course.businessMillis().isPresent()
            ? Spans.text(course.businessMillis().getAsLong())
                + " in "
                + course.schedule().orElse("")
                + ", "
            : "",
        course.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    line("    from %s by %s", time(course.start()), course.startedBy());
    line(
        "    to   %s %s",
        time(course.end()), course.stoppedBy().map(it -> "by " + it).orElse("(now)"));
    course.deadline().ifPresent(it -> line("    deadline %s", time(it)));
    if (!course.rules().isEmpty()) {
      line("    %s", String.join(", ", course.rules()));
    }
    for (Segment segment : course.segments()) {
      line(
          "    %s  %s  %-14s %s",
          time(segment.from()),
          time(segment.to()),
          Spans.text(segment.millis()),
          segment.off().map(it -> "off: " + it.why()).orElse("on"));
    }
  }

  private void moment(Moment moment) {
    String change =
        moment.from().map(it -> " " + it + " ->").orElse("")
            + moment.to().map(it -> " " + it).orElse("");
    line(
        "  %s  %-8s %s%s",
        time(moment.at()),
        moment
            .by()
            .map(it -> it.name().toLowerCase(Locale.ROOT))
            .orElse(moment.byTime() ? "(time)" : ""),
        moment.what(),
        change.isEmpty() ? "" : ":" + change);
  }

  private void part(Part part) {
    line("  %s [%s]", part.title(), part.kpi());
    part.choices().forEach(it -> line("    %s = %s", it.key(), it.value()));
    for (Part.Entry entry : part.entries()) {
      line("    %s, dated %s", entry.what(), time(entry.at()));
      entry.ever().forEach(this::fed);
      entry.windows().forEach(this::fed);
      if (!entry.note().isEmpty()) {
        line("      (%s)", entry.note());
      }
    }
    for (Part.Standing standing : part.standings()) {
      line(
          "    %s: %s, %s%s",
          standing.now() ? "now" : "later",
          standing.what(),
          standing.now() ? "" : "from " + time(standing.from()) + ", ",
          standing.until().map(it -> "until " + time(it)).orElse("until it changes"));
      standing.gauges().forEach(this::fed);
    }
  }

  private void fed(Fed fed) {
    line("      %s  %s", adds(fed), fed.series());
  }

  private static String adds(Fed fed) {
    String amount = fed.amount().stripTrailingZeros().toPlainString();
    return switch (fed.kind()) {
      case COUNTER, WINDOW, GAUGE -> "+" + amount;
      case HISTOGRAM ->
          amount + " in le=\"" + ExplanationJson.bound(fed.bucket().orElseThrow()) + "\"";
      case ONE_OF -> "one of its values";
    };
  }

  private void heading(String title) {
    line("");
    line("%s", title);
  }

  private void line(String form, Object... values) {
    out.print(form.formatted(values).stripTrailing());
    out.print('\n');
  }

  private String time(Instant at) {
    return times.format(at);
  }
}
