package io.helpdeskexporter.http;

import io.helpdeskexporter.http.ServiceStatus.Amount;
import io.helpdeskexporter.http.ServiceStatus.Condition;
import io.helpdeskexporter.http.ServiceStatus.Failure;
import io.helpdeskexporter.http.ServiceStatus.GoalStatus;
import io.helpdeskexporter.http.ServiceStatus.Link;
import io.helpdeskexporter.http.ServiceStatus.NotMeasured;
import io.helpdeskexporter.http.ServiceStatus.Outlook;
import io.helpdeskexporter.http.ServiceStatus.Pace;
import io.helpdeskexporter.http.ServiceStatus.Progress;
import io.helpdeskexporter.http.ServiceStatus.SourceStatus;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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
                Optional.empty(),
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
                Optional.of(new Pace(Duration.ofMillis(69_120), Duration.ofMinutes(1), "daily")),
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
                Optional.empty(),
                Optional.of(new Failure(NOW.minusSeconds(31), "The host name does not resolve.")),
                Optional.empty())),
        goals(),
        List.of(
            "The benchmark median of csat (Example Institute, 2021) is older than 24 months: name a"
                + " newer one, or take it out."),
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
        "1.2.3",
        NOW,
        NOW,
        Optional.of(reason),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  static ServiceStatus ready() {
    return new ServiceStatus(
        "1.2.3", NOW, NOW, Optional.empty(), List.of(), List.of(), List.of(), List.of(), List.of());
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
                Optional.of(new Pace(Duration.ofHours(1), Duration.ofMinutes(1), text)),
                Optional.of(new Failure(NOW, text)),
                Optional.empty())),
        List.of(
            new GoalStatus(
                text,
                text,
                text,
                text,
                Optional.empty(),
                new Amount(1, Amount.Unit.COUNT),
                text,
                OptionalDouble.of(0.5),
                OptionalDouble.empty(),
                Outlook.NOT_MEASURED)),
        List.of(text),
        List.of(new NotMeasured(text, Optional.of(text), text)),
        List.of(new Link(text, URI.create("https://example.org/?a=1&b='"))));
  }

  private static List<GoalStatus> goals() {
    return List.of(
        goal(
            "faster",
            "Median first response time",
            seconds(5_400),
            seconds(3_600),
            0.5,
            0.4,
            Outlook.ON_TRACK),
        goal(
            "promises",
            "SLA compliance",
            ratio(0.8219),
            ratio(0.95),
            -0.115,
            0.4,
            Outlook.OFF_TRACK),
        goal(
            "happier",
            "NPS",
            new Amount(0.32, Amount.Unit.BALANCE),
            new Amount(0.4, Amount.Unit.BALANCE),
            0.999,
            0.05,
            Outlook.TOO_EARLY),
        goal(
            "fewer",
            "Backlog",
            new Amount(1_204, Amount.Unit.COUNT),
            new Amount(1_500, Amount.Unit.COUNT),
            1.2,
            1,
            Outlook.REACHED),
        goal("reopened", "Reopen rate", ratio(0.07), ratio(0.05), 0.6, 1, Outlook.MISSED),
        new GoalStatus(
            "fcr",
            "",
            "First contact resolution",
            "globex-rt, 30d",
            Optional.empty(),
            ratio(0.7),
            "2026-03-31",
            OptionalDouble.empty(),
            OptionalDouble.of(0.5),
            Outlook.NOT_MEASURED));
  }

  private static Amount seconds(double value) {
    return new Amount(value, Amount.Unit.SECONDS);
  }

  private static Amount ratio(double value) {
    return new Amount(value, Amount.Unit.RATIO);
  }

  private static GoalStatus goal(
      String name,
      String kpi,
      Amount now,
      Amount target,
      double progress,
      double elapsed,
      Outlook outlook) {
    return new GoalStatus(
        name,
        "Service desk",
        kpi,
        "acme-zendesk, Service desk, 30d",
        Optional.of(now),
        target,
        "2026-03-31",
        OptionalDouble.of(progress),
        OptionalDouble.of(elapsed),
        outlook);
  }
}
