package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.Definitions.HandleProxy;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Handle time where none is recorded. Unit: seconds. Rule: KPI definitions, "Speed". */
final class HandleEstimate implements Kpi {
  private static final Measure ESTIMATED = Measure.duration("handle_time_estimated");

  private final boolean agentCreated;

  /**
   * @param agentCreated whether tickets that staff opened count
   */
  HandleEstimate(boolean agentCreated) {
    this.agentCreated = agentCreated;
  }

  @Override
  public Spec spec() {
    return new Spec(
        "handle_time_estimated",
        "Average handle time, estimated",
        Section.SPEED,
        "seconds",
        "For tickets on which nobody recorded working time: how long they were new or open while an"
            + " agent was assigned. That is longer than the work itself, since an agent has many"
            + " tickets at once, so it is good for comparing and kept apart from recorded time."
            + " Counted when the ticket is settled.",
        "time new or open and assigned, per settled ticket without recorded time; sum ÷ count",
        "Unless kpi.aht.proxy is open_assigned. For tickets with recorded time, and those that"
            + " nobody was assigned to.",
        "sum(rate(helpdesk_ticket_handle_estimated_seconds_sum[7d])) /"
            + " sum(rate(helpdesk_ticket_handle_estimated_seconds_count[7d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.STATUSES, Feed.TEAMS);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Histogram(
            "helpdesk_ticket_handle_estimated_seconds",
            "Time that a ticket without recorded working time was new or open and assigned, counted"
                + " at settlement, cached, refreshed every poll.",
            ESTIMATED,
            Set.of(TEAM, PRIORITY)),
        new Family.WindowSeconds(
            "helpdesk_report_handle_estimated_seconds",
            "Estimated working times of the tickets settled in the window, exact; calendar clock,"
                + " cached, refreshed every poll.",
            ESTIMATED,
            Set.of()),
        new Family.WindowSeconds(
            "helpdesk_report_handle_estimated_by_team_seconds",
            "Estimated working times of the tickets settled in the window by team, exact; calendar"
                + " clock, cached, refreshed every poll.",
            ESTIMATED,
            Set.of(TEAM)));
  }

  @Override
  public Optional<String> unmeasured(Policies policies) {
    return switch (policies.definitions().handleProxy()) {
      case HandleProxy.NONE -> Optional.of("it is not asked for (kpi.aht.proxy)");
      case HandleProxy.OPEN_ASSIGNED -> Optional.empty();
    };
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(1);
    facts
        .settlement()
        .filter(_ -> agentCreated || !facts.proactive())
        .ifPresent(
            settlement ->
                facts
                    .handleEstimateMillis()
                    .ifPresent(
                        it ->
                            all.add(
                                Observation.timed(
                                    ESTIMATED,
                                    settlement.at(),
                                    settlement.solve().attribution(),
                                    it))));
    return all;
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    if (!agentCreated && facts.proactive()) {
      return List.of("opened by staff, which kpi.aht.agent_created leaves out");
    }
    return Why.of(
        Why.notSettled(facts)
            .or(
                () ->
                    facts.handleEstimateMillis().isPresent()
                        ? Optional.empty()
                        : Optional.of(
                            facts.handleMillis().isPresent()
                                ? "its working time is recorded, so none is estimated"
                                : "nobody was assigned to it while it was new or open")));
  }

  @Override
  public List<String> choices() {
    return List.of("kpi.aht.proxy", "kpi.aht.agent_created", "kpi.settle_after");
  }
}
