package io.helpdeskexporter.source.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.Told;
import io.helpdeskexporter.source.salesforce.SalesforceSettings.Jwt;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logging in by a signature. */
class AssertionTest {
  private static final Instant NINE = Instant.parse("2025-03-03T09:00:00Z");
  private static final String USER = "exporter@acme.example.com";
  private static final String AUDIENCE = "https://test.salesforce.com";

  private static KeyPair pair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static Jwt jwt(KeyPair pair) {
    String body =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPrivate().getEncoded());
    return new Jwt(
        USER,
        Secret.of("-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n"),
        AUDIENCE);
  }

  private static JsonNode part(String assertion, int number) {
    return JsonMapper.shared()
        .readTree(Base64.getUrlDecoder().decode(assertion.split("\\.")[number]));
  }

  @Test
  void itSaysWhoIsMeantAndIsSignedWithTheKey() throws Exception {
    KeyPair pair = pair();

    String assertion = Assertion.of("the-client", jwt(pair), NINE);

    assertThat(part(assertion, 0).path("alg").asString()).isEqualTo("RS256");
    JsonNode claims = part(assertion, 1);
    assertThat(claims.path("iss").asString()).isEqualTo("the-client");
    assertThat(claims.path("sub").asString()).isEqualTo(USER);
    assertThat(claims.path("aud").asString()).isEqualTo(AUDIENCE);
    assertThat(Instant.ofEpochSecond(claims.path("exp").asLong()))
        .isEqualTo(NINE.plus(Duration.ofMinutes(3)));
    Signature check = Signature.getInstance("SHA256withRSA");
    check.initVerify(pair.getPublic());
    check.update(
        assertion.substring(0, assertion.lastIndexOf('.')).getBytes(StandardCharsets.UTF_8));
    assertThat(check.verify(Base64.getUrlDecoder().decode(assertion.split("\\.")[2]))).isTrue();
  }

  @Test
  void aLoginIsSignedAnewEachTime() throws Exception {
    SimulatedTime time = new SimulatedTime(NINE);
    try (SimulatedSalesforce salesforce = new SimulatedSalesforce(time)) {
      Given given = Given.at(salesforce.url());
      given.secret = Optional.empty();
      given.jwt = Optional.of(jwt(pair()));
      try (SalesforceSource source = given.source(time)) {
        source.fetch(SalesforceSource.CASES, Cursor.START);
        time.advance(Duration.ofHours(1));
        source.fetch(SalesforceSource.CASES, Cursor.START);
      }

      assertThat(salesforce.logins)
          .hasSize(2)
          .allSatisfy(
              form ->
                  assertThat(form)
                      .containsOnlyKeys("grant_type", "assertion")
                      .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aUserWhoIsNotAuthorisedIsToldWithWhatToCheck() throws Exception {
    SimulatedTime time = new SimulatedTime(NINE);
    try (SimulatedSalesforce salesforce = new SimulatedSalesforce(time)) {
      salesforce.loginRefused =
          Optional.of(
              Told.json(
                  400,
                  Map.of(
                      "error",
                      "invalid_grant",
                      "error_description",
                      "user hasn't approved this consumer")));
      Given given = Given.at(salesforce.url());
      given.secret = Optional.empty();
      given.jwt = Optional.of(jwt(pair()));
      try (SalesforceSource source = given.source(time)) {
        assertThatThrownBy(() -> source.fetch(SalesforceSource.CASES, Cursor.START))
            .hasMessageContaining("user hasn't approved this consumer")
            .hasMessageContaining("pre-authorised")
            .hasMessageContaining("clock");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no key",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"
      })
  void whatIsNoKeyIsRefusedBeforeAnythingIsAskedAndIsNotShown(String pem) {
    assertThatThrownBy(() -> new Jwt(USER, Secret.of(pem), AUDIENCE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("private_key: found ")
        .hasMessageNotContaining("AAAA");
  }
}
