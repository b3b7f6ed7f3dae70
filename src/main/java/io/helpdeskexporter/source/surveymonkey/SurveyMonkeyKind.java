package io.helpdeskexporter.source.surveymonkey;

import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceKind;
import io.helpdeskexporter.source.api.Patience;
import java.time.Clock;
import java.util.Set;

/** The kind {@code surveymonkey}: answers, and no tickets. */
public final class SurveyMonkeyKind implements SourceKind<SurveyMonkeySettings> {
  @Override
  public String name() {
    return "surveymonkey";
  }

  @Override
  public Class<SurveyMonkeySettings> settings() {
    return SurveyMonkeySettings.class;
  }

  /** There are no words but those that surveys hand through. */
  @Override
  public Vocabulary vocabulary(SurveyMonkeySettings settings) {
    return Vocabulary.CANONICAL;
  }

  @Override
  public Set<ReportedField> reports(SurveyMonkeySettings settings) {
    return Set.of();
  }

  @Override
  public Set<SlaMetric> promises(SurveyMonkeySettings settings) {
    return Set.of();
  }

  @Override
  public boolean tellsMessages(SurveyMonkeySettings settings) {
    return false;
  }

  @Override
  public Source open(String sourceName, SurveyMonkeySettings settings, Clock clock) {
    return new SurveyMonkeySource(settings, clock, Patience.real());
  }
}
