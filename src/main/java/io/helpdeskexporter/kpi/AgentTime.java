package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.AgentFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Available, scheduled and adherent time of agents. Unit: seconds. Rule: KPI definitions, "Agent
 * utilisation & occupancy".
 */
final class AgentTime implements Kpi {
  private static final Measure AVAILABLE =
      Measure.amount("agent_available", Unit.SECONDS).ofSomeDesks();
  private static final Measure SCHEDULED =
      Measure.amount("agent_scheduled", Unit.SECONDS).ofSomeDesks();
  private static final Measure ADHERENT =
      Measure.amount("agent_adherent", Unit.SECONDS).ofSomeDesks();

  @Override
  public Spec spec() {
    return new Spec(
        "agent_time",
        "Adherence, and the time agents are there",
        Section.PEOPLE,
        "seconds",
        "How long agents were available, how long they were scheduled (and paid), and how much of"
            + " the scheduled time they were in fact there, available or busy. Each hour counts"
            + " five minutes after it has ended.",
        "adherence = helpdesk_agent_adherent_seconds_total ÷"
            + " helpdesk_agent_scheduled_seconds_total",
        "Until presence is fed (available) and shifts are (scheduled, adherent).",
        "sum by (team) (increase(helpdesk_agent_adherent_seconds_total[7d])) /"
            + " sum by (team) (increase(helpdesk_agent_scheduled_seconds_total[7d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.PRESENCE, Feed.SHIFT);
  }

  @Override
  public List<Family> families() {
    List<Family> all = new ArrayList<>();
    add(all, AVAILABLE, "available", "Time that agents were available for the next ticket");
    add(all, SCHEDULED, "scheduled", "Time that agents were scheduled for");
    add(all, ADHERENT, "adherent", "Scheduled time in which agents were available or busy");
    return all;
  }

  private static void add(List<Family> all, Measure measure, String what, String help) {
    all.add(
        new Family.SumCounter(
            "helpdesk_agent_" + what + "_seconds_total",
            help + ", cached, refreshed every poll.",
            measure,
            Set.of(TEAM)));
    all.add(
        new Family.WindowSum(
            "helpdesk_report_agent_" + what + "_seconds",
            help + ", in the window, cached, refreshed every poll.",
            measure,
            Set.of()));
    all.add(
        new Family.WindowSum(
            "helpdesk_report_agent_" + what + "_by_team_seconds",
            help + ", in the window by team, cached, refreshed every poll.",
            measure,
            Set.of(TEAM)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "adherence",
            "Adherence to schedule",
            Indicator.Scale.SHARE,
            Indicator.Better.HIGHER,
            Indicator.Kind.LOAD,
            Reading.ratio(
                "helpdesk_report_agent_adherent_seconds",
                "helpdesk_report_agent_scheduled_seconds")));
  }

  @Override
  public List<Observation> observe(SubjectFacts facts) {
    if (!(facts instanceof AgentFacts agent)) {
      return List.of();
    }
    List<Observation> all = new ArrayList<>();
    all.addAll(Subjects.byHour(AVAILABLE, agent.available()));
    all.addAll(Subjects.byHour(SCHEDULED, agent.scheduled()));
    all.addAll(Subjects.byHour(ADHERENT, agent.adherent()));
    return all;
  }
}
