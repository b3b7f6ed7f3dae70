package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Effort;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceKind;
import io.helpdeskexporter.source.api.Limit;
import io.helpdeskexporter.source.api.Patience;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The kind {@code freshdesk}. */
public final class FreshdeskKind implements SourceKind<FreshdeskSettings> {
  private static final double THOUSAND = 1000;

  @Override
  public String name() {
    return "freshdesk";
  }

  @Override
  public Class<FreshdeskSettings> settings() {
    return FreshdeskSettings.class;
  }

  @Override
  public Vocabulary vocabulary(FreshdeskSettings settings) {
    return Words.VOCABULARY;
  }

  /**
   * Its due times contain business hours and pauses, so it is believed on promises. Its first reply
   * empties or moves when tickets are merged, and is used only where nothing better is read.
   */
  @Override
  public Set<ReportedField> reports(FreshdeskSettings settings) {
    Set<ReportedField> fields = EnumSet.of(ReportedField.SLA);
    if (!settings.conversations()) {
      fields.add(ReportedField.FIRST_REPLY);
    }
    return fields;
  }

  @Override
  public Set<SlaMetric> promises(FreshdeskSettings settings) {
    Set<SlaMetric> promises = EnumSet.of(SlaMetric.FIRST_RESPONSE, SlaMetric.RESOLUTION);
    if (settings.conversations()) {
      promises.add(SlaMetric.NEXT_RESPONSE);
    }
    return promises;
  }

  @Override
  public boolean tellsMessages(FreshdeskSettings settings) {
    return settings.conversations();
  }

  /** A page of tickets costs more than one request; what was said, one for each ticket. */
  @Override
  public Optional<Effort> effort(FreshdeskSettings settings) {
    double pages = THOUSAND / settings.pageSize() * Questions.LIST_COST;
    double each = settings.conversations() ? THOUSAND : 0;
    return Optional.of(
        new Effort(
            "tickets",
            settings.useAtMost(),
            List.of(
                charge(FreshdeskManners.TICKET_LISTS, Questions.LIST_COST, pages),
                charge(FreshdeskManners.ACCOUNT, Questions.LIST_COST, pages + each))));
  }

  private static Effort.Charge charge(Limit limit, double poll, double rows) {
    return new Effort.Charge(limit.name(), limit.calls(), limit.per(), poll, rows, rows);
  }

  @Override
  public Source open(String sourceName, FreshdeskSettings settings, Clock clock) {
    return new FreshdeskSource(settings, clock, Patience.real());
  }
}
