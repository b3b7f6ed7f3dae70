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
