package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Average handle time (AHT). Unit: seconds. Absent where no time is recorded. Rule: KPI
 * definitions, "Speed".
 */
final class HandleTime implements Kpi {
  private static final Measure HANDLED = Measure.duration("handle_time");

  private final boolean agentCreated;

  /**
   * @param agentCreated whether tickets that staff opened count
   */
  HandleTime(boolean agentCreated) {
    this.agentCreated = agentCreated;
  }

  @Override
  public Spec spec() {
    return new Spec(
        "handle_time",
        "Average handle time (AHT)",
        Section.SPEED,
        "seconds",
        "How much working time agents put into a ticket, from the time they recorded on it. Counted"
            + " when the ticket is settled.",
        "recorded working time per settled ticket; AHT = sum ÷ count",
        "For tickets without recorded time.",
        "sum(rate(helpdesk_ticket_handle_seconds_sum[7d])) /"
            + " sum(rate(helpdesk_ticket_handle_seconds_count[7d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.TIME_ENTRIES);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Histogram(
            "helpdesk_ticket_handle_seconds",
            "Working time recorded on a ticket, counted at settlement, cached, refreshed every"
                + " poll.",
            HANDLED,
            Set.of(TEAM, PRIORITY)),
        new Family.WindowSeconds(
            "helpdesk_report_handle_seconds",
            "Recorded working times of the tickets settled in the window, exact; calendar clock,"
                + " cached, refreshed every poll.",
            HANDLED,
            Set.of()),
        new Family.WindowSeconds(
            "helpdesk_report_handle_by_team_seconds",
            "Recorded working times of the tickets settled in the window by team, exact; calendar"
                + " clock, cached, refreshed every poll.",
            HANDLED,
            Set.of(TEAM)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.speed(
            "aht", "Average handle time", Reading.mean("helpdesk_report_handle_seconds"), "fcr"));
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
                    .handleMillis()
                    .ifPresent(
                        it ->
                            all.add(
                                Observation.timed(
                                    HANDLED,
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
                    facts.handleMillis().isPresent()
                        ? Optional.empty()
                        : Optional.of("no working time is recorded on it")));
  }

  @Override
  public List<String> choices() {
    return List.of("kpi.aht.agent_created", "kpi.settle_after");
  }
}
