package io.helpdeskexporter.http;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.explain.Choice;
import io.helpdeskexporter.explain.Course;
import io.helpdeskexporter.explain.Explanation;
import io.helpdeskexporter.explain.Moment;
import io.helpdeskexporter.explain.Part;
import io.helpdeskexporter.explain.Question;
import io.helpdeskexporter.explain.Segment;
import io.helpdeskexporter.explain.Unanswerable;
import io.helpdeskexporter.exposition.Exposition;
import io.helpdeskexporter.kpi.FedSeries;
import io.micrometer.core.instrument.Clock;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainRouteTest {
  private static final String NASTY = "<b onclick=\"x()\">&'";
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Instant ONE = Instant.parse("2026-03-02T13:00:00Z");

  @TempDir Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private Optional<HttpService> service = Optional.empty();

  @AfterEach
  void stop() {
    service.ifPresent(HttpService::close);
    client.close();
  }

  private void start(Optional<String> user, Set<String> mayAsk) throws Exception {
    HttpSettings settings = HttpSettings.defaults().withAddress("127.0.0.1").withPort(0);
    if (user.isPresent()) {
      Path file = folder.resolve("web.yml");
      Files.writeString(
          file,
          "basic_auth_users:\n  %s: %s\n"
              .formatted(
                  user.get(), BCrypt.withDefaults().hashToString(4, "secret".toCharArray())));
      settings = settings.withWebConfigFile(file);
    }
    ExplainRoute route =
        new ExplainRoute(
            ExplainRouteTest::answer, explanation -> "{\"ticket\":\"of JSON\"}\n", mayAsk);
    service =
        Optional.of(
            HttpService.start(
                settings,
                new Exposition(Clock.SYSTEM),
                Set.of("acme"),
                Statuses::ready,
                Optional.empty(),
                route::addTo));
  }

  private static Explanation answer(Question question) throws Unanswerable {
    if (!question.source().equals("acme")) {
      throw new Unanswerable(Unanswerable.Problem.UNKNOWN_SOURCE, "no source " + NASTY);
    }
    return switch (question.ticket()) {
      case "unknown" -> throw new Unanswerable(Unanswerable.Problem.UNKNOWN_TICKET, "no ticket");
      case "early" -> throw new Unanswerable(Unanswerable.Problem.NOT_READ_YET, "not read");
      case "kpi" -> throw new Unanswerable(Unanswerable.Problem.UNKNOWN_KPI, "no KPI");
      default -> explanation(question.ticket());
    };
  }

  private static Explanation explanation(String ticket) {
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("team", NASTY);
    FedSeries fed =
        new FedSeries(
            "helpdesk_things_total",
            labels,
            List.of(),
            FedSeries.Kind.COUNTER,
            BigDecimal.ONE,
            OptionalDouble.empty());
    return new Explanation(
        "acme",
        ticket,
        ONE,
        ZoneOffset.UTC,
        Optional.of(ONE),
        new Explanation.Present(NOON, "open", NASTY, "normal", "email"),
        List.of("A note " + NASTY),
        List.of(
            new Moment(
                NOON,
                "for team " + NASTY,
                Optional.of(Actor.AGENT),
                Optional.of(NASTY),
                Optional.of(NASTY),
                false)),
        List.of(
            new Course(
                "first_response",
                "First response",
                NOON,
                "creation",
                ONE,
                Optional.empty(),
                Course.State.RUNNING,
                Optional.empty(),
                Optional.of(NASTY),
                List.of(NASTY),
                List.of(
                    new Segment(NOON, NOON.plusSeconds(60), Optional.empty()),
                    new Segment(
                        NOON.plusSeconds(60), ONE, Optional.of(new Segment.Off.Paused(NASTY)))))),
        List.of(
            new Part(
                "volume",
                "Volume",
                "How many.",
                Part.Status.COUNTED,
                "created " + NASTY,
                List.of(new Choice("kpi.profile", NASTY)),
                List.of(
                    new Part.Entry(
                        "created " + NASTY,
                        NOON,
                        List.of(fed),
                        Optional.empty(),
                        List.of(),
                        NASTY)),
                List.of(),
                List.of("because " + NASTY))));
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + service.orElseThrow().port() + path))
            .timeout(Duration.ofSeconds(20));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static String as(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void withoutUsersATicketsHistoryIsToldToNobody() throws Exception {
    start(Optional.empty(), Set.of());
    HttpResponse<String> refused = get("/explain?source=acme&ticket=1");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(refused.body()).contains("\"status\":403").contains("basic_auth_users");
    assertThat(
            get("/explain?source=acme&ticket=1", "Authorization", as("lead", "secret"))
                .statusCode())
        .as("a password that nobody checks is none")
        .isEqualTo(403);
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
  }

  @Test
  void onlyTheRightPasswordOpensIt() throws Exception {
    start(Optional.of("lead"), Set.of());

    assertThat(get("/explain?source=acme&ticket=1").statusCode()).isEqualTo(401);
    assertThat(
            get("/explain?source=acme&ticket=1", "Authorization", as("lead", "guess")).statusCode())
        .isEqualTo(401);
    HttpResponse<String> told =
        get("/explain?source=acme&ticket=1", "Authorization", as("lead", "secret"));
    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(told.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(told.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(told.body()).isEqualTo("{\"ticket\":\"of JSON\"}\n");
  }

  @Test
  void someUsersMayScrapeAndNotAsk() throws Exception {
    start(Optional.of("prometheus"), Set.of("lead"));
    HttpResponse<String> refused =
        get("/explain?source=acme&ticket=1", "Authorization", as("prometheus", "secret"));

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("listen.explain_users");
  }

  @ParameterizedTest
  @CsvSource({
    "source=acme&ticket=unknown, 404",
    "source=other&ticket=1, 404",
    "source=acme&ticket=kpi, 400",
    "source=acme&ticket=early, 503",
    "source=acme, 400",
    "ticket=1, 400"
  })
  void whatCannotBeAnsweredIsAProblem(String query, int status) throws Exception {
    start(Optional.of("lead"), Set.of());
    HttpResponse<String> problem = get("/explain?" + query, "Authorization", as("lead", "secret"));

    assertThat(problem.statusCode()).isEqualTo(status);
    assertThat(problem.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(problem.body()).contains("\"status\":" + status).contains("\"detail\":");
  }

  @Test
  void aBrowserGetsAPageInWhichEverythingIsEscaped() throws Exception {
    start(Optional.of("lead"), Set.of());
    HttpResponse<String> page =
        get(
            "/explain?source=acme&ticket=%3Cscript%3E",
            "Authorization", as("lead", "secret"), "Accept", "text/html,*/*");

    assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(it -> assertThat(it).startsWith("default-src 'none'"));
    assertThat(page.body())
        .contains("<h1>Ticket &lt;script&gt;</h1>")
        .contains("A note &lt;b onclick=&quot;x()&quot;&gt;&amp;&#39;")
        .contains("ticket=%3Cscript%3E&amp;format=json")
        .doesNotContain("<script", "<b onclick", "style=\"");
  }

  @Test
  void aProblemIsAPageTooAndEscaped() throws Exception {
    start(Optional.of("lead"), Set.of());
    HttpResponse<String> page =
        get("/explain?source=x&ticket=1&format=html", "Authorization", as("lead", "secret"));

    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).contains("No source &lt;b").doesNotContain("<b onclick");
  }
}
