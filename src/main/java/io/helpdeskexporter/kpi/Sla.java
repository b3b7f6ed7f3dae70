package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;
import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** SLA compliance. Unit: promises. Rule: KPI definitions, "SLA". */
final class Sla implements Kpi {
  /**
   * Kept or broken. Of one that was kept and whose clock is known, how long its fulfilment took on
   * that clock: what looks ahead so needs nothing more of nearly all promises.
   */
  static final Measure ENDED = Measure.amount("sla_ended", Unit.SECONDS, "sla_metric");

  static final Measure BREACHED = Measure.count("sla_breached", "sla_metric");
  private static final Measure OVERRUN = Measure.duration("sla_overrun", "sla_metric");
  static final Level ACTIVE = Level.of("sla_active", "sla_metric");
  static final Level AT_RISK = Level.of("sla_at_risk", "sla_metric");

  /**
   * Broken and unfulfilled, from the deadline on. Its value is as long before that as the clock of
   * the promise gave it, as if that had run all the time: when what is known to be unfulfilled up
   * to its deadline began, on its own clock. The deadline itself where nobody knows, or it is not
   * to be counted.
   */
  static final Level IN_BREACH = Level.of("sla_in_breach", "sla_metric");

  @Override
  public Spec spec() {
    return new Spec(
        "sla",
        "SLA compliance",
        Section.SLA,
        "promises",
        "How many promises about response and resolution times are kept. A promise counts as broken"
            + " at the instant its deadline passes, also while the customer still waits.",
        "1 − helpdesk_sla_breaches_total ÷ helpdesk_sla_promises_ended_total",
        "Where neither the source nor the configuration promises anything.",
        "1 - sum(increase(helpdesk_sla_breaches_total[30d])) /"
            + " sum(increase(helpdesk_sla_promises_ended_total[30d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.PROMISES, Feed.MESSAGES, Feed.STATUSES);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Counter(
            "helpdesk_sla_promises_ended_total",
            "SLA promises that were kept or broken; priority as when the promise began, cached,"
                + " refreshed every poll.",
            ENDED,
            Set.of(TEAM, PRIORITY, DETAIL)),
        new Family.Counter(
            "helpdesk_sla_breaches_total",
            "SLA promises broken, counted when the deadline passes; priority as when the promise"
                + " began, cached, refreshed every poll.",
            BREACHED,
            Set.of(TEAM, PRIORITY, DETAIL)),
        new Family.Histogram(
            "helpdesk_sla_breach_overrun_seconds",
            "Time from a missed deadline to the late fulfilment, on the clock of the promise,"
                + " cached, refreshed every poll.",
            OVERRUN,
            Set.of(TEAM, PRIORITY, DETAIL)),
        new Family.Gauge(
            "helpdesk_sla_tickets_active",
            "Running SLA promises, at-risk ones included, cached, refreshed every poll.",
            ACTIVE,
            Set.of(TEAM, PRIORITY, DETAIL)),
        new Family.Gauge(
            "helpdesk_sla_tickets_at_risk",
            "Running SLA promises with little business time left, cached, refreshed every poll.",
            AT_RISK,
            Set.of(TEAM, PRIORITY, DETAIL)),
        new Family.Gauge(
            "helpdesk_sla_tickets_in_breach",
            "SLA promises broken and still unfulfilled, cached, refreshed every poll.",
            IN_BREACH,
            Set.of(TEAM, PRIORITY, DETAIL)),
        new Family.Earliest(
            "helpdesk_sla_next_breach_timestamp_seconds",
            "The next deadline of a running SLA promise as wall-clock time, cached, refreshed every"
                + " poll.",
            ACTIVE,
            Set.of(TEAM, PRIORITY, DETAIL)),
        new Family.SlaTargets(
            "helpdesk_sla_target_seconds",
            "Promised time of the first policy for a priority, on its own clock, cached, refreshed"
                + " every poll."),
        new Family.WindowCount(
            "helpdesk_report_sla_promises_ended",
            "SLA promises kept or broken in the window, exact, cached, refreshed every poll.",
            ENDED,
            Set.of(DETAIL)),
        new Family.WindowCount(
            "helpdesk_report_sla_breaches",
            "SLA promises broken in the window, exact, cached, refreshed every poll.",
            BREACHED,
            Set.of(DETAIL)),
        new Family.WindowCount(
            "helpdesk_report_sla_promises_ended_by_team",
            "SLA promises kept or broken in the window by team, exact, cached, refreshed every"
                + " poll.",
            ENDED,
            Set.of(TEAM)),
        new Family.WindowCount(
            "helpdesk_report_sla_breaches_by_team",
            "SLA promises broken in the window by team, exact, cached, refreshed every poll.",
            BREACHED,
            Set.of(TEAM)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "sla_compliance",
            "SLA compliance",
            Indicator.Scale.SHARE,
            Indicator.Better.HIGHER,
            Indicator.Kind.PROMISES,
            new Reading.Remainder(
                Reading.Amount.of("helpdesk_report_sla_breaches"),
                Reading.Amount.of("helpdesk_report_sla_promises_ended"))),
        compliance(SlaMetric.FIRST_RESPONSE, "SLA compliance of first responses"),
        compliance(SlaMetric.NEXT_RESPONSE, "SLA compliance of next responses"),
        compliance(SlaMetric.RESOLUTION, "SLA compliance of resolutions"));
  }

  /** The indicator of the promises of one kind. */
  static String complianceOf(SlaMetric metric) {
    return "sla_" + metric.label() + "_compliance";
  }

  private static Indicator compliance(SlaMetric metric, String title) {
    return Indicator.of(
        complianceOf(metric),
        title,
        Indicator.Scale.SHARE,
        Indicator.Better.HIGHER,
        Indicator.Kind.PROMISES,
        new Reading.Remainder(
            Reading.Amount.of("helpdesk_report_sla_breaches", "sla_metric", metric.label()),
            Reading.Amount.of("helpdesk_report_sla_promises_ended", "sla_metric", metric.label())));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(2 * facts.promises().size());
    for (Promise promise : facts.promises()) {
      switch (promise.state()) {
        case Promise.Met met ->
            all.add(
                observed(
                    ENDED,
                    promise,
                    met.at(),
                    met.attribution(),
                    promise.clockMillis().orElse(Observation.UNTIMED)));
        case Promise.Breached breach -> {
          all.add(observed(ENDED, promise, breach.at(), breach.attribution(), Observation.UNTIMED));
          all.add(observed(BREACHED, promise, breach.at(), breach.attribution(), 1));
          if (breach.overrunMillis().isPresent()) {
            Instant at = breach.fulfilledAt().orElse(breach.at());
            all.add(
                observed(
                    OVERRUN,
                    promise,
                    at,
                    breach.attribution(),
                    breach.overrunMillis().getAsLong()));
          }
        }
        case Promise.Running running -> {}
        case Promise.Paused paused -> {}
        case Promise.Cancelled cancelled -> {}
      }
    }
    return all;
  }

  /** A cycle of one metric has one number, whatever other metrics do. */
  static Observation observed(
      Measure measure, Promise promise, Instant at, Attribution attribution, long value) {
    int ordinal = promise.cycle() * SlaMetric.values().length + promise.metric().ordinal();
    Attribution asPromised =
        new Attribution(attribution.team(), attribution.channel(), promise.priority());
    return new Observation(measure, ordinal, at, asPromised, promise.metric().label(), value, true);
  }

  @Override
  public List<Contribution> contribute(TicketFacts facts) {
    if (facts.gone()) {
      return List.of();
    }
    List<Contribution> all = new ArrayList<>(3);
    for (Promise promise : facts.promises()) {
      switch (promise.state()) {
        case Promise.Running(Instant atRiskFrom, Instant deadline) -> {
          all.add(standing(ACTIVE, facts, promise, deadline, promise.startedAt(), deadline));
          all.add(standing(AT_RISK, facts, promise, deadline, atRiskFrom, deadline));
          all.add(inBreach(facts, promise, deadline));
        }
        case Promise.Breached breach when breach.open() ->
            all.add(inBreach(facts, promise, breach.at()));
        case Promise.Breached breach -> {}
        case Promise.Met met -> {}
        case Promise.Paused paused -> {}
        case Promise.Cancelled cancelled -> {}
      }
    }
    return all;
  }

  private static Contribution inBreach(TicketFacts facts, Promise promise, Instant deadline) {
    Instant began =
        facts.counted() && promise.clockMillis().isPresent()
            ? deadline.minusMillis(promise.clockMillis().getAsLong())
            : deadline;
    return standing(IN_BREACH, facts, promise, began, deadline, Instant.MAX);
  }

  private static Contribution standing(
      Level level, TicketFacts facts, Promise promise, Instant value, Instant from, Instant until) {
    Attribution attribution =
        new Attribution(facts.now().team(), facts.channel(), promise.priority());
    return new Contribution(level, attribution, promise.metric().label(), value, from, until);
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    if (facts.promises().isEmpty()) {
      return List.of("neither a policy nor the source promises anything for it");
    }
    List<String> all = new ArrayList<>();
    for (Promise promise : facts.promises()) {
      String name = "promise %s %d ".formatted(promise.metric().label(), promise.cycle());
      switch (promise.state()) {
        case Promise.Running running ->
            all.add(name + "is open; it counts at the latest at " + Why.at(running.deadline()));
        case Promise.Paused _ -> all.add(name + "is paused: neither kept nor broken yet");
        case Promise.Cancelled cancelled ->
            all.add(name + "was called off at " + Why.at(cancelled.at()) + ": not counted");
        case Promise.Met _, Promise.Breached _ -> {}
      }
    }
    return all;
  }
}
