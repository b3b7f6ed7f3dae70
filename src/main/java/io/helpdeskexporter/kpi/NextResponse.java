package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.CHANNEL;
import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Next response time. Unit: seconds. Absent while the customer waits. Rule: KPI definitions,
 * "Speed".
 */
final class NextResponse implements Kpi {
  private static final Measure CALENDAR = Measure.duration("next_response");
  private static final Measure BUSINESS = Measure.duration("next_response_business");

  @Override
  public Spec spec() {
    return new Spec(
        "next_response",
        "Next response time",
        Section.SPEED,
        "seconds",
        "How long customers wait for an answer once the conversation is going: from the oldest"
            + " unanswered message of theirs to the next reply of an agent. A ticket solved without"
            + " an answer ends the wait uncounted.",
        "next agent reply − oldest unanswered customer message",
        "Until a follow-up message has been answered. Where a source does not tell messages.",
        "histogram_quantile(0.9, sum by (le)"
            + " (rate(helpdesk_ticket_next_response_seconds_bucket[1d])))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.MESSAGES);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Histogram(
            "helpdesk_ticket_next_response_seconds",
            "Time from a customer's oldest unanswered follow-up message to the next agent reply;"
                + " calendar clock, cached, refreshed every poll.",
            CALENDAR,
            Set.of(TEAM, PRIORITY)),
        new Family.Histogram(
            "helpdesk_ticket_next_response_business_seconds",
            "Time from a customer's oldest unanswered follow-up message to the next agent reply;"
                + " business clock, cached, refreshed every poll.",
            BUSINESS,
            Set.of(TEAM, PRIORITY)),
        new Family.Histogram(
            "helpdesk_channel_next_response_seconds",
            "Time from a customer's oldest unanswered follow-up message to the next agent reply by"
                + " channel; calendar clock, cached, refreshed every poll.",
            CALENDAR,
            Set.of(CHANNEL)),
        new Family.WindowSeconds(
            "helpdesk_report_next_response_seconds",
            "Next response times of the replies in the window, exact; calendar clock, cached,"
                + " refreshed every poll.",
            CALENDAR,
            Set.of()),
        new Family.WindowSeconds(
            "helpdesk_report_next_response_by_team_seconds",
            "Next response times of the replies in the window by team, exact; calendar clock,"
                + " cached, refreshed every poll.",
            CALENDAR,
            Set.of(TEAM)),
        new Family.WindowSeconds(
            "helpdesk_report_next_response_by_channel_seconds",
            "Next response times of the replies in the window by channel, exact; calendar clock,"
                + " cached, refreshed every poll.",
            CALENDAR,
            Set.of(CHANNEL)),
        new Family.WindowSeconds(
            "helpdesk_report_next_response_by_priority_seconds",
            "Next response times of the replies in the window by priority, exact; calendar clock,"
                + " cached, refreshed every poll.",
            CALENDAR,
            Set.of(PRIORITY)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.speed(
            "next_response",
            "Median next response time",
            Reading.median("helpdesk_report_next_response_seconds"),
            "csat"));
  }

  @Override
  public Optional<String> unmeasured(Policies policies) {
    return policies.messages()
        ? Optional.empty()
        : Optional.of("the source does not tell who wrote what");
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(2 * facts.nextResponses().size());
    int ordinal = 0;
    for (Response reply : facts.nextResponses()) {
      ordinal++;
      all.add(
          Observation.timed(CALENDAR, ordinal, reply.at(), reply.attribution(), reply.millis()));
      all.add(
          Observation.timed(
              BUSINESS, ordinal, reply.at(), reply.attribution(), reply.businessMillis()));
    }
    return all;
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    if (facts.underWay().nextResponseSince().isPresent()) {
      return List.of(
          "a follow-up message waits for an answer since "
              + Why.at(facts.underWay().nextResponseSince().get()));
    }
    return facts.nextResponses().isEmpty()
        ? List.of("no follow-up message of the customer's has been answered")
        : List.of();
  }

  @Override
  public List<String> choices() {
    return List.of("kpi.reply.public_note_counts");
  }
}
