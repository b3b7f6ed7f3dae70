package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.fixtures.TestPostgres;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pushing to a running exporter, as with curl. */
class PushTest {
  private static final String TOKEN = "correct-horse-battery";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant AN_HOUR_AGO =
      Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

  @TempDir private static Path directory;
  private static RunningExporter exporter;

  @BeforeAll
  static void start() {
    Path config =
        Reading.config(
            directory,
            TestPostgres.freshDatabase("push", empty -> {}),
            """
            sources:
              - name: desk
                kind: push
                poll_every: 1s
                push: {token: %s, per_minute: 100, max_bytes: 12000000}
              - name: other
                kind: push
                poll_every: 1s
                push: {token: another-token-of-mine, per_minute: 3}
            """
                .formatted(TOKEN));
    exporter = RunningExporter.start(config);
    exporter.awaitLog("listening on");
    exporter.eventually("it leads", scrape -> assertThat(scrape.text()).contains("helpdesk_up"));
  }

  @AfterAll
  static void stop() {
    exporter.close();
  }

  @Test
  void withoutTheRightTokenNothingIsTakenIn() {
    for (String authorization : new String[] {"Bearer wrong-token-of-mine", "Basic eDp5", "x"}) {
      HttpResponse<String> answer =
          exporter.post("/api/v1/push", bytes(incident("w1")), "Authorization", authorization);

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }
  }

  @Test
  void brokenRowsAreNamedAndTheOthersAreTakenIn() {
    String body =
        String.join(
            "\n",
            incident("b1"),
            "{\"stream\": \"incident\", \"key\": \"b2\", ",
            "{\"stream\": \"lunch\", \"key\": \"b3\"}",
            "{\"key\": \"b4\"}",
            "[]",
            "{\"stream\":\"incident\",\"key\":\"b5\",\"at\":\"yesterday\",\"severity\":\"major\"}",
            incident("b6").replace(AN_HOUR_AGO.toString(), "2999-01-01T00:00:00Z"),
            "x".repeat(10_000_000),
            "",
            incident("b7"));

    HttpResponse<String> answer = push(body);

    assertThat(answer.statusCode()).isEqualTo(202);
    JsonNode told = JSON.readTree(answer.body());
    assertThat(told.path("accepted").asInt()).isEqualTo(2);
    assertThat(told.path("rejected_count").asInt()).isEqualTo(7);
    assertThat(told.path("rejected").valueStream().map(PushTest::named))
        .containsExactly(
            "2 bad_json",
            "3 b3 unknown_stream",
            "4 b4 missing_stream",
            "5 bad_json",
            "6 b5 bad_date",
            "7 b6 in_the_future",
            "8 row_too_long");
    assertThat(answer.body()).doesNotContain("yesterday").doesNotContain("xxx");
  }

  @Test
  void aBodyOfNothingButErrorsIsRefusedAndATooLargeOneToo() {
    assertThat(push("nonsense").statusCode()).isEqualTo(400);
    assertThat(push("x".repeat(12_000_001)).statusCode()).isEqualTo(413);
    assertThat(
            exporter
                .post(
                    "/api/v1/push",
                    bytes(incident("z1")),
                    "Authorization",
                    "Bearer " + TOKEN,
                    "Content-Encoding",
                    "gzip")
                .statusCode())
        .isEqualTo(415);
  }

  @Test
  void whatIsPushedIsCountedOnceHoweverOftenItIsPushed() {
    String review =
        "{\"stream\":\"incident\",\"key\":\"c1\",\"at\":\"%s\",\"severity\":\"counted\"}"
            .formatted(AN_HOUR_AGO);
    assertThat(JSON.readTree(push(review).body()).path("accepted").asInt()).isEqualTo(1);

    JsonNode again = JSON.readTree(push(review + "\n" + review).body());

    assertThat(again.path("accepted").asInt()).isZero();
    assertThat(again.path("duplicates").asInt()).isEqualTo(2);
    exporter.eventually(
        "the incident is active",
        scrape ->
            assertThat(scrape.text())
                .contains("helpdesk_incidents_active{severity=\"counted\",source=\"desk\"} 1.0")
                .contains(
                    "helpdesk_incidents_begun_total{severity=\"counted\",source=\"desk\"} 1.0"));

    push(
        review.replace(
            "\"severity\"",
            "\"sequence\":9999999999999,\"ended_at\":\"%s\",\"severity\""
                .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS))));
    exporter.eventually(
        "the incident has ended",
        scrape ->
            assertThat(scrape.text())
                .doesNotContain("helpdesk_incidents_active{severity=\"counted\"")
                .contains(
                    "helpdesk_incidents_begun_total{severity=\"counted\",source=\"desk\"} 1.0"));
  }

  @Test
  void aKeyThatIsRepeatedGetsTheSameAnswerAndAnotherBodyUnderItIsRefused() {
    String body = incident("k1");
    HttpResponse<String> first = pushWithKey(body, "key-1");
    HttpResponse<String> again = pushWithKey(body, "key-1");

    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(pushWithKey(incident("k2"), "key-1").statusCode()).isEqualTo(422);
    assertThat(pushWithKey(body, "k".repeat(256)).statusCode()).isEqualTo(400);
  }

  @Test
  void anEventOfAnUnknownTicketWaitsForIt() {
    String solved =
        "{\"stream\":\"event\",\"ticket\":\"T-1\",\"key\":\"e1\",\"at\":\"%s\",\"kind\":\"status\",\"from\":\"new\",\"to\":\"solved\",\"actor\":\"agent\"}"
            .formatted(AN_HOUR_AGO);
    JsonNode told = JSON.readTree(push(solved).body());
    assertThat(told.path("accepted").asInt()).isEqualTo(1);
    assertThat(told.path("waiting_for_ticket").asInt()).isEqualTo(1);

    HttpResponse<String> ticket =
        push(
            "{\"stream\":\"ticket\",\"id\":\"T-1\",\"created_at\":\"%1$s\",\"updated_at\":\"%1$s\",\"status\":\"solved\",\"team\":\"pushed team\"}"
                .formatted(AN_HOUR_AGO.minus(1, ChronoUnit.HOURS)));
    assertThat(ticket.body()).contains("\"accepted\":1");

    exporter.eventually(
        "the solve is counted",
        scrape ->
            assertThat(scrape.text())
                .containsPattern(
                    "helpdesk_tickets_solved_total\\{[^}]*team=\"pushed team\"[^}]*} 1.0"));
  }

  @Test
  void tooManyPushesAreToldToWait() {
    int limited = 0;
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> answer =
          exporter.post(
              "/api/v1/push",
              bytes(incident("l" + i)),
              "Authorization",
              "Bearer another-token-of-mine");
      if (answer.statusCode() == 429) {
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        limited++;
      }
    }
    assertThat(limited).isPositive();
  }

  private static String named(JsonNode row) {
    String key = row.has("key") ? row.path("key").asString() + " " : "";
    return String.format(
        Locale.ROOT, "%d %s%s", row.path("line").asInt(), key, row.path("reason").asString());
  }

  private static String incident(String key) {
    return "{\"stream\":\"incident\",\"key\":\"%s\",\"at\":\"%s\",\"severity\":\"minor\"}"
        .formatted(key, AN_HOUR_AGO);
  }

  private static HttpResponse<String> push(String body) {
    return exporter.post("/api/v1/push", bytes(body), "Authorization", "Bearer " + TOKEN);
  }

  private static HttpResponse<String> pushWithKey(String body, String key) {
    return exporter.post(
        "/api/v1/push", bytes(body), "Authorization", "Bearer " + TOKEN, "Idempotency-Key", key);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
