package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.CHANNEL;
import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * First contact resolution (FCR). Unit: tickets; the ratio is resolved ÷ eligible. Rule: KPI
 * definitions, "Outcome".
 */
final class FirstContactResolution implements Kpi {
  private static final Measure ELIGIBLE = Measure.count("fcr_eligible");
  private static final Measure RESOLVED = Measure.count("fcr_resolved");

  @Override
  public Spec spec() {
    return new Spec(
        "first_contact_resolution",
        "First contact resolution (FCR)",
        Section.OUTCOME,
        "tickets",
        "How many customers had their problem solved by a single answer: one agent reply, never"
            + " reopened, not escalated, and no new ticket about the same topic within a week. The"
            + " verdict comes when that week is over.",
        "helpdesk_tickets_first_contact_resolved_total ÷ helpdesk_tickets_fcr_eligible_total",
        "Until the first verdict. Where a source does not tell messages.",
        "sum(increase(helpdesk_tickets_first_contact_resolved_total[30d])) /"
            + " sum(increase(helpdesk_tickets_fcr_eligible_total[30d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.STATUSES, Feed.MESSAGES, Feed.TEAMS, Feed.REQUESTERS);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Counter(
            "helpdesk_tickets_fcr_eligible_total",
            "Settled tickets that a customer began and an agent answered, counted when the time for"
                + " a repeat contact is over, cached, refreshed every poll.",
            ELIGIBLE,
            Set.of(TEAM, CHANNEL, PRIORITY)),
        new Family.Counter(
            "helpdesk_tickets_first_contact_resolved_total",
            "Eligible tickets solved at the first contact, cached, refreshed every poll.",
            RESOLVED,
            Set.of(TEAM, CHANNEL, PRIORITY)),
        new Family.WindowCount(
            "helpdesk_report_fcr_eligible_tickets",
            "Tickets whose first-contact verdict fell in the window, exact, cached, refreshed every"
                + " poll.",
            ELIGIBLE,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_fcr_eligible_tickets_by_team",
            "Tickets whose first-contact verdict fell in the window by team, exact, cached,"
                + " refreshed every poll.",
            ELIGIBLE,
            Set.of(TEAM)),
        new Family.WindowCount(
            "helpdesk_report_first_contact_resolved_tickets",
            "Tickets solved at the first contact whose verdict fell in the window, exact, cached,"
                + " refreshed every poll.",
            RESOLVED,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_first_contact_resolved_tickets_by_team",
            "Tickets solved at the first contact whose verdict fell in the window by team, exact,"
                + " cached, refreshed every poll.",
            RESOLVED,
            Set.of(TEAM)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "fcr",
            "First contact resolution",
            Indicator.Scale.SHARE,
            Indicator.Better.HIGHER,
            Indicator.Kind.QUALITY,
            Reading.ratio(
                "helpdesk_report_first_contact_resolved_tickets",
                "helpdesk_report_fcr_eligible_tickets")));
  }

  @Override
  public Optional<String> unmeasured(Policies policies) {
    return policies.messages()
        ? Optional.empty()
        : Optional.of("the source does not tell who wrote what");
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(2);
    facts
        .firstContact()
        .ifPresent(
            verdict -> {
              all.add(Observation.counted(ELIGIBLE, 1, verdict.at(), verdict.attribution(), ""));
              if (verdict.resolved()) {
                all.add(Observation.counted(RESOLVED, 1, verdict.at(), verdict.attribution(), ""));
              }
            });
    return all;
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    Optional<String> unsettled = Why.notSettled(facts);
    if (unsettled.isPresent()) {
      return Why.of(unsettled);
    }
    if (facts.firstContact().isPresent()) {
      return facts.firstContact().get().resolved()
          ? List.of()
          : List.of(
              "eligible, but not resolved at first contact: "
                  + facts.firstContact().get().flaws().stream()
                      .sorted()
                      .map(Why::against)
                      .collect(Collectors.joining(", ")));
    }
    if (!policies.definitions().firstContact().isAbout(facts.topic())) {
      return List.of(
          "not eligible: tickets about " + facts.topic() + " are left out for a net rate");
    }
    Instant judged =
        facts.settlement().orElseThrow().solve().at().plus(policies.definitions().repeatWindow());
    return List.of(
        judged.isAfter(facts.asOf())
            ? "awaits the end of the time for a repeat contact until " + Why.at(judged)
            : facts.proactive()
                ? "not eligible: agent-created without a customer message"
                : "not eligible: solved without a reply of a human");
  }

  @Override
  public List<String> choices() {
    return List.of(
        "kpi.fcr.profile",
        "kpi.fcr.within",
        "kpi.fcr.net_exclude_topics",
        "kpi.repeat_window",
        "kpi.repeat_by",
        "kpi.settle_after");
  }
}
