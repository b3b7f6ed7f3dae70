package io.helpdeskexporter.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.WebhookConfig;
import io.helpdeskexporter.config.WebhookConfig.Scheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The signatures here were made with openssl. */
class SignaturesTest {
  private static final String SECRET = "not-a-real-secret";
  private static final String BODY =
      "{\"event_id\":\"01\",\"form_response\":{\"token\":\"täglich\"}}";
  private static final String TARGET = "/hooks/crm?to=a%20b&at=10%3A30";
  private static final Instant SENT = Instant.parse("2026-11-01T10:00:05Z");
  private static final Path VECTORS =
      Path.of("..", "shared", "samples", "webhooks", "signature-vectors.json");

  private static final Map<Scheme, Map<String, String>> GENUINE =
      Map.of(
          Scheme.TYPEFORM,
          Map.of("Typeform-Signature", "sha256=wpz5FORd5a9C1bRrx9BgcB5s54b99/g8ved/QlyDNSc="),
          Scheme.SURVEYMONKEY,
          Map.of("Sm-Signature", "7arMWbYgUa8V4FHvECv4cjNJz9g=", "Sm-Apikey", "client-7"),
          Scheme.ZENDESK,
          Map.of(
              "X-Zendesk-Webhook-Signature",
              "OWOovZ8lpT1Q1sFKyijBMExqXmFYBdunr6RuAHgJgG4=",
              "X-Zendesk-Webhook-Signature-Timestamp",
              "2026-11-01T10:00:05Z"),
          Scheme.INTERCOM,
          Map.of("X-Hub-Signature", "sha1=bb4735e50c6a6910098103265fcf2b6a73f78015"),
          Scheme.HUBSPOT,
          Map.of(
              "X-HubSpot-Signature-v3",
              "0MSrFxo9GahFBK6YAIpDNuiOxkhuY0pxeJWMAYULwIs=",
              "X-HubSpot-Request-Timestamp",
              "1793527205000"),
          Scheme.STANDARD,
          Map.of(
              "webhook-id",
              "msg_1",
              "webhook-timestamp",
              "1793527205",
              "webhook-signature",
              "v1,AAAA v1,9wYCyterpYhPojJkgmyHoXYDpA9z8fUvmCYrGsG1sSg="));

  @TestFactory
  Stream<DynamicTest> everySchemeKnowsItsOwnSignature() {
    return GENUINE.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey().name(),
                    () ->
                        assertThat(verdict(each.getKey(), each.getValue(), BODY))
                            .isInstanceOf(Verdict.Genuine.class)));
  }

  @TestFactory
  Stream<DynamicTest> everySchemeRefusesWhatWasChangedOnTheWay() {
    return GENUINE.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey().name(),
                    () -> {
                      Map<String, String> headers = each.getValue();
                      assertThat(verdict(each.getKey(), headers, BODY + "\n"))
                          .isEqualTo(new Verdict.Forged());
                      assertThat(verdict(each.getKey(), headers, ""))
                          .isEqualTo(new Verdict.Forged());
                      assertThat(verdict(each.getKey(), Map.of(), BODY))
                          .isEqualTo(new Verdict.Forged());
                      for (String header : headers.keySet()) {
                        Map<String, String> other = new HashMap<>(headers);
                        other.compute(header, (_, value) -> value + "x");
                        assertThat(verdict(each.getKey(), other, BODY))
                            .as(header)
                            .isEqualTo(new Verdict.Forged());
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everySchemeRefusesAnotherSecret() {
    return GENUINE.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey().name(),
                    () ->
                        assertThat(
                                verdict(
                                    config(each.getKey(), "another", Optional.empty()),
                                    each.getValue(),
                                    BODY,
                                    SENT))
                            .isEqualTo(new Verdict.Forged())));
  }

  @TestFactory
  Stream<DynamicTest> whatIsSignedWithATimeIsRefusedWhenThatIsLongAgoOrToCome() {
    return Stream.of(Scheme.ZENDESK, Scheme.HUBSPOT, Scheme.STANDARD)
        .map(
            scheme ->
                DynamicTest.dynamicTest(
                    scheme.name(),
                    () -> {
                      for (long seconds : new long[] {-301, 301}) {
                        assertThat(at(scheme, SENT.plusSeconds(seconds)))
                            .isEqualTo(new Verdict.Stale(SENT));
                      }
                      for (long seconds : new long[] {-300, 300}) {
                        assertThat(at(scheme, SENT.plusSeconds(seconds)))
                            .isEqualTo(new Verdict.Genuine(Optional.of(SENT)));
                      }
                    }));
  }

  private static Verdict at(Scheme scheme, Instant now) {
    return verdict(
        config(scheme, SECRET, Optional.empty()),
        GENUINE.getOrDefault(scheme, Map.of()),
        BODY,
        now);
  }

  @Test
  void whileSecretsAreExchangedBothAreTaken() {
    WebhookConfig config = config(Scheme.TYPEFORM, "the-new-one", Optional.of(SECRET));

    assertThat(verdict(config, GENUINE.get(Scheme.TYPEFORM), BODY, SENT))
        .isInstanceOf(Verdict.Genuine.class);
  }

  @Test
  void aWebhookOfZendeskWithoutABodySignsItsTimeAlone() {
    assertThat(
            verdict(
                Scheme.ZENDESK,
                Map.of(
                    "X-Zendesk-Webhook-Signature",
                    "dEgunFvLch4QXxiTRcW6iErJNCwF2nw1MWDSXi16jZw=",
                    "X-Zendesk-Webhook-Signature-Timestamp",
                    "2026-11-01T10:00:05Z"),
                ""))
        .isInstanceOf(Verdict.Genuine.class);
  }

  @Test
  void theOlderSignaturesOfHubSpotAreKnown() {
    assertThat(
            verdict(
                Scheme.HUBSPOT,
                Map.of(
                    "X-HubSpot-Signature-Version",
                    "v1",
                    "X-HubSpot-Signature",
                    "0C45844f9f528301db2ba2b0a5088717f490c2e1262e09324ba87c1abfc35829"),
                BODY))
        .isInstanceOf(Verdict.Genuine.class);
    Map<String, String> two =
        Map.of(
            "X-HubSpot-Signature-Version",
            "v2",
            "X-HubSpot-Signature",
            "3eb540647cfbc0117fe329870e9ee78fd08b40837fa0a2898b29fc17fa54158f");
    assertThat(verdict(Scheme.HUBSPOT, two, BODY)).isInstanceOf(Verdict.Genuine.class);
    assertThat(verdict(Scheme.HUBSPOT, two, BODY + " ")).isEqualTo(new Verdict.Forged());
  }

  @Test
  void aSignatureOfSurveyMonkeyWithoutTheClientInItsKeyIsForged() {
    assertThat(
            verdict(
                Scheme.SURVEYMONKEY,
                Map.of("Sm-Signature", "u0c15QxqaRAJgQMmX88ranP3gBU=", "Sm-Apikey", "client-7"),
                BODY))
        .isEqualTo(new Verdict.Forged());
  }

  @Test
  void aDeliveryShowsNothingOfItself() {
    assertThat(new Delivery("POST", TARGET, Map.of("X", "secret"), BODY.getBytes(UTF_8)))
        .hasToString("Delivery[%d bytes]".formatted(BODY.getBytes(UTF_8).length));
  }

  /** The vectors that lie beside the checkout in some places; those here do without. */
  @TestFactory
  Stream<DynamicTest> theVectorsBesideTheCheckoutAreJudgedAsTheySay() throws Exception {
    if (!Files.exists(VECTORS)) {
      return Stream.of(
          DynamicTest.dynamicTest(
              "not looked at: there is no " + VECTORS,
              () -> assertThat(Files.exists(VECTORS)).isFalse()));
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode vector : JsonMapper.shared().readTree(Files.readString(VECTORS))) {
      Optional<Scheme> scheme = scheme(vector.path("scheme").asString());
      if (scheme.isPresent()) {
        boolean valid = vector.path("valid").asBoolean();
        tests.add(
            DynamicTest.dynamicTest(
                vector.path("scheme").asString()
                    + (valid ? "" : ": " + vector.path("why").asString()),
                () ->
                    assertThat(replayed(scheme.get(), vector) instanceof Verdict.Genuine)
                        .isEqualTo(valid)));
      }
    }
    assertThat(tests).hasSize(13);
    return tests.stream();
  }

  private static Optional<Scheme> scheme(String name) {
    return switch (name) {
      case "typeform" -> Optional.of(Scheme.TYPEFORM);
      case "surveymonkey" -> Optional.of(Scheme.SURVEYMONKEY);
      case "zendesk" -> Optional.of(Scheme.ZENDESK);
      case "intercom" -> Optional.of(Scheme.INTERCOM);
      case "hubspot-v1", "hubspot-v3" -> Optional.of(Scheme.HUBSPOT);
      case "standard-webhooks" -> Optional.of(Scheme.STANDARD);
      default -> Optional.empty();
    };
  }

  private static Verdict replayed(Scheme scheme, JsonNode vector) {
    Map<String, String> headers = new HashMap<>();
    vector
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
    String url = vector.path("url").asString("https://exporter.example.com/hooks/x");
    WebhookConfig config =
        new WebhookConfig(
            scheme,
            Secret.of(vector.path("secret").asString(vector.path("client_secret").asString(""))),
            Optional.empty(),
            Optional.of(vector.path("client_id").asString("")),
            Optional.of("https://exporter.example.com"),
            Duration.ofMinutes(5));
    return new Signatures(config)
        .of(
            new Delivery(
                vector.path("method").asString("POST"),
                url.replace("https://exporter.example.com", ""),
                headers,
                vector.path("body").asString().getBytes(UTF_8)),
            Instant.parse(vector.path("now").asString("2026-11-01T10:00:40Z")));
  }

  private static Verdict verdict(Scheme scheme, Map<String, String> headers, String body) {
    return verdict(config(scheme, SECRET, Optional.empty()), headers, body, SENT);
  }

  private static Verdict verdict(
      WebhookConfig config, Map<String, String> headers, String body, Instant now) {
    return new Signatures(config)
        .of(new Delivery("POST", TARGET, headers, body.getBytes(UTF_8)), now);
  }

  private static WebhookConfig config(Scheme scheme, String secret, Optional<String> previous) {
    boolean standard = scheme == Scheme.STANDARD && secret.equals(SECRET);
    return new WebhookConfig(
        scheme,
        Secret.of(standard ? "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3" : secret),
        previous.map(Secret::of),
        Optional.of("client-7"),
        Optional.of("https://exporter.example.com/in/"),
        Duration.ofMinutes(5));
  }
}
