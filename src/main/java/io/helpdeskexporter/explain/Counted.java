package io.helpdeskexporter.explain;

import io.helpdeskexporter.kpi.Contribution;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.kpi.Observation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was counted of a ticket: its ledger.
 *
 * @param asOf when it was last gone over; empty if it never was
 * @param waits whether something of it was read that is not counted yet
 */
public record Counted(
    List<Entry> entries, List<Contribution> contributions, Optional<Instant> asOf, boolean waits) {
  public Counted {
    entries = List.copyOf(entries);
    contributions = List.copyOf(contributions);
  }

  /**
   * @param counted what the totals took, for ever
   * @param held what the windows hold now
   */
  public record Entry(Observation counted, Optional<Observation> held) {}

  /** As if everything had been counted when it came about. */
  public static Counted of(Derivation.Derived derived) {
    return new Counted(
        derived.observations().stream()
            .map(it -> new Entry(it, Optional.of(it).filter(Observation::windowed)))
            .toList(),
        derived.contributions(),
        Optional.of(derived.facts().asOf()),
        false);
  }
}
