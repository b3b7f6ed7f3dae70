package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.api.OAuth;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Settings of sources that read a simulated Zendesk: all of them at their defaults, or one not. */
final class Zendesks {
  String url;
  int rowsPerPage = 1000;
  Optional<Secret> apiToken = Optional.of(Secret.of(SimulatedZendesk.TOKEN));
  Optional<Secret> oauthToken = Optional.empty();
  Optional<OAuth> oauth = Optional.empty();
  Optional<LocalDate> since = Optional.empty();
  List<String> formerStaff = List.of();
  boolean staffMayAsk;
  List<String> topicFields = List.of();
  Optional<String> timeField = Optional.empty();
  List<String> escalationTags = List.of();
  boolean priorityEscalates;
  List<String> resolutionSla = List.of("resolution_time", "requester_wait_time", "agent_work_time");
  Share useAtMost = new Share(BigDecimal.ONE);

  private Zendesks(String url) {
    this.url = url;
  }

  static Zendesks at(String url) {
    return new Zendesks(url);
  }

  static ZendeskSettings settings(String url) {
    return at(url).settings();
  }

  static ZendeskSettings settings(String url, int rowsPerPage) {
    Zendesks all = at(url);
    all.rowsPerPage = rowsPerPage;
    return all.settings();
  }

  /** Instead of the API token. */
  void use(OAuth grant) {
    apiToken = Optional.empty();
    oauth = Optional.of(grant);
  }

  ZendeskSettings settings() {
    return new ZendeskSettings(
        Optional.empty(),
        Optional.of(url),
        apiToken.map(_ -> SimulatedZendesk.EMAIL),
        apiToken,
        oauthToken,
        oauth,
        since,
        List.of(SimulatedZendesk.BOT),
        formerStaff,
        staffMayAsk,
        topicFields,
        timeField,
        escalationTags,
        priorityEscalates,
        resolutionSla,
        useAtMost,
        rowsPerPage,
        rowsPerPage,
        Duration.ofMinutes(5),
        Duration.ofHours(1),
        Duration.ofSeconds(5));
  }
}
