package io.helpdeskexporter.source.survey;

import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.SourceKind;
import java.util.Set;

/** A platform that tells answers and no tickets, so that nothing of what tickets have is told. */
public interface SurveyKind<S extends Record> extends SourceKind<S> {
  /** There are no words but those that surveys hand through. */
  @Override
  default Vocabulary vocabulary(S settings) {
    return Vocabulary.CANONICAL;
  }

  @Override
  default Set<ReportedField> reports(S settings) {
    return Set.of();
  }

  @Override
  default Set<SlaMetric> promises(S settings) {
    return Set.of();
  }

  @Override
  default boolean tellsMessages(S settings) {
    return false;
  }
}
