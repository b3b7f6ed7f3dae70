package io.helpdeskexporter.cli;

import io.helpdeskexporter.explain.Course;
import io.helpdeskexporter.explain.Explanation;
import io.helpdeskexporter.explain.Moment;
import io.helpdeskexporter.explain.Part;
import io.helpdeskexporter.explain.Part.Status;
import io.helpdeskexporter.explain.Segment;
import io.helpdeskexporter.explain.Spans;
import io.helpdeskexporter.kpi.FedSeries;
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
    out.printf(
        "Ticket %s of %s, as of %s. Times are those of %s where they do not say UTC.\n",
        explanation.ticket(), explanation.source(), time(explanation.asOf()), explanation.zone());
    Explanation.Present now = explanation.present();
    out.printf(
        "Now %s, team %s, priority %s, channel %s; created %s.\n",
        now.status(), now.team(), now.priority(), now.channel(), time(now.createdAt()));
    explanation.notes().forEach(it -> out.printf("! %s\n", it));
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
      out.printf("  nothing\n");
    }
    parts.forEach(it -> out.printf("  %-34s %s\n", it.title(), it.answer()));
  }

  private void leftOut() {
    List<Part> parts = explanation.kpis().stream().filter(it -> !it.leftOut().isEmpty()).toList();
    if (!parts.isEmpty()) {
      heading("It does not count in");
      for (Part part : parts) {
        part.leftOut().forEach(why -> out.printf("  %-34s %s\n", part.title(), why));
      }
    }
  }

  private void course(Course course) {
    out.printf(
        "  %s: %s, %s%s\n",
        course.name(),
        Spans.text(course.calendarMillis()),
        course.businessMillis().isPresent()
            ? Spans.text(course.businessMillis().getAsLong())
                + " in "
                + course.schedule().orElse("")
                + ", "
            : "",
        course.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    out.printf("    from %s by %s\n", time(course.start()), course.startedBy());
    out.printf(
        "    to   %s %s\n",
        time(course.end()), course.stoppedBy().map(it -> "by " + it).orElse("(now)"));
    course.deadline().ifPresent(it -> out.printf("    deadline %s\n", time(it)));
    if (!course.rules().isEmpty()) {
      out.printf("    %s\n", String.join(", ", course.rules()));
    }
    for (Segment segment : course.segments()) {
      out.printf(
          "    %s  %s  %-14s %s\n",
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
    out.printf(
        "  %s  %-8s %s%s\n",
        time(moment.at()),
        moment
            .by()
            .map(it -> it.name().toLowerCase(Locale.ROOT))
            .orElse(moment.byTime() ? "(time)" : ""),
        moment.what(),
        change.isEmpty() ? "" : ":" + change);
  }

  private void part(Part part) {
    out.printf("  %s [%s]\n", part.title(), part.kpi());
    part.choices().forEach(it -> out.printf("    %s = %s\n", it.key(), it.value()));
    for (Part.Entry entry : part.entries()) {
      out.printf("    %s, dated %s\n", entry.what(), time(entry.at()));
      entry.ever().forEach(this::fed);
      entry.windows().forEach(this::fed);
      if (!entry.note().isEmpty()) {
        out.printf("      (%s)\n", entry.note());
      }
    }
    for (Part.Standing standing : part.standings()) {
      out.printf(
          "    %s: %s, %s%s\n",
          standing.now() ? "now" : "later",
          standing.what(),
          standing.now() ? "" : "from " + time(standing.from()) + ", ",
          standing.until().map(it -> "until " + time(it)).orElse("until it changes"));
      standing.gauges().forEach(this::fed);
    }
  }

  private void fed(FedSeries fed) {
    out.printf("      %s  %s\n", adds(fed), fed.series());
  }

  private static String adds(FedSeries fed) {
    String amount = fed.amount().stripTrailingZeros().toPlainString();
    return switch (fed.kind()) {
      case COUNTER, WINDOW, GAUGE -> "+" + amount;
      case HISTOGRAM ->
          amount + " in le=\"" + ExplanationJson.bound(fed.bucket().orElseThrow()) + "\"";
      case ONE_OF -> "one of its values";
    };
  }

  private void heading(String title) {
    out.print('\n');
    out.printf("%s\n", title);
  }

  private String time(Instant at) {
    return times.format(at);
  }
}
