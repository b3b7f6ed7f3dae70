package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Requester wait time. Unit: seconds. Absent until settled. Rule: KPI definitions, "Speed". */
final class RequesterWait implements Kpi {
  private static final Measure WAIT = Measure.duration("requester_wait");

  @Override
  public Spec spec() {
    return new Spec(
        "requester_wait",
        "Requester wait time",
        Section.SPEED,
        "seconds",
        "How much of a ticket's life the customer spent waiting for support: the time in new, open"
            + " and on hold. Time in which support waited for the customer is left out.",
        "time in new + open + on hold until the last solve, at settlement",
        "Until settled.",
        "sum(rate(helpdesk_ticket_requester_wait_seconds_sum[7d])) /"
            + " sum(rate(helpdesk_ticket_requester_wait_seconds_count[7d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.STATUSES);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Histogram(
            "helpdesk_ticket_requester_wait_seconds",
            "Time in new, open and on hold until the last solve, counted at settlement; calendar"
                + " clock, cached, refreshed every poll.",
            WAIT,
            Set.of(TEAM, PRIORITY)),
        new Family.WindowSeconds(
            "helpdesk_report_requester_wait_seconds",
            "Requester wait times of the tickets settled in the window, exact; calendar clock,"
                + " cached, refreshed every poll.",
            WAIT,
            Set.of()),
        new Family.WindowSeconds(
            "helpdesk_report_requester_wait_by_team_seconds",
            "Requester wait times of the tickets settled in the window by team, exact; calendar"
                + " clock, cached, refreshed every poll.",
            WAIT,
            Set.of(TEAM)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.speed(
            "requester_wait",
            "Median requester wait time",
            Reading.median("helpdesk_report_requester_wait_seconds"),
            "reopen_rate"));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(1);
    facts
        .settlement()
        .ifPresent(
            settlement ->
                settlement
                    .requesterWaitMillis()
                    .ifPresent(
                        it ->
                            all.add(
                                Observation.timed(
                                    WAIT, settlement.at(), settlement.solve().attribution(), it))));
    return all;
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    return Why.of(
        Why.notSettled(facts).or(() -> facts.settlement().flatMap(it -> Why.notTimed(it.solve()))));
  }

  @Override
  public List<String> choices() {
    return List.of("kpi.settle_after");
  }
}
