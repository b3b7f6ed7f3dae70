package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PagerTextTest {
  private static final Instant SINCE = Instant.parse("2026-03-02T09:14:05Z");

  @Test
  void anAlertSaysWhatIsWrongAndWhereToLook() {
    assertThat(text("firing", "HelpdeskDataStale"))
        .isEqualTo(
            """

            %s  CRITICAL  The numbers of a helpdesk are old.  (HelpdeskDataStale, to pager)
                      What the source demo told 20m ago is the newest.
                      https://example.com/runbooks.md#alert-name-helpdeskdatastale
            """
                .formatted(local()));
  }

  @Test
  void whatIsOverIsSaidInOneLine() {
    assertThat(text("resolved", "HelpdeskDataStale"))
        .isEqualTo(
            "\n%s  OVER  The numbers of a helpdesk are old.  (HelpdeskDataStale, to pager)\n"
                .formatted(local()));
  }

  @Test
  void alertsOfOneRuleAreSaidTogether() {
    String delivery =
        """
        {"receiver": "pager", "alerts": [
          {"status": "firing", "startsAt": "2026-03-02T09:14:06Z",
            "labels": {"alertname": "Late", "severity": "critical"},
            "annotations": {"summary": "It is late.", "description": "Team A.",
              "runbook_url": "runbooks.md#late", "dashboard_url": "d/queue?var-team=A"}},
          {"status": "resolved", "endsAt": "2026-03-02T09:14:05Z",
            "labels": {"alertname": "Late", "severity": "critical"},
            "annotations": {"summary": "It is late.", "description": "Team C."}},
          {"status": "firing", "startsAt": "2026-03-02T09:14:05Z",
            "labels": {"alertname": "Late", "severity": "critical"},
            "annotations": {"summary": "It is late.", "description": "Team B.",
              "runbook_url": "runbooks.md#late", "dashboard_url": "d/queue?var-team=B"}}]}
        """;

    assertThat(PagerText.of(JsonMapper.builder().build().readTree(delivery)))
        .isEqualTo(
            """

            %1$s  CRITICAL  It is late.  (Late, to pager)
                      Team A.
                      Team B.
                      runbooks.md#late
                      d/queue?var-team=A
                      d/queue?var-team=B

            %1$s  OVER  It is late.  (Late, to pager)
            """
                .formatted(local()));
  }

  @Test
  void thatAllIsWellIsNotSaid() {
    assertThat(text("firing", "HelpdeskWatchdog")).isEmpty();
  }

  private static String local() {
    return DateTimeFormatter.ofPattern("HH:mm:ss").format(SINCE.atZone(ZoneId.systemDefault()));
  }

  private static String text(String status, String name) {
    String delivery =
        """
        {"receiver": "pager", "status": "%s", "alerts": [{
          "status": "%s", "startsAt": "2026-03-02T09:14:05.123Z", "endsAt": "2026-03-02T09:14:05Z",
          "labels": {"alertname": "%s", "severity": "critical", "source": "demo"},
          "annotations": {"summary": "The numbers of a helpdesk are old.",
            "description": "What the source demo told 20m ago is the newest.",
            "runbook_url": "https://example.com/runbooks.md#alert-name-helpdeskdatastale"}}]}
        """
            .formatted(status, status, name);
    return PagerText.of(JsonMapper.builder().build().readTree(delivery));
  }
}
