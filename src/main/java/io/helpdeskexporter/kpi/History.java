package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;

import io.helpdeskexporter.facts.TicketFacts;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How the facts about tickets are known. Unit: tickets. Rule: design, "Two qualities of history".
 */
final class History implements Kpi {
  private static final Measure KNOWN = Measure.count("history", "history");

  @Override
  public Spec spec() {
    return new Spec(
        "history",
        "Quality of history",
        Section.DATA,
        "tickets",
        "Whether the numbers of a ticket are derived from its full history or taken over from"
            + " values that the helpdesk computed itself.",
        "one per ticket",
        "",
        "sum by (history) (increase(helpdesk_tickets_history_total[30d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.TICKETS);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Counter(
            "helpdesk_tickets_history_total",
            "Tickets by the quality of their history: derived from events, or reported by the"
                + " source, cached, refreshed every poll.",
            KNOWN,
            Set.of(DETAIL)));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    String quality = facts.quality().name().toLowerCase(Locale.ROOT);
    return List.of(
        Observation.counted(KNOWN, 1, facts.ticket().createdAt(), facts.opened(), quality));
  }
}
