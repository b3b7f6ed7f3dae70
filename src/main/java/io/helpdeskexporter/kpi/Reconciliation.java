package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;

import io.helpdeskexporter.facts.Compared;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Reconciled;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether our numbers are those that the source itself stores. Unit: tickets. It may be taken back:
 * both sides are compared anew with each change of a ticket. Only windows show it, so that it costs
 * nothing to keep for ever.
 */
final class Reconciliation implements Kpi {
  /** The value is 1 if both agree: none among some is 0, not absent. */
  private static final Measure RECONCILED =
      Measure.amount("reconciled", Unit.TIMES, "figure")
          .ofSomeDesks()
          .survivingDeparture()
          .asLongAsItHolds();

  @Override
  public Spec spec() {
    return new Spec(
        "reconciliation",
        "Agreement with the helpdesk",
        Section.DATA,
        "tickets",
        "Of the tickets for which the helpdesk stores a number itself (how long the first reply"
            + " took, how often it was reopened), for how many ours is the same, as finely as the"
            + " helpdesk measures. A ticket is compared when it settles, or when it is merged. A"
            + " number that is taken over from the helpdesk is not compared. What differs need not"
            + " be wrong: `reconcile` names each ticket and proves the reason.",
        "helpdesk_report_reconciled_tickets_agreed ÷ helpdesk_report_reconciled_tickets, by figure",
        "Where the helpdesk stores no number.",
        "sum by (figure) (helpdesk_report_reconciled_tickets_agreed{window=\"30d\"}) /"
            + " sum by (figure) (helpdesk_report_reconciled_tickets{window=\"30d\"})");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.MEASURED);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.WindowCount(
            "helpdesk_report_reconciled_tickets",
            "Tickets settled or merged in the window for which the helpdesk stores this number"
                + " itself, exact, cached, refreshed every poll.",
            RECONCILED,
            Set.of(DETAIL)),
        new Family.WindowSum(
            "helpdesk_report_reconciled_tickets_agreed",
            "Those of them on which our number is the helpdesk's, exact, cached, refreshed every"
                + " poll.",
            RECONCILED,
            Set.of(DETAIL)));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    if (facts.reconciled().isEmpty()) {
      return List.of();
    }
    Reconciled reconciled = facts.reconciled().get();
    List<Observation> all = new ArrayList<>(reconciled.figures().size());
    for (Compared it : reconciled.figures()) {
      all.add(
          Observation.weighed(
              RECONCILED,
              ordinal(it),
              reconciled.at(),
              reconciled.attribution(),
              it.label(),
              it.agrees() ? 1 : 0));
    }
    return all;
  }

  /** Each figure on each clock has its own, whichever others the source tells. */
  private static int ordinal(Compared it) {
    return 1 + 2 * it.figure().ordinal() + it.hours().ordinal();
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    if (facts.reconciled().isPresent()) {
      return List.of();
    }
    return facts.settlement().isPresent()
        ? List.of("the helpdesk stores no number of its own to compare ours with")
        : List.of("it is compared with the helpdesk's own numbers, if there are any, once settled");
  }
}
