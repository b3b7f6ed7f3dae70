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

  /** Dated when the ticket was created, and there only as long as it is solved. */
  private static final Measure COHORT = Measure.count("created_and_solved").asLongAsItHolds();

  @Override
  public Spec spec() {
    return new Spec(
        "resolution_rate",
        "Resolution rate",
        Section.OUTCOME,
        "tickets",
        "How many tickets are solved compared with how many come in. Above one, the backlog"
            + " shrinks. The cohort rate asks instead how many of the tickets that came in during a"
            + " period are solved by now; merged and excluded ones came in and are not.",
        "helpdesk_tickets_solved_total ÷ helpdesk_tickets_created_total",
        "",
        "sum(increase(helpdesk_tickets_solved_total[7d])) /"
            + " sum(increase(helpdesk_tickets_created_total[7d]))",
        List.of(
            new Example(
                "Cohort rate",
                "helpdesk_report_created_tickets_solved{window=\"30d\"} /"
                    + " helpdesk_report_tickets_created{window=\"30d\"}")));
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
            Set.of(PRIORITY)),
        new Family.WindowCount(
            "helpdesk_report_created_tickets_solved",
            "Tickets created in the window that are solved now, exact, cached, refreshed every"
                + " poll.",
            COHORT,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_created_tickets_solved_by_team",
            "Tickets created in the window that are solved now, by the team at creation, exact,"
                + " cached, refreshed every poll.",
            COHORT,
            Set.of(TEAM)));
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
            Reading.ratio("helpdesk_report_tickets_solved", "helpdesk_report_tickets_created")),
        Indicator.of(
            "cohort_resolution_rate",
            "Tickets of the period that are solved",
            Indicator.Scale.SHARE,
            Indicator.Better.HIGHER,
            Indicator.Kind.LOAD,
            Reading.ratio(
                "helpdesk_report_created_tickets_solved", "helpdesk_report_tickets_created")));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(2 + facts.solves().size());
    int ordinal = 0;
    for (Solve solve : facts.solves()) {
      if (ordinal == 0) {
        all.add(Observation.counted(SOLVED, 1, solve.at(), solve.attribution(), ""));
      }
      all.add(Observation.counted(EVENTS, ++ordinal, solve.at(), solve.attribution(), ""));
    }
    if (isSolved(facts)) {
      all.add(Observation.counted(COHORT, 1, facts.ticket().createdAt(), facts.opened(), ""));
    }
    return all;
  }

  private static boolean isSolved(TicketFacts facts) {
    return !facts.solves().isEmpty() && !facts.now().status().isUnsolved();
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    return facts.solves().isEmpty() || isSolved(facts)
        ? Why.of(Why.notSolved(facts))
        : List.of("not among the solved tickets of its period: it is unsolved again");
  }
}
