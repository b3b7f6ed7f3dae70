package io.helpdeskexporter.source.file;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the rows of one page gave. Of the several readings of a ticket only the newest is kept. */
final class Harvest {
  private final Map<String, Ticket> tickets = new LinkedHashMap<>();
  private final List<Change> events = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private final Consumer<Change> witness;
  private Instant latest;
  private int rows;

  /**
   * @param latest the latest time that earlier pages read
   * @param witness sees what each row tells, also where a newer reading of its ticket is kept
   */
  Harvest(Instant latest, Consumer<Change> witness) {
    this.latest = latest;
    this.witness = witness;
  }

  void ticket(Ticket ticket) {
    witness.accept(new Change.TicketSeen(ticket));
    tickets.merge(ticket.id(), ticket, Harvest::newer);
    sawTime(ticket.updatedAt());
    sawTime(ticket.createdAt());
  }

  void event(String ticketId, TicketEvent event) {
    Change.EventSeen seen = new Change.EventSeen(ticketId, event);
    witness.accept(seen);
    events.add(seen);
    sawTime(event.at());
  }

  void happening(Happening happening) {
    Change.HappeningSeen seen = new Change.HappeningSeen(happening);
    witness.accept(seen);
    events.add(seen);
    sawTime(happening.at());
  }

  void reject(String where, String reason, String detail) {
    rejected.add(new Rejected(where, reason, detail));
  }

  /** So many rows were read, whatever came of them. */
  void rows(int more) {
    rows += more;
  }

  int rows() {
    return rows;
  }

  Instant latest() {
    return latest;
  }

  List<Change> changes() {
    List<Change> changes = new ArrayList<>(tickets.size() + events.size());
    tickets.values().forEach(ticket -> changes.add(new Change.TicketSeen(ticket)));
    changes.addAll(events);
    return changes;
  }

  List<Rejected> rejected() {
    return rejected;
  }

  /**
   * By version, then by time. Two different rows that share both are ordered by their content, so
   * that the order of rows in a file decides nothing.
   */
  static Ticket newer(Ticket one, Ticket other) {
    int order = Long.compare(one.version(), other.version());
    if (order == 0) {
      order = one.updatedAt().compareTo(other.updatedAt());
    }
    if (order == 0 && !one.equals(other)) {
      order = one.toString().compareTo(other.toString());
    }
    return order >= 0 ? one : other;
  }

  private void sawTime(Instant time) {
    if (time.isAfter(latest)) {
      latest = time;
    }
  }
}
