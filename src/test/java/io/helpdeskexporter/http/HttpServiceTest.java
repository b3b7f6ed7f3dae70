package io.helpdeskexporter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.exposition.Exposition;
import io.helpdeskexporter.exposition.Snapshots;
import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServiceTest {

  private static final String PROTOBUF =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

  private final Exposition exposition = new Exposition(Clock.SYSTEM);
  private final AtomicReference<ServiceStatus> status = new AtomicReference<>(Statuses.ready());
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private HttpService service;

  @BeforeEach
  void start() throws WebConfigException {
    service = start(settings(), routes -> {});
  }

  @AfterEach
  void stop() {
    service.close();
    client.close();
  }

  @Test
  void metricsAreUnavailableUntilTheFirstPublish() throws Exception {
    assertThat(get("/metrics").statusCode()).isEqualTo(503);
    assertThat(get("/probe?source=acme").statusCode()).isEqualTo(503);
    exposition.publish(Snapshots.ofEachKind());
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/* | text/plain; version=0.0.4; charset=utf-8",
        "application/openmetrics-text | application/openmetrics-text; version=1.0.0; charset=utf-8",
        PROTOBUF
            + " | application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
            + " encoding=delimited"
      })
  void theContentTypeIsTheNegotiatedOne(String accept, String contentType) throws Exception {
    exposition.publish(Snapshots.ofEachKind());
    HttpResponse<byte[]> response = send(request("/metrics").header("Accept", accept));
    assertThat(response.headers().firstValue("Content-Type")).contains(contentType);
    assertThat(response.headers().firstValue("Vary")).contains("Accept, Accept-Encoding");
  }

  @Test
  void gzipIsServedWhereItIsAccepted() throws Exception {
    exposition.publish(Snapshots.ofEachKind());
    HttpResponse<byte[]> response = send(request("/metrics").header("Accept-Encoding", "gzip"));
    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(response.headers().firstValueAsLong("Content-Length"))
        .hasValue(response.body().length);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
        .asString(UTF_8)
        .contains("helpdesk_replies_total{source=\"acme\"} 42.0");
    assertThat(get("/metrics").headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void namesSelectFamilies() throws Exception {
    exposition.publish(Snapshots.ofEachKind());
    assertThat(text(get("/metrics?name%5B%5D=helpdesk_replies_total")))
        .startsWith("# HELP helpdesk_replies_total")
        .doesNotContain("unsolved");
    HttpResponse<byte[]> unknown = get("/metrics?name[]=nothing".replace("[]", "%5B%5D"));
    assertThat(unknown.statusCode()).isEqualTo(200);
    assertThat(unknown.body()).isEmpty();
  }

  @Test
  void aProbeShowsOneConfiguredSourceOnly() throws Exception {
    exposition.publish(Snapshots.ofEachKind());
    get("/metrics");
    assertThat(text(get("/probe?source=acme")))
        .contains("source=\"acme\"")
        .doesNotContain("globex")
        .doesNotContain("http_server_requests");
    assertThat(get("/probe").statusCode()).isEqualTo(400);
    assertThat(get("/probe?source=").statusCode()).isEqualTo(400);
    assertThat(get("/probe?source=acme&source=globex").statusCode()).isEqualTo(400);
    assertThat(get("/probe?source=http://127.0.0.1/").statusCode()).isEqualTo(404);
  }

  @Test
  void requestsAreCountedByRoute() throws Exception {
    exposition.publish(Snapshots.ofEachKind());
    get("/-/healthy");
    get("/such/as/no/one/has");
    assertThat(text(get("/metrics")))
        .contains(
            "http_server_requests_seconds_count{method=\"GET\",status=\"200\",uri=\"/-/healthy\"}"
                + " 1")
        .contains("status=\"404\",uri=\"unmatched\"} 1")
        .doesNotContain("such/as");
  }

  @Test
  void healthIsGivenAndReadinessSaysWhyNot() throws Exception {
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(get("/-/ready").statusCode()).isEqualTo(503);
    assertThat(text(get("/-/ready"))).contains("first refresh");

    exposition.publish(Snapshots.ofEachKind());
    assertThat(get("/-/ready").statusCode()).isEqualTo(200);

    status.set(Statuses.notReady("The store is being migrated."));
    assertThat(get("/-/ready").statusCode()).isEqualTo(503);
    assertThat(text(get("/-/ready"))).contains("The store is being migrated.");
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
  }

  @Test
  void theLandingPageMayLoadNothingButItsOwnStyle() throws Exception {
    status.set(Statuses.ofEachCondition());
    HttpResponse<byte[]> page = get("/");
    assertThat(page.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy -> assertThat(policy).startsWith("default-src 'none'; style-src 'sha256-"));
    assertThat(text(page)).contains("acme-zendesk").contains("href=\"metrics\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/metrics/x", "/-/reload", "/probe/acme", "/debug/pprof"})
  void anUnknownPathGetsAShort404(String path) throws Exception {
    HttpResponse<byte[]> response = get(path);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(text(response)).isEqualTo("404 Not Found\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/metrics,POST",
    "/metrics,PUT",
    "/metrics,DELETE",
    "/metrics,OPTIONS",
    "/metrics,PATCH",
    "/probe,POST",
    "/-/healthy,POST",
    "/-/ready,DELETE",
    "/,POST"
  })
  void onlyGetAndHeadAreAllowed(String path, String method) throws Exception {
    HttpResponse<byte[]> response = send(request(path).method(method, BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    assertThat(text(response)).isEqualTo("405 Method Not Allowed\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/probe?source=acme", "/-/healthy", "/"})
  void headAnswersAsGetWithoutTheBody(String path) throws Exception {
    exposition.publish(Snapshots.ofEachKind());
    HttpResponse<byte[]> get = get(path);
    HttpResponse<byte[]> head = send(request(path).HEAD());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Type"))
        .isEqualTo(get.headers().firstValue("Content-Type"));
    assertThat(send(request("/probe?source=nobody").HEAD()).statusCode()).isEqualTo(404);
    assertThat(head.headers().firstValue("Content-Length")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/", "/-/healthy", "/nothing", "/-/ready"})
  void noAnswerTellsWhatServesIt(String path) throws Exception {
    HttpResponse<byte[]> response = get(path);
    assertThat(response.headers().map().keySet())
        .doesNotContain("server", "x-powered-by", "set-cookie");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(text(response))
        .doesNotContainIgnoringCase("jetty")
        .doesNotContainIgnoringCase("javalin");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /metrics HTTP/1.1 | 400",
        "GET /%2e%2e/metrics HTTP/1.1~Host: a | 400",
        "GET /a%00b HTTP/1.1~Host: a | 400",
        "NONSENSE | 400",
        "GET / HTTP/9.9~Host: a | 505",
        "TRACE /metrics HTTP/1.1~Host: a | 405",
        "BREW /metrics HTTP/1.1~Host: a | 405",
      })
  void whatIsNoProperRequestGetsAShortAnswer(String head, String expected) throws IOException {
    String answer = raw(head.strip().replace("~", "\n") + "\nConnection: close\n\n");
    assertThat(answer).startsWith("HTTP/1.1 " + expected.strip());
    assertThat(answer)
        .doesNotContainIgnoringCase("jetty")
        .doesNotContainIgnoringCase("javalin")
        .doesNotContain("Exception")
        .doesNotContain("<");
  }

  @Test
  void anExceptionIsNotShown() throws Exception {
    service.close();
    service =
        start(
            settings(),
            routes ->
                routes.get(
                    "/broken",
                    ctx -> {
                      throw new IllegalStateException("password=hunter2");
                    }));
    HttpResponse<byte[]> response = get("/broken");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(text(response)).isEqualTo("500 Server Error\n");
  }

  @Test
  void headersBeyondTheLimitAreRefused() throws IOException {
    String answer = raw("GET / HTTP/1.1\nHost: a\nX-Long: " + "x".repeat(9_000) + "\n\n");
    assertThat(answer).startsWith("HTTP/1.1 431").doesNotContainIgnoringCase("jetty");
  }

  @Test
  void aBodyBeyondTheLimitIsRefused() throws IOException {
    assertThat(
            raw(
                """
                GET /metrics HTTP/1.1
                Host: a
                Content-Length: 70000
                Connection: close

                """))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void anIdleConnectionIsClosed() throws Exception {
    service.close();
    HttpSettings d = settings();
    service =
        start(
            new HttpSettings(
                d.address(),
                0,
                Optional.empty(),
                d.maxRequestHeaderBytes(),
                d.maxRequestBodyBytes(),
                d.maxConcurrentScrapes(),
                d.maxConnections(),
                Duration.ofMillis(200),
                d.stopTimeout()),
            routes -> {});
    // Reads to the end of the stream: returns only because the service closes.
    assertThat(raw("GET / HTTP/1.1\nHost: a\n")).isNotNull();
  }

  @Test
  void scrapesBeyondTheLimitAreRefusedWhileOthersRun() throws Exception {
    service.close();
    HttpSettings d = settings();
    service =
        start(
            new HttpSettings(
                d.address(),
                0,
                Optional.empty(),
                d.maxRequestHeaderBytes(),
                d.maxRequestBodyBytes(),
                1,
                d.maxConnections(),
                d.idleTimeout(),
                d.stopTimeout()),
            routes -> {});
    exposition.publish(Snapshots.ofEachKind());
    CountDownLatch scraping = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Gauge.builder(
            "slow",
            () -> {
              scraping.countDown();
              await(go);
              return 1;
            })
        .register(exposition.meters());
    CompletableFuture<HttpResponse<byte[]>> first =
        client.sendAsync(request("/metrics").build(), BodyHandlers.ofByteArray());
    await(scraping);

    HttpResponse<byte[]> second = get("/metrics");
    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(text(second)).contains("limit is 1");
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);

    go.countDown();
    assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void stoppingWaitsForARequestInFlight() throws Exception {
    service.close();
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    service =
        start(
            settings(),
            routes ->
                routes.get(
                    "/slow",
                    ctx -> {
                      working.countDown();
                      await(go);
                      ctx.result("done");
                    }));
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request("/slow").build(), BodyHandlers.ofByteArray());
    await(working);
    int port = service.port();
    CompletableFuture<Void> stopping = CompletableFuture.runAsync(service::close);
    while (accepts(port)) {
      Thread.onSpinWait();
    }
    assertThat(answer).isNotDone();
    go.countDown();
    assertThat(text(answer.get(10, TimeUnit.SECONDS))).isEqualTo("done");
    stopping.get(10, TimeUnit.SECONDS);
  }

  @Test
  void furtherRoutesHaveTheirOwnMethods() throws Exception {
    service.close();
    service = start(settings(), routes -> routes.post("/hook", ctx -> ctx.result(ctx.body())));
    HttpResponse<byte[]> posted = send(request("/hook").POST(BodyPublishers.ofString("event")));
    assertThat(text(posted)).isEqualTo("event");
    assertThat(get("/hook").statusCode()).isEqualTo(405);
    assertThat(get("/hook").headers().firstValue("Allow")).contains("POST");
    // Asking first: who is refused while still sending may find the connection closed.
    assertThat(
            send(request("/hook")
                    .expectContinue(true)
                    .POST(BodyPublishers.ofString("x".repeat(70_000))))
                .statusCode())
        .isEqualTo(413);
  }

  private HttpService start(HttpSettings settings, Consumer<RoutesConfig> more)
      throws WebConfigException {
    return HttpService.start(
        settings, exposition, Set.of("acme", "globex"), status::get, Optional.empty(), more);
  }

  private static HttpSettings settings() {
    return HttpSettings.defaults().withAddress("127.0.0.1").withPort(0);
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
