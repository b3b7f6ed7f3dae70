package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.domain.Happening.Work;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.SingleFacts;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Worked;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Agent utilisation and occupancy. Unit: seconds. Rule: KPI definitions, "Agent utilisation &amp;
 * occupancy".
 */
final class AgentWork implements Kpi {

  /** What was done on a ticket stays done when it is merged or turns out to be spam. */
  private static final Measure HANDLED =
      Measure.amount("agent_handled", Unit.SECONDS).ofSomeDesks().survivingDeparture();

  @Override
  public Spec spec() {
    return new Spec(
        "agent_work",
        "Agent utilisation and occupancy",
        Section.PEOPLE,
        "seconds",
        "How much of the time that agents are paid for, and of the time that they are there for"
            + " customers, they work for customers. Handling time is what is recorded on tickets,"
            + " when it is recorded, and what the stream work tells of calls, chats and their"
            + " wrap-up. A correction downwards is made up for by what is recorded next on the"
            + " ticket, since counters cannot fall; a helpdesk that only tells the total of a"
            + " ticket adds it when the ticket is settled. Scheduled and available time come from"
            + " the streams shift and presence.",
        "utilisation = helpdesk_agent_handle_seconds_total ÷"
            + " helpdesk_agent_scheduled_seconds_total; occupancy ="
            + " helpdesk_agent_handle_seconds_total ÷ (helpdesk_agent_handle_seconds_total +"
            + " helpdesk_agent_available_seconds_total)",
        "Until any handling time is known; utilisation without shifts, and occupancy without"
            + " presence.",
        "sum by (team) (increase(helpdesk_agent_handle_seconds_total[7d])) /"
            + " sum by (team) (increase(helpdesk_agent_scheduled_seconds_total[7d]))",
        List.of(
            new Example(
                "Occupancy",
                "sum by (team) (increase(helpdesk_agent_handle_seconds_total[7d])) / (sum by (team)"
                    + " (increase(helpdesk_agent_handle_seconds_total[7d])) + sum by (team)"
                    + " (increase(helpdesk_agent_available_seconds_total[7d])))")));
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.TIME_ENTRIES, Feed.WORK, Feed.PRESENCE, Feed.SHIFT);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.SumCounter(
            "helpdesk_agent_handle_seconds_total",
            "Time that agents worked for customers, as it was recorded, cached, refreshed every"
                + " poll.",
            HANDLED,
            Set.of(TEAM)),
        new Family.WindowSum(
            "helpdesk_report_agent_handle_seconds",
            "Time that agents worked for customers, recorded in the window, cached, refreshed every"
                + " poll.",
            HANDLED,
            Set.of()),
        new Family.WindowSum(
            "helpdesk_report_agent_handle_by_team_seconds",
            "Time that agents worked for customers, recorded in the window by team, cached,"
                + " refreshed every poll.",
            HANDLED,
            Set.of(TEAM)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "utilisation",
            "Agent utilisation",
            Indicator.Scale.RATIO,
            Indicator.Better.HIGHER,
            Indicator.Kind.LOAD,
            Reading.ratio(
                "helpdesk_report_agent_handle_seconds",
                "helpdesk_report_agent_scheduled_seconds")));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(facts.worked().size());
    for (Worked it : facts.worked()) {
      all.add(Observation.timed(HANDLED, it.key(), it.at(), it.attribution(), it.millis()));
    }
    return all;
  }

  @Override
  public List<Observation> observe(SubjectFacts facts) {
    return facts instanceof SingleFacts(_, Work work, _, _)
        ? List.of(
            Observation.timed(
                HANDLED, work.at(), Subjects.of(work.team()), work.seconds().toMillis()))
        : List.of();
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    return facts.worked().isEmpty() ? List.of("no working time is recorded on it") : List.of();
  }
}
