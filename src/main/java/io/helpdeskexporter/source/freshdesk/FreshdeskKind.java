package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceKind;
import io.helpdeskexporter.source.api.Patience;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;

/** The kind {@code freshdesk}. */
public final class FreshdeskKind implements SourceKind<FreshdeskSettings> {
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

  @Override
  public Source open(String sourceName, FreshdeskSettings settings, Clock clock) {
    return new FreshdeskSource(settings, clock, Patience.real());
  }
}
