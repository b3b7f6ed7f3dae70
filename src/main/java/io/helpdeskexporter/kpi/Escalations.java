package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.CHANNEL;
import static io.helpdeskexporter.kpi.Label.DETAIL;
import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import java.util.List;
import java.util.Set;

/** Escalations. Unit: tickets. Rule: KPI definitions, "Outcome". */
final class Escalations implements Kpi {
  private static final Measure ESCALATED = Measure.count("escalated", "reason");

  @Override
  public Spec spec() {
    return new Spec(
        "escalation_rate",
        "Escalation rate",
        Section.OUTCOME,
        "tickets",
        "How many tickets go to a higher tier (functional) or to a manager (hierarchical). Each"
            + " ticket counts once, at its first escalation; a broken SLA is not one.",
        "helpdesk_tickets_escalated_total ÷ helpdesk_tickets_created_total",
        "Functional escalations need tiers in the configuration, or a source that tells them.",
        "sum(increase(helpdesk_tickets_escalated_total[7d])) /"
            + " sum(increase(helpdesk_tickets_created_total[7d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.ESCALATIONS, Feed.TEAMS);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Counter(
            "helpdesk_tickets_escalated_total",
            "Tickets escalated, at their first escalation, cached, refreshed every poll.",
            ESCALATED,
            Set.of(TEAM, CHANNEL, PRIORITY, DETAIL)),
        new Family.WindowCount(
            "helpdesk_report_tickets_escalated",
            "Tickets first escalated in the window, exact, cached, refreshed every poll.",
            ESCALATED,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_tickets_escalated_by_team",
            "Tickets first escalated in the window by team, exact, cached, refreshed every poll.",
            ESCALATED,
            Set.of(TEAM)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "escalation_rate",
            "Escalation rate",
            Indicator.Scale.RATIO,
            Indicator.Better.LOWER,
            Indicator.Kind.COST,
            Reading.ratio("helpdesk_report_tickets_escalated", "helpdesk_report_tickets_created")));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    return facts.escalation().stream()
        .map(
            it -> Observation.counted(ESCALATED, 1, it.at(), it.attribution(), it.reason().label()))
        .toList();
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    return facts.escalation().isEmpty() ? List.of("never escalated") : List.of();
  }

  @Override
  public List<String> choices() {
    return List.of("kpi.tiers");
  }
}
