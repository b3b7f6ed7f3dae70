package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.CHANNEL;
import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import java.util.List;
import java.util.Set;

/** Repeat contacts. Unit: tickets. Rule: KPI definitions, "Outcome". */
final class RepeatContacts implements Kpi {
  private static final Measure REPEAT = Measure.count("repeat_contact");

  @Override
  public Spec spec() {
    return new Spec(
        "repeat_contacts",
        "Repeat contacts",
        Section.OUTCOME,
        "tickets",
        "New tickets from a customer whose earlier ticket about the same topic had been solved"
            + " within the last week, and follow-ups that the helpdesk links.",
        "helpdesk_tickets_repeat_contact_total ÷ helpdesk_tickets_created_total",
        "",
        "sum(increase(helpdesk_tickets_repeat_contact_total[7d])) /"
            + " sum(increase(helpdesk_tickets_created_total[7d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.TICKETS, Feed.STATUSES, Feed.REQUESTERS, Feed.TOPICS);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Counter(
            "helpdesk_tickets_repeat_contact_total",
            "Tickets opened by a requester within the repeat window after another of theirs was"
                + " solved, cached, refreshed every poll.",
            REPEAT,
            Set.of(TEAM, CHANNEL, PRIORITY)),
        new Family.WindowCount(
            "helpdesk_report_repeat_contact_tickets",
            "Repeat contacts created in the window, exact, cached, refreshed every poll.",
            REPEAT,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_repeat_contact_tickets_by_team",
            "Repeat contacts created in the window by team, exact, cached, refreshed every poll.",
            REPEAT,
            Set.of(TEAM)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "repeat_contact_rate",
            "Repeat contact rate",
            Indicator.Scale.RATIO,
            Indicator.Better.LOWER,
            Indicator.Kind.QUALITY,
            Reading.ratio(
                "helpdesk_report_repeat_contact_tickets", "helpdesk_report_tickets_created")));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    return facts.repeat().stream().map(repeat -> Observation.counted(REPEAT, 1, repeat)).toList();
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    if (facts.repeat().isPresent()) {
      return List.of();
    }
    return List.of(
        facts.proactive()
            ? "agent-created: not a contact of the customer's"
            : "no other ticket of the same requester or organisation about it was solved within"
                + " kpi.repeat_window before");
  }

  @Override
  public List<String> choices() {
    return List.of("kpi.repeat_window", "kpi.repeat_by");
  }
}
