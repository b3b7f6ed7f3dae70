package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.CHANNEL;
import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import java.util.List;
import java.util.Set;

/** Reassignments. Unit: reassignments. Rule: KPI definitions, "Outcome". */
final class Reassignments implements Kpi {
  private static final Measure REASSIGNED = Measure.count("reassigned");
  private static final Measure TICKETS = Measure.count("reassigned_tickets");

  @Override
  public Spec spec() {
    return new Spec(
        "reassignments",
        "Reassignments",
        Section.OUTCOME,
        "reassignments",
        "How often a ticket passes from one team or agent to another without being escalated. The"
            + " first assignment is none.",
        "helpdesk_tickets_reassigned_total",
        "",
        "sum(increase(helpdesk_tickets_reassigned_total[7d])) /"
            + " sum(increase(helpdesk_tickets_created_total[7d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.TEAMS);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Counter(
            "helpdesk_tickets_reassigned_total",
            "Changes of team or agent after the first assignment, escalations left out, cached,"
                + " refreshed every poll.",
            REASSIGNED,
            Set.of(TEAM, CHANNEL, PRIORITY)),
        new Family.WindowCount(
            "helpdesk_report_tickets_reassigned",
            "Reassignments in the window, exact, cached, refreshed every poll.",
            REASSIGNED,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_tickets_reassigned_by_team",
            "Reassignments in the window by team, exact, cached, refreshed every poll.",
            REASSIGNED,
            Set.of(TEAM)),
        new Family.WindowCount(
            "helpdesk_report_reassigned_tickets",
            "Tickets reassigned for the first time in the window, exact, cached, refreshed every"
                + " poll.",
            TICKETS,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_reassigned_tickets_by_team",
            "Tickets reassigned for the first time in the window by team, exact, cached, refreshed"
                + " every poll.",
            TICKETS,
            Set.of(TEAM)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "reassignment_rate",
            "Reassignment rate",
            Indicator.Scale.RATIO,
            Indicator.Better.LOWER,
            Indicator.Kind.COST,
            Reading.ratio(
                "helpdesk_report_tickets_reassigned", "helpdesk_report_tickets_created")));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    return Observation.counted(REASSIGNED, TICKETS, facts.reassignments());
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    return facts.reassignments().isEmpty()
        ? List.of("never passed from one team or agent to another")
        : List.of();
  }
}
