package io.helpdeskexporter.source.surveymonkey;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a survey was read. Responses come in the order of their last change, so what was reached
 * holds after each page.
 *
 * @param reached when the response that was changed last was changed
 * @param walkBegan when the walk under way was begun, by SurveyMonkey's clock; empty between walks
 * @param from where the walk is: nothing changed before is asked for
 * @param page the page from there, 1 unless more responses than it holds changed in one second
 * @param lookedAt when the last walk ended, by this machine's clock: the next one waits, because
 *     calls are few
 * @param completeUntil what it was complete until
 */
record SurveyPosition(
    Optional<Instant> reached,
    Optional<Instant> walkBegan,
    Optional<Instant> from,
    int page,
    Optional<Instant> lookedAt,
    Optional<Instant> completeUntil) {
  static final SurveyPosition START =
      new SurveyPosition(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          1,
          Optional.empty(),
          Optional.empty());

  /** The next page of a walk. */
  SurveyPosition at(Optional<Instant> changed, Instant began, Optional<Instant> start, int number) {
    return new SurveyPosition(changed, Optional.of(began), start, number, lookedAt, completeUntil);
  }

  static SurveyPosition betweenWalks(Optional<Instant> reached, Instant now, Instant complete) {
    return new SurveyPosition(
        reached, Optional.empty(), Optional.empty(), 1, Optional.of(now), Optional.of(complete));
  }
}
