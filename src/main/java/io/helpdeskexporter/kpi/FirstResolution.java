package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.PRIORITY;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * First resolution time. Unit: seconds. Absent until first solved. Rule: KPI definitions, "Speed".
 */
final class FirstResolution implements Kpi {
  static final Measure CALENDAR = Measure.duration("first_resolution");
  private static final Measure BUSINESS = Measure.duration("first_resolution_business");
  private static final StillOpen INCLUDING_OPEN =
      new StillOpen(CALENDAR, ResolutionForecast.UNRESOLVED, Lifetimes::fromOf);

  @Override
  public Spec spec() {
    return new Spec(
        "first_resolution",
        "First resolution time",
        Section.SPEED,
        "seconds",
        "How long it takes until a ticket is solved for the first time, whether or not it is"
            + " reopened later. With the open ones included, a ticket that is not solved yet counts"
            + " for its age so far; pauses that kpi.resolution.pause_on takes out of solved tickets"
            + " are not taken out of these.",
        "first solve − creation",
        "Until first solved; where a source reports only the last solve and the ticket was"
            + " reopened.",
        "histogram_quantile(0.5, sum by (le)"
            + " (rate(helpdesk_ticket_first_resolution_seconds_bucket[7d])))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.TICKETS, Feed.STATUSES);
  }

  @Override
  public List<Family> families() {
    return List.of(
        new Family.Histogram(
            "helpdesk_ticket_first_resolution_seconds",
            "Time from creation to the first solve; calendar clock, cached, refreshed every poll.",
            CALENDAR,
            Set.of(TEAM, PRIORITY)),
        new Family.Histogram(
            "helpdesk_ticket_first_resolution_business_seconds",
            "Time from creation to the first solve; business clock, cached, refreshed every poll.",
            BUSINESS,
            Set.of(TEAM, PRIORITY)),
        new Family.WindowSeconds(
            "helpdesk_report_first_resolution_seconds",
            "First resolution times of the solves in the window, exact; calendar clock, cached,"
                + " refreshed every poll.",
            CALENDAR,
            Set.of()),
        INCLUDING_OPEN.family(
            "helpdesk_report_first_resolution_open_included_seconds", "First resolution times"),
        new Family.WindowSeconds(
            "helpdesk_report_first_resolution_by_team_seconds",
            "First resolution times of the solves in the window by team, exact; calendar clock,"
                + " cached, refreshed every poll.",
            CALENDAR,
            Set.of(TEAM)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.speed(
            "first_resolution",
            "Median first resolution time",
            Reading.median("helpdesk_report_first_resolution_seconds"),
            "reopen_rate"));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(2);
    facts
        .firstResolution()
        .ifPresent(
            solve -> {
              solve
                  .millis()
                  .ifPresent(
                      it ->
                          all.add(
                              Observation.timed(CALENDAR, solve.at(), solve.attribution(), it)));
              solve
                  .businessMillis()
                  .ifPresent(
                      it ->
                          all.add(
                              Observation.timed(BUSINESS, solve.at(), solve.attribution(), it)));
            });
    return all;
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    if (facts.firstResolution().isEmpty() && !facts.solves().isEmpty()) {
      return List.of("reopened, and the source reports only the last solve");
    }
    return Why.of(Why.notSolved(facts).or(() -> facts.firstResolution().flatMap(Why::notTimed)));
  }

  @Override
  public List<String> choices() {
    return List.of("kpi.resolution.pause_on", "kpi.resolution.end");
  }
}
