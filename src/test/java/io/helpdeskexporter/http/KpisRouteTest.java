package io.helpdeskexporter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.helpdeskexporter.exposition.Exposition;
import io.helpdeskexporter.figures.Query;
import io.helpdeskexporter.figures.Table;
import io.helpdeskexporter.figures.Table.Cell;
import io.micrometer.core.instrument.Clock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KpisRouteTest {
  private static final Map<String, Set<String>> KNOWN =
      Map.of("source", Set.of("acme"), "kpi", Set.of("csat"), "window", Set.of("7d"));

  @TempDir Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private Optional<HttpService> service = Optional.empty();
  private Optional<Table> told =
      Optional.of(
          new Table(
              List.of("team", "value"),
              List.of(
                  List.of(Cell.of("+49"), Cell.of(OptionalDouble.of(0.9))),
                  List.of(Cell.of(""), Cell.of(OptionalDouble.empty())))));

  @AfterEach
  void stop() {
    service.ifPresent(HttpService::close);
    client.close();
  }

  @Test
  void programsGetAListOfFlatObjects() throws Exception {
    HttpResponse<String> answer = get("/api/v1/kpis?kpi=csat");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body())
        .isEqualTo("[{\"team\":\"+49\",\"value\":0.9},{\"team\":null,\"value\":null}]\n");
  }

  @Test
  void spreadsheetsGetRowsInWhichNothingIsComputed() throws Exception {
    HttpResponse<String> answer = get("/api/v1/kpis.csv");

    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/csv; charset=utf-8; header=present");
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"kpis.csv\"");
    assertThat(answer.body()).isEqualTo("team,value\r\n'+49,0.9\r\n,\r\n");
  }

  @Test
  void spreadsheetsThatExpectSemicolonsAndAMarkGetThem() throws Exception {
    assertThat(get("/api/v1/kpis.csv?sep=%3B&bom=1").body()).startsWith("\uFEFFteam;value\r\n");
  }

  @Test
  void whatIsAskedWronglyIsToldInTheFormThatWasAskedFor() throws Exception {
    HttpResponse<String> json = get("/api/v1/kpis?kpi=nps");
    HttpResponse<String> csv = get("/api/v1/kpis.csv?kip=csat");

    assertThat(json.statusCode()).isEqualTo(400);
    assertThat(json.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json.body()).contains("kpi: found \\\"nps\\\"; allowed: csat");
    assertThat(csv.statusCode()).isEqualTo(400);
    assertThat(csv.body()).startsWith("error\r\n\"found the parameter kip; allowed: from, kpi,");
  }

  @Test
  void whileThereIsNothingToTellItSaysThatItIsTooEarly() throws Exception {
    told = Optional.empty();

    HttpResponse<String> answer = get("/api/v1/kpis");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("5");
  }

  @Test
  void whoMayNotReadMetricsMayNotReadThese() throws Exception {
    Path file = folder.resolve("web.yml");
    Files.writeString(
        file,
        "basic_auth_users:\n  reader: %s\n"
            .formatted(BCrypt.withDefaults().hashToString(4, "secret".toCharArray())));
    HttpSettings settings = settings().withWebConfigFile(file);

    assertThat(get(settings, "/api/v1/kpis.csv").statusCode()).isEqualTo(401);
    assertThat(get(settings, "/api/v1/kpis").statusCode()).isEqualTo(401);
    assertThat(
            get(
                    settings,
                    "/api/v1/kpis",
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString("reader:secret".getBytes(UTF_8)))
                .statusCode())
        .isEqualTo(200);
  }

  private static HttpSettings settings() {
    return HttpSettings.defaults().withAddress("127.0.0.1").withPort(0);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return get(settings(), path);
  }

  private HttpResponse<String> get(HttpSettings settings, String path, String... headers)
      throws Exception {
    if (service.isEmpty()) {
      service =
          Optional.of(
              HttpService.start(
                  settings,
                  new Exposition(Clock.SYSTEM),
                  Set.of("acme"),
                  Statuses::ready,
                  Optional.empty(),
                  new KpisRoute(KNOWN, this::answer)::addTo));
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.get().port() + path))
            .timeout(Duration.ofSeconds(30));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private Optional<Table> answer(Query query) {
    return told;
  }
}
