package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.facts.TicketFacts;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What is to be written of a ticket.
 *
 * @param exists whether there is a row already
 * @param contentChanged whether fields and history are to be written too
 * @param derivation empty if the content is only stored; the ticket is then dirty
 */
record TicketWrite(
    String id,
    boolean exists,
    Content content,
    boolean contentChanged,
    long changedIn,
    Optional<String> party,
    Optional<Outcome> derivation) {

  /**
   * What a derivation left.
   *
   * @param batch number of the transaction
   * @param keptUntil see {@link Ledger#keptUntil}
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Outcome(
      long batch,
      Instant asOf,
      TicketFacts facts,
      Optional<Instant> keptUntil,
      byte[] summary,
      byte[] ledger) {

    Optional<Instant> solvedAt() {
      return facts.now().status().isUnsolved() || facts.solves().isEmpty()
          ? Optional.empty()
          : Optional.of(facts.solves().getLast().at());
    }

    Optional<Instant> firstReplyAt() {
      return facts.firstResponse().map(TicketFacts.Response::at);
    }

    Optional<Instant> nextSlaDueAt() {
      return facts.promises().stream()
          .map(TicketFacts.Promise::state)
          .filter(TicketFacts.Promise.Running.class::isInstance)
          .map(state -> ((TicketFacts.Promise.Running) state).deadline())
          .min(Comparator.naturalOrder());
    }

    /** The newest final answer on satisfaction. */
    Optional<TicketFacts.Verdict> rating() {
      return facts.verdicts().isEmpty()
          ? Optional.empty()
          : facts.verdicts().stream()
              .filter(verdict -> verdict.survey() == Survey.CSAT && verdict.newest())
              .max(Comparator.comparing(TicketFacts.Verdict::at));
    }
  }

  /** When time next has a say: at once for what waits for derivation. */
  Optional<Instant> wakeAt() {
    return derivation.isPresent()
        ? derivation.get().facts().changesAt()
        : content.ticket().map(_ -> Instant.MIN);
  }
}
