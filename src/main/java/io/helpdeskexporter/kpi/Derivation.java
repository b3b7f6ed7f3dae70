package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.Timeline;
import java.time.Instant;
import java.util.List;

/**
 * From a ticket's history to everything that KPIs make of it, as of an instant: a pure function.
 */
@FunctionalInterface
public interface Derivation {
  Derived derive(Timeline timeline, Instant asOf);

  /**
   * What KPIs make of the history.
   *
   * @param observations dated up to the facts' instant, keys unique
   * @param contributions empty unless the ticket is in some gauge
   */
  record Derived(
      TicketFacts facts, List<Observation> observations, List<Contribution> contributions) {
    public Derived {
      observations = List.copyOf(observations);
      contributions = List.copyOf(contributions);
    }
  }
}
