package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.CustomerFacts;
import io.helpdeskexporter.facts.SubjectFacts.Spell;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Retention and churn. Unit: customers, money. Rule: KPI definitions, "Retention / churn". */
final class Retention implements Kpi {
  private static final Measure JOINED = Measure.count("customers_joined").ofSomeDesks();
  private static final Measure CHURNED = Measure.count("customers_churned").ofSomeDesks();
  private static final Measure REVENUE_LOST =
      Measure.amount("customers_churned_revenue", Unit.MONEY).ofSomeDesks();
  private static final Level ACTIVE = Level.of("customers_active").ofSomeDesks();
  private static final Level PAYING =
      Level.amount("customers_monthly_revenue", Unit.MONEY).ofSomeDesks();
  private static final Level AT_START = Level.atStarts("customers_at_start");

  @Override
  public Spec spec() {
    return new Spec(
        "retention",
        "Retention and churn",
        Section.BUSINESS,
        "customers, money",
        "How many of the customers there were at the start of a period were lost in it. Retention"
            + " is the rest. Customers who joined in the period are in neither number; one who"
            + " leaves and comes back was lost, and has joined again. Revenue churn asks the same"
            + " for what the customers paid a month instead of their number.",
        "churn = helpdesk_report_customers_lost_of_those ÷ helpdesk_report_customers_at_start,"
            + " retention = 1 − churn",
        "Until customers are fed; revenue until it is told what one of them pays. The reports at"
            + " start are there for rolling windows such as `30d` at whose start there was any"
            + " customer.",
        "helpdesk_report_customers_lost_of_those{window=\"30d\"} /"
            + " helpdesk_report_customers_at_start{window=\"30d\"}",
        List.of(
            new Example(
                "Revenue churn",
                "increase(helpdesk_customers_churned_revenue_total[30d]) /"
                    + " (helpdesk_customers_monthly_revenue offset 30d)"),
            new Example(
                "Customers gained, less those lost",
                "increase(helpdesk_customers_joined_total[30d]) -"
                    + " increase(helpdesk_customers_churned_total[30d])")));
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.CUSTOMER);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Gauge(
            "helpdesk_customers_active",
            "Customers there are now, cached, refreshed every poll.",
            ACTIVE,
            Set.of()),
        new Family.Sum(
            "helpdesk_customers_monthly_revenue",
            "What the customers there are now pay a month, in the currency of"
                + " helpdesk_cost_currency_info, cached, refreshed every poll.",
            PAYING,
            Set.of()),
        new Family.Counter(
            "helpdesk_customers_joined_total",
            "Customers who joined, cached, refreshed every poll.",
            JOINED,
            Set.of()),
        new Family.Counter(
            "helpdesk_customers_churned_total",
            "Customers who were lost, cached, refreshed every poll.",
            CHURNED,
            Set.of()),
        new Family.SumCounter(
            "helpdesk_customers_churned_revenue_total",
            "What customers who were lost had paid a month, cached, refreshed every poll.",
            REVENUE_LOST,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_customers_joined",
            "Customers who joined in the window, exact, cached, refreshed every poll.",
            JOINED,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_customers_churned",
            "Customers who were lost in the window, those who had joined in it among them, exact,"
                + " cached, refreshed every poll.",
            CHURNED,
            Set.of()),
        new Family.WindowSum(
            "helpdesk_report_customers_churned_revenue",
            "What customers who were lost in the window had paid a month, exact, cached, refreshed"
                + " every poll.",
            REVENUE_LOST,
            Set.of()),
        new Family.Gauge(
            "helpdesk_report_customers_at_start",
            "Customers there were when the rolling window began, exact, cached, refreshed every"
                + " poll.",
            AT_START,
            Set.of(Label.DETAIL)),
        new Family.Sum(
            "helpdesk_report_customers_lost_of_those",
            "Customers there were when the rolling window began and who were lost in it, exact,"
                + " cached, refreshed every poll.",
            AT_START,
            Set.of(Label.DETAIL)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "churn",
            "Customer churn",
            Indicator.Scale.SHARE,
            Indicator.Better.LOWER,
            Indicator.Kind.QUALITY,
            Reading.ratio(
                "helpdesk_report_customers_lost_of_those", "helpdesk_report_customers_at_start")));
  }

  @Override
  public List<Observation> observe(SubjectFacts facts) {
    if (!(facts instanceof CustomerFacts customer)) {
      return List.of();
    }
    List<Observation> all = new ArrayList<>();
    int ordinal = 0;
    for (Spell spell : customer.spells()) {
      ordinal++;
      observe(spell, ordinal, all);
    }
    return all;
  }

  private static void observe(Spell spell, int ordinal, List<Observation> all) {
    if (spell.joinedAt().isPresent()) {
      all.add(counted(JOINED, ordinal, spell.joinedAt().get()));
    }
    if (spell.lostAt().isPresent()) {
      Instant lost = spell.lostAt().get();
      all.add(counted(CHURNED, ordinal, lost));
      spell
          .monthly()
          .map(Unit.MONEY::of)
          .ifPresent(
              paid ->
                  all.add(
                      Observation.weighed(REVENUE_LOST, ordinal, lost, Subjects.NOBODY, "", paid)));
    }
  }

  private static Observation counted(Measure measure, int ordinal, Instant at) {
    return Observation.counted(measure, ordinal, at, Subjects.NOBODY, "");
  }

  @Override
  public List<Contribution> contribute(SubjectFacts facts) {
    if (!(facts instanceof CustomerFacts customer)) {
      return List.of();
    }
    List<Contribution> all = new ArrayList<>();
    for (Spell spell : customer.spells()) {
      all.add(during(spell, ACTIVE, 0));
      all.add(during(spell, AT_START, Contribution.millis(end(spell))));
      Optional<BigDecimal> monthly = spell.monthly();
      monthly.ifPresent(pays -> all.add(during(spell, PAYING, Unit.MONEY.of(pays))));
    }
    return all;
  }

  private static Contribution during(Spell spell, Level level, long value) {
    Instant from = spell.joinedAt().orElse(Instant.MIN);
    return new Contribution(level, Subjects.NOBODY, "", value, from, end(spell));
  }

  private static Instant end(Spell spell) {
    return spell.lostAt().orElse(Instant.MAX);
  }
}
