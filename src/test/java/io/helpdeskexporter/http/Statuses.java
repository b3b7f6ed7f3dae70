package io.helpdeskexporter.http;

import io.helpdeskexporter.http.ServiceStatus.Condition;
import io.helpdeskexporter.http.ServiceStatus.Failure;
import io.helpdeskexporter.http.ServiceStatus.Link;
import io.helpdeskexporter.http.ServiceStatus.NotMeasured;
import io.helpdeskexporter.http.ServiceStatus.Progress;
import io.helpdeskexporter.http.ServiceStatus.SourceStatus;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Service statuses as a page and a readiness check may meet them. */
final class Statuses {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  private Statuses() {}

  /** One source in each condition. */
  static ServiceStatus ofEachCondition() {
    return new ServiceStatus(
        "1.2.3",
        Instant.parse("2026-02-27T08:12:40Z"),
        NOW,
        Optional.empty(),
        List.of(
            new SourceStatus(
                "acme-zendesk",
                "zendesk",
                Condition.UP,
                OptionalLong.of(184_223),
                OptionalLong.of(2_911_870),
                Optional.of(NOW.minusSeconds(95)),
                Optional.of(NOW.minusSeconds(12)),
                Optional.of(
                    new Failure(
                        NOW.minusSeconds(7_500),
                        "429 from /api/v2/incremental/tickets; waited 60 s as told.")),
                Optional.empty()),
            new SourceStatus(
                "globex-rt",
                "rt5",
                Condition.FAILING,
                OptionalLong.of(40_118),
                OptionalLong.of(512_004),
                Optional.of(NOW.minusSeconds(8_040)),
                Optional.of(NOW.minusSeconds(8_000)),
                Optional.of(
                    new Failure(
                        NOW.minusSeconds(20),
                        "The database refused the password of user exporter (last accepted 09:46"
                            + " UTC). Check the secret file and the grants.")),
                Optional.empty()),
            new SourceStatus(
                "initech-freshdesk",
                "freshdesk",
                Condition.IMPORTING,
                OptionalLong.of(61_000),
                OptionalLong.of(840_221),
                Optional.of(Instant.parse("2024-06-30T23:59:00Z")),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Progress(61_000, OptionalLong.of(150_000)))),
            new SourceStatus(
                "surveys",
                "typeform",
                Condition.NEVER_SUCCEEDED,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Failure(NOW.minusSeconds(31), "The host name does not resolve.")),
                Optional.empty())),
        List.of(
            new NotMeasured(
                "helpdesk_ticket_handling_seconds",
                Optional.of("globex-rt"),
                "no agent of this source has logged time in the last 90 days"),
            new NotMeasured(
                "helpdesk_customer_effort_score",
                Optional.empty(),
                "no survey with an effort question is configured")),
        List.of(
            new Link("KPI reference", URI.create("https://example.org/kpis")),
            new Link("Operations", URI.create("https://example.org/operations"))));
  }

  static ServiceStatus notReady(String reason) {
    return new ServiceStatus(
        "1.2.3", NOW, NOW, Optional.of(reason), List.of(), List.of(), List.of());
  }

  static ServiceStatus ready() {
    return new ServiceStatus("1.2.3", NOW, NOW, Optional.empty(), List.of(), List.of(), List.of());
  }

  /** Every text that comes from outside is the same hostile one. */
  static ServiceStatus hostile(String text) {
    return new ServiceStatus(
        text,
        NOW,
        NOW,
        Optional.of(text),
        List.of(
            new SourceStatus(
                text,
                text,
                Condition.FAILING,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Failure(NOW, text)),
                Optional.empty())),
        List.of(new NotMeasured(text, Optional.of(text), text)),
        List.of(new Link(text, URI.create("https://example.org/?a=1&b='"))));
  }
}
