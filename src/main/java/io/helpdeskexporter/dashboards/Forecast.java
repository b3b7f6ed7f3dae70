package io.helpdeskexporter.dashboards;

import static io.helpdeskexporter.dashboards.Row.line;
import static io.helpdeskexporter.dashboards.Row.placed;
import static io.helpdeskexporter.dashboards.Row.slot;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What will probably come, whether such expectations came true, and how many people it takes. */
final class Forecast {
  private static final Ask ASK = new Ask(Variable.SOURCE, Variable.WINDOW);

  private static final String EXPECTED = "helpdesk_forecast_tickets";
  private static final String LOWER = "helpdesk_forecast_tickets_lower";
  private static final String UPPER = "helpdesk_forecast_tickets_upper";
  private static final String CREATED = "helpdesk_tickets_created_total";
  private static final String TOO_LITTLE = "too little history";

  private Forecast() {}

  static Dashboard dashboard() {
    return new Dashboard(
        "forecast",
        "Forecast",
        "For whoever plans the next days: how many tickets will probably come in, how many hours"
            + " of people they take, which promises are in danger, and how right such forecasts"
            + " were.",
        "now-14d",
        "1m",
        ASK.variables(),
        List.of(
            Row.of(
                "What is coming",
                line(
                    slot(6, 6, coming("Next hour", "1h")),
                    slot(6, 6, coming("Next 24 hours", "24h")),
                    slot(6, 6, coming("Next 7 days", "7d")),
                    slot(6, placed(3, breaches()), placed(3, surge())))),
            Row.of(
                "What it means for staffing",
                line(slot(24, 5, words())),
                line(slot(12, 8, hoursOverTime()), slot(12, 8, paidOverTime()))),
            Row.of(
                "Does it come as expected?",
                line(slot(6, placed(5, error()), placed(5, errorOverTime())), slot(18, 10, days())),
                line(slot(24, 9, hours()))),
            Row.of(
                "What will become of the tickets",
                line(slot(12, 3, half()), slot(12, 3, most())),
                line(slot(12, 8, byTeam()), slot(12, 8, byPriority())),
                line(slot(24, 8, breachesOverTime()))),
            Trust.row()));
  }

  // What is coming.

  private static Panel coming(String title, String horizon) {
    return Panel.stat(
            title,
            Unit.COUNT,
            """
            Tickets expected to come in, from the hours of the last eight weeks: what is usual at \
            such an hour of such a weekday, at the level of the last days. Nine times in ten the \
            number that comes lies in the range below it. Of several helpdesks the ranges are added \
            up, so that of the sum is wider than need be.\
            """)
        .without(TOO_LITTLE)
        .latest(
            banded(now(EXPECTED, horizon), now(LOWER, horizon), now(UPPER, horizon)),
            "{{lower}} to {{upper}} tickets")
        .options(
            Node.of(
                "textMode", "value_and_name", "text", Node.of("valueSize", 46, "titleSize", 15)));
  }

  private static String now(String gauge, String horizon) {
    return Ask.sum(ASK.now(gauge, "horizon=\"" + horizon + "\""));
  }

  /** A number with labels that say between what it lies. */
  private static String banded(String expected, String lower, String upper) {
    return Ask.saying(Ask.saying(expected, "lower", lower), "upper", upper);
  }

  private static Panel surge() {
    return Panel.stat(
            "Last hour",
            Unit.COUNT,
            """
            Whether clearly more tickets came in within the last hour than is usual at this time of \
            the week (the median of the same hour of the last four weeks): more than the usual \
            number + 3 times its square root, and at least 10. Something may be broken then.\
            """)
        .without(TOO_LITTLE)
        .latest(
            Ask.saying(
                "max(" + ASK.now("helpdesk_ticket_surge") + ")",
                "usual",
                Ask.sum(ASK.now("helpdesk_surge_expected_tickets"))),
            "usual: {{usual}} tickets")
        .defaults(Node.of("mappings", List.of(Look.alarm("As usual", "Surge"))))
        .options(
            Node.of(
                "textMode", "value_and_name", "text", Node.of("valueSize", 22, "titleSize", 13)))
        .leadingTo(Link.to("helpdesk-queue", "Queue and backlog"));
  }

  // What it means for staffing.

  private static Panel words() {
    return Panel.stat(
            "In words",
            Unit.HOURS,
            """
            Hours to schedule = expected tickets × paid time for each ticket. Paid time for each \
            ticket = hours that agents were scheduled for ÷ tickets that came in, in the chosen \
            period: it contains breaks, meetings and idle time as there were then. If customers \
            waited too long in that period, plan more; if people waited for work, less.\
            """)
        .without("too little history, or no shifts are fed")
        .latest(
            plan("24h"),
            "Next 24 hours: {{lower}} to {{upper}} tickets, so plan {{from}} to {{to}} hours.")
        .latest(
            plan("7d"),
            "Next 7 days: {{lower}} to {{upper}} tickets, so plan {{from}} to {{to}} hours.")
        .latest(
            Ask.saying(paidSeconds(), "minutes", paidSeconds() + " / 60"),
            "Each ticket takes {{minutes}} minutes of paid time (${window:text}).")
        .options(
            Node.of(
                "textMode",
                "name",
                "orientation",
                "horizontal",
                "justifyMode",
                "center",
                "text",
                Node.of("valueSize", 20, "titleSize", 20)));
  }

  /** Hours to schedule, with the ends of the band as labels: of tickets, and of hours. */
  private static String plan(String horizon) {
    String lower = now(LOWER, horizon);
    String upper = now(UPPER, horizon);
    String hours = " * " + paidSeconds() + " / 3600";
    return Ask.saying(
        Ask.saying(banded(now(EXPECTED, horizon) + hours, lower, upper), "from", lower + hours),
        "to",
        upper + hours);
  }

  /** Scheduled time ÷ tickets that came in. */
  private static String paidSeconds() {
    return "(%s / (%s > 0))"
        .formatted(
            Ask.sum(ASK.report("helpdesk_report_agent_scheduled_seconds")),
            Ask.sum(ASK.report("helpdesk_report_tickets_created")));
  }

  private static Panel hoursOverTime() {
    return Panel.bars(
            "Hours scheduled each day",
            Unit.HOURS,
            """
            Hours that agents were scheduled for by their shifts, and hours that they worked for \
            customers, for each day, from the counters: what the plan above compares with.\
            """)
        .every("1d")
        .without("no shifts are fed")
        .series(Ask.sum(ASK.rate("helpdesk_agent_scheduled_seconds_total")) + " * 24", "scheduled")
        .series(
            Ask.sum(ASK.rate("helpdesk_agent_handle_seconds_total")) + " * 24",
            "worked for customers")
        .colour("scheduled", Look.QUIET)
        .besideEachOther()
        .colour("worked for customers", Look.MAIN)
        .leadingTo(Link.to("helpdesk-team", "Team and capacity"));
  }

  private static Panel paidOverTime() {
    return Panel.lines(
            "Paid time for each ticket, day by day",
            Unit.WHOLE_SECONDS,
            """
            Scheduled hours ÷ tickets that came in on the day, from the counters. Where it is low, \
            few people met many tickets; where it is high, people waited for work, if tickets were \
            not harder than usual. Dashed: working time recorded ÷ tickets that came in.\
            """)
        .every("1d")
        .without("no shifts are fed")
        .series(aTicket("helpdesk_agent_scheduled_seconds_total"), "paid")
        .series(aTicket("helpdesk_agent_handle_seconds_total"), "worked")
        .colour("paid", Look.MAIN)
        .dashed("worked")
        .unfilled()
        .fromZero();
  }

  private static String aTicket(String seconds) {
    return Ask.ratio(Ask.sum(ASK.rate(seconds)), Ask.sum(ASK.rate(CREATED)));
  }

  // Does it come as expected?

  private static Panel error() {
    return Panel.stat(
            "Wrong by",
            Unit.WHOLE_RATIO,
            """
            Mean absolute error: by how many tickets the expectation of a whole day, made at its \
            midnight, was wrong, added up over the last 28 days ÷ tickets that came in on these \
            days.\
            """)
        .without("less than a week could be tested")
        .latest(
            "max(" + ASK.now("helpdesk_forecast_mean_absolute_error_ratio") + ")",
            "of a day's tickets, in 28 days")
        .options(
            Node.of(
                "textMode", "value_and_name", "text", Node.of("valueSize", 46, "titleSize", 15)));
  }

  private static Panel errorOverTime() {
    return Panel.lines(
            "Over time",
            Unit.WHOLE_RATIO,
            "The mean absolute error of the 28 days before each moment.")
        .history("1h")
        .series("max(" + ASK.now("helpdesk_forecast_mean_absolute_error_ratio") + ")", "wrong by")
        .withoutLegend()
        .defaults(Node.of("min", 0, "color", Look.fixed(Look.MAIN)))
        .finelyScaled();
  }

  private static Panel days() {
    return against(
        "Day by day",
        """
        Tickets that came in within 24 hours, what was expected of these 24 hours when they began, \
        and the band in which nine of ten days should lie.\
        """,
        "1d",
        "24h",
        86_400);
  }

  private static Panel hours() {
    return against(
        "Hour by hour",
        """
        Tickets that came in within an hour, what was expected of this hour when it began, and the \
        band in which nine of ten hours should lie.\
        """,
        "1h",
        "1h",
        3_600);
  }

  /** What came, beside what had been expected of it. */
  private static Panel against(
      String title, String description, String step, String horizon, int seconds) {
    return Panel.lines(title, Unit.COUNT, description)
        .history(step)
        .series(ago(UPPER, step, horizon), "at most")
        .series(ago(LOWER, step, horizon), "at least")
        .series(ago(EXPECTED, step, horizon), "expected")
        .series(Ask.sum(ASK.rate(CREATED)) + " * " + seconds, "came in")
        .fromZero()
        .unfilled()
        .override("at least", Node.merged(edge(), Node.of("custom.fillOpacity", 0)))
        .override("at most", Node.merged(edge(), Node.of("custom.fillBelowTo", "at least")))
        .dashed("expected")
        .asLine("came in", Look.MAIN);
  }

  private static Map<String, @Nullable Object> edge() {
    return Node.of(
        "color",
        Look.fixed(Look.QUIET),
        "custom.lineWidth",
        0,
        "custom.fillOpacity",
        22,
        "custom.hideFrom",
        Node.of("legend", true, "tooltip", false, "viz", false));
  }

  private static String ago(String gauge, String how, String horizon) {
    return Ask.sum(ASK.ago(gauge, how, "horizon=\"" + horizon + "\""));
  }

  // What will become of the tickets.

  private static Panel breaches() {
    return Panel.stat(
            "Will break",
            Unit.COUNT,
            """
            SLA promises that run and will probably be broken within the next four hours if the \
            desk works as it did in the last 28 days, rounded. Each counts as likely as promises of \
            its kind were to wait until the deadline.\
            """)
        .without("nothing is promised, or too little is known")
        .latest(
            Ask.sum(ASK.now("helpdesk_forecast_sla_breaches", "horizon=\"4h\"")),
            "promises in 4 hours")
        .options(
            Node.of(
                "textMode", "value_and_name", "text", Node.of("valueSize", 30, "titleSize", 13)))
        .leadingTo(Link.to("helpdesk-sla", "SLA and error budget"));
  }

  private static Panel breachesOverTime() {
    return Panel.lines(
            "Broken promises, every four hours",
            Unit.COUNT,
            """
            SLA promises broken within four hours, and how many were expected to be when these \
            began. More are broken than expected when new tickets come whose deadlines are short.\
            """)
        .history("4h")
        .series(
            Ask.sum(ASK.ago("helpdesk_forecast_sla_breaches", "4h", "horizon=\"4h\"")), "expected")
        .series(Ask.sum(ASK.rate("helpdesk_sla_breaches_total")) + " * 14400", "broken")
        .fromZero()
        .dashed("expected")
        .colour("broken", Look.BAD)
        .unfilled();
  }

  private static Panel half() {
    return solved(
        "Half will be solved within",
        "half of the tickets opened now will probably be solved for the first time",
        "0.5");
  }

  private static Panel most() {
    return solved(
        "Nine in ten will be solved within",
        "nine of ten tickets opened now will probably be solved for the first time",
        "0.9");
  }

  private static Panel solved(String title, String what, String level) {
    return Panel.stat(
            title,
            Unit.SECONDS,
            "The time within which "
                + what
                + ", from the last 28 days and from the tickets that still wait; all time counts.")
        .without("too little was solved to tell")
        .latest(
            "max(" + ASK.now("helpdesk_forecast_resolution_seconds", level(level)) + ")",
            "from creation")
        .leadingTo(Link.to("helpdesk-speed", "Speed"));
  }

  private static String level(String level) {
    return "quantile_level=\"" + level + "\"";
  }

  private static Panel byTeam() {
    return predicted(
        "Solved within, by team", "team", "Team", "helpdesk_forecast_resolution_by_team_seconds");
  }

  private static Panel byPriority() {
    return predicted(
        "Solved within, by priority",
        "priority",
        "Priority",
        "helpdesk_forecast_resolution_by_priority_seconds");
  }

  private static Panel predicted(String title, String label, String name, String gauge) {
    return Column.sorted(
        Column.table(
            Panel.table(
                    title,
                    Unit.SECONDS,
                    """
                    The times within which half, and nine in ten, of the tickets opened now will \
                    probably be solved for the first time, from the last 28 days and from those \
                    that still wait; all time counts.\
                    """)
                .without("too little was solved to tell"),
            List.of(Column.of(label, name)),
            Column.of("Half", Unit.SECONDS, within(label, gauge, "0.5")).wide(95),
            Column.of("9 in 10", Unit.SECONDS, within(label, gauge, "0.9")).wide(95)),
        "9 in 10",
        true);
  }

  private static String within(String label, String gauge, String level) {
    return "max by (%s) (%s)".formatted(label, ASK.now(gauge, level(level)));
  }
}
