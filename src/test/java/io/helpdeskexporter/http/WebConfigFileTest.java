package io.helpdeskexporter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helpdeskexporter.http.WebConfig.ClientAuthentication;
import io.helpdeskexporter.http.WebConfig.Material;
import io.helpdeskexporter.http.WebConfig.RateLimit;
import io.helpdeskexporter.http.WebConfig.Tls;
import io.helpdeskexporter.http.WebConfig.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebConfigFileTest {

  private static final String HASH = "$2y$10$X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG";

  @Test
  void aCompleteFileIsRead() throws WebConfigException {
    WebConfig config =
        parse(
            """
            tls_server_config:
              cert_file: server.crt
              key_file: /etc/keys/server.key
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: ca.crt
              client_allowed_sans: [prometheus.example.org, 10.0.0.7]
              min_version: TLS12
              max_version: TLS13
              cipher_suites: [TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]
              prefer_server_cipher_suites: false
              curve_preferences: [X25519, CurveP256]
            http_server_config:
              http2: false
              headers:
                X-Frame-Options: deny
                Strict-Transport-Security: max-age=3600
                Content-Security-Policy: ""
            basic_auth_users:
              prometheus: %s
            rate_limit:
              interval: 1m30s
              burst: 20
            """
                .formatted(HASH));

    assertThat(config.tls())
        .contains(
            new Tls(
                new Material.InFile(Path.of("/etc/exporter/server.crt")),
                new Material.InFile(Path.of("/etc/keys/server.key")),
                ClientAuthentication.REQUIRED_AND_VERIFIED,
                Optional.of(new Material.InFile(Path.of("/etc/exporter/ca.crt"))),
                List.of("prometheus.example.org", "10.0.0.7"),
                Version.TLS12,
                Version.TLS13,
                List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
                false,
                List.of("x25519", "secp256r1")));
    assertThat(config.http2()).isFalse();
    assertThat(config.headers())
        .isEqualTo(Map.of("X-Frame-Options", "deny", "Strict-Transport-Security", "max-age=3600"));
    assertThat(config.users().hashes()).isEqualTo(Map.of("prometheus", HASH));
    assertThat(config.rateLimit()).contains(new RateLimit(Duration.ofSeconds(90), 20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing yet\n", "tls_server_config:\nbasic_auth_users:\n", "{}"})
  void anEmptyFileAsksForNothing(String text) throws WebConfigException {
    assertThat(parse(text)).isEqualTo(WebConfig.NONE);
  }

  @Test
  void allProblemsComeAtOnceWithTheirLines() {
    assertThat(
            problems(
                """
                tls_server_config:
                  cert_fle: server.crt
                  key_file: server.key
                  min_version: TLS11
                basic_auth_user:
                  prometheus: secret
                """))
        .satisfiesExactly(
            p ->
                assertThat(p)
                    .startsWith("/etc/exporter/web.yml:2: tls_server_config.cert_fle: unknown key")
                    .contains("did you mean cert_file?"),
            p ->
                assertThat(p)
                    .startsWith("/etc/exporter/web.yml:2: tls_server_config.cert_file: missing"),
            p ->
                assertThat(p)
                    .startsWith(
                        "/etc/exporter/web.yml:4: tls_server_config.min_version: found \"TLS11\"")
                    .contains("allowed: TLS12, TLS13"),
            p ->
                assertThat(p)
                    .startsWith("/etc/exporter/web.yml:5: basic_auth_user: unknown key")
                    .contains("did you mean basic_auth_users?"));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "basic_auth_users: {a: secret} | basic_auth_users.a: not a bcrypt hash",
        "basic_auth_users: {'a:b': $HASH} | has no colon",
        "basic_auth_users: {a: $COST13} | found bcrypt cost 13; allowed: 4 to 12",
        "basic_auth_users: [a] | found no mapping",
        "basic_auth_users: {a: [b]} | found no single value",
        "rate_limit: {interval: 5 min, burst: 1} | rate_limit.interval: found \"5 min\"",
        "rate_limit: {interval: 1s} | rate_limit.burst: found \"0\"",
        "rate_limit: {interval: 1s, burst: -1} | rate_limit.burst: found \"-1\"",
        "http_server_config: {http2: yes} | found \"yes\"; allowed: true, false",
        "http_server_config: {headers: {Server: x}} | http_server_config.headers.Server: unknown"
            + " key",
        "http_server_config: {headers: {X-Frame-Options: allow}} | allowed: deny, sameorigin",
        "http_server_config: {headers: {X-XSS-Protection: \"a\\r\\nb\"}} | one line",
        "tls_server_config: {cert_file: a} | tls_server_config.key_file: missing",
        "tls_server_config: {cert_file: a, cert: b, key_file: c} | only one of them",
        "tls_server_config: {cert_file: a, key_file: b, client_auth_type: Verify} | did you mean",
        "tls_server_config: {cert_file: a, key_file: b, client_auth_type:"
            + " RequireAndVerifyClientCert} | needs client_ca_file",
        "tls_server_config: {cert_file: a, key_file: b, client_ca_file: c} | no effect without"
            + " client_auth_type",
        "tls_server_config: {cert_file: a, key_file: b, client_allowed_sans: [x]} |"
            + " client_allowed_sans: needs",
        "tls_server_config: {cert_file: a, key_file: b, min_version: TLS13, max_version: TLS12} |"
            + " above max_version",
        "tls_server_config: {cert_file: a, key_file: b, curve_preferences: [P256]} | did you mean"
            + " CurveP256?",
        "tls_server_config: {cert_file: a, key_file: b, cipher_suites: [TLS_RSA_WITH_RC4_128_SHA]}"
            + " | this Java does not have",
        "rate_limit: {burst: 1, burst: 2} | stands here a second time",
        "just text | found no mapping",
        "a: [ | not YAML",
      })
  void aWrongValueIsRefused(String text, String problem) {
    String yaml = text.replace("$HASH", HASH).replace("$COST13", HASH.replace("$10$", "$13$"));
    assertThat(problems(yaml)).anySatisfy(p -> assertThat(p).contains(problem));
  }

  @Test
  void noSecretIsPrinted() throws WebConfigException {
    assertThat(parse("basic_auth_users: {a: " + HASH + "}").toString()).doesNotContain("X0h1gDs");
    assertThat(parse("tls_server_config: {cert: CERTTEXT, key: KEYTEXT}").toString())
        .doesNotContain("KEYTEXT");
    assertThat(problems("basic_auth_users: {a: hunter2}"))
        .allSatisfy(p -> assertThat(p).doesNotContain("hunter2"));
  }

  private static WebConfig parse(String text) throws WebConfigException {
    return WebConfigFile.parse(Path.of("/etc/exporter/web.yml"), text);
  }

  private static List<String> problems(String text) {
    return catchThrowableOfType(WebConfigException.class, () -> parse(text)).problems();
  }
}
