package io.helpdeskexporter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.helpdeskexporter.exposition.Exposition;
import io.helpdeskexporter.exposition.Snapshots;
import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The web configuration file as a running service obeys it. Each request here comes over a new
 * connection.
 */
class WebConfigTest {

  private static final String TLS =
      """
      tls_server_config:
        cert_file: server.crt
        key_file: server.key
      """;

  private static final String CLIENT_CERTIFICATES =
      TLS
          + """
            client_auth_type: RequireAndVerifyClientCert
            client_ca_file: ca.crt
          """;

  @TempDir private Path folder;
  private Certificates certificates;
  private final Exposition exposition = new Exposition(Clock.SYSTEM);
  private final List<HttpService> started = new ArrayList<>();

  @BeforeEach
  void certificates() {
    certificates = new Certificates(folder);
    exposition.publish(Snapshots.ofEachKind());
  }

  @AfterEach
  void stop() {
    started.forEach(HttpService::close);
  }

  @Test
  void aLoginIsAskedForOnEveryPath() throws Exception {
    start(users("prometheus", "s3cret"));
    for (String path : new String[] {"/metrics", "/", "/-/healthy", "/nothing"}) {
      HttpResponse<String> refused = get(path);
      assertThat(refused.statusCode()).as(path).isEqualTo(401);
      assertThat(refused.body()).isEqualTo("401 Unauthorized\n");
      assertThat(refused.headers().firstValue("WWW-Authenticate"))
          .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic realm="));
    }
    assertThat(getAs("prometheus:s3cret").statusCode()).isEqualTo(200);
    assertThat(getAs("prometheus:wrong").statusCode()).isEqualTo(401);
    assertThat(getAs("nobody:s3cret").statusCode()).isEqualTo(401);
  }

  @Test
  void changedUsersHoldFromTheNextRequestOn() throws Exception {
    start(users("prometheus", "old"));
    assertThat(getAs("prometheus:old").statusCode()).isEqualTo(200);

    write(users("prometheus", "new"));

    assertThat(getAs("prometheus:old").statusCode()).isEqualTo(401);
    assertThat(getAs("prometheus:new").statusCode()).isEqualTo(200);
    assertThat(service().webConfigReloads()).isEqualTo(1);
    assertThat(service().webConfigFailures()).isZero();
  }

  @Test
  void aBrokenFileLeavesTheOldOneInForceAndIsCountedOnce() throws Exception {
    start(users("prometheus", "s3cret"));
    write("basic_auth_users: {prometheus: plain text}\n");

    assertThat(getAs("prometheus:s3cret").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").statusCode()).isEqualTo(401);
    assertThat(service().webConfigFailures()).isEqualTo(1);
    assertThat(getAs("prometheus:s3cret").body()).contains("web_config_reload_failures_total 1.0");

    Files.delete(folder.resolve("web.yml"));
    assertThat(get("/metrics").statusCode()).isEqualTo(401);
    assertThat(service().webConfigFailures()).isEqualTo(2);

    write("");
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
    assertThat(service().webConfigFailures()).isEqualTo(2);
  }

  @Test
  void aServiceDoesNotStartWithABrokenFile() throws Exception {
    write("tls_server_config: {cert_file: none.crt, key_file: none.key}\n");
    assertThatThrownBy(this::start)
        .isInstanceOf(WebConfigException.class)
        .hasMessageContaining("tls_server_config.cert_file")
        .hasMessageContaining("none.crt does not exist");
    assertThatThrownBy(() -> HttpService.check(folder.resolve("absent.yml")))
        .isInstanceOf(WebConfigException.class)
        .hasMessageContaining("absent.yml");
  }

  @Test
  void theRateLimitRefusesWhatIsTooMuch() throws Exception {
    start("rate_limit: {interval: 1h, burst: 2}\n");
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").statusCode()).isEqualTo(429);

    write("# touched\nrate_limit: {interval: 1h, burst: 2}\n");
    assertThat(get("/metrics").statusCode())
        .as("an unchanged limit keeps its count")
        .isEqualTo(429);
    write("rate_limit: {interval: 0}\n");
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void headersAreAddedToEveryAnswer() throws Exception {
    start(
        """
        http_server_config:
          headers:
            X-Frame-Options: deny
            Content-Security-Policy: default-src 'self'
        """);
    for (String path : new String[] {"/metrics", "/", "/nothing"}) {
      assertThat(get(path).headers().firstValue("X-Frame-Options")).as(path).contains("deny");
      assertThat(get(path).headers().allValues("Content-Security-Policy"))
          .as(path)
          .containsExactly("default-src 'self'");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa:2048", "ec -pkeyopt ec_paramgen_curve:P-256", "ed25519"})
  void tlsIsServed(String keyKind) throws Exception {
    certificates.selfSigned("server", keyKind.split(" "));
    start(TLS);
    HttpResponse<String> response = getTls("/metrics", certificates.trusting("server"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("helpdesk_replies_total");
    assertThatThrownBy(() -> get("/metrics")).isInstanceOf(IOException.class);
  }

  @Test
  void certificatesMayStandInTheFileItself() throws Exception {
    certificates.selfSigned("server");
    start(
        "tls_server_config:\n  cert: |\n%s  key: |\n%s"
            .formatted(
                certificates.text("server.crt").indent(4),
                certificates.text("server.key").indent(4)));
    assertThat(getTls("/-/healthy", certificates.trusting("server")).statusCode()).isEqualTo(200);
  }

  @Test
  void aRenewedCertificateIsServedToTheNextConnection() throws Exception {
    certificates.selfSigned("server");
    start(TLS);
    certificates.selfSigned("renewed");
    SSLContext trustingTheOld = certificates.trusting("server");
    assertThat(getTls("/-/healthy", trustingTheOld).statusCode()).isEqualTo(200);

    move("renewed.key", "server.key");
    copy("renewed.crt", "server.crt");

    HttpResponse<String> response = getTls("/-/healthy", certificates.trusting("renewed"));
    X509Certificate served =
        (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
    assertThat(served).isEqualTo(certificates.certificate("renewed"));
    assertThat(service().webConfigReloads()).isEqualTo(1);
    assertThatThrownBy(() -> getTls("/-/healthy", trustingTheOld)).isInstanceOf(IOException.class);
  }

  @Test
  void aCertificateThatDoesNotFitItsKeyLeavesTheOldPairInForce() throws Exception {
    certificates.selfSigned("server");
    start(TLS);
    SSLContext trustingTheOld = certificates.trusting("server");
    certificates.selfSigned("renewed");
    copy("renewed.crt", "server.crt");
    assertThat(getTls("/-/healthy", trustingTheOld).statusCode()).isEqualTo(200);
    assertThat(service().webConfigFailures()).isEqualTo(1);
    copy("renewed.key", "server.key");
    assertThat(getTls("/-/healthy", certificates.trusting("renewed")).statusCode()).isEqualTo(200);
  }

  @Test
  void tlsIsNotSwitchedOffWhileRunning() throws Exception {
    certificates.selfSigned("server");
    start(TLS);
    write("");
    assertThat(getTls("/-/healthy", certificates.trusting("server")).statusCode()).isEqualTo(200);
    assertThat(service().webConfigFailures()).isEqualTo(1);
  }

  @Test
  void onlyAClientWithACertificateOfTheCaGetsIn() throws Exception {
    certificates.selfSigned("server");
    certificates.selfSigned("ca");
    certificates.selfSigned("otherca");
    certificates.signedBy("ca", "client", "prometheus.example.org");
    certificates.signedBy("otherca", "stranger", "prometheus.example.org");
    start(CLIENT_CERTIFICATES);

    assertThat(getTls("/-/healthy", certificates.trusting("server", "client")).statusCode())
        .isEqualTo(200);
    assertThatThrownBy(() -> getTls("/-/healthy", certificates.trusting("server")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> getTls("/-/healthy", certificates.trusting("server", "stranger")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void onlyAllowedNamesGetIn() throws Exception {
    certificates.selfSigned("server");
    certificates.selfSigned("ca");
    certificates.signedBy("ca", "client", "prometheus.example.org");
    certificates.signedBy("ca", "colleague", "grafana.example.org");
    start(CLIENT_CERTIFICATES + "  client_allowed_sans: [prometheus.example.org]\n");

    assertThat(getTls("/-/healthy", certificates.trusting("server", "client")).statusCode())
        .isEqualTo(200);
    assertThatThrownBy(() -> getTls("/-/healthy", certificates.trusting("server", "colleague")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void clientCertificatesCanBeDemandedWhileRunning() throws Exception {
    certificates.selfSigned("server");
    certificates.selfSigned("ca");
    certificates.signedBy("ca", "client", "prometheus.example.org");
    start(TLS);
    assertThat(getTls("/-/healthy", certificates.trusting("server")).statusCode()).isEqualTo(200);
    write(CLIENT_CERTIFICATES);
    assertThatThrownBy(() -> getTls("/-/healthy", certificates.trusting("server")))
        .isInstanceOf(IOException.class);
    assertThat(getTls("/-/healthy", certificates.trusting("server", "client")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void theLowestVersionIsObeyed() throws Exception {
    certificates.selfSigned("server");
    start(TLS + "  min_version: TLS13\n");
    SSLContext trusting = certificates.trusting("server");
    assertThat(getTls("/-/healthy", trusting, "TLSv1.3").statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> getTls("/-/healthy", trusting, "TLSv1.2"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void theHighestVersionTheSuiteAndTheCurveAreObeyed() throws Exception {
    certificates.selfSigned("server", "ec", "-pkeyopt", "ec_paramgen_curve:P-384");
    start(
        TLS
            + """
              max_version: TLS12
              cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]
              curve_preferences: [CurveP384]
            """);
    HttpResponse<String> response = getTls("/-/healthy", certificates.trusting("server"));
    assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.2");
    assertThat(response.sslSession().orElseThrow().getCipherSuite())
        .isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
  }

  private HttpService service() {
    return started.getLast();
  }

  private void start(String webConfig) throws Exception {
    write(webConfig);
    start();
  }

  private void start() throws WebConfigException {
    HttpSettings settings =
        HttpSettings.defaults()
            .withAddress("127.0.0.1")
            .withPort(0)
            .withWebConfigFile(folder.resolve("web.yml"));
    started.add(
        HttpService.start(
            settings, exposition, Set.of("acme"), Statuses::ready, Optional.empty(), routes -> {}));
  }

  /** By renaming, as an editor does, so that no reader sees half a file. */
  private void write(String webConfig) throws IOException {
    Files.writeString(folder.resolve("web.yml.new"), webConfig);
    move("web.yml.new", "web.yml");
  }

  private void move(String from, String to) throws IOException {
    Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
  }

  private void copy(String from, String to) throws IOException {
    Files.copy(folder.resolve(from), folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String users(String name, String password) {
    return "basic_auth_users: {%s: %s}\n"
        .formatted(name, BCrypt.withDefaults().hashToString(4, password.toCharArray()));
  }

  private HttpResponse<String> get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request("http", path).build(), BodyHandlers.ofString());
    }
  }

  private HttpResponse<String> getAs(String credentials) throws Exception {
    String header = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          request("http", "/metrics").header("Authorization", header).build(),
          BodyHandlers.ofString());
    }
  }

  private HttpResponse<String> getTls(String path, SSLContext context, String... protocols)
      throws Exception {
    SSLParameters parameters = context.getDefaultSSLParameters();
    if (protocols.length > 0) {
      parameters.setProtocols(protocols);
    }
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(context).sslParameters(parameters).build()) {
      return client.send(request("https", path).build(), BodyHandlers.ofString());
    }
  }

  private HttpRequest.Builder request(String scheme, String path) {
    return HttpRequest.newBuilder(
            URI.create("%s://127.0.0.1:%d%s".formatted(scheme, service().port(), path)))
        .timeout(Duration.ofSeconds(20));
  }
}
