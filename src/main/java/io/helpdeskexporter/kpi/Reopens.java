package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.CHANNEL;
import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import java.util.List;
import java.util.Set;

/** Reopens. Unit: reopenings. Rule: KPI definitions, "Outcome". */
final class Reopens implements Kpi {
  private static final Measure REOPENED = Measure.count("reopened");
  private static final Measure TICKETS = Measure.count("reopened_tickets");

  @Override
  public Spec spec() {
    return new Spec(
        "reopen_rate",
        "Reopen rate",
        Section.OUTCOME,
        "reopenings",
        "How often solved tickets come back. A merge, a spam mark or a deletion is no reopening.",
        "helpdesk_tickets_reopened_total ÷ helpdesk_tickets_solved_total",
        "",
        "sum(increase(helpdesk_tickets_reopened_total[7d])) /"
            + " sum(increase(helpdesk_tickets_solved_total[7d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.STATUSES);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Counter(
            "helpdesk_tickets_reopened_total",
            "Reopenings of solved or closed tickets, cached, refreshed every poll.",
            REOPENED,
            Set.of(TEAM, CHANNEL, PRIORITY)),
        new Family.WindowCount(
            "helpdesk_report_tickets_reopened",
            "Reopenings in the window, exact, cached, refreshed every poll.",
            REOPENED,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_tickets_reopened_by_team",
            "Reopenings in the window by team, exact, cached, refreshed every poll.",
            REOPENED,
            Set.of(TEAM)),
        new Family.WindowCount(
            "helpdesk_report_reopened_tickets",
            "Tickets reopened for the first time in the window, exact, cached, refreshed every"
                + " poll.",
            TICKETS,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_reopened_tickets_by_team",
            "Tickets reopened for the first time in the window by team, exact, cached, refreshed"
                + " every poll.",
            TICKETS,
            Set.of(TEAM)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "reopen_rate",
            "Reopen rate",
            Indicator.Scale.RATIO,
            Indicator.Better.LOWER,
            Indicator.Kind.QUALITY,
            Reading.ratio("helpdesk_report_tickets_reopened", "helpdesk_report_tickets_solved")));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    return Observation.counted(REOPENED, TICKETS, facts.reopens());
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    return facts.reopens().isEmpty() ? List.of("never reopened") : List.of();
  }
}
