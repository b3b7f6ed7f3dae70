package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Subject;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.facts.Biography;
import io.helpdeskexporter.facts.Contact;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.kpi.TicketDelta;
import io.helpdeskexporter.source.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What the store does, without a database: pages are merged by the same code, and what was counted
 * is remembered in the same ledgers. Everything is derived each time, instead of what is due.
 */
public final class StoreInMemory {
  private final RepeatRule repeats;
  private final Derivation derivation;
  private final Map<String, Content> tickets = new TreeMap<>();
  private final Map<Subject, StoredSubject> subjects = new HashMap<>();
  private final Map<String, Ledger> ledgers = new HashMap<>();

  /** As of the last derivation. */
  private final Map<String, Contact> summaries = new TreeMap<>();

  public StoreInMemory(Definitions definitions, Derivation derivation) {
    this.repeats = RepeatRule.of(definitions);
    this.derivation = derivation;
  }

  /** A page, in any order. */
  public void tell(List<Change> page) {
    Content.byTicket(page)
        .forEach(
            (id, told) ->
                tickets.merge(id, told, (known, news) -> known.extendedBy(news).orElse(known)));
    for (Change change : page) {
      if (change instanceof Change.HappeningSeen(Happening happening)) {
        StoredSubject known = subjects.computeIfAbsent(happening.subject(), StoredSubject::unknown);
        subjects.put(happening.subject(), known.extendedBy(List.of(happening)).orElse(known));
      }
    }
  }

  /** How all numbers change as of an instant, not earlier than the one before. */
  public List<TicketDelta> derive(Instant asOf) {
    summaries.clear();
    tickets.forEach(
        (id, content) -> {
          if (exists(content, asOf)) {
            summaries.put(id, Summary.of(facts(content, List.of(), asOf)));
          }
        });
    List<TicketDelta> deltas = new ArrayList<>();
    tickets.forEach(
        (id, content) -> {
          if (exists(content, asOf)) {
            Derivation.Derived derived =
                derivation.derive(timeline(content, contacts(content, summaries)), asOf);
            deltas.add(delta(id, derived.observations(), derived.contributions()));
          }
        });
    subjects.forEach(
        (subject, row) -> {
          Derivation.Traces traces =
              derivation.derive(
                  new Biography(subject, row.happenings(), contacts(row, summaries)), asOf);
          deltas.add(delta("" + subject, traces.observations(), traces.contributions()));
        });
    return deltas;
  }

  /** All tickets as they were derived last, with what was ever counted of them. */
  public void forEachTicket(BiConsumer<Timeline, Ledger> consumer) {
    tickets.forEach(
        (id, content) -> {
          if (content.ticket().isPresent()) {
            consumer.accept(
                timeline(content, contacts(content, summaries)),
                ledgers.getOrDefault(id, Ledger.EMPTY));
          }
        });
  }

  /** All that is not a ticket. */
  public void forEachSubject(BiConsumer<Biography, Ledger> consumer) {
    subjects.forEach(
        (subject, row) ->
            consumer.accept(
                new Biography(subject, row.happenings(), contacts(row, summaries)),
                ledgers.getOrDefault("" + subject, Ledger.EMPTY)));
  }

  private TicketDelta delta(
      String id,
      List<io.helpdeskexporter.kpi.Observation> observations,
      List<io.helpdeskexporter.kpi.Contribution> contributions) {
    Ledger.Change change = ledgers.getOrDefault(id, Ledger.EMPTY).to(observations, contributions);
    ledgers.put(id, change.ledger());
    return new TicketDelta(id, change.removed(), change.added(), change.counted(), contributions);
  }

  private static boolean exists(Content content, Instant asOf) {
    return content.ticket().filter(it -> !it.createdAt().isAfter(asOf)).isPresent();
  }

  private TicketFacts facts(Content content, List<Contact> contacts, Instant asOf) {
    return derivation.derive(timeline(content, contacts), asOf).facts();
  }

  private static Timeline timeline(Content content, List<Contact> contacts) {
    return new Timeline(content.ticket().orElseThrow(), content.events(), contacts);
  }

  /** The other tickets of the party that are near in time. */
  private List<Contact> contacts(Content content, Map<String, Contact> summaries) {
    Ticket ticket = content.ticket().orElseThrow();
    Optional<String> party = content.party(repeats.by());
    List<Contact> near = new ArrayList<>();
    summaries.forEach(
        (id, contact) -> {
          boolean same =
              party.isPresent()
                  && !id.equals(ticket.id())
                  && party.equals(tickets.get(id).party(repeats.by()));
          if (same
              && Summary.near(
                  ticket.createdAt(),
                  content.horizon(),
                  contact.createdAt(),
                  Summary.until(contact),
                  repeats.window())) {
            near.add(contact);
          }
        });
    near.sort(Comparator.comparing(Contact::createdAt).thenComparing(Contact::ticket));
    return near;
  }

  /** All tickets of whom it is about. */
  private List<Contact> contacts(StoredSubject row, Map<String, Contact> summaries) {
    List<Contact> of = new ArrayList<>();
    row.party()
        .ifPresent(
            party ->
                summaries.forEach(
                    (id, contact) -> {
                      Ticket ticket = tickets.get(id).ticket().orElseThrow();
                      if (ticket.requester().equals(row.party())
                          || ticket.organization().equals(row.party())) {
                        of.add(contact);
                      }
                    }));
    of.sort(Comparator.comparing(Contact::createdAt).thenComparing(Contact::ticket));
    return of;
  }
}
