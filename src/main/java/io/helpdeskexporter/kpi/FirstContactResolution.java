package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.CHANNEL;
import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.facts.Definitions.FirstContactProfile;
import io.helpdeskexporter.facts.Definitions.FirstContactRule;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.AnswerFacts;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Verdict;
import io.helpdeskexporter.facts.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * First contact resolution (FCR). Unit: tickets; the ratio is resolved ÷ eligible. Rule: KPI
 * definitions, "Outcome".
 */
final class FirstContactResolution implements Kpi {
  private static final Measure ELIGIBLE = Measure.count("fcr_eligible");
  private static final Measure RESOLVED = Measure.count("fcr_resolved");

  private final FirstContactRule rule;

  FirstContactResolution(FirstContactRule rule) {
    this.rule = rule;
  }

  private boolean asksCustomers() {
    return rule.profile() == FirstContactProfile.SURVEY;
  }

  @Override
  public Spec spec() {
    return new Spec(
        "first_contact_resolution",
        "First contact resolution (FCR)",
        Section.OUTCOME,
        "tickets",
        "How many customers had their problem solved by a single answer: one agent reply, never"
            + " reopened, not escalated, and no new ticket about the same topic within a week. The"
            + " verdict comes when that week is over. Customers may be asked instead"
            + " (kpi.fcr.profile).",
        "helpdesk_tickets_first_contact_resolved_total ÷ helpdesk_tickets_fcr_eligible_total",
        "Until the first verdict. Where a source does not tell messages.",
        "sum(increase(helpdesk_tickets_first_contact_resolved_total[30d])) /"
            + " sum(increase(helpdesk_tickets_fcr_eligible_total[30d]))");
  }

  @Override
  public List<Feed> feeds() {
    return asksCustomers()
        ? List.of(Feed.SURVEYS, Feed.ANSWER)
        : List.of(Feed.STATUSES, Feed.MESSAGES, Feed.TEAMS, Feed.REQUESTERS);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Counter(
            "helpdesk_tickets_fcr_eligible_total",
            asksCustomers()
                ? "Final answers of customers on whether they were helped at first contact, cached,"
                    + " refreshed every poll."
                : "Settled tickets that a customer began and an agent answered, counted when the"
                    + " time for a repeat contact is over, cached, refreshed every poll.",
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
    return policies.messages() || asksCustomers()
        ? Optional.empty()
        : Optional.of("the source does not tell who wrote what");
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    if (asksCustomers()) {
      return facts.verdicts().isEmpty() || !rule.isAbout(facts.topic())
          ? List.of()
          : said(facts.verdicts().stream());
    }
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
  public List<Observation> observe(SubjectFacts facts) {
    return asksCustomers() && facts instanceof AnswerFacts answer && rule.isAbout(Topics.NONE)
        ? said(answer.verdict().stream())
        : List.of();
  }

  private static List<Observation> said(Stream<Verdict> verdicts) {
    List<Observation> all = new ArrayList<>(2);
    verdicts
        .filter(verdict -> verdict.survey() == Survey.FCR)
        .forEach(
            verdict -> {
              all.add(Observation.judged(ELIGIBLE, verdict, "", 1));
              if (verdict.score() > 0) {
                all.add(Observation.judged(RESOLVED, verdict, "", 1));
              }
            });
    return all;
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    if (!rule.isAbout(facts.topic())) {
      return List.of(
          "not eligible: tickets about " + facts.topic() + " are left out for a net rate");
    }
    return asksCustomers() ? notSaid(facts) : notFound(facts, policies);
  }

  private static List<String> notSaid(TicketFacts facts) {
    boolean saidNo =
        facts.verdicts().stream()
            .anyMatch(it -> it.survey() == Survey.FCR && it.newest() && it.score() == 0);
    return saidNo
        ? List.of("eligible, but not resolved at first contact: the customer says so")
        : Why.of(Why.notAnswered(facts, Survey.FCR));
  }

  private static List<String> notFound(TicketFacts facts, Policies policies) {
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
        "kpi.fcr.ignore_thanks",
        "kpi.repeat_window",
        "kpi.repeat_by",
        "kpi.settle_after");
  }
}
