package io.helpdeskexporter.explain;

import io.helpdeskexporter.kpi.FedSeries;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one KPI makes of a ticket.
 *
 * @param answer what it counted as, in one line; empty text if as nothing
 * @param choices which definitions are in force
 * @param entries what was counted, by its time
 * @param standings what counts at present, or will as soon as its time comes
 * @param leftOut why the ticket is not, or not yet, in some of it; sentences without a full stop
 */
public record Part(
    String kpi,
    String title,
    String definition,
    Status status,
    String answer,
    List<Choice> choices,
    List<Entry> entries,
    List<Standing> standings,
    List<String> leftOut) {
  public Part {
    choices = List.copyOf(choices);
    entries = List.copyOf(entries);
    standings = List.copyOf(standings);
    leftOut = List.copyOf(leftOut);
  }

  /** Whether a ticket counts. */
  public enum Status {
    /** In counters, which never forget it, and mostly in windows. */
    COUNTED,
    /** In gauges alone, as long as it stands as it does. */
    COUNTS_NOW,
    NOT_COUNTED,
    /** Tickets are not what this KPI is about. */
    NOT_OF_TICKETS
  }

  /**
   * One thing that was counted, once and for all.
   *
   * @param what it is, with its value
   * @param at the instant that it is dated
   * @param ever the counters and histograms that took it in
   * @param heldAt how the windows date it now; empty if they do not hold it
   * @param windows the windows it is in at present
   * @param note what became of it since; empty text if nothing
   */
  public record Entry(
      String what,
      Instant at,
      List<FedSeries> ever,
      Optional<Instant> heldAt,
      List<FedSeries> windows,
      String note) {
    public Entry {
      ever = List.copyOf(ever);
      windows = List.copyOf(windows);
    }
  }

  /**
   * Something that the ticket adds to gauges for a time.
   *
   * @param until when it ends with nothing new from the source; empty if never
   * @param now whether it has begun
   */
  public record Standing(
      String what, Instant from, Optional<Instant> until, boolean now, List<FedSeries> gauges) {
    public Standing {
      gauges = List.copyOf(gauges);
    }
  }
}
