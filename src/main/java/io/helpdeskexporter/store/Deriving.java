package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.facts.Contact;
import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.kpi.Observation;
import io.helpdeskexporter.kpi.TicketDelta;
import io.helpdeskexporter.store.Neighbours.Neighbour;
import io.helpdeskexporter.store.Neighbours.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Derives some tickets within one transaction.
 *
 * <p>Facts of a ticket may depend on summaries of its neighbours, and a summary depends on nothing
 * but its own ticket's content and the time. So a neighbour whose stored summary may be out of date
 * is summarised anew, from its content, before anything is counted; which makes what is counted
 * independent of the order in which tickets are derived, and of how many are at a time. And a
 * ticket whose summary changed wakes the neighbours that were derived without knowing.
 */
final class Deriving {
  /** Tickets from which on several processors are faster than one. */
  private static final int MANY = 64;

  private final Handle handle;
  private final SourceRow source;
  private final TicketTable tickets;
  private final LedgerCodec ledgers;
  private final RepeatRule repeats;
  private final Derivation derivation;
  private final Instant asOf;
  private final String sourceName;
  private final Map<String, Candidate> candidates = new HashMap<>();
  private final Map<String, Contact> summaries = new HashMap<>();

  final List<TicketDelta> deltas = new ArrayList<>();
  final List<TicketWrite> writes = new ArrayList<>();
  final List<Observation> counted = new ArrayList<>();

  /** Parties of which a ticket is another now for those who look at the party's tickets. */
  final Set<String> parties = new LinkedHashSet<>();

  /** Neighbours that do not know the present summary of a ticket derived here. */
  final Set<String> woken = new LinkedHashSet<>();

  /**
   * A ticket to be derived.
   *
   * @param content what is known of it now
   * @param changed whether that is more than is stored
   */
  record Candidate(StoredTicket stored, Content content, boolean changed) {
    String id() {
      return stored.id();
    }
  }

  Deriving(
      Handle handle,
      String sourceName,
      SourceRow source,
      TicketTable tickets,
      LedgerCodec ledgers,
      RepeatRule repeats,
      Derivation derivation,
      Instant asOf) {
    this.handle = handle;
    this.sourceName = sourceName;
    this.source = source;
    this.tickets = tickets;
    this.ledgers = ledgers;
    this.repeats = repeats;
    this.derivation = derivation;
    this.asOf = asOf;
  }

  /** Fills the lists above; writes nothing. */
  void derive(Collection<Candidate> chosen) {
    chosen.forEach(candidate -> candidates.put(candidate.id(), candidate));
    Map<String, List<Neighbour>> neighbours = neighbours(chosen);
    summarise(neighbours);
    Stream<Candidate> each = chosen.size() < MANY ? chosen.stream() : chosen.parallelStream();
    List<Attempt> attempts =
        each.map(it -> attempt(it, neighbours.getOrDefault(it.id(), List.of()))).toList();
    for (Attempt attempt : attempts) {
      switch (attempt) {
        case Failed(RuntimeException why) -> throw why;
        case Done done -> take(done, neighbours.getOrDefault(done.candidate.id(), List.of()));
      }
    }
  }

  /** What became of one ticket; computed on any thread. */
  private sealed interface Attempt {}

  private record Done(
      Candidate candidate, Derivation.Derived derived, Ledger.Change change, byte[] ledger)
      implements Attempt {}

  /** Kept as it is: a pool of threads would wrap it. */
  private record Failed(RuntimeException why) implements Attempt {}

  /** Where the neighbours of a ticket are looked for; nowhere if it has no party. */
  static Optional<Probe> probe(Content content, RepeatRule repeats) {
    return content
        .party(repeats.by())
        .map(
            party ->
                new Probe(
                    PgText.storable(content.ticket().orElseThrow().id()),
                    PgText.storable(party),
                    content.ticket().orElseThrow().createdAt(),
                    content.horizon().plus(repeats.window())));
  }

  private Map<String, List<Neighbour>> neighbours(Collection<Candidate> chosen) {
    Map<String, NavigableMap<Place, Neighbour>> parties = new HashMap<>();
    List<Probe> probes = new ArrayList<>();
    for (Candidate candidate : chosen) {
      probe(candidate.content(), repeats)
          .ifPresent(
              probe -> {
                probes.add(probe);
                parties
                    .computeIfAbsent(probe.party(), _ -> new TreeMap<>())
                    .put(Place.of(probe), Neighbour.unstored(probe));
              });
    }
    List<List<Neighbour>> stored = Neighbours.around(handle, source.id(), tickets, probes, asOf);
    Map<String, List<Neighbour>> byTicket = new HashMap<>();
    for (int i = 0; i < probes.size(); i++) {
      Probe probe = probes.get(i);
      List<Neighbour> around =
          nearest(probe, stored.get(i), parties.getOrDefault(probe.party(), new TreeMap<>()));
      if (!around.isEmpty()) {
        byTicket.put(probe.ticket(), around);
      }
    }
    return byTicket;
  }

  /**
   * The neighbours among what is stored and among the tickets in hand, which may be in the database
   * not yet, or under another party.
   */
  private List<Neighbour> nearest(
      Probe probe, List<Neighbour> stored, NavigableMap<Place, Neighbour> inHand) {
    if (stored.isEmpty() && inHand.size() == 1) {
      return List.of();
    }
    Place place = Place.of(probe);
    NavigableMap<Place, Neighbour> around = new TreeMap<>();
    for (Neighbour neighbour : stored) {
      if (!candidates.containsKey(neighbour.id())) {
        around.put(new Place(neighbour.createdAt(), neighbour.id()), neighbour);
      }
    }
    first(inHand.headMap(place, false).descendingMap()).forEach(around::put);
    first(inHand.tailMap(place, false)).forEach(around::put);
    List<Neighbour> nearest = new ArrayList<>();
    nearest.addAll(first(around.headMap(place, false).descendingMap()).values());
    nearest.addAll(first(around.tailMap(place, false)).values());
    return nearest;
  }

  private static Map<Place, Neighbour> first(Map<Place, Neighbour> ordered) {
    Map<Place, Neighbour> first = new LinkedHashMap<>();
    for (Map.Entry<Place, Neighbour> entry : ordered.entrySet()) {
      if (first.size() == Neighbours.MOST) {
        break;
      }
      first.put(entry.getKey(), entry.getValue());
    }
    return first;
  }

  /** Where a ticket stands among those of its party. */
  private record Place(Instant createdAt, String ticket) implements Comparable<Place> {
    static Place of(Probe probe) {
      return new Place(probe.created(), probe.ticket());
    }

    @Override
    public int compareTo(Place other) {
      int byTime = createdAt.compareTo(other.createdAt);
      return byTime == 0 ? ticket.compareTo(other.ticket) : byTime;
    }
  }

  private void summarise(Map<String, List<Neighbour>> neighbours) {
    Set<String> unread = new HashSet<>();
    for (List<Neighbour> list : neighbours.values()) {
      for (Neighbour neighbour : list) {
        Candidate candidate = candidates.get(neighbour.id());
        if (candidate != null) {
          summaries.computeIfAbsent(
              neighbour.id(), _ -> summary(candidate.id(), candidate.content()));
        } else if (isStale(neighbour)) {
          unread.add(neighbour.id());
        } else {
          neighbour.summary().ifPresent(known -> summaries.put(neighbour.id(), known));
        }
      }
    }
    if (!unread.isEmpty()) {
      for (StoredTicket stale : tickets.byId(handle, unread)) {
        summaries.put(stale.id(), summary(stale.id(), stale.content()));
      }
    }
  }

  private boolean isStale(Neighbour neighbour) {
    return neighbour.due()
        || neighbour.derivedIn().isEmpty()
        || neighbour.derivedIn().getAsLong() <= source.policyBatch();
  }

  private Contact summary(String id, Content content) {
    return Summary.of(derived(id, content, List.of(), derivation::facts));
  }

  private <T> T derived(
      String id, Content content, List<Contact> contacts, BiFunction<Timeline, Instant, T> how) {
    try {
      return how.apply(
          new Timeline(content.ticket().orElseThrow(), content.events(), contacts), asOf);
    } catch (RuntimeException e) {
      throw new StoreException.Defect(
          "source %s, ticket %s: its facts could not be derived: %s"
              .formatted(sourceName, id, e.getMessage()),
          e);
    }
  }

  private Attempt attempt(Candidate candidate, List<Neighbour> neighbours) {
    try {
      Derivation.Derived derived =
          derived(
              candidate.id(),
              candidate.content(),
              contacts(candidate.content(), neighbours),
              derivation::derive);
      requireProgress(candidate, derived);
      Ledger before =
          Optional.ofNullable(candidate.stored().ledger())
              .map(bytes -> tickets.intact(candidate.id(), "ledger", () -> ledgers.decode(bytes)))
              .orElse(Ledger.EMPTY);
      Ledger.Change change = ledgerChange(candidate, before, derived);
      return new Done(candidate, derived, change, ledgers.encode(change.ledger()));
    } catch (RuntimeException e) {
      return new Failed(e);
    }
  }

  private void take(Done done, List<Neighbour> neighbours) {
    Candidate candidate = done.candidate;
    Ledger.Change change = done.change;
    counted.addAll(change.counted());
    Contact summary = Summary.of(done.derived.facts());
    wake(candidate, summary, neighbours);
    if (!candidate.stored().summary().equals(Optional.of(summary))) {
      parties(candidate.content());
      parties(candidate.stored().content());
    }
    deltas.add(
        new TicketDelta(
            candidate.id(),
            change.removed(),
            change.added(),
            change.counted(),
            done.derived.contributions()));
    writes.add(
        new TicketWrite(
            candidate.id(),
            candidate.stored().exists(),
            candidate.content(),
            candidate.changed(),
            candidate.changed() ? source.batch() : candidate.stored().changedIn(),
            candidate.content().party(repeats.by()),
            Optional.of(
                new TicketWrite.Outcome(
                    source.batch(),
                    asOf,
                    done.derived.facts(),
                    change.ledger().keptUntil(),
                    Summary.encode(summary),
                    done.ledger))));
  }

  private void parties(Content content) {
    content.ticket().flatMap(Ticket::requester).map(PgText::storable).ifPresent(parties::add);
    content.ticket().flatMap(Ticket::organization).map(PgText::storable).ifPresent(parties::add);
  }

  private Ledger.Change ledgerChange(
      Candidate candidate, Ledger before, Derivation.Derived derived) {
    try {
      return before.to(derived.observations(), derived.contributions());
    } catch (IllegalArgumentException e) {
      throw new StoreException.Defect(
          "source %s, ticket %s: %s".formatted(sourceName, candidate.id(), e.getMessage()), e);
    }
  }

  /** A ticket that wants to be derived again at once would be derived for ever. */
  private void requireProgress(Candidate candidate, Derivation.Derived derived) {
    Optional<Instant> changesAt = derived.facts().changesAt();
    if (changesAt.isPresent() && !changesAt.get().isAfter(asOf)) {
      throw new StoreException.Defect(
          "source %s, ticket %s: facts as of %s say that they change at %s"
              .formatted(sourceName, candidate.id(), asOf, changesAt.get()),
          new IllegalStateException("changesAt is not after asOf"));
    }
  }

  private List<Contact> contacts(Content content, List<Neighbour> neighbours) {
    if (neighbours.isEmpty()) {
      return List.of();
    }
    Instant created = content.ticket().orElseThrow().createdAt();
    Instant until = content.horizon();
    List<Contact> contacts = new ArrayList<>();
    for (Neighbour neighbour : neighbours) {
      Contact contact = summaries.get(neighbour.id());
      if (contact != null
          && Summary.near(
              created, until, contact.createdAt(), Summary.until(contact), repeats.window())) {
        contacts.add(contact);
      }
    }
    contacts.sort(Comparator.comparing(Contact::createdAt).thenComparing(Contact::ticket));
    return contacts;
  }

  /** Wakes the neighbours that the news of this ticket's summary concerns. */
  private void wake(Candidate candidate, Contact now, List<Neighbour> neighbours) {
    Optional<Contact> before = candidate.stored().summary();
    if (neighbours.isEmpty() || before.equals(Optional.of(now))) {
      return;
    }
    Instant until = before.map(Summary::until).orElse(now.createdAt());
    Instant last = Summary.until(now).isAfter(until) ? Summary.until(now) : until;
    long changedIn =
        candidate.changed()
            ? source.batch()
            : Math.max(candidate.stored().changedIn(), source.policyBatch());
    for (Neighbour neighbour : neighbours) {
      Contact other = summaries.get(neighbour.id());
      if (other != null
          && !candidates.containsKey(neighbour.id())
          && !isStale(neighbour)
          && !knows(neighbour, changedIn, candidate.content())
          && isConcerned(other, now.createdAt(), last)) {
        woken.add(neighbour.id());
      }
    }
  }

  /** Whether it was derived from this very content, when nothing in it lay ahead any more. */
  private static boolean knows(Neighbour neighbour, long changedIn, Content content) {
    return neighbour.derivedIn().orElse(0) > changedIn
        && neighbour.derivedAt().filter(at -> !at.isBefore(content.horizon())).isPresent();
  }

  private boolean isConcerned(Contact other, Instant created, Instant until) {
    Duration window = repeats.window();
    return Summary.near(created, until, other.createdAt(), Summary.until(other), window);
  }
}
