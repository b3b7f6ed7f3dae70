package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.AgentFacts;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Live agent availability. Unit: agents. Rule: KPI definitions, "Live agent availability". */
final class LiveAgents implements Kpi {
  private static final Level AGENTS = Level.of("agents", "state");

  @Override
  public Spec spec() {
    return new Spec(
        "live_agents",
        "Live agent availability",
        Section.PEOPLE,
        "agents",
        "How many agents are there for customers right now: available, busy, away or offline, by"
            + " what they or the telephone system last said.",
        "helpdesk_agents by state",
        "Until presence is fed.",
        "sum by (team) (helpdesk_agents{state=\"available\"})");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.PRESENCE);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Gauge(
            "helpdesk_agents",
            "Agents by what they are now: available, busy, away or offline, cached, refreshed every"
                + " poll.",
            AGENTS,
            Set.of(TEAM, DETAIL)));
  }

  @Override
  public List<Contribution> contribute(SubjectFacts facts) {
    return facts instanceof AgentFacts agent
        ? agent.now().stream().map(now -> contribution(agent, now)).toList()
        : List.of();
  }

  private static Contribution contribution(AgentFacts agent, Happening.Presence now) {
    return new Contribution(
        AGENTS,
        Subjects.of(agent.team()),
        now.state().name().toLowerCase(Locale.ROOT),
        now.at(),
        now.at(),
        Instant.MAX);
  }
}
