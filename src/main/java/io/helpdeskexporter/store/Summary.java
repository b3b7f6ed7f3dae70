package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.facts.Contact;
import io.helpdeskexporter.facts.TicketFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A ticket as the others of its party see it, and as bytes. */
final class Summary {
  private static final int FORMAT = 1;

  private Summary() {}

  static Contact of(TicketFacts facts) {
    Ticket ticket = facts.ticket();
    return new Contact(
        ticket.id(),
        ticket.createdAt(),
        facts.solves().stream().map(TicketFacts.Solve::at).sorted().toList(),
        ticket.topics().stream().findFirst(),
        facts.proactive(),
        facts.gone() ? Optional.of(facts.departures().getLast().at()) : Optional.empty());
  }

  /** Its creation, or its last solve if that is later. */
  static Instant until(Contact contact) {
    Instant last = contact.solves().isEmpty() ? contact.createdAt() : contact.solves().getLast();
    return last.isAfter(contact.createdAt()) ? last : contact.createdAt();
  }

  /**
   * Whether two tickets are near enough for one to matter to the other. Symmetric.
   *
   * @param until the last instant at which the ticket may have been solved
   */
  static boolean near(
      Instant created, Instant until, Instant otherCreated, Instant otherUntil, Duration window) {
    return !otherCreated.isAfter(until.plus(window)) && !created.isAfter(otherUntil.plus(window));
  }

  static byte[] encode(Contact contact) {
    BlobWriter out = new BlobWriter();
    out.octet(FORMAT);
    long created = contact.createdAt().toEpochMilli();
    out.signed(created);
    out.unsigned(contact.solves().size());
    contact.solves().forEach(at -> out.instant(at, created));
    out.string(contact.topic());
    out.octet(contact.proactive() ? 1 : 0);
    out.instant(contact.leftAt(), created);
    return out.toBytes();
  }

  /**
   * @throws BlobReader.Malformed if {@link #encode} did not write it
   */
  static Contact decode(String id, byte[] bytes) {
    BlobReader in = new BlobReader(bytes);
    in.version(FORMAT);
    long created = in.signed();
    int count = in.count();
    List<Instant> solves = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      solves.add(in.instant(created));
    }
    Contact contact =
        new Contact(
            id,
            Instant.ofEpochMilli(created),
            solves,
            in.optionalString(),
            in.present(),
            in.optionalInstant(created));
    in.end();
    return contact;
  }
}
