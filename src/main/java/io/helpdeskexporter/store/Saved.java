package io.helpdeskexporter.store;

import io.helpdeskexporter.kpi.TicketDelta;
import java.util.ArrayList;
import java.util.List;

/**
 * What saving a page changed.
 *
 * @param tickets tickets of which something new was told
 * @param events events that were not known before
 * @param news rows that told something new; the others had been told before
 * @param waiting events of tickets that are not known yet
 * @param deltas of the tickets that were derived at once; committed
 */
public record Saved(int tickets, long events, long news, long waiting, List<TicketDelta> deltas) {
  public static final Saved NOTHING = new Saved(0, 0, 0, 0, List.of());

  /** What saving both changed. */
  public Saved and(Saved other) {
    List<TicketDelta> both = new ArrayList<>(deltas);
    both.addAll(other.deltas);
    return new Saved(
        tickets + other.tickets,
        events + other.events,
        news + other.news,
        waiting + other.waiting,
        both);
  }

  public Saved {
    deltas = List.copyOf(deltas);
  }
}
