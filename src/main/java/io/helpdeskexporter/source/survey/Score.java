package io.helpdeskexporter.source.survey;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import java.util.Optional;

/** What an answer is worth. */
public record Score(Survey survey, int points, Scale scale) {
  /**
   * As it is told.
   *
   * @param name of the survey
   * @param withdrawn whether it does not count any more
   */
  public Happening.Answer told(
      Stamp stamp, Optional<String> name, Optional<String> team, boolean withdrawn) {
    return new Happening.Answer(
        stamp, survey, name, Integer.toString(points), Optional.of(scale.label()), team, withdrawn);
  }
}
