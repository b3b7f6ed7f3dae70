package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;

import io.helpdeskexporter.domain.Happening.Cost;
import io.helpdeskexporter.facts.Spread;
import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.SingleFacts;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Set;

/** What support costs, and a ticket. Unit: money. Rule: KPI definitions, "Cost per ticket". */
final class SupportCost implements Kpi {
  static final Measure SPENT =
      Measure.amount("support_cost", Unit.MONEY, "cost_category").ofSomeDesks();

  private static final Family.Judged CURRENCY =
      new Family.Judged(
          "helpdesk_cost_currency_info",
          "The currency of all amounts of money, as configured, cached, refreshed every poll.",
          Set.of("currency"));

  @Override
  public Spec spec() {
    return new Spec(
        "cost_per_ticket",
        "Cost per ticket",
        Section.BUSINESS,
        "money",
        "What support costs, everything included (salaries, contractors, facilities, telephone,"
            + " licences, training), for each ticket that is solved. Monthly figures of the"
            + " configuration (kpi.costs) accrue hour by hour, each calendar month exactly its"
            + " figure; what is fed by the stream cost accrues likewise over its time; both add up."
            + " Tickets that a bot alone solved are not among the solved ones: book what bots cost"
            + " under a category of its own, and divide that by what they resolved.",
        "helpdesk_report_support_cost ÷ helpdesk_report_tickets_solved; by another choice ÷"
            + " helpdesk_report_tickets_created",
        "Until the first hour of a cost has passed. The currency where none is configured; it has"
            + " no label `source`.",
        "helpdesk_report_support_cost{window=\"30d\"} /"
            + " helpdesk_report_tickets_solved{window=\"30d\"}",
        List.of(
            new Example(
                "Over any period",
                "sum(increase(helpdesk_support_cost_total[30d])) /"
                    + " sum(increase(helpdesk_tickets_solved_total[30d]))"),
            new Example(
                "Per ticket created",
                "helpdesk_report_support_cost{window=\"30d\"} /"
                    + " helpdesk_report_tickets_created{window=\"30d\"}"),
            new Example(
                "Per resolution of a bot, where the category bots is booked",
                "sum(increase(helpdesk_support_cost_total{cost_category=\"bots\"}[30d])) /"
                    + " sum(increase(helpdesk_bot_resolved_total[30d]))")));
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.COSTS, Feed.COST);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.SumCounter(
            "helpdesk_support_cost_total",
            "What support has cost, accruing hour by hour, in the currency of"
                + " helpdesk_cost_currency_info, cached, refreshed every poll.",
            SPENT,
            Set.of(DETAIL)),
        new Family.WindowSum(
            "helpdesk_report_support_cost",
            "What support has cost in the window, accruing hour by hour, exact, cached, refreshed"
                + " every poll.",
            SPENT,
            Set.of()),
        new Family.WindowSum(
            "helpdesk_report_support_cost_by_category",
            "What support has cost in the window by category, accruing hour by hour, exact, cached,"
                + " refreshed every poll.",
            SPENT,
            Set.of(DETAIL)),
        CURRENCY);
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "cost_per_ticket",
            "Cost per solved ticket",
            Indicator.Scale.MONEY,
            Indicator.Better.LOWER,
            Indicator.Kind.COST,
            Reading.ratio("helpdesk_report_support_cost", "helpdesk_report_tickets_solved")));
  }

  @Override
  public List<Observation> observe(SubjectFacts facts) {
    return facts instanceof SingleFacts(_, Cost cost, _, _)
        ? Spread.over(Unit.MONEY.of(cost.amount()), cost.at(), cost.until())
            .hours(cost.at().minusMillis(1), facts.asOf())
            .stream()
            .map(hour -> observation(cost, hour))
            .toList()
        : List.of();
  }

  private static Observation observation(Cost cost, Spread.Hour hour) {
    return Observation.weighed(
        SPENT, hour.number(), hour.at(), Subjects.NOBODY, cost.category(), hour.amount());
  }

  /**
   * What amounts of money are in.
   *
   * @param code of ISO 4217
   */
  static MetricSnapshot currency(String code) {
    return Snapshots.snapshot(
        CURRENCY, List.of(new GaugeDataPointSnapshot(1, Labels.of("currency", code), null)));
  }
}
