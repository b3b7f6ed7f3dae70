package io.helpdeskexporter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.helpdeskexporter.exposition.Exposition;
import io.micrometer.core.instrument.Clock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WallboardRouteTest {
  private static final String TOKEN = "a-token-for-the-wall";
  private static final String BEARER = "Bearer " + TOKEN;
  private static final String DATA = "{\"boards\":[]}";

  @TempDir Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private Optional<HttpService> service = Optional.empty();

  @AfterEach
  void stop() {
    service.ifPresent(HttpService::close);
    client.close();
  }

  @Test
  void thePageSaysNothingToWhoHasNoToken() throws Exception {
    start(TOKEN);

    HttpResponse<String> page = get("/wallboard");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("data-open=\"false\"").doesNotContain(TOKEN);
    assertThat(policy(page)).contains("frame-src 'none'").doesNotContain("grafana");
  }

  @Test
  void thePageMayLoadAndRunNothingButItself() throws Exception {
    start(TOKEN);

    HttpResponse<String> page = get("/wallboard", "Authorization", BEARER);

    assertThat(policy(page))
        .contains("default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'")
        .contains("frame-src https://grafana.example.com;")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(page.body())
        .contains("data-open=\"true\"")
        .doesNotContain("src=\"", "https://", "@import", "url(")
        .doesNotContainPattern("<link[^>]*href=\"(?!data:)");
  }

  @Test
  void whatItShowsIsForTheTokenAlone() throws Exception {
    start(TOKEN);

    assertThat(get("/wallboard/data").statusCode()).isEqualTo(401);
    assertThat(get("/wallboard/data", "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
    assertThat(get("/wallboard/data?token=" + TOKEN).statusCode()).isEqualTo(401);
    assertThat(get("/wallboard/data", "Authorization", BEARER).body()).isEqualTo(DATA);
  }

  @Test
  void theTokenIsExchangedForACookieThatNoScriptCanRead() throws Exception {
    start(TOKEN);

    HttpResponse<String> refused = session("Bearer wrong");
    HttpResponse<String> granted = session(BEARER);

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(granted.statusCode()).isEqualTo(204);
    assertThat(cookie(granted))
        .contains("; HttpOnly", "; SameSite=Lax", "; Max-Age=")
        .doesNotContain(TOKEN);
    assertThat(get("/wallboard/data", "Cookie", pair(granted)).body()).isEqualTo(DATA);
  }

  @Test
  void theCookieOutlivesARestartAndEndsWithTheToken() throws Exception {
    start(TOKEN);
    String cookie = pair(session(BEARER));
    service.orElseThrow().close();

    start(TOKEN);
    assertThat(get("/wallboard/data", "Cookie", cookie).statusCode()).isEqualTo(200);
    service.orElseThrow().close();

    start("another-token-for-it");
    assertThat(get("/wallboard/data", "Cookie", cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void aCookieThatWasMadeUpOpensNothing() throws Exception {
    start(TOKEN);

    assertThat(get("/wallboard/data", "Cookie", "helpdesk_wallboard=" + TOKEN).statusCode())
        .isEqualTo(401);
    assertThat(get("/wallboard/data", "Cookie", "helpdesk_wallboard=").statusCode()).isEqualTo(401);
  }

  @Test
  void theUsersOfTheWebConfigurationAreNotAskedForHere() throws Exception {
    Path file = folder.resolve("web.yml");
    Files.writeString(
        file,
        "basic_auth_users:\n  reader: %s\n"
            .formatted(BCrypt.withDefaults().hashToString(4, "secret".toCharArray())));
    start(TOKEN, HttpSettings.defaults().withWebConfigFile(file));

    assertThat(get("/metrics").statusCode()).isEqualTo(401);
    assertThat(get("/wallboard").statusCode()).isEqualTo(200);
    assertThat(get("/wallboard/data").statusCode()).isEqualTo(401);
    assertThat(get("/wallboard/data", "Authorization", BEARER).statusCode()).isEqualTo(200);
    assertThat(get("/wallboard/other").statusCode()).isEqualTo(401);
  }

  @Test
  void aScreenHearsOfANewerPage() throws Exception {
    start(TOKEN);

    String version =
        get("/wallboard/data", "Authorization", BEARER)
            .headers()
            .firstValue("Wallboard-Page")
            .orElseThrow();

    assertThat(get("/wallboard").body()).contains("data-page=\"" + version + "\"");
  }

  // ----

  private void start(String token) throws Exception {
    start(token, HttpSettings.defaults());
  }

  private void start(String token, HttpSettings settings) throws Exception {
    service =
        Optional.of(
            HttpService.start(
                settings.withAddress("127.0.0.1").withPort(0),
                new Exposition(Clock.SYSTEM),
                Set.of("acme"),
                Statuses::ready,
                Optional.empty(),
                new WallboardRoute(token, List.of("https://grafana.example.com"), () -> DATA)
                    ::addTo));
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).GET(), headers);
  }

  private HttpResponse<String> session(String authorization) throws Exception {
    return send(
        HttpRequest.newBuilder(uri("/wallboard/session")).POST(BodyPublishers.noBody()),
        "Authorization",
        authorization);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
      throws Exception {
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(
        request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + service.orElseThrow().port() + path);
  }

  private static String policy(HttpResponse<String> page) {
    return page.headers().firstValue("Content-Security-Policy").orElseThrow();
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow();
  }

  private static String pair(HttpResponse<String> answer) {
    return cookie(answer).replaceFirst(";.*", "");
  }
}
