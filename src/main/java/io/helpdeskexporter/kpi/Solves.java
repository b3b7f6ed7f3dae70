package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.CHANNEL;
import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Solve;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tickets solved. Unit: tickets. Rule: KPI definitions, "Outcome". */
final class Solves implements Kpi {
  private static final Measure SOLVED = Measure.count("solved");
  private static final Measure EVENTS = Measure.count("solve_events");

  @Override
  public Spec spec() {
    return new Spec(
        "resolution_rate",
        "Resolution rate",
        Section.OUTCOME,
        "tickets",
        "How many tickets are solved compared with how many come in. Above one, the backlog"
            + " shrinks.",
        "helpdesk_tickets_solved_total ÷ helpdesk_tickets_created_total",
        "",
        "sum(increase(helpdesk_tickets_solved_total[7d])) /"
            + " sum(increase(helpdesk_tickets_created_total[7d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.STATUSES);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Counter(
            "helpdesk_tickets_solved_total",
            "Tickets solved for the first time, cached, refreshed every poll.",
            SOLVED,
            Set.of(TEAM, CHANNEL, PRIORITY)),
        new Family.Counter(
            "helpdesk_ticket_solve_events_total",
            "Solves, each time that a ticket is solved, cached, refreshed every poll.",
            EVENTS,
            Set.of(TEAM, CHANNEL, PRIORITY)),
        new Family.WindowCount(
            "helpdesk_report_tickets_solved",
            "Tickets solved for the first time in the window, exact, cached, refreshed every poll.",
            SOLVED,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_tickets_solved_by_team",
            "Tickets solved for the first time in the window by team, exact, cached, refreshed"
                + " every poll.",
            SOLVED,
            Set.of(TEAM)),
        new Family.WindowCount(
            "helpdesk_report_tickets_solved_by_channel",
            "Tickets solved for the first time in the window by channel, exact, cached, refreshed"
                + " every poll.",
            SOLVED,
            Set.of(CHANNEL)),
        new Family.WindowCount(
            "helpdesk_report_tickets_solved_by_priority",
            "Tickets solved for the first time in the window by priority, exact, cached, refreshed"
                + " every poll.",
            SOLVED,
            Set.of(PRIORITY)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "resolution_rate",
            "Resolution rate",
            Indicator.Scale.RATIO,
            Indicator.Better.HIGHER,
            Indicator.Kind.LOAD,
            Reading.ratio("helpdesk_report_tickets_solved", "helpdesk_report_tickets_created")));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(1 + facts.solves().size());
    int ordinal = 0;
    for (Solve solve : facts.solves()) {
      if (ordinal == 0) {
        all.add(Observation.counted(SOLVED, 1, solve.at(), solve.attribution(), ""));
      }
      all.add(Observation.counted(EVENTS, ++ordinal, solve.at(), solve.attribution(), ""));
    }
    return all;
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    return Why.of(Why.notSolved(facts));
  }
}
