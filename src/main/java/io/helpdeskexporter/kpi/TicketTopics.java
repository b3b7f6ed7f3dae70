package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;

import io.helpdeskexporter.facts.TicketFacts;
import java.util.List;
import java.util.Set;

/** What customers write about. Unit: tickets. Rule: KPI definitions, "Topics". */
final class TicketTopics implements Kpi {
  private static final Measure TICKETS = Measure.count("topic_tickets", "topic").ofSomeDesks();

  @Override
  public Spec spec() {
    return new Spec(
        "topics",
        "Topics and feature requests",
        Section.SELF_SERVICE,
        "tickets",
        "What customers write about. Each ticket has one topic: the first of its tags, categories"
            + " and fields that the configuration knows, other if it knows none of them, none if"
            + " there are none. feature_request is what customers miss in the product.",
        "helpdesk_topic_tickets_total of a topic ÷ that of all",
        "Until the first ticket. kpi.topics maps the tickets' topics; without it the first of them"
            + " is taken as it is.",
        "topk(10, sum by (topic) (increase(helpdesk_topic_tickets_total[7d])))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.TOPICS, Feed.TICKETS);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Counter(
            "helpdesk_topic_tickets_total",
            "Tickets created by topic, as it was when the ticket was first read, cached, refreshed"
                + " every poll.",
            TICKETS,
            Set.of(DETAIL)),
        new Family.WindowCount(
            "helpdesk_report_topic_tickets",
            "Tickets created in the window by topic, exact, cached, refreshed every poll.",
            TICKETS,
            Set.of(DETAIL)));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    return List.of(
        Observation.counted(TICKETS, 1, facts.ticket().createdAt(), facts.opened(), facts.topic()));
  }

  @Override
  public List<String> choices() {
    return List.of("kpi.topics");
  }
}
