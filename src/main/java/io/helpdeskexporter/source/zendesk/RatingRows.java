package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.time.Instant;
import java.util.Optional;

/** What a row of the satisfaction ratings says. It is changed in place when the customer does. */
final class RatingRows {
  private RatingRows() {}

  /** Empty for a rating that was offered and not given. */
  static Optional<TicketEvent> read(Item row) throws BadItem {
    Optional<Integer> score =
        row.text("score")
            .flatMap(
                word ->
                    word.startsWith("good")
                        ? Optional.of(1)
                        : word.startsWith("bad") ? Optional.of(0) : Optional.empty());
    if (score.isEmpty()) {
      return Optional.empty();
    }
    Instant at = row.requiredTime("updated_at");
    return Optional.of(
        new TicketEvent.Rated(
            Stamp.of("r" + row.requiredKey("id") + "-" + at.getEpochSecond(), at),
            new SurveyAnswer(
                Survey.CSAT, Optional.empty(), score.get(), Optional.of(Scale.GOOD_OR_BAD))));
  }
}
