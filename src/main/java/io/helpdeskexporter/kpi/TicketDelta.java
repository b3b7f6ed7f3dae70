package io.helpdeskexporter.kpi;

import java.util.List;

/**
 * How one ticket's part in the numbers changed.
 *
 * @param removed windowed observations that no longer hold
 * @param added windowed observations that hold now
 * @param counted observations whose keys were never counted before: the totals grow by them
 * @param contributions all that the ticket adds to gauges now; replaces what it added before
 */
public record TicketDelta(
    String ticket,
    List<Observation> removed,
    List<Observation> added,
    List<Observation> counted,
    List<Contribution> contributions) {
  public TicketDelta {
    removed = List.copyOf(removed);
    added = List.copyOf(added);
    counted = List.copyOf(counted);
    contributions = List.copyOf(contributions);
  }
}
