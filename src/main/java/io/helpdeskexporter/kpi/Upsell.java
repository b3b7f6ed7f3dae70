package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.domain.Happening.Deal;
import io.helpdeskexporter.facts.Contact;
import io.helpdeskexporter.facts.Definitions.Influence;
import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.SingleFacts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Offers and the revenue that support helped to make. Unit: offers, money. Rule: KPI definitions,
 * "Upsell / revenue".
 */
final class Upsell implements Kpi {
  private static final Duration WITHIN = Duration.ofDays(30);

  private static final Measure OFFERED = Measure.count("upsell_offers").ofSomeDesks();
  private static final Measure ACCEPTED = Measure.count("upsell_accepted").ofSomeDesks();
  private static final Measure INFLUENCED =
      Measure.amount("revenue_influenced", Unit.MONEY).ofSomeDesks();

  private final Influence influence;

  Upsell(Influence influence) {
    this.influence = influence;
  }

  @Override
  public Spec spec() {
    return new Spec(
        "upsell",
        "Upsell and influenced revenue",
        Section.BUSINESS,
        "offers, money",
        "How many offers were made and accepted, and what deals are worth that were won within 30"
            + " days after a ticket of the same customer was created: any ticket, or one of the"
            + " topics kpi.upsell.topics. Support had a hand in these, it need not have caused"
            + " them. A deal counts on the day it was won, whole and once, for the team that made"
            + " the offer; one whose amount is not told does not count.",
        "acceptance = helpdesk_report_upsell_accepted ÷ helpdesk_report_upsell_offers; the revenue"
            + " is the sum of the amounts",
        "Until deals are fed: offers with the first one offered, the revenue with the first deal"
            + " that counts. Tickets and customers are matched by the requester or the"
            + " organisation.",
        "sum by (team) (increase(helpdesk_revenue_influenced_total[30d]))",
        List.of(
            new Example(
                "Acceptance",
                "sum(increase(helpdesk_upsell_accepted_total[30d])) /"
                    + " sum(increase(helpdesk_upsell_offers_total[30d]))"),
            new Example(
                "Worth of a deal that support had a hand in",
                "helpdesk_report_revenue_influenced{window=\"30d\"} /"
                    + " helpdesk_report_deals_influenced{window=\"30d\"}")));
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.DEAL, Feed.TICKETS);
  }

  @Override
  public List<Family> families() {
    List<Family> all = new ArrayList<>();
    all.add(
        new Family.Counter(
            "helpdesk_upsell_offers_total",
            "Offers made to customers, cached, refreshed every poll.",
            OFFERED,
            Set.of(TEAM)));
    all.add(
        new Family.Counter(
            "helpdesk_upsell_accepted_total",
            "Offers that customers accepted, cached, refreshed every poll.",
            ACCEPTED,
            Set.of(TEAM)));
    all.add(
        new Family.SumCounter(
            "helpdesk_revenue_influenced_total",
            "What deals are worth that were won within 30 days after a ticket that counts, in the"
                + " currency of helpdesk_cost_currency_info, cached, refreshed every poll.",
            INFLUENCED,
            Set.of(TEAM)));
    reports(all, "", "", Set.of());
    reports(all, "_by_team", " by team", Set.of(TEAM));
    return all;
  }

  private static void reports(List<Family> all, String suffix, String by, Set<Label> labels) {
    String exact = ", exact, cached, refreshed every poll.";
    all.add(
        new Family.WindowCount(
            "helpdesk_report_upsell_offers" + suffix,
            "Offers made to customers in the window" + by + exact,
            OFFERED,
            labels));
    all.add(
        new Family.WindowCount(
            "helpdesk_report_upsell_accepted" + suffix,
            "Offers that customers accepted in the window" + by + exact,
            ACCEPTED,
            labels));
    all.add(
        new Family.WindowCount(
            "helpdesk_report_deals_influenced" + suffix,
            "Deals won in the window" + by + ", within 30 days after a ticket that counts" + exact,
            INFLUENCED,
            labels));
    all.add(
        new Family.WindowSum(
            "helpdesk_report_revenue_influenced" + suffix,
            "What deals are worth that were won in the window"
                + by
                + ", within 30 days after a ticket that counts"
                + exact,
            INFLUENCED,
            labels));
  }

  @Override
  public List<Observation> observe(SubjectFacts facts) {
    return facts instanceof SingleFacts(_, Deal deal, List<Contact> contacts, _)
        ? observe(deal, contacts)
        : List.of();
  }

  private List<Observation> observe(Deal deal, List<Contact> contacts) {
    return switch (deal.stage()) {
      case OFFERED -> List.of(counted(OFFERED, deal));
      case ACCEPTED -> List.of(counted(ACCEPTED, deal));
      case DECLINED -> List.of();
      case WON ->
          contacts.stream().anyMatch(contact -> mayHaveLedTo(deal, contact))
              ? won(deal)
              : List.of();
    };
  }

  private static Observation counted(Measure measure, Deal deal) {
    return Observation.counted(measure, 1, deal.at(), Subjects.of(deal.team()), "");
  }

  private static List<Observation> won(Deal deal) {
    Optional<BigDecimal> amount = deal.amount();
    return amount.stream()
        .map(
            worth ->
                Observation.weighed(
                    INFLUENCED, 1, deal.at(), Subjects.of(deal.team()), "", Unit.MONEY.of(worth)))
        .toList();
  }

  private boolean mayHaveLedTo(Deal deal, Contact contact) {
    return contact.leftAt().isEmpty()
        && influence.isOf(contact.about())
        && !contact.createdAt().isAfter(deal.at())
        && !contact.createdAt().plus(WITHIN).isBefore(deal.at());
  }
}
