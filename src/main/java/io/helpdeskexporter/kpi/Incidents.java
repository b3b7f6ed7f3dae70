package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.SingleFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Large disturbances. Unit: incidents. Rule: KPI definitions, "Real-time vs historical". */
final class Incidents implements Kpi {
  private static final Measure BEGUN = Measure.count("incidents", "severity").ofSomeDesks();
  private static final Level ACTIVE = Level.of("incidents_active", "severity");

  @Override
  public Spec spec() {
    return new Spec(
        "incidents",
        "Incidents",
        Section.LOAD,
        "incidents",
        "Outages and other large disturbances that last right now: what a wave of tickets is due"
            + " to.",
        "helpdesk_incidents_active by severity",
        "Until incidents are fed; a severity without an active incident has no sample.",
        "sum by (severity) (helpdesk_incidents_active)");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.INCIDENT);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Gauge(
            "helpdesk_incidents_active",
            "Incidents that have begun and not ended, cached, refreshed every poll.",
            ACTIVE,
            Set.of(DETAIL)),
        new Family.Counter(
            "helpdesk_incidents_begun_total",
            "Incidents that began, cached, refreshed every poll.",
            BEGUN,
            Set.of(DETAIL)));
  }

  @Override
  public List<Observation> observe(SubjectFacts facts) {
    return incident(facts).stream()
        .map(
            it ->
                Observation.counted(
                    BEGUN, 1, it.at(), Subjects.of(Optional.empty()), it.severity()))
        .toList();
  }

  @Override
  public List<Contribution> contribute(SubjectFacts facts) {
    return incident(facts).stream()
        .map(
            it ->
                new Contribution(
                    ACTIVE,
                    Subjects.of(Optional.empty()),
                    it.severity(),
                    it.at(),
                    it.at(),
                    it.endedAt().orElse(Instant.MAX)))
        .toList();
  }

  private static Optional<Happening.Incident> incident(SubjectFacts facts) {
    return facts instanceof SingleFacts(_, Happening.Incident incident, _, _)
        ? Optional.of(incident)
        : Optional.empty();
  }
}
