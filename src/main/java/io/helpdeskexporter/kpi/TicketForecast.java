package io.helpdeskexporter.kpi;

import java.util.List;
import java.util.Set;

/** Expected volume and its band. Unit: tickets. Rule: KPI definitions, "Looking ahead". */
final class TicketForecast implements Kpi {
  @Override
  public Spec spec() {
    return new Spec(
        "ticket_forecast",
        "Expected ticket volume",
        Section.LOOKING_AHEAD,
        "tickets",
        "How many tickets will probably come in within the next hour, day and week, from the hours"
            + " of the last eight weeks: what is usual at such an hour of such a weekday, at the"
            + " level of the last days; a change that stays is followed within a week. Days off of"
            + " the source's calendar are not learned from and are expected to be as quiet as the"
            + " quietest weekday. Nine times in ten the number that comes lies between lower and"
            + " upper.",
        "usual tickets of the weekday × level of the last days × share of the hour; error: Σ |next"
            + " day as expected at its midnight − tickets that came| ÷ Σ tickets that came, over"
            + " the last 28 days",
        "Expectation: with fewer than 14 ordinary days of history in the last eight weeks. Error:"
            + " until a week of days could be tested.",
        "helpdesk_forecast_tickets{horizon=\"24h\"}");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.TICKETS);
  }

  @Override
  public List<Family> families() {
    return List.of(
        forecast(
            Arriving.TICKETS,
            "Tickets expected to come in within the horizon from the last full five minutes on,"
                + " cached, refreshed every poll."),
        forecast(
            Arriving.LOWER,
            "Lower end of the band in which the number of tickets will be nine times in ten,"
                + " cached, refreshed every poll."),
        forecast(
            Arriving.UPPER,
            "Upper end of the band in which the number of tickets will be nine times in ten,"
                + " cached, refreshed every poll."),
        new Family.Forecast(
            Arriving.ERROR,
            "What the expectations of whole days, made at midnight, were wrong by in the last 28"
                + " days, as a part of the tickets that came, cached, refreshed every poll.",
            Arriving.OUTLOOK,
            Set.of(),
            List.of()));
  }

  private static Family forecast(String name, String help) {
    return new Family.Forecast(name, help, Arriving.OUTLOOK, Set.of(), List.of("horizon"));
  }
}
