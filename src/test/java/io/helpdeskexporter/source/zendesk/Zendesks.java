package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of sources that read a simulated Zendesk. */
final class Zendesks {
  private Zendesks() {}

  static ZendeskSettings settings(String url) {
    return settings(url, 1000);
  }

  static ZendeskSettings settings(String url, int rowsPerPage) {
    return settings(url, rowsPerPage, false, List.of(), Duration.ofSeconds(5));
  }

  static ZendeskSettings settings(
      String url,
      int rowsPerPage,
      boolean staffMayAsk,
      List<String> formerStaff,
      Duration timeout) {
    return new ZendeskSettings(
        Optional.empty(),
        Optional.of(url),
        Optional.of(SimulatedZendesk.EMAIL),
        Optional.of(Secret.of(SimulatedZendesk.TOKEN)),
        Optional.empty(),
        Optional.empty(),
        List.of(SimulatedZendesk.BOT),
        formerStaff,
        staffMayAsk,
        List.of(),
        Optional.empty(),
        List.of("escalated"),
        false,
        List.of("resolution_time", "requester_wait_time", "agent_work_time"),
        new Share(BigDecimal.ONE),
        rowsPerPage,
        rowsPerPage,
        Duration.ofMinutes(5),
        Duration.ofHours(1),
        timeout);
  }
}
