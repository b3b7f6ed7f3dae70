package io.helpdeskexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.fixtures.TestPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that is looked at once an hour, and tells by webhooks that something is new. */
class WebhookTest {
  private static final String SECRET = "the-secret-of-the-webhook";
  private static final byte[] BODY =
      "{\"id\":\"evt-1\",\"type\":\"ticket.created\"}".getBytes(UTF_8);

  @TempDir private static Path directory;
  private static Path tickets;
  private static RunningExporter exporter;

  @BeforeAll
  static void start() throws IOException {
    tickets = directory.resolve("tickets.csv");
    Files.writeString(tickets, "id,created_at,updated_at,status\n" + row(1));
    Path config =
        Reading.config(
            directory,
            TestPostgres.freshDatabase("webhook", empty -> {}),
            """
            sources:
              - name: desk
                kind: file
                poll_every: 1h
                tickets: {path: %s, columns: {id: id, created_at: created_at, updated_at: updated_at, status: status}}
                webhook: {scheme: zendesk, secret: %s}
              - name: broken
                kind: file
                tickets: {path: nowhere.csv, columns: {id: id, created_at: created_at}}
                webhook: {scheme: zendesk, secret: %s}
              - name: quiet
                kind: push
                push: {token: a-token-of-twenty-chars}
            """
                .formatted(tickets, SECRET, SECRET));
    exporter = RunningExporter.start(config);
    exporter.eventually("it has read the file", it -> assertThat(stored(it)).isEqualTo(1));
  }

  @AfterAll
  static void stop() {
    exporter.close();
  }

  @Test
  void aGenuineWebhookLetsTheSourceBeReadSoon() throws Exception {
    Files.writeString(tickets, row(2), StandardOpenOption.APPEND);

    assertThat(delivered("desk", BODY, Instant.now()).statusCode()).isEqualTo(200);

    exporter.eventually(
        "what was hinted at is read",
        scrape -> {
          assertThat(stored(scrape)).isEqualTo(2);
          assertThat(scrape.sum("webhook_requests_total", "source", "desk", "outcome", "accepted"))
              .isPositive();
          assertThat(scrape.sum("webhook_last_received_timestamp_seconds", "source", "desk"))
              .isGreaterThan(Instant.now().minus(Duration.ofMinutes(5)).getEpochSecond());
        });
  }

  @Test
  void aSourceThatFailsIsNotAskedSoonerForAHint() throws Exception {
    exporter.eventually("it failed", scrape -> assertThat(polls(scrape, "broken")).isPositive());
    double failed = polls(exporter.scrape(), "broken");
    int hints = 4;

    for (int i = 0; i < hints; i++) {
      double before = polls(exporter.scrape(), "desk");
      assertThat(delivered("broken", BODY, Instant.now()).statusCode()).isEqualTo(200);
      assertThat(delivered("desk", BODY, Instant.now()).statusCode()).isEqualTo(200);
      exporter.eventually(
          "the later hint had its poll",
          scrape -> assertThat(polls(scrape, "desk")).isGreaterThan(before));
    }

    // It is tried again by itself, after ten seconds and after twenty more.
    assertThat(polls(exporter.scrape(), "broken") - failed).isLessThanOrEqualTo(2);
  }

  @Test
  void whatIsForgedOrOldIsRefusedAndHintsAtNothing() throws Exception {
    double polls = polls(exporter.scrape(), "desk");

    assertThat(exporter.post("/hooks/desk", BODY, "Accept", "*/*").statusCode()).isEqualTo(401);
    assertThat(delivered("desk", BODY, Instant.now().minusSeconds(400)).statusCode())
        .isEqualTo(401);
    assertThat(delivered("desk", new byte[(1 << 20) + 1], Instant.now()).statusCode())
        .isEqualTo(413);

    Scrape scrape = exporter.scrape();
    assertThat(outcome(scrape, "bad_signature")).isEqualTo(1);
    assertThat(outcome(scrape, "stale")).isEqualTo(1);
    assertThat(outcome(scrape, "too_large")).isEqualTo(1);
    assertThat(polls(scrape, "desk")).isEqualTo(polls);
    assertThat(exporter.log()).doesNotContain(SECRET);
  }

  @Test
  void nothingTellsWhichSourcesThereAre() throws Exception {
    for (String unknown : new String[] {"quiet", "nobody"}) {
      HttpResponse<String> answer = delivered(unknown, BODY, Instant.now());

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).doesNotContain(unknown);
    }
  }

  private static double outcome(Scrape scrape, String outcome) {
    return scrape.sum("webhook_requests_total", "source", "desk", "outcome", outcome);
  }

  private static double polls(Scrape scrape, String source) {
    return scrape.sum("helpdesk_polls_total", "source", source);
  }

  private static double stored(Scrape scrape) {
    return scrape.sum("helpdesk_tickets_stored", "source", "desk");
  }

  private static HttpResponse<String> delivered(String source, byte[] body, Instant at)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    mac.update(at.toString().getBytes(UTF_8));
    return exporter.post(
        "/hooks/" + source,
        body,
        "X-Zendesk-Webhook-Signature-Timestamp",
        at.toString(),
        "X-Zendesk-Webhook-Signature",
        Base64.getEncoder().encodeToString(mac.doFinal(body)));
  }

  private static String row(int id) {
    return "%d,2025-03-03T09:0%d:00Z,2025-03-03T09:0%d:00Z,open\n".formatted(id, id, id);
  }
}
