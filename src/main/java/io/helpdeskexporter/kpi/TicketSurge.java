package io.helpdeskexporter.kpi;

import java.util.List;
import java.util.Set;

/** Ticket surge. Unit: tickets. Rule: KPI definitions, "Looking ahead". */
final class TicketSurge implements Kpi {
  @Override
  public Spec spec() {
    return new Spec(
        "ticket_surge",
        "Ticket surge",
        Section.LOOKING_AHEAD,
        "tickets",
        "Whether clearly more tickets came in within the last hour than is usual at this time of"
            + " the week: something may be broken. Hours of days off are not compared with.",
        "surge = 1 if tickets of the last hour > usual + 3 × √usual and at least 10; usual = median"
            + " of the same hour of the last four weeks",
        "Until two such hours can be compared with.",
        "helpdesk_ticket_surge == 1");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.TICKETS);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Forecast(
            Arriving.SURGE,
            "1 if more tickets came in within the hour up to the last full five minutes than a"
                + " usual hour explains, else 0, cached, refreshed every poll.",
            Arriving.OUTLOOK,
            Set.of(),
            List.of()),
        new Family.Forecast(
            Arriving.USUAL,
            "Median of the tickets that came in within the same hour of the last four weeks,"
                + " cached, refreshed every poll.",
            Arriving.OUTLOOK,
            Set.of(),
            List.of()));
  }
}
