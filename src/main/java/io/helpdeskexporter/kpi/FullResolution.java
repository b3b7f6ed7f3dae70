package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.CHANNEL;
import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Solve;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Full resolution time (ART). Unit: seconds. Absent until settled. Rule: KPI definitions, "Speed".
 */
final class FullResolution implements Kpi {
  private static final Measure CALENDAR = Measure.duration("resolution");
  private static final Measure BUSINESS = Measure.duration("resolution_business");

  @Override
  public Spec spec() {
    return new Spec(
        "resolution",
        "Resolution time (ART)",
        Section.SPEED,
        "seconds",
        "How long it takes until a ticket is solved for good: from its creation to its last solve."
            + " Counted once, when the ticket is settled: closed, or solved for four days.",
        "last solve − creation, at settlement",
        "Until settled. For a ticket that is closed without a solve where the source reports"
            + " solves.",
        "histogram_quantile(0.5, sum by (le)"
            + " (rate(helpdesk_ticket_resolution_seconds_bucket[7d])))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.TICKETS, Feed.STATUSES);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Histogram(
            "helpdesk_ticket_resolution_seconds",
            "Time from creation to the last solve, counted at settlement; calendar clock, cached,"
                + " refreshed every poll.",
            CALENDAR,
            Set.of(TEAM, PRIORITY)),
        new Family.Histogram(
            "helpdesk_ticket_resolution_business_seconds",
            "Time from creation to the last solve, counted at settlement; business clock, cached,"
                + " refreshed every poll.",
            BUSINESS,
            Set.of(TEAM, PRIORITY)),
        new Family.Histogram(
            "helpdesk_channel_resolution_seconds",
            "Time from creation to the last solve by channel, counted at settlement; calendar"
                + " clock, cached, refreshed every poll.",
            CALENDAR,
            Set.of(CHANNEL)),
        new Family.WindowSeconds(
            "helpdesk_report_resolution_seconds",
            "Resolution times of the tickets settled in the window, exact; calendar clock, cached,"
                + " refreshed every poll.",
            CALENDAR,
            Set.of()),
        new Family.WindowSeconds(
            "helpdesk_report_resolution_by_team_seconds",
            "Resolution times of the tickets settled in the window by team, exact; calendar clock,"
                + " cached, refreshed every poll.",
            CALENDAR,
            Set.of(TEAM)),
        new Family.WindowSeconds(
            "helpdesk_report_resolution_by_channel_seconds",
            "Resolution times of the tickets settled in the window by channel, exact; calendar"
                + " clock, cached, refreshed every poll.",
            CALENDAR,
            Set.of(CHANNEL)),
        new Family.WindowSeconds(
            "helpdesk_report_resolution_by_priority_seconds",
            "Resolution times of the tickets settled in the window by priority, exact; calendar"
                + " clock, cached, refreshed every poll.",
            CALENDAR,
            Set.of(PRIORITY)),
        new Family.WindowSeconds(
            "helpdesk_report_resolution_business_seconds",
            "Resolution times of the tickets settled in the window, exact; business clock, cached,"
                + " refreshed every poll.",
            BUSINESS,
            Set.of()));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.speed(
            "resolution",
            "Median resolution time",
            Reading.median("helpdesk_report_resolution_seconds"),
            "reopen_rate"),
        Indicator.speed(
            "resolution_business",
            "Median resolution time in business hours",
            Reading.median("helpdesk_report_resolution_business_seconds"),
            "reopen_rate"));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(2);
    facts
        .settlement()
        .ifPresent(
            settlement -> {
              Solve solve = settlement.solve();
              solve
                  .millis()
                  .ifPresent(
                      it ->
                          all.add(
                              Observation.timed(
                                  CALENDAR, settlement.at(), solve.attribution(), it)));
              solve
                  .businessMillis()
                  .ifPresent(
                      it ->
                          all.add(
                              Observation.timed(
                                  BUSINESS, settlement.at(), solve.attribution(), it)));
            });
    return all;
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    return Why.of(
        Why.notSettled(facts).or(() -> facts.settlement().flatMap(it -> Why.notTimed(it.solve()))));
  }

  @Override
  public List<String> choices() {
    return List.of("kpi.resolution.pause_on", "kpi.resolution.end", "kpi.settle_after");
  }
}
