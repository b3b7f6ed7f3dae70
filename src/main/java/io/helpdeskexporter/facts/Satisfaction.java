package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.facts.TicketFacts.SurveySent;
import io.helpdeskexporter.facts.TicketFacts.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What customers were asked about one ticket and answered, while its history is folded.
 *
 * <p>The answers to one kind of survey form <em>cycles</em>, because people click twice, change
 * their mind, and are asked anew after each solve:
 *
 * <ul>
 *   <li>A cycle begins with its first answer. For {@link #MAY_CHANGE} afterwards, the last moment
 *       included, every further answer takes the place of the one before; the one that is left is
 *       the cycle's verdict. It is known when that time is over, never changes, and is dated when
 *       the answer was given that counts.
 *   <li>Later answers are ignored until the ticket has been solved again since the cycle began: the
 *       next answer then begins a new one.
 *   <li>The last verdict is the ticket's; earlier ones have been counted, and that is all.
 *   <li>An answer counts for those who had the ticket when it was last solved before it, since they
 *       did the work that is judged, or, if it never was, for those who have it. Where only a bot
 *       has dealt with the ticket, the channel is {@code bot}.
 *   <li>What is answered while the ticket is merged or excluded counts nothing, and no verdict is
 *       reached meanwhile: of a ticket that comes back, what came due is known then.
 * </ul>
 */
final class Satisfaction {
  /** How long an answer may be changed. */
  static final Duration MAY_CHANGE = Duration.ofHours(24);

  private final List<SurveySent> sent = new ArrayList<>(0);
  private final List<Cycle> cycles = new ArrayList<>(0);
  private Optional<Attribution> solvedBy = Optional.empty();
  private Optional<String> solver = Optional.empty();

  /** Answers to one survey that come to one verdict. */
  private static final class Cycle {
    private final Survey survey;
    private final int number;
    private final Instant due;
    private Instant at;
    private Attribution attribution;
    private Optional<String> agent;
    private Optional<String> name;
    private int score;
    private boolean solvedSince;

    /** Empty while answers may still change. */
    private Optional<Instant> knownAt = Optional.empty();

    private Cycle(
        Survey survey,
        int number,
        Instant at,
        Attribution attribution,
        Optional<String> agent,
        Optional<String> name,
        int score) {
      this.survey = survey;
      this.number = number;
      this.due = at.plus(MAY_CHANGE);
      this.at = at;
      this.attribution = attribution;
      this.agent = agent;
      this.name = name;
      this.score = score;
    }

    boolean takesAnswers() {
      return knownAt.isEmpty();
    }
  }

  /**
   * The ticket was solved.
   *
   * @param by for whom
   * @param agent who had it
   */
  void solved(Attribution by, Optional<String> agent) {
    solvedBy = Optional.of(by);
    solver = agent;
    cycles.forEach(cycle -> cycle.solvedSince = true);
  }

  /**
   * Whom a survey or an answer counts for.
   *
   * @param present those who have the ticket
   */
  Attribution servedBy(Attribution present) {
    return solvedBy.orElse(present);
  }

  void sent(Survey survey, Instant at, Attribution attribution) {
    sent.add(new SurveySent(survey, at, attribution));
  }

  /**
   * @param score what the answer is worth
   * @param present the agent who has the ticket
   */
  void answered(
      SurveyAnswer answer,
      int score,
      Instant at,
      Attribution attribution,
      Optional<String> present) {
    Optional<String> agent = solvedBy.isPresent() ? solver : present;
    Optional<Cycle> last = last(answer.survey());
    if (last.isPresent() && last.get().takesAnswers()) {
      Cycle open = last.get();
      open.at = at;
      open.attribution = attribution;
      open.agent = agent;
      open.name = answer.name();
      open.score = score;
    } else if (last.isEmpty() || last.get().solvedSince) {
      int number = last.map(cycle -> cycle.number).orElse(0) + 1;
      cycles.add(new Cycle(answer.survey(), number, at, attribution, agent, answer.name(), score));
    }
  }

  private Optional<Cycle> last(Survey survey) {
    return cycles.stream()
        .filter(cycle -> cycle.survey == survey)
        .reduce((earlier, later) -> later);
  }

  /** Reaches the verdicts that are due before {@code until}, or at it if {@code inclusive}. */
  void conclude(Instant until, boolean inclusive) {
    for (Cycle cycle : cycles) {
      boolean due = cycle.due.isBefore(until) || (inclusive && cycle.due.equals(until));
      if (due && cycle.takesAnswers()) {
        cycle.knownAt = Optional.of(cycle.due);
      }
    }
  }

  /** The ticket is back: what came due while it was away is known now. */
  void cameBack(Instant now) {
    for (Cycle cycle : cycles) {
      if (cycle.takesAnswers() && cycle.due.isBefore(now)) {
        cycle.knownAt = Optional.of(now);
      }
    }
  }

  /** When the next verdict is due if nothing happens. */
  Optional<Instant> nextDue() {
    return cycles.stream()
        .filter(Cycle::takesAnswers)
        .map(cycle -> cycle.due)
        .min(Instant::compareTo);
  }

  List<SurveySent> sent() {
    return sent;
  }

  /** Those that are known, in the order in which their cycles began. */
  List<Verdict> verdicts() {
    List<Verdict> verdicts = new ArrayList<>(cycles.size());
    for (Cycle cycle : cycles) {
      cycle.knownAt.ifPresent(
          known ->
              verdicts.add(
                  new Verdict(
                      cycle.survey,
                      cycle.number,
                      cycle.at,
                      known,
                      cycle.attribution,
                      cycle.name,
                      cycle.score,
                      isNewest(cycle),
                      cycle.agent)));
    }
    return verdicts;
  }

  private boolean isNewest(Cycle cycle) {
    return cycles.stream()
        .noneMatch(
            other ->
                other.survey == cycle.survey
                    && other.number > cycle.number
                    && other.knownAt.isPresent());
  }
}
