package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.StatusSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Time in status. Unit: seconds. Counted when a ticket leaves a status. Rule: KPI definitions,
 * "Speed".
 */
final class TimeInStatus implements Kpi {
  private static final Measure SPENT = Measure.amount("status_seconds", Unit.SECONDS, "status");

  @Override
  public Spec spec() {
    return new Spec(
        "time_in_status",
        "Time in status",
        Section.SPEED,
        "seconds",
        "Where tickets spend their time: seconds in each status, added when a ticket leaves it.",
        "sum of the stays in a status that have ended",
        "Until a ticket has left a status.",
        "sum by (status) (rate(helpdesk_ticket_status_seconds_total[7d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.STATUSES);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.SumCounter(
            "helpdesk_ticket_status_seconds_total",
            "Seconds that tickets spent in a status, added when they leave it; calendar clock,"
                + " cached, refreshed every poll.",
            SPENT,
            Set.of(TEAM, DETAIL)));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(facts.statusSpans().size());
    int ordinal = 0;
    for (StatusSpan span : facts.statusSpans()) {
      ordinal++;
      if (span.counted()) {
        long millis = Duration.between(span.from(), span.to()).toMillis();
        all.add(
            new Observation(
                SPENT,
                ordinal,
                span.to(),
                span.attribution(),
                span.status().label(),
                millis,
                true));
      }
    }
    return all;
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    return facts.statusSpans().isEmpty()
        ? List.of("it has not left its first status, and a stay counts when it ends")
        : List.of(
            "its stay in the present status (%s) counts when it ends"
                .formatted(facts.now().status().label()));
  }
}
