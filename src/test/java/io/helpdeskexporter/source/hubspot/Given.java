package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.survey.Question;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings of sources that read a simulated HubSpot: all of them at their defaults, or one not. */
final class Given {
  private final String url;
  String token = SimulatedHubspot.TOKEN;
  Share useAtMost = new Share(BigDecimal.ONE);
  LocalDate since = LocalDate.EPOCH;
  Map<String, String> stages = Map.of();
  boolean priorityEscalates;
  Set<String> escalationStages = Set.of();
  List<String> topicProperties = List.of();
  Map<String, Question> surveys = Map.of();
  boolean messages;
  boolean customers;
  Optional<String> monthlyProperty = Optional.empty();
  Optional<String> lostProperty = Optional.empty();
  boolean deals;
  Set<String> dealTypes = Set.of();
  Duration listsEvery = Duration.ofMinutes(15);
  int pageSize = 200;

  private Given(String url) {
    this.url = url;
  }

  static Given at(String url) {
    return new Given(url);
  }

  Given withPageSize(int rows) {
    pageSize = rows;
    return this;
  }

  HubspotSettings settings() {
    return new HubspotSettings(
        Secret.of(token),
        url,
        useAtMost,
        since,
        stages,
        List.of("waiting", "pending", "customer", "contact"),
        List.of("hold", "third party", "vendor", "supplier"),
        priorityEscalates,
        escalationStages,
        topicProperties,
        surveys,
        messages,
        customers,
        monthlyProperty,
        lostProperty,
        deals,
        dealTypes,
        listsEvery,
        Duration.ofMinutes(15),
        pageSize,
        Duration.ofSeconds(5));
  }
}
