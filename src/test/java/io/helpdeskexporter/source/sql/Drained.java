package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps what a source tells the way a store does: the ticket with the greatest version, the first
 * reading of each event's key, and the cursor of each stream.
 */
final class Drained {
  private final Map<String, Ticket> tickets = new TreeMap<>();
  private final Map<String, Map<String, TicketEvent>> events = new TreeMap<>();
  private final Map<String, Cursor> cursors = new HashMap<>();
  private final Map<String, Instant> completeUntil = new HashMap<>();
  private final Map<String, Map<String, Double>> readings = new HashMap<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private final List<Happening> happenings = new ArrayList<>();
  private int changes;
  private int pages;

  /** Reads all streams until none has more. */
  Drained poll(Source source) throws SourceException, InterruptedException {
    for (Stream stream : source.streams()) {
      poll(source, stream);
    }
    return this;
  }

  Drained poll(Source source, Stream stream) throws SourceException, InterruptedException {
    while (!fetch(source, stream)) {
      if (pages > 100_000) {
        throw new IllegalStateException(stream + " does not come to an end");
      }
    }
    return this;
  }

  /** One page; whether it was the last for now. */
  boolean fetch(Source source, Stream stream) throws SourceException, InterruptedException {
    Page page = source.fetch(stream, cursors.getOrDefault(stream.name(), Cursor.START));
    pages++;
    page.changes().forEach(this::take);
    rejected.addAll(page.rejected());
    cursors.put(stream.name(), page.next());
    readings.put(stream.name(), page.readings());
    page.completeUntil().ifPresent(until -> completeUntil.put(stream.name(), until));
    return page.completeUntil().isPresent();
  }

  private void take(Change change) {
    changes++;
    switch (change) {
      case Change.TicketSeen(Ticket ticket) ->
          tickets.merge(
              ticket.id(), ticket, (old, seen) -> seen.version() >= old.version() ? seen : old);
      case Change.EventSeen(String ticket, TicketEvent event) ->
          events
              .computeIfAbsent(ticket, _ -> new LinkedHashMap<>())
              .putIfAbsent(event.stamp().key(), event);
      case Change.HappeningSeen(Happening happening) -> happenings.add(happening);
    }
  }

  List<Happening> happenings() {
    return happenings;
  }

  Map<String, Ticket> tickets() {
    return tickets;
  }

  Ticket ticket(String id) {
    Ticket ticket = tickets.get(id);
    if (ticket == null) {
      throw new AssertionError("ticket " + id + " was not read; there are " + tickets.keySet());
    }
    return ticket;
  }

  /** In their order. */
  List<TicketEvent> events(String ticket) {
    return events.getOrDefault(ticket, Map.of()).values().stream()
        .sorted((a, b) -> a.stamp().compareTo(b.stamp()))
        .toList();
  }

  <T extends TicketEvent> List<T> events(String ticket, Class<T> type) {
    return events(ticket).stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** How many different events there are. */
  long eventCount() {
    return events.values().stream().mapToLong(Map::size).sum();
  }

  Collection<String> eventKeys(String ticket) {
    return events(ticket).stream().map(event -> event.stamp().key()).toList();
  }

  List<Rejected> rejected() {
    return rejected;
  }

  /** How many changes were told, those that were known included. */
  int changes() {
    return changes;
  }

  int pages() {
    return pages;
  }

  Cursor cursor(String stream) {
    return cursors.getOrDefault(stream, Cursor.START);
  }

  Instant completeUntil(String stream) {
    return completeUntil.getOrDefault(stream, Instant.MIN);
  }

  Map<String, Double> readings(String stream) {
    return readings.getOrDefault(stream, Map.of());
  }
}
