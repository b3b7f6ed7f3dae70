package io.helpdeskexporter.model;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.facts.Definitions.HandleProxy;
import io.helpdeskexporter.facts.Definitions.ResolutionEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How one ticket was solved and settled. Rules: KPI definitions, "Shared model" and "Speed". */
final class Ending {
  private final Life life;
  final List<Integer> solves;
  final List<Integer> reopens;

  /** The solve that held, and when that was certain. */
  Optional<Settled> settled = Optional.empty();

  /**
   * @param moments how many of the ticket's moments count: those before it was settled
   */
  record Settled(int solve, Instant at, int moments) {}

  Ending(Life life) {
    this.life = life;
    solves = life.all(life::solved);
    reopens = life.all(life::reopened);
    for (int solve : solves) {
      if (settled.isEmpty()) {
        settled = settled(solve);
      }
    }
  }

  private Optional<Settled> settled(int solve) {
    Instant due = life.at(solve).plus(life.rules.definitions().settleAfter());
    for (int k = solve; k < life.size(); k++) {
      if (k > solve && life.here(k - 1) && life.at(k).isAfter(due)) {
        return Optional.of(new Settled(solve, due, k));
      }
      if (life.here(k)) {
        if (life.unsolved(k)) {
          return Optional.empty();
        }
        if (k > solve && !life.here(k - 1) && due.isBefore(life.at(k))) {
          due = life.at(k);
        }
        if (life.moment(k).status() == Status.CLOSED) {
          return Optional.of(new Settled(solve, life.at(k), Math.max(1, k)));
        }
      }
    }
    return life.gone() || due.isAfter(life.until)
        ? Optional.empty()
        : Optional.of(new Settled(solve, due, life.size()));
  }

  /** Automation and bots may be told from people by the definitions. */
  private Instant end(int solve) {
    Actor by = life.moment(solve).actor();
    Instant end = life.at(solve);
    if (life.rules.definitions().resolutionEnd() == ResolutionEnd.LAST_REPLY
        && (by == Actor.SYSTEM || by == Actor.BOT)) {
      for (int k = 0; k < solve; k++) {
        end = life.agentReplied(k) ? life.at(k) : end;
      }
    }
    return end;
  }

  /** From the creation to a solve, without the statuses in which the clock stands still. */
  long resolution(int solve, Hours hours) {
    Instant end = end(solve);
    long millis = 0;
    for (int k = 0; k < solve; k++) {
      if (!life.rules.definitions().resolutionPausesOn().contains(life.moment(k).status())) {
        millis += hours.between(min(life.at(k), end), min(life.at(k + 1), end));
      }
    }
    return millis;
  }

  /** Time in new, open and on hold. */
  long requesterWait(int solve) {
    long millis = 0;
    for (int k = 0; k < solve; k++) {
      switch (life.moment(k).status()) {
        case NEW, OPEN, ON_HOLD ->
            millis += Duration.between(life.at(k), life.at(k + 1)).toMillis();
        case PENDING, SOLVED, CLOSED -> {}
      }
    }
    return millis;
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Recorded working time; nothing where none was recorded, or more was taken back than given. */
  Optional<Long> handled(Settled at) {
    boolean any = false;
    long sum = 0;
    for (int k = 0; k < at.moments(); k++) {
      if (life.moment(k).event().orElse(null) instanceof TicketEvent.TimeLogged entry) {
        any = true;
        sum += entry.spent().toMillis();
      }
    }
    return any && sum >= 0 ? Optional.of(sum) : Optional.empty();
  }

  /** The time that it was new or open, and somebody had it. */
  Optional<Long> estimated(Settled at) {
    if (life.rules.definitions().handleProxy() == HandleProxy.NONE || handled(at).isPresent()) {
      return Optional.empty();
    }
    long sum = 0;
    for (int k = 0; k < at.moments(); k++) {
      boolean inHand =
          life.here(k)
              && life.moment(k).assignee().isPresent()
              && (life.moment(k).status() == Status.NEW || life.moment(k).status() == Status.OPEN);
      if (inHand) {
        Instant end = k + 1 < life.size() ? life.at(k + 1) : at.at();
        sum += Duration.between(life.at(k), end).toMillis();
      }
    }
    return sum > 0 ? Optional.of(sum) : Optional.empty();
  }

  /** How many replies agents gave; in a chat one each until the ticket is reopened. */
  int replies(Settled at) {
    int replies = 0;
    Set<Optional<String>> talking = new HashSet<>();
    for (int k = 0; k < at.moments(); k++) {
      if (life.reopened(k)) {
        talking.clear();
      }
      if (life.agentReplied(k) && (life.channel() != Channel.CHAT || talking.add(life.writer(k)))) {
        replies++;
      }
    }
    return replies;
  }

  int repliers(Settled at) {
    Set<String> all = new HashSet<>();
    for (int k = 0; k < at.moments(); k++) {
      if (life.agentReplied(k)) {
        life.writer(k).ifPresent(all::add);
      }
    }
    return all.size();
  }

  int followUps(Settled at) {
    int messages = 0;
    boolean thanksPass = life.rules.definitions().firstContact().ignoreThanks();
    for (int k = 0; k < at.moments(); k++) {
      messages += life.customerWrote(k) && !(thanksPass && life.onlyThanked(k)) ? 1 : 0;
    }
    return messages;
  }

  /** For more than thanks, where these are let pass, as far as was known at an instant. */
  boolean reopened(Instant by) {
    boolean thanksPass = life.rules.definitions().firstContact().ignoreThanks();
    return reopens.stream()
        .filter(k -> !life.at(k).isAfter(by))
        .anyMatch(k -> !thanksPass || !isForThanks(k, by));
  }

  private boolean isForThanks(int reopening, Instant by) {
    Optional<Integer> before = Optional.empty();
    for (int k = reopening - 1; k >= 0 && !solvedAt(k) && before.isEmpty(); k--) {
      before = Optional.of(k).filter(life::somebodyWrote);
    }
    Optional<Integer> after = Optional.empty();
    boolean askedForMore = false;
    for (int k = reopening + 1; k < life.size() && !solvedAt(k); k++) {
      if (life.somebodyWrote(k) && !life.at(k).isAfter(by)) {
        after = after.isPresent() ? after : Optional.of(k);
        askedForMore |= life.customerWrote(k) && !life.onlyThanked(k);
      }
    }
    boolean thanked =
        before.filter(k -> isThanksNear(k, reopening)).isPresent()
            || after.filter(k -> isThanksNear(k, reopening)).isPresent();
    return thanked && !askedForMore;
  }

  private boolean solvedAt(int k) {
    return life.solved(k) || life.solvedByBot(k);
  }

  private boolean isThanksNear(int message, int reopening) {
    Duration apart = Duration.between(life.at(message), life.at(reopening)).abs();
    return life.onlyThanked(message) && apart.compareTo(Duration.ofMinutes(1)) <= 0;
  }
}
