package io.helpdeskexporter.source.surveymonkey;

import io.helpdeskexporter.source.Effort;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.api.Patience;
import io.helpdeskexporter.source.survey.SurveyKind;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The kind {@code surveymonkey}: answers, and no tickets. */
public final class SurveyMonkeyKind implements SurveyKind<SurveyMonkeySettings> {
  private static final double THOUSAND = 1000;

  @Override
  public String name() {
    return "surveymonkey";
  }

  @Override
  public Class<SurveyMonkeySettings> settings() {
    return SurveyMonkeySettings.class;
  }

  /** A look costs a call for each survey, and one for each hundred responses. */
  @Override
  public Optional<Effort> effort(SurveyMonkeySettings settings) {
    double pages = THOUSAND / settings.pageSize();
    return Optional.of(
        new Effort(
            "answers",
            settings.useAtMost(),
            List.of(
                new Effort.Charge(
                    SurveyMonkeyManners.DAY.name(),
                    SurveyMonkeyManners.DAY.calls(),
                    SurveyMonkeyManners.DAY.per(),
                    settings.surveys().size(),
                    pages,
                    pages))));
  }

  @Override
  public Source open(String sourceName, SurveyMonkeySettings settings, Clock clock) {
    return new SurveyMonkeySource(settings, clock, Patience.real());
  }
}
