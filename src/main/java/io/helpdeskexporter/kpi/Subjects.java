package io.helpdeskexporter.kpi;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.facts.SubjectFacts.Spent;
import java.util.List;
import java.util.Optional;

/** Observations of what is not a ticket: it has a team at most, no channel and no priority. */
final class Subjects {
  private Subjects() {}

  /** Whom all that has no team counts for. */
  static final Attribution NOBODY = of(Attribution.UNASSIGNED);

  static Attribution of(String team) {
    return new Attribution(team, Channel.OTHER, Priority.NONE);
  }

  static Attribution of(Optional<String> team) {
    return of(team.orElse(Attribution.UNASSIGNED));
  }

  /** Time by hour; the hour is its key, so that what is told late does not shift the others. */
  static List<Observation> byHour(Measure measure, List<Spent> spent) {
    return spent.stream()
        .map(
            each ->
                Observation.timed(
                    measure,
                    each.hour() * Spent.PARTS + each.part(),
                    each.at(),
                    of(each.team()),
                    each.millis()))
        .toList();
  }
}
