package io.helpdeskexporter.source.typeform;

import io.helpdeskexporter.source.Effort;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.api.Patience;
import io.helpdeskexporter.source.survey.SurveyKind;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The kind {@code typeform}: answers, and no tickets. */
public final class TypeformKind implements SurveyKind<TypeformSettings> {
  private static final double THOUSAND = 1000;

  @Override
  public String name() {
    return "typeform";
  }

  @Override
  public Class<TypeformSettings> settings() {
    return TypeformSettings.class;
  }

  /** A look costs a call for each form, and one more where there is a new answer. */
  @Override
  public Optional<Effort> effort(TypeformSettings settings) {
    int forms = settings.forms().size();
    double pages = THOUSAND / settings.pageSize();
    return Optional.of(
        new Effort(
            "answers",
            settings.useAtMost(),
            List.of(
                new Effort.Charge(
                    TypeformManners.ACCOUNT.name(),
                    TypeformManners.ACCOUNT.calls(),
                    TypeformManners.ACCOUNT.per(),
                    forms,
                    forms + pages,
                    pages))));
  }

  /** Typeform tells of a response by webhook before its API shows it. */
  @Override
  public Duration settling() {
    return TypeformSource.SETTLING;
  }

  @Override
  public Source open(String sourceName, TypeformSettings settings, Clock clock) {
    return new TypeformSource(settings, clock, Patience.real());
  }
}
