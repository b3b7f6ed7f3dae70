package io.helpdeskexporter.http;

import static io.helpdeskexporter.http.LandingPage.badge;
import static io.helpdeskexporter.http.LandingPage.escaped;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.helpdeskexporter.explain.Course;
import io.helpdeskexporter.explain.Explanation;
import io.helpdeskexporter.explain.Moment;
import io.helpdeskexporter.explain.Part;
import io.helpdeskexporter.explain.Part.Status;
import io.helpdeskexporter.explain.Question;
import io.helpdeskexporter.explain.Segment;
import io.helpdeskexporter.explain.Segment.Off;
import io.helpdeskexporter.explain.Spans;
import io.helpdeskexporter.kpi.FedSeries;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An explanation for people: what the ticket counted as and what not, then its clocks, its history,
 * and the series. In the look of the landing page, and as that without scripts; whatever comes from
 * outside is escaped.
 */
final class ExplanationPage {
  private static final String STYLE =
      LandingPage.resource("landing.css") + LandingPage.resource("explain.css");

  /** Nothing may be loaded or run but the one style sheet below, known by its hash. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'sha256-%s'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
          .formatted(LandingPage.sha256(STYLE));

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm:ss", Locale.ENGLISH);

  private static final String SLA = "sla";

  /** The course of a clock that has more is folded. */
  private static final int SEGMENTS_SHOWN = 8;

  /** Of a course longer than this the page shows both ends; JSON and text have all of it. */
  private static final int SEGMENTS_AT_MOST = 200;

  /** Width of the picture of a course, in units of its own. */
  private static final double WIDTH = 1000;

  private final Explanation explanation;
  private final Question question;
  private final DateTimeFormatter times;

  private ExplanationPage(Explanation explanation, Question question) {
    this.explanation = explanation;
    this.question = question;
    times = TIME.withZone(explanation.zone());
  }

  static String of(Explanation explanation, Question question) {
    return new ExplanationPage(explanation, question).page();
  }

  /** Why there is none. */
  static String problem(int status, String detail) {
    return frame(
        "No explanation",
        """
        <header>
        <div class="title"><h1>No explanation</h1> <span class="version">%d %s</span></div>
        <nav aria-label="Pages"><a href=".">Overview</a></nav>
        </header>
        <main>
        <p class="note bad">%s</p>
        </main>
        """
            .formatted(status, escaped(PlainErrors.name(status)), escaped(detail)));
  }

  private static String frame(String title, String body) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>%s · helpdesk-exporter</title>
    <link rel="icon" href="%s">
    <style>%s</style>
    </head>
    <body>
    %s</body>
    </html>
    """
        .formatted(escaped(title), LandingPage.ICON, STYLE, body);
  }

  private String page() {
    Explanation.Present now = explanation.present();
    return frame(
        "Ticket " + explanation.ticket(),
        """
        <header>
        <div class="title"><h1>Ticket %s</h1> <span class="version">%s</span> %s</div>
        <p class="muted">%s, priority %s, by %s. Created %s. Counted as of %s. Times are those of %s where they do not say UTC.</p>
        <nav aria-label="Pages"><a href=".">Overview</a>%s <a href="%s">JSON</a></nav>
        </header>
        <main>
        %s%s%s%s%s%s%s</main>
        """
            .formatted(
                escaped(explanation.ticket()),
                escaped(explanation.source()),
                badge("busy", "●", escaped(now.status().replace('_', ' '))),
                escaped(now.team()),
                escaped(now.priority()),
                escaped(now.channel()),
                moment(now.createdAt()),
                moment(explanation.asOf()),
                escaped(explanation.zone().getId()),
                question.kpi().isPresent()
                    ? " <a href=\"%s\">All KPIs</a>".formatted(link(Optional.empty(), false))
                    : "",
                link(question.kpi(), true),
                notes(),
                tiles(),
                counted(),
                leftOut(),
                clocks(),
                timeline(),
                series()));
  }

  private String link(Optional<String> kpi, boolean json) {
    return escaped(
        "explain?source=%s&ticket=%s%s%s"
            .formatted(
                URLEncoder.encode(explanation.source(), UTF_8),
                URLEncoder.encode(explanation.ticket(), UTF_8),
                kpi.map(it -> "&kpi=" + URLEncoder.encode(it, UTF_8)).orElse(""),
                json ? "&format=json" : ""));
  }

  private String notes() {
    return explanation.notes().stream()
        .map(it -> "<p class=\"note busy\">%s</p>\n".formatted(escaped(it)))
        .collect(joining());
  }

  // ---- the answer

  private String tiles() {
    String tiles =
        tile("first_response", "First response")
            + tile("first_resolution", "First resolution")
            + tile("resolution", "Full resolution")
            + promises();
    return tiles.isEmpty()
        ? ""
        : "<section class=\"tiles\" aria-label=\"Overview\">\n%s</section>\n".formatted(tiles);
  }

  private String tile(String kpi, String title) {
    return explanation.clocks().stream()
        .filter(it -> it.kpi().equals(kpi))
        .findFirst()
        .map(
            it ->
                tile(
                    title,
                    Spans.text(it.calendarMillis()),
                    (it.stoppedBy().isPresent() ? "" : "so far; ")
                        + (it.businessMillis().isPresent()
                            ? Spans.text(it.businessMillis().getAsLong()) + " in business hours"
                            : "")))
        .orElse("");
  }

  private String promises() {
    List<Course> promises =
        explanation.clocks().stream().filter(it -> it.kpi().equals(SLA)).toList();
    if (promises.isEmpty()) {
      return "";
    }
    long broken = promises.stream().filter(ExplanationPage::isBroken).count();
    long kept =
        promises.stream().filter(it -> it.state() == Course.State.STOPPED && !isBroken(it)).count();
    long open =
        promises.stream()
            .filter(it -> it.state() == Course.State.RUNNING || it.state() == Course.State.PAUSED)
            .count();
    return tile(
        "SLA promises",
        broken > 0 ? broken + " broken" : kept > 0 ? kept + " kept" : open > 0 ? "open" : "–",
        "%d kept, %d broken, %d open".formatted(kept, broken, open));
  }

  private static boolean isBroken(Course course) {
    return course.state() == Course.State.OVERDUE
        || (course.state() == Course.State.STOPPED && course.deadline().isPresent());
  }

  private static String tile(String title, String value, String note) {
    return "<div class=\"tile\"><span class=\"muted\">%s</span><strong>%s</strong><span class=\"muted small\">%s</span></div>\n"
        .formatted(escaped(title), escaped(value), escaped(note));
  }

  private String counted() {
    List<Part> parts = explanation.kpis().stream().filter(ExplanationPage::counts).toList();
    if (parts.isEmpty()) {
      return "<section>\n<h2>What it counts as</h2>\n<p class=\"muted\">Nothing.</p>\n</section>\n";
    }
    return """
    <section>
    <h2>What it counts as</h2>
    <table class="answers">
    <thead><tr><th scope="col">KPI</th><th scope="col">Counts as</th><th scope="col">Dated</th><th scope="col">How</th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    </section>
    """
        .formatted(parts.stream().map(this::row).collect(joining()));
  }

  private static boolean counts(Part part) {
    return part.status() == Status.COUNTED || part.status() == Status.COUNTS_NOW;
  }

  private String row(Part part) {
    return "<tr><td><a href=\"#%s\">%s</a></td><td>%s</td><td class=\"dated\">%s</td><td>%s</td></tr>\n"
        .formatted(
            escaped(part.kpi()),
            escaped(part.title()),
            escaped(part.answer()).replace("; ", "<br>"),
            part.entries().isEmpty() ? "now" : moment(part.entries().getLast().at()),
            part.status() == Status.COUNTED
                ? badge("good", "✓", "counted")
                : badge("busy", "●", "counts now"));
  }

  private String leftOut() {
    List<Part> parts = explanation.kpis().stream().filter(it -> !it.leftOut().isEmpty()).toList();
    if (parts.isEmpty()) {
      return "";
    }
    return """
    <section>
    <h2>What is not counted, and why</h2>
    <table class="answers">
    <thead><tr><th scope="col">KPI</th><th scope="col">Because</th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    </section>
    """
        .formatted(
            parts.stream()
                .map(
                    it ->
                        "<tr><td><a href=\"#%s\">%s</a></td><td>%s</td></tr>\n"
                            .formatted(
                                escaped(it.kpi()),
                                escaped(it.title()),
                                it.leftOut().stream()
                                    .map(LandingPage::escaped)
                                    .collect(joining("<br>"))))
                .collect(joining()));
  }

  // ---- clocks

  private String clocks() {
    if (explanation.clocks().isEmpty()) {
      return "";
    }
    return """
    <section>
    <h2>Clocks</h2>
    <p class="muted small legend"><span class="key on"></span> runs <span class="key closed"></span> outside business hours <span class="key holiday"></span> holiday <span class="key paused"></span> stands still by a rule</p>
    <div class="courses">
    %s</div>
    </section>
    """
        .formatted(explanation.clocks().stream().map(this::course).collect(joining()));
  }

  private String course(Course course) {
    return """
    <article class="card course">
    <h3>%s %s</h3>
    %s<dl>
    %s%s%s%s%s%s</dl>
    %s</article>
    """
        .formatted(
            escaped(course.name()),
            badge(course),
            picture(course),
            pair("Calendar time", "<strong>" + Spans.text(course.calendarMillis()) + "</strong>"),
            course.businessMillis().isPresent()
                ? pair(
                    "Business time",
                    "<strong>%s</strong> <span class=\"muted small\">%s</span>"
                        .formatted(
                            Spans.text(course.businessMillis().getAsLong()),
                            escaped(course.schedule().orElse(""))))
                : "",
            pair("From", moment(course.start()) + note(course.startedBy())),
            pair(
                course.stoppedBy().isPresent() ? "To" : "Now",
                moment(course.end()) + course.stoppedBy().map(ExplanationPage::note).orElse("")),
            course.deadline().map(it -> pair("Deadline", moment(it))).orElse(""),
            course.rules().isEmpty()
                ? ""
                : pair("Rule", escaped(String.join(", ", course.rules()))),
            segments(course));
  }

  private static String badge(Course course) {
    return switch (course.state()) {
      case STOPPED ->
          isBroken(course)
              ? badge("bad", "✕", "broken")
              : badge("good", "✓", course.kpi().equals(SLA) ? "kept" : "stopped");
      case RUNNING -> badge("busy", "▶", "running");
      case PAUSED -> badge("busy", "‖", "paused");
      case OVERDUE -> badge("bad", "✕", "overdue");
      case CALLED_OFF -> badge("busy", "–", "called off");
    };
  }

  private static String badge(String kind, String sign, String text) {
    return LandingPage.badge(kind, sign, text);
  }

  /** A bar from start to end, each segment as long as its share. */
  private static String picture(Course course) {
    double whole = Duration.between(course.start(), course.end()).toMillis();
    if (whole <= 0 || course.segments().size() > SEGMENTS_AT_MOST) {
      return "";
    }
    StringBuilder bar = new StringBuilder();
    for (Segment segment : course.segments()) {
      double from = Duration.between(course.start(), segment.from()).toMillis() / whole * WIDTH;
      double width = Math.max(2, segment.millis() / whole * WIDTH);
      bar.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"%.1f\" y=\"0\" width=\"%.1f\" height=\"10\"/>",
              kind(segment),
              from,
              width));
    }
    course
        .deadline()
        .filter(it -> !it.isAfter(course.end()))
        .ifPresent(
            it ->
                bar.append(
                    String.format(
                        Locale.ROOT,
                        "<rect class=\"deadline\" x=\"%.1f\" y=\"0\" width=\"3\" height=\"10\"/>",
                        Duration.between(course.start(), it).toMillis() / whole * WIDTH)));
    return "<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">%s</svg>\n"
        .formatted(bar);
  }

  private static String kind(Segment segment) {
    return segment
        .off()
        .map(
            off ->
                switch (off) {
                  case Off.OutsideHours _ -> "closed";
                  case Off.Holiday _ -> "holiday";
                  case Off.Paused _ -> "paused";
                })
        .orElse("on");
  }

  private String segments(Course course) {
    List<Segment> all = course.segments();
    if (all.size() < 2) {
      return "";
    }
    String rows =
        all.size() <= SEGMENTS_AT_MOST
            ? all.stream().map(this::segment).collect(joining())
            : all.stream().limit(SEGMENTS_AT_MOST / 2).map(this::segment).collect(joining())
                + "<tr><td colspan=\"4\">… %d more, all of them in the JSON …</td></tr>\n"
                    .formatted(all.size() - SEGMENTS_AT_MOST)
                + all.stream()
                    .skip(all.size() - SEGMENTS_AT_MOST / 2)
                    .map(this::segment)
                    .collect(joining());
    return """
    <details%s><summary>%d segments</summary>
    <table class="segments">
    <thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col">Length</th><th scope="col">Clock</th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    </details>
    """
        .formatted(all.size() <= SEGMENTS_SHOWN ? " open" : "", all.size(), rows);
  }

  private String segment(Segment segment) {
    return "<tr><td>%s</td><td>%s</td><td>%s</td><td><span class=\"key %s\"></span> %s</td></tr>\n"
        .formatted(
            moment(segment.from()),
            moment(segment.to()),
            Spans.text(segment.millis()),
            kind(segment),
            segment.off().map(it -> escaped(it.why())).orElse("runs"));
  }

  // ---- history

  private String timeline() {
    return """
    <section>
    <h2>What happened</h2>
    <table class="moments">
    <thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">Change</th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    </section>
    """
        .formatted(explanation.timeline().stream().map(this::moment).collect(joining()));
  }

  private String moment(Moment moment) {
    return "<tr%s><td class=\"dated\">%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
        .formatted(
            moment.byTime() ? " class=\"verdict\"" : "",
            moment(moment.at()),
            moment
                .by()
                .map(it -> it.name().toLowerCase(Locale.ROOT))
                .orElse(moment.byTime() ? "exporter" : ""),
            escaped(moment.what()),
            moment.from().map(it -> escaped(it) + " → ").orElse("")
                + moment.to().map(LandingPage::escaped).orElse(""));
  }

  // ---- series

  private String series() {
    List<Part> parts =
        explanation.kpis().stream()
            .filter(
                it ->
                    !it.entries().isEmpty() || !it.standings().isEmpty() || !it.leftOut().isEmpty())
            .toList();
    return """
    <section>
    <h2>Definitions and series</h2>
    <p class="muted small">Of a percentile, an earliest instant or a number of different ones, the ticket is one of the values; to all else it adds the amount.</p>
    %s</section>
    """
        .formatted(parts.stream().map(this::part).collect(joining()));
  }

  private String part(Part part) {
    return """
    <details class="part" id="%s"%s><summary><strong>%s</strong> <span class="muted small">%s</span></summary>
    <p>%s</p>
    %s%s%s%s</details>
    """
        .formatted(
            escaped(part.kpi()),
            question.kpi().isPresent() ? " open" : "",
            escaped(part.title()),
            escaped(part.answer().isEmpty() ? "not counted" : part.answer()),
            escaped(part.definition()),
            part.choices().isEmpty()
                ? ""
                : "<p class=\"small\">%s</p>\n"
                    .formatted(
                        part.choices().stream()
                            .map(
                                it ->
                                    "<code>%s: %s</code>"
                                        .formatted(escaped(it.key()), escaped(it.value())))
                            .collect(joining(" "))),
            part.entries().stream().map(this::entry).collect(joining()),
            part.standings().stream().map(this::standing).collect(joining()),
            part.leftOut().stream()
                .map(it -> "<p class=\"note past\">%s</p>\n".formatted(escaped(it)))
                .collect(joining()));
  }

  private String entry(Part.Entry entry) {
    return "<h4>%s <span class=\"muted small\">dated %s</span></h4>\n%s%s"
        .formatted(
            escaped(entry.what()),
            moment(entry.at()),
            entry.note().isEmpty()
                ? ""
                : "<p class=\"note past\">%s</p>\n".formatted(escaped(entry.note())),
            series(entry.ever()) + series(entry.windows()));
  }

  private String standing(Part.Standing standing) {
    return "<h4>%s <span class=\"muted small\">%s%s</span></h4>\n%s"
        .formatted(
            escaped(standing.what()),
            standing.now() ? "now" : "from " + moment(standing.from()),
            standing.until().map(it -> ", until " + moment(it)).orElse(", until it changes"),
            series(standing.gauges()));
  }

  private static String series(List<FedSeries> fed) {
    return fed.isEmpty()
        ? ""
        : "<ul class=\"series\">\n%s</ul>\n"
            .formatted(
                fed.stream()
                    .map(
                        it ->
                            "<li><span class=\"adds\">%s</span> <code>%s</code></li>\n"
                                .formatted(escaped(adds(it)), escaped(it.series())))
                    .collect(joining()));
  }

  private static String adds(FedSeries fed) {
    String amount = fed.amount().stripTrailingZeros().toPlainString();
    return switch (fed.kind()) {
      case COUNTER, WINDOW, GAUGE -> "+" + amount;
      case HISTOGRAM -> amount;
      case ONE_OF -> "one of";
    };
  }

  private static String pair(String title, String html) {
    return "<dt>%s</dt><dd>%s</dd>\n".formatted(escaped(title), html);
  }

  private static String note(String text) {
    return " <span class=\"muted small\">%s</span>".formatted(escaped(text));
  }

  private String moment(Instant at) {
    return "<time datetime=\"%s\">%s</time>".formatted(at, times.format(at));
  }
}
