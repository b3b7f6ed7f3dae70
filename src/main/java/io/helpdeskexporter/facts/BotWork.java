package io.helpdeskexporter.facts;

import io.helpdeskexporter.facts.BotTalk.Resolved;
import io.helpdeskexporter.facts.Definitions.Deflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a bot did on one ticket, while its history is folded. A bot that solves it without people
 * has resolved it if it stays so, and the customer opens no other ticket, until the verdict is due.
 * There is one verdict on a ticket.
 */
final class BotWork {
  private final Deflection mode;
  private final List<Contact> contacts;
  private Optional<Instant> began = Optional.empty();
  private Optional<Instant> handedOff = Optional.empty();
  private Optional<Resolved> resolved = Optional.empty();
  private Instant solvedAt = Instant.MIN;

  /** Of a solve that holds. */
  private Optional<Instant> due = Optional.empty();

  private boolean judged;

  BotWork(Deflection mode, List<Contact> contacts) {
    this.mode = mode;
    this.contacts = contacts;
  }

  /** The bot alone solved it. */
  void solved(Instant at) {
    began = began.or(() -> Optional.of(at));
    solvedAt = at;
    if (handedOff.isEmpty() && !judged) {
      due = Optional.of(at.plus(BotTalk.overAfter(mode)));
    }
  }

  /** The bot gave it to people. */
  void handedOff(Instant at) {
    began = began.or(() -> Optional.of(at));
    handedOff = handedOff.or(() -> Optional.of(at));
    due = Optional.empty();
  }

  /** What the bot had solved is for people to do after all. */
  void cameToPeople() {
    due = Optional.empty();
  }

  /** The ticket is back in the KPIs; what came due meanwhile is known now. */
  void cameBack(Instant at) {
    due = due.map(it -> it.isBefore(at) ? at : it);
  }

  /** Takes effect before {@code until}, or at it if {@code inclusive}. */
  void conclude(Instant until, boolean inclusive) {
    if (due.isEmpty()) {
      return;
    }
    due.filter(at -> at.isBefore(until) || (inclusive && at.equals(until)))
        .ifPresent(
            at -> {
              Instant end = solvedAt.plus(BotTalk.overAfter(mode));
              if (!BotTalk.cameAnyway(mode, contacts, solvedAt, end)) {
                resolved = Optional.of(new Resolved(at, false));
              }
              judged = true;
              due = Optional.empty();
            });
  }

  Optional<Instant> nextDue() {
    return due;
  }

  Optional<BotTalk> talk() {
    return began.map(at -> new BotTalk(at, handedOff, resolved));
  }
}
