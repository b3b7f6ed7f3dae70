package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.CHANNEL;
import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * First level resolution (FLR). Unit: tickets. Absent where no tiers are configured. Rule: KPI
 * definitions, "Outcome".
 */
final class FirstLevelResolution implements Kpi {
  private static final Measure ELIGIBLE = Measure.count("flr_eligible");
  private static final Measure RESOLVED = Measure.count("flr_resolved");

  @Override
  public Spec spec() {
    return new Spec(
        "first_level_resolution",
        "First level resolution (FLR)",
        Section.OUTCOME,
        "tickets",
        "How many settled tickets never left the first tier: a measure of cost, not the same as"
            + " first contact resolution.",
        "helpdesk_tickets_first_level_resolved_total ÷ helpdesk_tickets_settled_total",
        "Where no tiers are configured.",
        "sum(increase(helpdesk_tickets_first_level_resolved_total[30d])) /"
            + " sum(increase(helpdesk_tickets_settled_total[30d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.TIERS, Feed.TEAMS, Feed.STATUSES);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Counter(
            "helpdesk_tickets_settled_total",
            "Tickets settled: closed, or solved for the settling time, cached, refreshed every"
                + " poll.",
            ELIGIBLE,
            Set.of(TEAM, CHANNEL, PRIORITY)),
        new Family.Counter(
            "helpdesk_tickets_first_level_resolved_total",
            "Tickets settled without having left the first tier, cached, refreshed every poll.",
            RESOLVED,
            Set.of(TEAM, CHANNEL, PRIORITY)),
        new Family.WindowCount(
            "helpdesk_report_tickets_settled",
            "Tickets settled in the window, exact, cached, refreshed every poll.",
            ELIGIBLE,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_tickets_settled_by_team",
            "Tickets settled in the window by team, exact, cached, refreshed every poll.",
            ELIGIBLE,
            Set.of(TEAM)),
        new Family.WindowCount(
            "helpdesk_report_first_level_resolved_tickets",
            "Tickets settled without having left the first tier in the window, exact, cached,"
                + " refreshed every poll.",
            RESOLVED,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_first_level_resolved_tickets_by_team",
            "Tickets settled without having left the first tier in the window by team, exact,"
                + " cached, refreshed every poll.",
            RESOLVED,
            Set.of(TEAM)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "flr",
            "First level resolution",
            Indicator.Scale.SHARE,
            Indicator.Better.HIGHER,
            Indicator.Kind.COST,
            Reading.ratio(
                "helpdesk_report_first_level_resolved_tickets",
                "helpdesk_report_tickets_settled")));
  }

  @Override
  public Optional<String> unmeasured(Policies policies) {
    return policies.definitions().tiers().isEmpty()
        ? Optional.of("no tiers are configured (kpi.tiers)")
        : Optional.empty();
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(2);
    facts
        .settlement()
        .ifPresent(
            settlement -> {
              Attribution attribution = settlement.solve().attribution();
              all.add(Observation.counted(ELIGIBLE, 1, settlement.at(), attribution, ""));
              if (settlement.firstLevel().orElse(false)) {
                all.add(Observation.counted(RESOLVED, 1, settlement.at(), attribution, ""));
              }
            });
    return all;
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    return Why.of(
        Why.notSettled(facts)
            .or(
                () ->
                    facts.settlement().flatMap(it -> it.firstLevel()).orElse(false)
                        ? Optional.empty()
                        : Optional.of("settled, but it had left the first tier")));
  }

  @Override
  public List<String> choices() {
    return List.of("kpi.tiers", "kpi.settle_after");
  }
}
