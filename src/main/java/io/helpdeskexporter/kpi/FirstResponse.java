package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.CHANNEL;
import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * First response time. Unit: seconds. Absent until a human has replied. Rule: KPI definitions,
 * "Speed".
 */
final class FirstResponse implements Kpi {
  private static final Measure CALENDAR = Measure.duration("first_response");
  private static final Measure BUSINESS = Measure.duration("first_response_business");
  private static final Measure SOLVED_WITHOUT_REPLY = Measure.count("solved_without_reply");
  private static final Level AWAITING = Level.of("awaiting_first_response");

  private static final StillOpen INCLUDING_OPEN =
      new StillOpen(CALENDAR, AWAITING, Contribution::value);

  private static final String CLOCK =
      "Time from the customer's first message, or the hand-off by a bot, to the first public human"
          + " reply; ";

  @Override
  public Spec spec() {
    return new Spec(
        "first_response",
        "First response time (FRT)",
        Section.SPEED,
        "seconds",
        "How long customers wait for the first public reply of a human. A bot's time does not"
            + " count: the clock starts when the bot hands over. Tickets that nobody has answered"
            + " yet are not in it, so look at those awaiting a reply beside it, or at the times"
            + " with the open ones included, in which a customer who waits counts for the time"
            + " waited so far.",
        "first public agent reply − creation (or hand-off)",
        "Until somebody has replied; for a ticket solved without any reply, for ever. Where a"
            + " source does not tell messages.",
        "histogram_quantile(0.9, sum by (le)"
            + " (rate(helpdesk_ticket_first_response_seconds_bucket[1d])))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.TICKETS, Feed.MESSAGES, Feed.HAND_OFFS);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Histogram(
            "helpdesk_ticket_first_response_seconds",
            CLOCK + "calendar clock, cached, refreshed every poll.",
            CALENDAR,
            Set.of(TEAM, PRIORITY)),
        new Family.Histogram(
            "helpdesk_ticket_first_response_business_seconds",
            CLOCK + "business clock, cached, refreshed every poll.",
            BUSINESS,
            Set.of(TEAM, PRIORITY)),
        new Family.Histogram(
            "helpdesk_channel_first_response_seconds",
            CLOCK + "by channel, calendar clock, cached, refreshed every poll.",
            CALENDAR,
            Set.of(CHANNEL)),
        new Family.Counter(
            "helpdesk_tickets_solved_without_reply_total",
            "Tickets solved although no human had replied, cached, refreshed every poll.",
            SOLVED_WITHOUT_REPLY,
            Set.of(TEAM, CHANNEL, PRIORITY)),
        new Family.Gauge(
            "helpdesk_tickets_awaiting_first_response",
            "Unsolved tickets whose customer nobody has answered yet, cached, refreshed every"
                + " poll.",
            AWAITING,
            Set.of(TEAM, PRIORITY)),
        new Family.Earliest(
            "helpdesk_oldest_awaiting_first_response_timestamp_seconds",
            "Since when the longest-waiting of the tickets awaiting a first response waits, cached,"
                + " refreshed every poll.",
            AWAITING,
            Set.of(TEAM, PRIORITY)),
        new Family.WindowSeconds(
            "helpdesk_report_first_response_seconds",
            "First response times of the replies in the window, exact; calendar clock, cached,"
                + " refreshed every poll.",
            CALENDAR,
            Set.of()),
        INCLUDING_OPEN.family(
            "helpdesk_report_first_response_open_included_seconds", "First response times"),
        new Family.WindowSeconds(
            "helpdesk_report_first_response_by_team_seconds",
            "First response times of the replies in the window by team, exact; calendar clock,"
                + " cached, refreshed every poll.",
            CALENDAR,
            Set.of(TEAM)),
        new Family.WindowSeconds(
            "helpdesk_report_first_response_by_channel_seconds",
            "First response times of the replies in the window by channel, exact; calendar clock,"
                + " cached, refreshed every poll.",
            CALENDAR,
            Set.of(CHANNEL)),
        new Family.WindowSeconds(
            "helpdesk_report_first_response_by_priority_seconds",
            "First response times of the replies in the window by priority, exact; calendar clock,"
                + " cached, refreshed every poll.",
            CALENDAR,
            Set.of(PRIORITY)),
        new Family.WindowSeconds(
            "helpdesk_report_first_response_business_seconds",
            "First response times of the replies in the window, exact; business clock, cached,"
                + " refreshed every poll.",
            BUSINESS,
            Set.of()),
        new Family.WindowSeconds(
            "helpdesk_report_first_response_business_by_team_seconds",
            "First response times of the replies in the window by team, exact; business clock,"
                + " cached, refreshed every poll.",
            BUSINESS,
            Set.of(TEAM)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.speed(
            "first_response",
            "Median first response time",
            Reading.median("helpdesk_report_first_response_seconds"),
            "csat"),
        Indicator.speed(
            "first_response_business",
            "Median first response time in business hours",
            Reading.median("helpdesk_report_first_response_business_seconds"),
            "csat"));
  }

  @Override
  public Optional<String> unmeasured(Policies policies) {
    return policies.messages() || policies.reported().contains(ReportedField.FIRST_REPLY)
        ? Optional.empty()
        : Optional.of("the source does not tell who wrote what");
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(2);
    facts
        .firstResponse()
        .ifPresent(
            reply -> {
              all.add(Observation.timed(CALENDAR, reply.at(), reply.attribution(), reply.millis()));
              all.add(
                  Observation.timed(
                      BUSINESS, reply.at(), reply.attribution(), reply.businessMillis()));
            });
    facts
        .solvedWithoutReply()
        .ifPresent(solve -> all.add(Observation.counted(SOLVED_WITHOUT_REPLY, 1, solve)));
    return all;
  }

  @Override
  public List<Contribution> contribute(TicketFacts facts) {
    return facts.awaitingFirstResponseSince().stream()
        .map(since -> Contribution.standing(AWAITING, facts, "", since))
        .toList();
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    if (facts.firstResponse().isPresent()) {
      return List.of();
    }
    if (facts.awaitingFirstResponseSince().isPresent()) {
      return List.of(
          "nobody has replied yet; the customer waits since "
              + Why.at(facts.awaitingFirstResponseSince().get()));
    }
    if (facts.solvedWithoutReply().isPresent()) {
      return List.of(
          "solved without a reply of a human at " + Why.at(facts.solvedWithoutReply().get().at()));
    }
    if (facts.underWay().leftToBot()) {
      return List.of("solved by a bot alone: no human owed a reply");
    }
    if (facts.proactive()) {
      return List.of("agent-created without a customer message that waits for a reply");
    }
    return switch (policies.definitions().firstResponseStart()) {
      case ASSIGNMENT -> List.of("nobody has been assigned, which starts the clock");
      case CREATION, HANDOFF -> List.of("no clock of a first response has run");
    };
  }

  @Override
  public List<String> choices() {
    return List.of("kpi.frt.start", "kpi.frt.count_bot", "kpi.reply.public_note_counts");
  }
}
