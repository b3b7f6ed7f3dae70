package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;
import static io.helpdeskexporter.kpi.Label.SECOND_DETAIL;

import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.facts.Definitions.Neutral;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Solve;
import io.helpdeskexporter.facts.TicketFacts.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What single agents solved, and how their customers liked it. Unit: tickets, answers. Off unless
 * the configuration asks for it. Rule: KPI definitions, "People and privacy".
 */
final class AgentOutcomes implements Kpi {
  private static final Measure SOLVED =
      Measure.count("agent_solved", LabelBudget.AGENT).ofSomeDesks();
  private static final Measure RESPONSES =
      Measure.count("agent_csat_responses", LabelBudget.AGENT, "score").ofSomeDesks();

  private final boolean wanted;
  private final Neutral neutral;

  AgentOutcomes(boolean wanted, Neutral neutral) {
    this.wanted = wanted;
    this.neutral = neutral;
  }

  @Override
  public Spec spec() {
    return new Spec(
        "agent_outcomes",
        "Outcome by agent",
        Section.PEOPLE,
        "tickets",
        "How many tickets single agents solved, and how the customers of these tickets answered."
            + " An agent is shown under a keyed hash or an alias, never by name or address, from 5"
            + " tickets or answers on, and on `/metrics/agents` alone, which has credentials of its"
            + " own. Meant for an agent's own view of their work, not for rankings.",
        "helpdesk_agent_tickets_solved_total, counted for who had the ticket at its first solve;"
            + " helpdesk_agent_csat_responses_total for who had it at the solve before the answer",
        "Unless `agents` is configured. Agents with fewer than 5 tickets or answers; tickets that"
            + " nobody had.",
        "increase(helpdesk_agent_tickets_solved_total{agent=\"alias\"}[7d])");
  }

  @Override
  public Optional<String> unmeasured(Policies policies) {
    return wanted
        ? Optional.empty()
        : Optional.of(
            "numbers about single people are off; agents in the configuration asks for" + " them.");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.AGENTS, Feed.TEAMS, Feed.STATUSES, Feed.SURVEYS);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.AgentCounter(
            "helpdesk_agent_tickets_solved_total",
            "Tickets solved for the first time, by the agent who had them; on /metrics/agents"
                + " alone, cached, refreshed every poll.",
            SOLVED,
            Set.of(DETAIL)),
        new Family.AgentCounter(
            "helpdesk_agent_csat_responses_total",
            "Final answers on satisfaction by the agent who solved and by score, from 1 to 5 as the"
                + " best; on /metrics/agents alone, cached, refreshed every poll.",
            RESPONSES,
            Set.of(DETAIL, SECOND_DETAIL)));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(0);
    facts.solves().stream()
        .findFirst()
        .filter(solve -> solve.agent().isPresent())
        .ifPresent(solve -> all.add(solved(solve, solve.agent().get())));
    for (Verdict verdict : facts.verdicts()) {
      boolean leftOut = verdict.score() == Csat.NEUTRAL && neutral == Neutral.EXCLUDE;
      if (verdict.survey() == Survey.CSAT && verdict.agent().isPresent() && !leftOut) {
        String detail = Detail.of(verdict.agent().get(), Integer.toString(verdict.score()));
        all.add(Observation.judged(RESPONSES, verdict, detail, 1));
      }
    }
    return all;
  }

  private static Observation solved(Solve solve, String agent) {
    return Observation.counted(SOLVED, 1, solve.at(), solve.attribution(), agent);
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    if (facts.solves().isEmpty()) {
      return Why.of(Why.notSolved(facts));
    }
    return facts.solves().getFirst().agent().isEmpty()
        ? List.of("nobody was assigned to it when it was solved")
        : List.of();
  }
}
