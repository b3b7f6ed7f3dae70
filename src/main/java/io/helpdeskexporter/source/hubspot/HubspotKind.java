package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Effort;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceKind;
import io.helpdeskexporter.source.api.Limit;
import io.helpdeskexporter.source.api.Patience;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kind {@code hubspot}: HubSpot's CRM over its API. */
public final class HubspotKind implements SourceKind<HubspotSettings> {
  private static final double THOUSAND = 1000;

  /** With their history; more than that are not told at once. */
  private static final double TICKETS_PER_CALL = 50;

  /** With companies, and with contacts. */
  private static final double ASSOCIATIONS_PER_PAGE = 2;

  @Override
  public String name() {
    return "hubspot";
  }

  @Override
  public Class<HubspotSettings> settings() {
    return HubspotSettings.class;
  }

  /** Stages are told as statuses: only the account knows what its own mean. */
  @Override
  public Vocabulary vocabulary(HubspotSettings settings) {
    return new Vocabulary(
        Map.of(),
        Map.of("medium", Priority.NORMAL),
        Map.ofEntries(
            Map.entry("form", Channel.WEB),
            Map.entry("forms", Channel.WEB),
            Map.entry("portal", Channel.WEB),
            Map.entry("bcc_to_crm", Channel.EMAIL),
            Map.entry("email_integration", Channel.EMAIL),
            Map.entry("calling", Channel.PHONE),
            Map.entry("facebook", Channel.MESSAGING),
            Map.entry("facebook_messenger", Channel.MESSAGING),
            Map.entry("whats_app", Channel.MESSAGING),
            Map.entry("whatsapp", Channel.MESSAGING),
            Map.entry("conversations", Channel.MESSAGING),
            Map.entry("integration", Channel.API),
            Map.entry("import", Channel.OTHER),
            Map.entry("crm_ui", Channel.OTHER),
            Map.entry("mobile", Channel.OTHER),
            Map.entry("workflows", Channel.OTHER),
            Map.entry("automation_platform", Channel.OTHER)),
        Map.of());
  }

  /**
   * Not every ticket has a conversation that tells who wrote what, and its promises contain hours
   * and pauses of its own.
   */
  @Override
  public Set<ReportedField> reports(HubspotSettings settings) {
    return Set.of(ReportedField.FIRST_REPLY, ReportedField.SLA);
  }

  @Override
  public Set<SlaMetric> promises(HubspotSettings settings) {
    return Set.of(SlaMetric.FIRST_RESPONSE, SlaMetric.NEXT_RESPONSE, SlaMetric.RESOLUTION);
  }

  @Override
  public boolean tellsMessages(HubspotSettings settings) {
    return settings.messages();
  }

  /**
   * A page of a search, its tickets with their history, and what they are associated with; with
   * messages, a call for each.
   */
  @Override
  public Optional<Effort> effort(HubspotSettings settings) {
    double pages = THOUSAND / settings.pageSize();
    double read = Math.max(pages, THOUSAND / TICKETS_PER_CALL);
    double rows = pages + read + ASSOCIATIONS_PER_PAGE * pages;
    double poll = 1;
    if (settings.messages()) {
      rows += THOUSAND + 2 * THOUSAND / MessageStream.THREADS;
      poll += 1;
    }
    return Optional.of(
        new Effort(
            "tickets",
            settings.useAtMost(),
            List.of(
                charge(HubspotManners.SEARCH, 1, pages),
                charge(HubspotManners.BURST, poll, rows),
                charge(HubspotManners.DAY, poll, rows))));
  }

  private static Effort.Charge charge(Limit limit, double poll, double rows) {
    return new Effort.Charge(limit.name(), limit.calls(), limit.per(), poll, rows, rows);
  }

  @Override
  public Duration settling() {
    return Looks.SETTLING;
  }

  @Override
  public Source open(String sourceName, HubspotSettings settings, Clock clock) {
    return new HubspotSource(settings, clock, Patience.real());
  }
}
