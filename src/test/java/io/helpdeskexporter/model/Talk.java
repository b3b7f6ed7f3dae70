package io.helpdeskexporter.model;

import io.helpdeskexporter.facts.Definitions.FirstResponseStart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who waited for whom on one ticket. Rule: KPI definitions, "Speed". */
final class Talk {
  /** When the clock of the first response started, the last time counts. */
  final List<Integer> firstStarts = new ArrayList<>();

  Optional<Integer> firstAnswer = Optional.empty();
  Optional<Integer> solvedWithoutReply = Optional.empty();

  /** Since when the customer waits for the first answer, if so. */
  Optional<Instant> waiting = Optional.empty();

  /** When a later run of the customer's messages began. */
  final List<Integer> runStarts = new ArrayList<>();

  final List<Answer> nextAnswers = new ArrayList<>();

  /** A reply, and since when it had been waited for. */
  record Answer(int at, Instant since) {}

  Talk(Life life) {
    first(life);
    next(life);
  }

  private void first(Life life) {
    for (int k = 0; k < life.size() && !over(); k++) {
      if (starts(life, k)) {
        waiting = Optional.of(life.at(k));
        firstStarts.add(k);
      }
      boolean answers =
          life.agentReplied(k) || (life.botReplied(k) && life.rules.definitions().botReplyCounts());
      if (waiting.isPresent() && answers) {
        firstAnswer = Optional.of(k);
      } else if (life.solvedByBot(k)) {
        waiting = Optional.empty();
      } else if (waiting.isPresent() && life.solved(k)) {
        solvedWithoutReply = Optional.of(k);
      }
    }
  }

  private boolean over() {
    return firstAnswer.isPresent() || solvedWithoutReply.isPresent();
  }

  private boolean starts(Life life, int k) {
    FirstResponseStart start = life.rules.definitions().firstResponseStart();
    boolean waitsAlready = waiting.isPresent();
    if (life.handedOff(k)
        && life.here(k)
        && start == FirstResponseStart.HANDOFF
        && (waitsAlready || life.leftToBot(k))) {
      return true;
    }
    if (waitsAlready) {
      return false;
    }
    if (life.customerWrote(k) && (life.proactive() || life.leftToBot(k))) {
      return true;
    }
    if (life.proactive()) {
      return false;
    }
    return switch (start) {
      case CREATION, HANDOFF -> k == 0 || life.cameToPeople(k);
      case ASSIGNMENT ->
          life.here(k)
              && life.moment(k).assignee().isPresent()
              && (k == 0 || !life.moment(k).assignee().equals(life.moment(k - 1).assignee()));
    };
  }

  private void next(Life life) {
    Optional<Instant> since = Optional.empty();
    for (int k = 0; k < life.size(); k++) {
      if (life.customerWrote(k) && since.isEmpty() && isOverBefore(k)) {
        since = Optional.of(life.at(k));
        runStarts.add(k);
      }
      if (life.agentReplied(k) && since.isPresent()) {
        nextAnswers.add(new Answer(k, since.get()));
        since = Optional.empty();
      }
      if (life.solved(k) || life.solvedByBot(k) || !life.here(k)) {
        since = Optional.empty();
      }
    }
  }

  private boolean isOverBefore(int k) {
    return firstAnswer.filter(it -> it < k).isPresent()
        || solvedWithoutReply.filter(it -> it < k).isPresent();
  }

  /** Who still waits for a first answer. */
  Optional<Instant> awaiting(Life life) {
    return over() || life.gone() || !life.unsolved(life.last()) ? Optional.empty() : waiting;
  }

  /** Whether the first answer was an agent's. */
  boolean isFirst(int k) {
    return firstAnswer.filter(it -> it == k).isPresent();
  }

  /** Since when the first answer had been waited for. */
  Instant firstSince(Life life) {
    return life.at(firstStarts.getLast());
  }
}
