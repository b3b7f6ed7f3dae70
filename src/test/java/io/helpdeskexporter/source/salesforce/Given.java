package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.source.api.SimulatedTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings of sources that read a simulated Salesforce: all at their defaults, or some not. */
final class Given {
  Optional<String> domain = Optional.empty();
  Optional<String> url;
  Optional<Secret> secret = Optional.of(Secret.of(SimulatedSalesforce.SECRET));
  Optional<SalesforceSettings.Jwt> jwt = Optional.empty();
  Share useAtMost = new Share(BigDecimal.ONE);
  LocalDate since = LocalDate.EPOCH;
  boolean history = true;
  boolean milestones = true;
  Map<String, SlaMetric> milestoneTypes = Map.of();
  Set<String> recordTypes = Set.of();
  Optional<String> teamField = Optional.empty();
  List<String> topicFields = List.of();
  Set<String> solvedStatuses = Set.of();
  Optional<SalesforceSettings.Csat> csat =
      Optional.of(new SalesforceSettings.Csat("CSAT_Score__c", "CSAT_Date__c", "1-5"));
  Optional<SalesforceSettings.Customers> customers = Optional.empty();
  Set<String> dealTypes = Set.of();
  ZoneId zone = ZoneOffset.UTC;
  int rowsPerPage = 2000;

  private Given(String url) {
    this.url = Optional.of(url);
  }

  static Given at(String url) {
    return new Given(url);
  }

  Given rows(int perPage) {
    rowsPerPage = perPage;
    return this;
  }

  SalesforceSettings settings() {
    return new SalesforceSettings(
        domain,
        url,
        SimulatedSalesforce.CLIENT,
        secret,
        jwt,
        useAtMost,
        since,
        history,
        milestones,
        milestoneTypes,
        recordTypes,
        teamField,
        topicFields,
        Set.of("Outbound"),
        solvedStatuses,
        Set.of(SimulatedSalesforce.BOT),
        Set.of(),
        csat,
        customers,
        dealTypes,
        zone,
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(5),
        rowsPerPage,
        Duration.ofSeconds(5));
  }

  SalesforceSource source(SimulatedTime time) {
    return new SalesforceSource(settings(), time, time);
  }
}
