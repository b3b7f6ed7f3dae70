package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.TicketFacts;
import java.util.List;
import java.util.Optional;

/**
 * One KPI: what it means, how it is shown, and what a ticket adds to it. A new one is a file of
 * this kind and a line in {@link Catalogue}.
 */
public interface Kpi {
  Spec spec();

  List<Family> families();

  /** What it is made of, the most telling first. */
  List<Feed> feeds();

  /**
   * Why a source with these policies does not feed the KPI, so that all of it is absent; empty if
   * it does.
   */
  default Optional<String> unmeasured(Policies policies) {
    return Optional.empty();
  }

  /**
   * What has happened to the ticket that this KPI counts, for ever, unless the measure is {@link
   * Measure#revocable}. Order does not matter; keys are unique.
   */
  default List<Observation> observe(TicketFacts facts) {
    return List.of();
  }

  /** What people call its value, if it has one; of several, the first comes to mind first. */
  default List<Indicator> indicators() {
    return List.of();
  }

  /** What the ticket adds to the KPI's gauges as it stands, with nothing new from the source. */
  default List<Contribution> contribute(TicketFacts facts) {
    return List.of();
  }

  /**
   * Why the ticket is not, or not yet, in something that this KPI counts: for each thing a sentence
   * without a full stop that people at the desk understand. Empty where all is counted, and for a
   * KPI that tickets do not feed. Not asked of a ticket that has left the KPIs.
   */
  default List<String> leftOut(TicketFacts facts, Policies policies) {
    return List.of();
  }

  /** The keys of the configuration that decide between definitions of this KPI. */
  default List<String> choices() {
    return List.of();
  }

  /** What has happened to the subject that this KPI counts, for ever, as of a ticket. */
  default List<Observation> observe(SubjectFacts facts) {
    return List.of();
  }

  /** What the subject adds to the KPI's gauges as it stands. */
  default List<Contribution> contribute(SubjectFacts facts) {
    return List.of();
  }

  /**
   * The words of the reference.
   *
   * @param id lower snake case
   * @param section where it stands in the reference
   * @param unit "seconds", "tickets", "ratio"
   * @param definition what it means, in words that a support manager uses
   * @param formula numerator and denominator, or the difference taken, in terms of the families
   * @param absent when there is no sample
   * @param query a PromQL example
   * @param more what else can be asked
   */
  record Spec(
      String id,
      String title,
      Section section,
      String unit,
      String definition,
      String formula,
      String absent,
      String query,
      List<Example> more) {
    public Spec {
      more = List.copyOf(more);
    }

    /** One of which the first example is enough. */
    public Spec(
        String id,
        String title,
        Section section,
        String unit,
        String definition,
        String formula,
        String absent,
        String query) {
      this(id, title, section, unit, definition, formula, absent, query, List.of());
    }
  }

  /**
   * A PromQL example.
   *
   * @param what it answers: "Response rate"
   */
  record Example(String what, String query) {}

  /** The parts of the reference. */
  enum Section {
    SPEED,
    OUTCOME,
    LOAD,
    SLA,
    SATISFACTION,
    SELF_SERVICE,
    PEOPLE,
    BUSINESS,
    LOOKING_AHEAD,
    GOALS,
    DATA
  }
}
