package io.helpdeskexporter.model;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.facts.Definitions.EffortScale;
import io.helpdeskexporter.model.Life.Whom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the customer was asked about one ticket and said. Rule: KPI definitions, "Satisfaction". */
final class Answers {
  private static final Duration DAY = Duration.ofHours(24);

  private final Life life;
  final List<Asked> asked = new ArrayList<>();
  final List<Verdict> verdicts = new ArrayList<>();
  final List<Life.Unknown> unknown = new ArrayList<>();

  record Asked(Survey survey, Instant at, Whom whom) {}

  /** An answer that was given while the ticket was there. */
  private record Given(
      Instant at, int score, Optional<String> name, Whom whom, Optional<String> agent) {}

  /**
   * @param newest whether no later one is known
   */
  record Verdict(
      Survey survey,
      int number,
      Instant at,
      int score,
      Optional<String> name,
      Whom whom,
      Optional<String> agent,
      boolean newest) {}

  Answers(Life life) {
    this.life = life;
    for (TicketEvent event : life.surveys) {
      if (event instanceof TicketEvent.SurveySent it && !life.goneAt(it.at())) {
        asked.add(new Asked(it.survey(), it.at(), judged(it.at())));
      }
    }
    for (Survey survey : Survey.values()) {
      judge(survey, given(survey));
    }
  }

  private List<Given> given(Survey survey) {
    List<Given> all = new ArrayList<>();
    life.surveys.stream()
        .filter(it -> it instanceof TicketEvent.Rated)
        .map(TicketEvent.Rated.class::cast)
        .filter(it -> it.answer().survey() == survey && !life.goneAt(it.at()))
        .sorted(java.util.Comparator.comparing(TicketEvent.Rated::at))
        .forEach(
            it ->
                score(it.answer())
                    .ifPresentOrElse(
                        score ->
                            all.add(
                                new Given(
                                    it.at(),
                                    score,
                                    it.answer().name(),
                                    judged(it.at()),
                                    agent(it.at()))),
                        () ->
                            unknown.add(
                                new Life.Unknown("score", "" + it.answer().score(), it.at()))));
    return all;
  }

  /**
   * The first answer may be changed for a day; then nothing counts until the ticket has been solved
   * again.
   */
  private void judge(Survey survey, List<Given> answers) {
    List<Verdict> known = new ArrayList<>();
    List<Given> left = new ArrayList<>(answers);
    int number = 0;
    Optional<Instant> mayBeginAfterSolveSince = Optional.empty();
    while (!left.isEmpty()) {
      Given first = left.removeFirst();
      if (mayBeginAfterSolveSince.isPresent()
          && !solvedBetween(mayBeginAfterSolveSince.get(), first.at())) {
        continue;
      }
      Optional<Instant> knownAt = known(first.at());
      Given counts = first;
      while (!left.isEmpty()
          && (knownAt.isEmpty() || isBefore(left.getFirst(), knownAt.get(), first.at()))) {
        counts = left.removeFirst();
      }
      number++;
      mayBeginAfterSolveSince = Optional.of(first.at());
      if (knownAt.isPresent()) {
        known.add(
            new Verdict(
                survey,
                number,
                counts.at(),
                counts.score(),
                counts.name(),
                counts.whom(),
                counts.agent(),
                false));
      }
    }
    for (int i = 0; i < known.size(); i++) {
      Verdict it = known.get(i);
      verdicts.add(
          new Verdict(
              survey,
              it.number(),
              it.at(),
              it.score(),
              it.name(),
              it.whom(),
              it.agent(),
              i == known.size() - 1));
    }
  }

  /** The last moment of the day belongs to it; a verdict reached later leaves no time. */
  private static boolean isBefore(Given answer, Instant knownAt, Instant first) {
    return knownAt.equals(first.plus(DAY))
        ? !answer.at().isAfter(knownAt)
        : answer.at().isBefore(knownAt);
  }

  /** A day after the answer, or when the ticket came back if it was away then. */
  private Optional<Instant> known(Instant first) {
    Instant due = first.plus(DAY);
    if (due.isAfter(life.until)) {
      return Optional.empty();
    }
    // What happens at that very instant is before the verdict.
    int k = life.momentAt(due);
    while (k < life.size() && !life.here(k)) {
      k++;
    }
    if (k == life.size()) {
      return Optional.empty();
    }
    return Optional.of(life.at(k).isAfter(due) ? life.at(k) : due);
  }

  private boolean solvedBetween(Instant after, Instant upTo) {
    // A solve of the same instant comes before an answer.
    return !life.all(
            k ->
                (life.solved(k) || life.solvedByBot(k))
                    && life.at(k).isAfter(after)
                    && !life.at(k).isAfter(upTo))
        .isEmpty();
  }

  /** Those who had it when it was last solved, or have it if it never was. */
  private Whom judged(Instant at) {
    Whom whom = life.whom(judgedMoment(at));
    return SlowTickets.isLeftToBots(life, life.momentAt(at))
        ? new Whom(whom.team(), Channel.BOT, whom.priority())
        : whom;
  }

  private int judgedMoment(Instant at) {
    int now = life.momentAt(at);
    List<Integer> solves = life.all(k -> k <= now && (life.solved(k) || life.solvedByBot(k)));
    return solves.isEmpty() ? now : solves.getLast();
  }

  private Optional<String> agent(Instant at) {
    return life.moment(judgedMoment(at)).assignee();
  }

  private Optional<Integer> score(SurveyAnswer answer) {
    return score(answer, life.rules);
  }

  /** What an answer is worth with the best at the top; nothing if it is not on the scale. */
  static Optional<Integer> score(SurveyAnswer answer, Rules rules) {
    int score = answer.score();
    return switch (answer.survey()) {
      case NPS, FCR -> Optional.of(score);
      case CSAT ->
          Optional.of(
              switch (answer.scale().orElse(Scale.ONE_TO_FIVE)) {
                case GOOD_OR_BAD -> score == 1 ? 5 : 1;
                case ONE_TO_THREE -> 2 * score - 1;
                case ONE_TO_FOUR -> score < 3 ? score : score + 1;
                case ZERO_TO_FIVE -> score == 0 ? 1 : score;
                case ONE_TO_FIVE -> score;
                case ZERO_TO_TEN, ONE_TO_SEVEN -> throw new IllegalStateException();
              });
      case CES -> ease(answer, score, rules);
    };
  }

  private static Optional<Integer> ease(SurveyAnswer answer, int score, Rules rules) {
    boolean old =
        answer
            .scale()
            .map(it -> it == Scale.ONE_TO_FIVE)
            .orElse(rules.definitions().surveys().effortScale() == EffortScale.V1_REVERSED);
    if (!old) {
      return Optional.of(score);
    }
    return switch (score) {
      case 1 -> Optional.of(7);
      case 2 -> Optional.of(6);
      case 3 -> Optional.of(4);
      case 4 -> Optional.of(2);
      case 5 -> Optional.of(1);
      default -> Optional.empty();
    };
  }
}
