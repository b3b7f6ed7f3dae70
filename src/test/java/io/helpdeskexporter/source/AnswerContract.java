package io.helpdeskexporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Happening.Answer;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What every source of answers to surveys owes beside {@link ReadingContract}. A source's test says
 * how people answer in its real system ({@link Surveys}).
 */
public abstract class AnswerContract extends ReadingContract {
  /** What not every system can give. */
  public enum Capability {
    /** What is entered late, with a time before what was read already, is told too. */
    LATE_ADDITIONS,
    /** An answer that is changed later is told as it is then. */
    CHANGES,
    /** That an answer was deleted is told. */
    DELETIONS
  }

  /** Surveys that people answer. Times given to it grow unless the story is about that. */
  public interface Surveys extends Played {
    /** Answers a question of one to five points, and gives the key that the answer is told by. */
    String answer(Instant at, int score) throws Exception;

    /** Does nothing where an answer cannot be changed. */
    void change(String answer, Instant at, int score) throws Exception;

    void delete(String answer, Instant at) throws Exception;
  }

  private static final int ANSWERS = 9;

  private Surveys surveys;

  protected abstract Surveys openSurveys() throws Exception;

  /** What the source cannot do, with the reason and where that was verified. */
  protected Map<Capability, String> lacks() {
    return Map.of();
  }

  @Override
  final Played openPlayed() throws Exception {
    surveys = openSurveys();
    return surveys;
  }

  @Override
  final void work() throws Exception {
    for (int i = 0; i < ANSWERS; i++) {
      surveys.answer(later(), 1 + i % 5);
    }
  }

  @Test
  void everyAnswerIsToldWithItsTimeAndScore() throws Exception {
    Map<String, String> given = new TreeMap<>();
    for (int i = 0; i < ANSWERS; i++) {
      Instant at = later();
      int score = 1 + i % 5;
      given.put(surveys.answer(at, score), score + " at " + at);
    }

    assertThat(scores(readEverything())).isEqualTo(given);
  }

  @Test
  void nothingIsLostWhenPeopleAnswerBetweenTwoPages() throws Exception {
    work();
    Reading reading = new Reading(MOST_PAGES);
    int added = 0;
    try (Source source = surveys.open()) {
      while (!reading.page(source) || added < ANSWERS) {
        if (added < ANSWERS) {
          surveys.answer(later(), 5);
          added++;
        }
      }
      reading.goOn(source);
    }

    assertThat(scores(reading)).hasSize(2 * ANSWERS);
    assertThat(reading.told()).isEqualTo(readEverything().told());
  }

  @Test
  void whatIsEnteredLateIsTakenIn() throws Exception {
    surveys.answer(later(), 4);
    Instant missed = later();
    for (int i = 0; i < ANSWERS; i++) {
      surveys.answer(later(), 5);
    }
    Reading reading = new Reading(MOST_PAGES);
    try (Source source = surveys.open()) {
      reading.goOn(source);

      String late = surveys.answer(missed, 1);
      reading.goOn(source);

      assertThat(scores(reading).containsKey(late)).isEqualTo(has(Capability.LATE_ADDITIONS));
    }
  }

  @Test
  void whatIsChangedIsToldAgain() throws Exception {
    String answer = surveys.answer(later(), 2);
    surveys.answer(later(), 3);
    Reading reading = new Reading(MOST_PAGES);
    try (Source source = surveys.open()) {
      reading.goOn(source);
      String before = scores(reading).get(answer);

      surveys.change(answer, later(), 5);
      reading.goOn(source);

      String after = scores(reading).get(answer);
      assertThat(after)
          .isEqualTo(
              has(Capability.CHANGES) ? String.valueOf(before).replaceFirst("^2", "5") : before);
    }
  }

  @Test
  void whatIsDeletedIsTakenBack() throws Exception {
    String answer = surveys.answer(later(), 2);
    surveys.answer(later(), 3);
    Reading reading = new Reading(MOST_PAGES);
    try (Source source = surveys.open()) {
      reading.goOn(source);

      surveys.delete(answer, later());
      reading.goOn(source);

      assertThat(scores(reading).containsKey(answer)).isNotEqualTo(has(Capability.DELETIONS));
    }
  }

  @Test
  void anInspectionCountsWhatIsRead() throws Exception {
    work();
    try (Source source = surveys.open()) {
      Inspection inspection = source.inspect();

      assertThat(inspection.rows().keySet())
          .isSubsetOf(source.streams().stream().map(Stream::name).toList());
      assertThat(inspection.rows().values().stream().mapToLong(OptionalLong::orElseThrow).sum())
          .isEqualTo(ANSWERS);
    }
  }

  @Test
  void thereAreNoTicketsToCount() throws Exception {
    work();
    try (Source source = surveys.open()) {
      assertThat(source.countTickets()).isEmpty();
      assertThat(readEverything().tickets()).isEmpty();
    }
  }

  @Test
  void whatIsLackingHasAReason() {
    assertThat(lacks()).allSatisfy((_, reason) -> assertThat(reason).hasSizeGreaterThan(20));
  }

  /** What holds, by the key of the answer. */
  private static Map<String, String> scores(Reading reading) {
    Map<String, String> scores = new TreeMap<>();
    reading
        .happenings()
        .values()
        .forEach(
            each -> {
              if (each instanceof Answer answer) {
                scores.put(answer.stamp().key(), answer.score() + " at " + answer.at());
              }
            });
    return scores;
  }

  private boolean has(Capability capability) {
    return !lacks().containsKey(capability);
  }
}
