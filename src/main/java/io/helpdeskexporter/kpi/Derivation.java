package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.Biography;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** From what is known to everything that KPIs make of it, as of an instant: a pure function. */
@FunctionalInterface
public interface Derivation {
  Derived derive(Timeline timeline, Instant asOf);

  /** The facts alone, for whoever asks for nothing else. */
  default TicketFacts facts(Timeline timeline, Instant asOf) {
    return derive(timeline, asOf).facts();
  }

  /** The same of a subject that is not a ticket. */
  default Traces derive(Biography biography, Instant asOf) {
    return Traces.NONE;
  }

  /**
   * What KPIs make of a ticket's history.
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

  /**
   * What KPIs make of a biography.
   *
   * @param observations dated up to the instant, keys unique
   * @param contributions empty unless the subject is in some gauge
   * @param changesAt the next instant at which, with nothing new from the source, this changes
   */
  record Traces(
      List<Observation> observations,
      List<Contribution> contributions,
      Optional<Instant> changesAt) {
    public static final Traces NONE = new Traces(List.of(), List.of(), Optional.empty());

    public Traces {
      observations = List.copyOf(observations);
      contributions = List.copyOf(contributions);
    }
  }
}
