package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;
import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Backlog by urgency and age. Unit: tickets. Rule: KPI definitions, "Load". */
final class Backlog implements Kpi {
  private static final Level UNSOLVED = Level.of("unsolved", "status");
  private static final Level AGED = Level.of("backlog_age", "age_bucket");
  private static final Level UNASSIGNED = Level.of("unassigned");
  private static final List<AgeBucket> AGES =
      List.of(
          new AgeBucket("0-1d", Duration.ofDays(1)),
          new AgeBucket("1-3d", Duration.ofDays(3)),
          new AgeBucket("3-7d", Duration.ofDays(7)),
          new AgeBucket("7-30d", Duration.ofDays(30)));
  private static final String OLDEST = "30d+";

  /**
   * One of the disjoint ages.
   *
   * @param upTo exclusive
   */
  private record AgeBucket(String label, Duration upTo) {}

  private final Definitions.AgeFrom ageFrom;

  Backlog(Definitions.AgeFrom ageFrom) {
    this.ageFrom = ageFrom;
  }

  @Override
  public Spec spec() {
    return new Spec(
        "backlog",
        "Backlog by urgency and age",
        Section.LOAD,
        "tickets",
        "The tickets that are not solved now: how many, how urgent, in whose hands and how old. Age"
            + " runs from creation, also for a reopened ticket.",
        "unsolved tickets (new, open, pending, on hold) at this moment",
        "",
        "sum by (age_bucket) (helpdesk_backlog_tickets)");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.TICKETS, Feed.STATUSES, Feed.TEAMS);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Gauge(
            "helpdesk_tickets",
            "Unsolved tickets by status, cached, refreshed every poll.",
            UNSOLVED,
            Set.of(TEAM, PRIORITY, DETAIL)),
        new Family.Gauge(
            "helpdesk_backlog_tickets",
            "Unsolved tickets by age since "
                + switch (ageFrom) {
                  case CREATION -> "creation";
                  case LAST_CUSTOMER_MESSAGE -> "the customer's last message";
                }
                + ", in disjoint buckets, cached, refreshed every poll.",
            AGED,
            Set.of(PRIORITY, DETAIL)),
        new Family.Gauge(
            "helpdesk_tickets_unassigned",
            "Unsolved tickets that no agent is assigned to, cached, refreshed every poll.",
            UNASSIGNED,
            Set.of(TEAM, PRIORITY)),
        new Family.Earliest(
            "helpdesk_oldest_unsolved_created_timestamp_seconds",
            "Creation of the oldest unsolved ticket, cached, refreshed every poll.",
            UNSOLVED,
            Set.of(TEAM, PRIORITY)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "backlog",
            "Backlog",
            Indicator.Scale.TICKETS,
            Indicator.Better.LOWER,
            Indicator.Kind.LOAD,
            new Reading.Count(Reading.Amount.of("helpdesk_tickets"))),
        Indicator.of(
            "unassigned",
            "Unassigned backlog",
            Indicator.Scale.TICKETS,
            Indicator.Better.LOWER,
            Indicator.Kind.LOAD,
            new Reading.Count(Reading.Amount.of("helpdesk_tickets_unassigned"))));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    return List.of();
  }

  @Override
  public List<Contribution> contribute(TicketFacts facts) {
    if (!facts.isUnsolved()) {
      return List.of();
    }
    List<Contribution> all = new ArrayList<>(2 + AGES.size());
    all.add(
        Contribution.standing(
            UNSOLVED, facts, facts.now().status().label(), facts.ticket().createdAt()));
    if (facts.now().assignee().isEmpty()) {
      all.add(Contribution.standing(UNASSIGNED, facts, "", facts.ticket().createdAt()));
    }
    Instant born = bornAt(facts);
    Instant from = born;
    for (AgeBucket age : AGES) {
      Instant until = born.plus(age.upTo());
      if (until.isAfter(facts.asOf())) {
        all.add(Contribution.between(AGED, facts, age.label(), born, from, until));
      }
      from = until;
    }
    all.add(Contribution.between(AGED, facts, OLDEST, born, from, Instant.MAX));
    return all;
  }

  private Instant bornAt(TicketFacts facts) {
    return switch (ageFrom) {
      case CREATION -> facts.ticket().createdAt();
      case LAST_CUSTOMER_MESSAGE ->
          facts.now().lastCustomerMessageAt().orElse(facts.ticket().createdAt());
    };
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    if (facts.isUnsolved()) {
      return List.of();
    }
    return List.of(
        facts.withBot()
            ? "a bot alone has the customer's chat"
            : "not in the backlog: it is " + facts.now().status().label());
  }

  @Override
  public List<String> choices() {
    return List.of("kpi.backlog.age_from");
  }
}
