package io.helpdeskexporter.store;

import io.helpdeskexporter.kpi.TicketDelta;
import java.util.ArrayList;
import java.util.List;

/**
 * What saving a page changed.
 *
 * @param tickets tickets of which something new was told
 * @param events events that were not known before
 * @param deltas of the tickets that were derived at once; committed
 */
public record Saved(int tickets, long events, List<TicketDelta> deltas) {
  static final Saved NOTHING = new Saved(0, 0, List.of());

  Saved and(Saved other) {
    List<TicketDelta> both = new ArrayList<>(deltas);
    both.addAll(other.deltas);
    return new Saved(tickets + other.tickets, events + other.events, both);
  }

  public Saved {
    deltas = List.copyOf(deltas);
  }
}
