package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.CHANNEL;
import static io.helpdeskexporter.kpi.Label.DETAIL;
import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Departure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Ticket volume and channel mix. Unit: tickets. Rule: KPI definitions, "Load". */
final class Volume implements Kpi {
  static final Measure CREATED = Measure.count("created").survivingDeparture();
  private static final Measure MERGED = Measure.count("merged").survivingDeparture();
  private static final Measure EXCLUDED = Measure.count("excluded", "reason").survivingDeparture();

  @Override
  public Spec spec() {
    return new Spec(
        "volume",
        "Ticket volume and channel mix",
        Section.LOAD,
        "tickets",
        "How many tickets come in, and how. Net volume takes out tickets that turn out to be part"
            + " of another one, spam, tests or deleted.",
        "helpdesk_tickets_created_total − helpdesk_tickets_merged_total −"
            + " helpdesk_tickets_excluded_total",
        "",
        "sum by (channel) (increase(helpdesk_tickets_created_total[1d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.TICKETS, Feed.DEPARTURES);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Counter(
            "helpdesk_tickets_created_total",
            "Tickets created, labels as at creation, cached, refreshed every poll.",
            CREATED,
            Set.of(TEAM, CHANNEL, PRIORITY)),
        new Family.Counter(
            "helpdesk_tickets_merged_total",
            "Tickets merged into another, cached, refreshed every poll.",
            MERGED,
            Set.of(TEAM, CHANNEL, PRIORITY)),
        new Family.Counter(
            "helpdesk_tickets_excluded_total",
            "Tickets found to be spam, deleted, a test or internal, cached, refreshed every poll.",
            EXCLUDED,
            Set.of(TEAM, CHANNEL, DETAIL)),
        new Family.WindowCount(
            "helpdesk_report_tickets_created",
            "Tickets created in the window, exact, cached, refreshed every poll.",
            CREATED,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_tickets_created_by_team",
            "Tickets created in the window by team, exact, cached, refreshed every poll.",
            CREATED,
            Set.of(TEAM)),
        new Family.WindowCount(
            "helpdesk_report_tickets_created_by_channel",
            "Tickets created in the window by channel, exact, cached, refreshed every poll.",
            CREATED,
            Set.of(CHANNEL)),
        new Family.WindowCount(
            "helpdesk_report_tickets_created_by_priority",
            "Tickets created in the window by priority, exact, cached, refreshed every poll.",
            CREATED,
            Set.of(PRIORITY)),
        new Family.WindowCount(
            "helpdesk_report_tickets_merged",
            "Tickets merged into another in the window, exact, cached, refreshed every poll.",
            MERGED,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_tickets_excluded",
            "Tickets excluded in the window, exact, cached, refreshed every poll.",
            EXCLUDED,
            Set.of()));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(1 + facts.departures().size());
    all.add(Observation.counted(CREATED, 1, facts.ticket().createdAt(), facts.opened(), ""));
    int ordinal = 0;
    for (Departure departure : facts.departures()) {
      ordinal++;
      String reason = departure.reason().map(Exclusion::label).orElse("");
      all.add(
          Observation.counted(
              reason.isEmpty() ? MERGED : EXCLUDED,
              ordinal,
              departure.at(),
              departure.attribution(),
              reason));
    }
    return all;
  }
}
