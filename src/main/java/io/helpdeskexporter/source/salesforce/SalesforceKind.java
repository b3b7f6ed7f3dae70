package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Effort;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceKind;
import io.helpdeskexporter.source.api.Limit;
import io.helpdeskexporter.source.api.Patience;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kind {@code salesforce}: cases of Salesforce Service Cloud over its query API. */
public final class SalesforceKind implements SourceKind<SalesforceSettings> {
  private static final double THOUSAND = 1000;

  /** Rows that a case comes to: itself, its history, its messages, its milestones. */
  private static final double ROWS_A_CASE = 24;

  /** Cases of changed milestones are asked for by their ids. */
  private static final double CASES_BY_IDS = 300;

  /** As much as the settings say unless they are changed. */
  private static final Duration SETTLING = Duration.ofMinutes(5);

  private static final Map<String, Status> STATUSES =
      Map.ofEntries(
          Map.entry("working", Status.OPEN),
          Map.entry("in progress", Status.OPEN),
          Map.entry("reopened", Status.OPEN),
          Map.entry("escalated", Status.OPEN),
          Map.entry("waiting on customer", Status.PENDING),
          Map.entry("pending", Status.PENDING),
          Map.entry("customer response", Status.PENDING),
          Map.entry("on hold", Status.ON_HOLD),
          Map.entry("waiting on third party", Status.ON_HOLD),
          Map.entry("waiting on engineering", Status.ON_HOLD),
          Map.entry("resolved", Status.SOLVED));

  private static final Map<String, Priority> PRIORITIES =
      Map.of("critical", Priority.URGENT, "medium", Priority.NORMAL);

  private static final Map<String, Channel> CHANNELS =
      Map.of(
          "live chat", Channel.CHAT,
          "facebook", Channel.SOCIAL,
          "twitter", Channel.SOCIAL,
          "community", Channel.WEB);

  @Override
  public String name() {
    return "salesforce";
  }

  @Override
  public Class<SalesforceSettings> settings() {
    return SalesforceSettings.class;
  }

  @Override
  public Vocabulary vocabulary(SalesforceSettings settings) {
    Map<String, Status> statuses = new HashMap<>(STATUSES);
    settings.solvedStatuses().forEach(status -> statuses.put(status, Status.SOLVED));
    return new Vocabulary(statuses, PRIORITIES, CHANNELS, Map.of());
  }

  /** Its targets contain business hours and pauses, so it is believed on promises. */
  @Override
  public Set<ReportedField> reports(SalesforceSettings settings) {
    return settings.milestones() ? EnumSet.of(ReportedField.SLA) : Set.of();
  }

  @Override
  public Set<SlaMetric> promises(SalesforceSettings settings) {
    return EnumSet.of(SlaMetric.FIRST_RESPONSE, SlaMetric.RESOLUTION);
  }

  @Override
  public boolean tellsMessages(SalesforceSettings settings) {
    return true;
  }

  @Override
  public Optional<Effort> effort(SalesforceSettings settings) {
    double pages = THOUSAND * ROWS_A_CASE / settings.pageSize();
    Limit daily = SalesforceManners.DAILY;
    double poll = settings.history() ? 4 : 3;
    double promised = settings.milestones() ? Math.ceil(THOUSAND / CASES_BY_IDS) : 0;
    return Optional.of(
        new Effort(
            "cases",
            settings.useAtMost(),
            List.of(
                new Effort.Charge(
                    daily.name(), daily.calls(), daily.per(), poll, pages + promised, pages))));
  }

  /** Rows may be seen so late after their time. */
  @Override
  public Duration settling() {
    return SETTLING;
  }

  @Override
  public Source open(String sourceName, SalesforceSettings settings, Clock clock) {
    return new SalesforceSource(settings, clock, Patience.real());
  }
}
