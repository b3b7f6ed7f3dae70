package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Survey;
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
  /** The first did not have the last two components of a contact. */
  private static final int FORMAT = 2;

  /** Neither positive nor negative. */
  private static final int NEUTRAL = 3;

  private Summary() {}

  static Contact of(TicketFacts facts) {
    Ticket ticket = facts.ticket();
    return new Contact(
        ticket.id(),
        ticket.createdAt(),
        facts.solves().stream().map(TicketFacts.Solve::at).sorted().toList(),
        ticket.topics().stream().findFirst(),
        facts.proactive(),
        facts.gone() ? Optional.of(facts.departures().getLast().at()) : Optional.empty(),
        facts.topic(),
        rating(facts));
  }

  private static Optional<Contact.Rating> rating(TicketFacts facts) {
    return facts.verdicts().isEmpty()
        ? Optional.empty()
        : facts.verdicts().stream()
            .filter(verdict -> verdict.survey() == Survey.CSAT && verdict.newest())
            .filter(verdict -> verdict.score() != NEUTRAL)
            .map(verdict -> new Contact.Rating(verdict.at(), verdict.score() > NEUTRAL))
            .findFirst();
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
    out.string(contact.about());
    out.instant(contact.rating().map(Contact.Rating::at), created);
    contact.rating().ifPresent(rating -> out.octet(rating.positive() ? 1 : 0));
    return out.toBytes();
  }

  /**
   * @throws BlobReader.Malformed if {@link #encode} did not write it
   */
  static Contact decode(String id, byte[] bytes) {
    BlobReader in = new BlobReader(bytes);
    boolean first = in.versionUpTo(FORMAT) == 1;
    long created = in.signed();
    int count = in.count();
    List<Instant> solves = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      solves.add(in.instant(created));
    }
    Contact known =
        new Contact(
            id,
            Instant.ofEpochMilli(created),
            solves,
            in.optionalString(),
            in.present(),
            in.optionalInstant(created));
    Contact contact = first ? known : completed(known, in);
    in.end();
    return contact;
  }

  private static Contact completed(Contact known, BlobReader in) {
    String about = in.string();
    Optional<Instant> ratedAt = in.optionalInstant(known.createdAt().toEpochMilli());
    return new Contact(
        known.ticket(),
        known.createdAt(),
        known.solves(),
        known.topic(),
        known.proactive(),
        known.leftAt(),
        about,
        ratedAt.map(at -> new Contact.Rating(at, in.present())));
  }
}
