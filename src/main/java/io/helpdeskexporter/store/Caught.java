package io.helpdeskexporter.store;

import io.helpdeskexporter.kpi.TicketDelta;
import java.util.List;

/**
 * A step of catching up with what was read and with the time.
 *
 * @param deltas of the tickets derived in this step; committed
 * @param remaining how many more tickets wait, at least; 0 once all is counted up to the instant
 *     asked for, which is then the watermark
 */
public record Caught(List<TicketDelta> deltas, long remaining) {
  public Caught {
    deltas = List.copyOf(deltas);
  }
}
