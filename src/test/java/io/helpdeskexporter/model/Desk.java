package io.helpdeskexporter.model;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that a helpdesk has told so far, each thing once. */
record Desk(List<File> tickets, List<Happening> happenings) {

  /** A ticket and what happened to it, in order. */
  record File(Ticket ticket, List<TicketEvent> events) {}

  static Desk of(List<Change> told) {
    Map<String, Ticket> newest = new TreeMap<>();
    Map<String, Map<String, TicketEvent>> events = new TreeMap<>();
    Map<List<Object>, Happening> happenings = new LinkedHashMap<>();
    for (Change change : told) {
      switch (change) {
        case Change.TicketSeen(Ticket ticket) -> {
          Ticket known = newest.get(ticket.id());
          if (known == null || known.version() < ticket.version()) {
            newest.put(ticket.id(), ticket);
          }
        }
        case Change.EventSeen(String id, TicketEvent event) ->
            events.computeIfAbsent(id, _ -> new TreeMap<>()).put(event.stamp().key(), event);
        case Change.HappeningSeen(Happening happening) -> {
          List<Object> key = List.of(happening.getClass(), happening.stamp().key());
          Happening known = happenings.get(key);
          if (known == null || known.stamp().sequence() < happening.stamp().sequence()) {
            happenings.put(key, happening);
          }
        }
      }
    }
    List<File> files = new ArrayList<>();
    newest.forEach(
        (id, ticket) ->
            files.add(
                new File(
                    ticket,
                    events.getOrDefault(id, Map.of()).values().stream()
                        .sorted(Comparator.comparing(TicketEvent::stamp))
                        .toList())));
    return new Desk(files, List.copyOf(happenings.values()));
  }
}
