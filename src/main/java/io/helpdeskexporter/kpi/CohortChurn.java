package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.CustomerFacts;
import io.helpdeskexporter.facts.SubjectFacts.Stay;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Churn after good and bad help. Unit: customers. Rule: KPI definitions, "CSAT→churn link". */
final class CohortChurn implements Kpi {
  private static final Level AT_START = Level.atStarts("cohort_customers", "cohort");

  @Override
  public Spec spec() {
    return new Spec(
        "cohort_churn",
        "Churn after good and bad help",
        Section.BUSINESS,
        "customers",
        "Whether customers who were dissatisfied with the help they got leave more often. The"
            + " customers there were at the start of a period are told apart by their worst answer"
            + " on satisfaction in the 90 days before it: negative; positive_only; no_response, who"
            + " had a ticket created or solved and gave no such answer; no_contact. A ticket's last"
            + " answer counts, 3 of 5 is none, and merged or excluded tickets are not looked at."
            + " This shows what goes together, not what causes what.",
        "churn of a cohort = helpdesk_report_cohort_churned_customers ÷"
            + " helpdesk_report_cohort_customers; its ratio of negative to positive_only. Always"
            + " look at the counts: a handful of customers proves nothing.",
        "Until customers are fed; only for rolling windows such as `90d`, and for cohorts with"
            + " anybody in them at the start. Tickets and customers are matched by the requester"
            + " or the organisation.",
        "helpdesk_report_cohort_churned_customers{window=\"90d\"} /"
            + " helpdesk_report_cohort_customers{window=\"90d\"}",
        List.of(
            new Example(
                "How many times as often the dissatisfied leave",
                churn("negative") + " / " + churn("positive_only"))));
  }

  private static String churn(String cohort) {
    String labels = "{cohort=\"" + cohort + "\", window=\"90d\"}";
    return "(sum(helpdesk_report_cohort_churned_customers%1$s) / sum(helpdesk_report_cohort_customers%1$s))"
        .formatted(labels);
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.CUSTOMER, Feed.TICKETS, Feed.SURVEYS);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Gauge(
            "helpdesk_report_cohort_customers",
            "Customers there were when the rolling window began, by their worst answer on"
                + " satisfaction in the 90 days before, exact, cached, refreshed every poll.",
            AT_START,
            Set.of(Label.DETAIL, Label.SECOND_DETAIL)),
        new Family.Sum(
            "helpdesk_report_cohort_churned_customers",
            "Customers there were when the rolling window began and who were lost in it, by their"
                + " worst answer on satisfaction in the 90 days before, exact, cached, refreshed"
                + " every poll.",
            AT_START,
            Set.of(Label.DETAIL, Label.SECOND_DETAIL)));
  }

  @Override
  public List<Contribution> contribute(SubjectFacts facts) {
    return facts instanceof CustomerFacts customer
        ? customer.stays().stream().map(CohortChurn::during).toList()
        : List.of();
  }

  private static Contribution during(Stay stay) {
    return new Contribution(
        AT_START,
        Subjects.NOBODY,
        stay.cohort().name().toLowerCase(Locale.ROOT),
        stay.lostAt().orElse(Instant.MAX),
        stay.from().orElse(Instant.MIN),
        stay.until().orElse(Instant.MAX));
  }
}
