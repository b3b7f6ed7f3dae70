package io.helpdeskexporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.Vocabulary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A reader as a store is one: it keeps cursors, the newest ticket, one event of each key, and of
 * happenings the newest.
 */
public final class Reading {
  final Map<Stream, Cursor> cursors = new HashMap<>();
  final Map<Stream, Instant> completeUntil = new HashMap<>();
  final Map<String, Ticket> tickets = new TreeMap<>();
  final Map<String, TicketEvent> events = new TreeMap<>();
  final Map<String, Happening> happenings = new TreeMap<>();
  final List<String> contradictions = new ArrayList<>();
  private final int mostPages;
  private int pages;

  /**
   * @param mostPages a source that has not caught up after so many never will
   */
  public Reading(int mostPages) {
    this.mostPages = mostPages;
  }

  public Map<String, Ticket> tickets() {
    return tickets;
  }

  /** By ticket and key, with a space between. */
  public Map<String, TicketEvent> events() {
    return events;
  }

  public Map<String, Happening> happenings() {
    return happenings;
  }

  /** Up to when each stream has told everything. */
  public Map<Stream, Instant> completeUntil() {
    return completeUntil;
  }

  /** What was told under a key that had been told before, with other content. */
  public List<String> contradictions() {
    return contradictions;
  }

  Reading copy() {
    Reading copy = new Reading(mostPages);
    copy.cursors.putAll(cursors);
    copy.tickets.putAll(tickets);
    copy.events.putAll(events);
    copy.happenings.putAll(happenings);
    return copy;
  }

  /** All that is known by now, by what it is and its key. */
  Map<String, Object> told() {
    Map<String, Object> told = new TreeMap<>();
    tickets.forEach((id, ticket) -> told.put("ticket " + id, ticket));
    events.forEach((key, event) -> told.put("event " + key, event));
    happenings.forEach((key, happening) -> told.put("happening " + key, happening));
    return told;
  }

  /** Until every stream says that it is complete. */
  public void goOn(Source source) throws Exception {
    completeUntil.clear();
    while (!page(source)) {
      // The next page.
    }
  }

  /** One page of the first stream that is not complete; true when all are. */
  public boolean page(Source source) throws Exception {
    assertThat(++pages).as("pages").isLessThan(mostPages);
    Optional<Stream> next =
        source.streams().stream().filter(each -> !completeUntil.containsKey(each)).findFirst();
    if (next.isPresent()) {
      Stream stream = next.get();
      take(stream, source.fetch(stream, cursor(stream)));
    }
    return completeUntil.keySet().containsAll(source.streams());
  }

  public Cursor cursor(Stream stream) {
    return cursors.getOrDefault(stream, Cursor.START);
  }

  public Ticket ticket(String id) {
    return Objects.requireNonNull(tickets.get(id), () -> "no ticket " + id + " was told");
  }

  public void take(Stream stream, Page page) {
    assertThat(page.rejected()).isEmpty();
    cursors.put(stream, page.next());
    page.completeUntil().ifPresent(until -> completeUntil.put(stream, until));
    for (Change change : page.changes()) {
      switch (change) {
        case Change.TicketSeen seen -> take(seen.ticket());
        case Change.EventSeen seen -> take(seen);
        case Change.HappeningSeen(Happening happening) -> take(happening);
      }
    }
  }

  private void take(Ticket ticket) {
    Ticket known = tickets.get(ticket.id());
    if (known != null && known.version() == ticket.version() && !known.equals(ticket)) {
      contradictions.add("ticket " + ticket.id());
    }
    if (known == null || known.version() <= ticket.version()) {
      tickets.put(ticket.id(), ticket);
    }
  }

  private void take(Change.EventSeen seen) {
    String key = seen.ticketId() + " " + seen.event().stamp().key();
    TicketEvent known = events.putIfAbsent(key, seen.event());
    if (known != null && !known.equals(seen.event())) {
      contradictions.add("event " + key);
    }
  }

  private void take(Happening happening) {
    String key = happening.getClass().getSimpleName() + " " + happening.stamp().key();
    Happening known = happenings.get(key);
    if (known != null
        && known.stamp().sequence() == happening.stamp().sequence()
        && !known.equals(happening)) {
      contradictions.add("happening " + key);
    }
    if (known == null || known.stamp().sequence() <= happening.stamp().sequence()) {
      happenings.put(key, happening);
    }
  }

  public List<TicketEvent> eventsOf(String ticket) {
    return events.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(ticket + " "))
        .map(Map.Entry::getValue)
        .sorted(Comparator.comparing(TicketEvent::stamp))
        .toList();
  }

  /** In their order. One that is told again, by a look or by another record, is the same. */
  List<Status> statusesOf(String ticket, Vocabulary vocabulary) {
    List<Status> statuses = new ArrayList<>();
    for (TicketEvent event : eventsOf(ticket)) {
      Optional<String> word =
          switch (event) {
            case TicketEvent.StatusChanged changed -> Optional.of(changed.to());
            case TicketEvent.Snapshot snapshot -> snapshot.status();
            default -> Optional.empty();
          };
      word.flatMap(vocabulary::status)
          .filter(Status.class::isInstance)
          .map(Status.class::cast)
          .filter(status -> statuses.isEmpty() || statuses.getLast() != status)
          .ifPresent(statuses::add);
    }
    return statuses;
  }

  Map<String, Long> statuses() {
    Map<String, Long> counts = new TreeMap<>();
    tickets
        .values()
        .forEach(ticket -> ticket.status().ifPresent(s -> counts.merge(s, 1L, Long::sum)));
    return counts;
  }
}
