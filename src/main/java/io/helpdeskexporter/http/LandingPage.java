package io.helpdeskexporter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.helpdeskexporter.http.ServiceStatus.Amount;
import io.helpdeskexporter.http.ServiceStatus.Condition;
import io.helpdeskexporter.http.ServiceStatus.Failure;
import io.helpdeskexporter.http.ServiceStatus.GoalStatus;
import io.helpdeskexporter.http.ServiceStatus.Link;
import io.helpdeskexporter.http.ServiceStatus.NotMeasured;
import io.helpdeskexporter.http.ServiceStatus.Outlook;
import io.helpdeskexporter.http.ServiceStatus.Pace;
import io.helpdeskexporter.http.ServiceStatus.Progress;
import io.helpdeskexporter.http.ServiceStatus.SourceStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The page at {@code /}: what is read, how fresh it is, what failed, where to go on.
 * Self-contained: one style sheet inside, no script, nothing fetched. Whatever comes from outside
 * is escaped; what is not known is a dash with the reason, never a zero.
 */
final class LandingPage {

  private static final String STYLE = resource("landing.css");

  /** Nothing may be loaded or run but the one style sheet below, known by its hash. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'sha256-%s'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
          .formatted(sha256(STYLE));

  /** Two bars and a line: a small picture in the page's own colour. */
  static final String ICON =
      "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect"
          + " width='16' height='16' rx='4' fill='%230f766e'/%3E%3Cpath d='M4 12V8M8 12V4M12 12V6'"
          + " stroke='white' stroke-width='2' stroke-linecap='round'/%3E%3C/svg%3E";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final ServiceStatus status;

  private LandingPage(ServiceStatus status) {
    this.status = status;
  }

  static String of(ServiceStatus status) {
    return new LandingPage(status).page();
  }

  private String page() {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>helpdesk-exporter</title>
    <link rel="icon" href="%s">
    <style>%s</style>
    </head>
    <body>
    <header>
    <div class="title"><h1>helpdesk-exporter</h1> <span class="version">%s</span> %s</div>
    <p class="muted">Customer-support KPIs as Prometheus metrics. Running since %s (%s). As of %s.</p>
    <nav aria-label="Pages"><a class="main" href="metrics">Metrics</a> <a href="-/healthy">Health</a> <a href="-/ready">Readiness</a>%s</nav>
    </header>
    <main>
    %s%s%s%s%s%s</main>
    </body>
    </html>
    """
        .formatted(
            ICON,
            STYLE,
            escaped(status.version()),
            readiness(),
            time(status.startedAt()),
            escaped(forPeople(between(status.startedAt()))),
            time(status.asOf()),
            documentation(),
            startingNote(),
            warnings(),
            tiles(),
            goals(),
            sources(),
            notMeasured());
  }

  private String readiness() {
    return status.notReadyBecause().isEmpty()
        ? badge("good", "✓", "ready")
        : badge("busy", "…", "not ready");
  }

  private String startingNote() {
    return status
        .notReadyBecause()
        .map(reason -> "<p class=\"note busy\">Not ready yet: %s</p>\n".formatted(escaped(reason)))
        .orElse("");
  }

  private String warnings() {
    return status.warnings().stream()
        .map(sentence -> "<p class=\"note busy\">%s</p>\n".formatted(escaped(sentence)))
        .collect(joining());
  }

  private String documentation() {
    return status.documentation().stream().map(LandingPage::link).collect(joining());
  }

  private static String link(Link link) {
    return " <a href=\"%s\">%s</a>"
        .formatted(escaped(link.target().toString()), escaped(link.title()));
  }

  private String tiles() {
    if (status.sources().isEmpty()) {
      return "";
    }
    List<SourceStatus> all = status.sources();
    long up = all.stream().filter(source -> source.condition() == Condition.UP).count();
    return """
    <section class="tiles" aria-label="Overview">
    %s%s%s%s</section>
    """
        .formatted(
            tile("Sources up", "%d of %d".formatted(up, all.size()), failing(all)),
            total("Tickets stored", all.stream().map(SourceStatus::tickets).toList()),
            total("Events stored", all.stream().map(SourceStatus::events).toList()),
            oldestData());
  }

  private static String failing(List<SourceStatus> all) {
    long failing =
        all.stream()
            .map(SourceStatus::condition)
            .filter(it -> it == Condition.FAILING || it == Condition.NEVER_SUCCEEDED)
            .count();
    return failing == 0 ? "" : number(failing) + " failing";
  }

  private static String total(String title, List<OptionalLong> counts) {
    List<Long> known = counts.stream().flatMapToLong(OptionalLong::stream).boxed().toList();
    if (known.isEmpty()) {
      return tile(title, "–", "not counted yet");
    }
    String note =
        known.size() == counts.size()
            ? ""
            : "in %d of %d sources".formatted(known.size(), counts.size());
    return tile(title, number(known.stream().mapToLong(Long::longValue).sum()), note);
  }

  private String oldestData() {
    return status.sources().stream()
        .flatMap(
            source -> source.lag(status.asOf()).map(lag -> new Lag(source.name(), lag)).stream())
        .max(Comparator.comparing(Lag::lag))
        .map(lag -> tile("Furthest behind", forPeople(lag.lag()), lag.source()))
        .orElse(tile("Furthest behind", "–", "no data read yet"));
  }

  private static String tile(String title, String value, String note) {
    return "<div class=\"tile\"><span class=\"muted\">%s</span><strong>%s</strong><span class=\"muted small\">%s</span></div>\n"
        .formatted(escaped(title), escaped(value), escaped(note));
  }

  private String sources() {
    String cards =
        status.sources().isEmpty()
            ? "<p class=\"muted\">No source is configured.</p>\n"
            : "<div class=\"cards\">\n%s</div>\n"
                .formatted(status.sources().stream().map(this::card).collect(joining()));
    return "<section>\n<h2>Sources</h2>\n" + cards + "</section>\n";
  }

  private String card(SourceStatus source) {
    return """
    <article class="card">
    <h3><a href="probe?source=%s">%s</a> <span class="kind">%s</span></h3>
        %s
    %s<dl>
    %s%s%s%s%s</dl>
    %s</article>
    """
        .formatted(
            escaped(URLEncoder.encode(source.name(), UTF_8)),
            escaped(source.name()),
            escaped(source.kind()),
            badge(source.condition()),
            source.progress().map(LandingPage::progress).orElse(""),
            row("Tickets", count(source.tickets())),
            row("Events", count(source.events())),
            row("Data up to", watermark(source)),
            row("Last good poll", lastPoll(source)),
            source.slowed().map(LandingPage::slowed).orElse(""),
            source.lastError().map(error -> error(source.condition(), error)).orElse(""));
  }

  private static String row(String title, String html) {
    return "<dt>%s</dt><dd>%s</dd>\n".formatted(escaped(title), html);
  }

  private static String count(OptionalLong count) {
    return count.isPresent() ? number(count.getAsLong()) : absent("not counted yet");
  }

  private String watermark(SourceStatus source) {
    Optional<String> known =
        source
            .watermark()
            .map(
                mark ->
                    moment(
                        forPeople(source.lag(status.asOf()).orElse(Duration.ZERO)) + " behind",
                        mark));
    return known.orElse(absent("no data read yet"));
  }

  private String lastPoll(SourceStatus source) {
    return source
        .lastSuccessfulPoll()
        .map(at -> moment(forPeople(between(at)) + " ago", at))
        .orElse(
            absent(
                switch (source.condition()) {
                  case IMPORTING -> "the first import still runs";
                  case NEVER_SUCCEEDED -> "no poll has succeeded since the start";
                  case UP, FAILING -> "not known since the restart";
                }));
  }

  private static String slowed(Pace pace) {
    return row(
        "Polled",
        escaped(
                "every %s instead of every %s"
                    .formatted(wholeSeconds(pace.every()), forPeople(pace.insteadOf())))
            + note("so that the budget of %s calls lasts".formatted(pace.scarce())));
  }

  /** Rounded up, so that it is seen to be longer than another. */
  private static String wholeSeconds(Duration duration) {
    return forPeople(duration.plusMillis(999));
  }

  private static String progress(Progress progress) {
    if (progress.expected().isEmpty() || progress.expected().getAsLong() == 0) {
      return "<p class=\"import\">Importing: %s tickets read <span class=\"muted small\">total unknown: the source does not say</span></p>\n"
          .formatted(number(progress.done()));
    }
    long expected = progress.expected().getAsLong();
    double share = Math.min(1, (double) progress.done() / expected);
    return "<p class=\"import\"><progress value=\"%d\" max=\"%d\" aria-label=\"Import\"></progress> <span>Importing: %s of about %s tickets (%d %%)</span></p>\n"
        .formatted(
            Math.min(progress.done(), expected),
            expected,
            number(progress.done()),
            number(expected),
            (int) Math.floor(share * 100));
  }

  private String error(Condition condition, Failure failure) {
    boolean past = condition == Condition.UP;
    return "<p class=\"note %s\"><strong>%s</strong> %s <span class=\"when\">%s</span></p>\n"
        .formatted(
            past ? "past" : "bad",
            past ? "Last error, since recovered:" : "Error:",
            escaped(failure.sentence()),
            moment(forPeople(between(failure.at())) + " ago", failure.at()));
  }

  private String goals() {
    if (status.goals().isEmpty()) {
      return "";
    }
    return """
    <section>
    <h2>Goals</h2>
    <table>
    <thead><tr><th scope="col">Goal</th><th scope="col">KPI</th><th scope="col">Now</th><th scope="col">Target</th><th scope="col">Way and time</th><th scope="col">Outlook</th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    </section>
    """
        .formatted(status.goals().stream().map(LandingPage::goal).collect(joining()));
  }

  private static String goal(GoalStatus goal) {
    return "<tr><td><strong>%s</strong>%s</td><td>%s%s</td><td class=\"now\">%s</td><td class=\"target\">%s%s</td><td class=\"way\">%s</td><td>%s</td></tr>\n"
        .formatted(
            escaped(goal.name()),
            goal.owner().isEmpty() ? "" : below(goal.owner()),
            escaped(goal.kpi()),
            below(goal.scope()),
            goal.now().map(LandingPage::amount).orElse("–"),
            amount(goal.target()),
            below("until " + goal.until()),
            way(goal),
            badge(goal.outlook()));
  }

  private static String way(GoalStatus goal) {
    if (goal.progress().isEmpty()) {
      return "–";
    }
    double progress = goal.progress().getAsDouble();
    return "<progress value=\"%d\" max=\"100\" aria-label=\"Progress of %s\"></progress>%s"
        .formatted(
            Math.clamp(Math.round(100 * progress), 0, 100),
            escaped(goal.name()),
            below(
                "way %s%s"
                    .formatted(
                        percent(progress),
                        goal.elapsed().isPresent()
                            ? ", time %s".formatted(percent(goal.elapsed().getAsDouble()))
                            : "")));
  }

  /** Whole, and never rounded up to what is not reached. */
  private static String percent(double share) {
    return "%d %%".formatted((long) Math.floor(100 * share + 1e-9));
  }

  private static String amount(Amount amount) {
    return switch (amount.unit()) {
      case SECONDS -> forPeople(Duration.ofMillis(Math.round(1000 * amount.value())));
      case RATIO -> String.format(Locale.ROOT, "%.1f %%", 100 * amount.value());
      case BALANCE -> String.format(Locale.ROOT, "%+.0f", 100 * amount.value());
      case COUNT -> number(Math.round(amount.value()));
      case MONEY -> String.format(Locale.ROOT, "%.2f", amount.value());
    };
  }

  private static String below(String text) {
    return "<span class=\"below muted small\">%s</span>".formatted(escaped(text));
  }

  private static String badge(Outlook outlook) {
    return switch (outlook) {
      case ON_TRACK -> badge("good", "↗", "on track");
      case OFF_TRACK -> badge("bad", "↘", "off track");
      case TOO_EARLY -> badge("busy", "…", "too early");
      case NOT_MEASURED -> badge("busy", "–", "not measured");
      case BEING_COMPUTED -> badge("busy", "…", "being computed");
      case REACHED -> badge("good", "✓", "reached");
      case MISSED -> badge("bad", "✕", "missed");
    };
  }

  private String notMeasured() {
    if (status.notMeasured().isEmpty()) {
      return "";
    }
    return """
    <section>
    <h2>Not measured</h2>
    <table>
    <thead><tr><th scope="col">What</th><th scope="col">Source</th><th scope="col">Because</th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    </section>
    """
        .formatted(
            status.notMeasured().stream().map(LandingPage::notMeasuredRow).collect(joining()));
  }

  private static String notMeasuredRow(NotMeasured missing) {
    return "<tr><td>%s</td><td class=\"from\">%s</td><td>%s</td></tr>\n"
        .formatted(
            escaped(missing.what()),
            escaped(missing.source().orElse("all sources")),
            escaped(missing.because()));
  }

  private static String badge(Condition condition) {
    return switch (condition) {
      case UP -> badge("good", "✓", "up");
      case FAILING -> badge("bad", "✕", "failing");
      case NEVER_SUCCEEDED -> badge("bad", "✕", "never succeeded");
      case IMPORTING -> badge("busy", "↓", "importing");
    };
  }

  static String badge(String kind, String sign, String text) {
    return "<span class=\"badge %s\"><span aria-hidden=\"true\">%s</span> %s</span>"
        .formatted(kind, sign, text);
  }

  private static String absent(String reason) {
    return "–" + note(reason);
  }

  private static String note(String text) {
    return " <span class=\"muted small\">%s</span>".formatted(escaped(text));
  }

  private static String moment(String age, Instant at) {
    return "%s <span class=\"muted small\">%s</span>".formatted(escaped(age), time(at));
  }

  private static String time(Instant at) {
    return "<time datetime=\"%s\">%s</time>".formatted(at, TIME.format(at));
  }

  private Duration between(Instant past) {
    return past.isAfter(status.asOf()) ? Duration.ZERO : Duration.between(past, status.asOf());
  }

  /** The two largest units that are not zero, such as "3 d 4 h"; whole seconds below a minute. */
  static String forPeople(Duration duration) {
    List<String> parts =
        Stream.of(
                part(duration.toDays(), "d"),
                part(duration.toHoursPart(), "h"),
                part(duration.toMinutesPart(), "min"),
                part(duration.toSecondsPart(), "s"))
            .dropWhile(String::isEmpty)
            .limit(2)
            .filter(part -> !part.isEmpty())
            .toList();
    return parts.isEmpty() ? "0 s" : String.join(" ", parts);
  }

  private static String part(long value, String unit) {
    return value == 0 ? "" : value + " " + unit;
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Safe in element content and in quoted attributes. */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  static String resource(String name) {
    try (InputStream in = LandingPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks the resource " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + name, e);
    }
  }

  static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private record Lag(String source, Duration lag) {}
}
