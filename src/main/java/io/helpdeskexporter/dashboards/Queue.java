package io.helpdeskexporter.dashboards;

import static io.helpdeskexporter.dashboards.Row.line;
import static io.helpdeskexporter.dashboards.Row.placed;
import static io.helpdeskexporter.dashboards.Row.slot;

import io.helpdeskexporter.dashboards.Aim.Better;
import java.util.List;

/** What lies before the desk at this moment. */
final class Queue {
  private static final Ask ASK = new Ask(Variable.SOURCE, Variable.TEAM, Variable.PRIORITY);

  private Queue() {}

  static Dashboard dashboard() {
    return new Dashboard(
        "queue",
        "Queue and backlog",
        "For team leads, in the course of the day: who waits, for how long, and who is there to"
            + " answer.",
        "now-24h",
        "30s",
        ASK.variables(),
        List.of(
            Row.of(
                "",
                line(
                    slot(6, placed(5, awaiting()), placed(4, longest())),
                    slot(
                        6, placed(3, unassigned()), placed(3, available()), placed(3, incidents())),
                    slot(12, 9, byAge()))),
            Tickets.due(),
            Row.of("Who has what", line(slot(24, 8, teams()))),
            Row.of(
                "How it got here",
                line(slot(12, 8, flow()), slot(12, 8, backlog())),
                line(slot(8, 8, surge()), slot(8, 8, waiting()), slot(8, 8, incidentsBegun()))),
            Trust.row()));
  }

  private static Panel awaiting() {
    return Panel.stat(
            "No reply yet",
            Unit.COUNT,
            "Unsolved tickets whose customer nobody has answered yet; a bot's answer is none.")
        .latest(Headline.count(ASK, "helpdesk_tickets_awaiting_first_response"), "waiting")
        .options(Node.of("text", Node.of("valueSize", 60)))
        .leadingTo(Link.to("helpdesk-sla", "SLA and error budget"));
  }

  private static Panel longest() {
    return Panel.stat(
            "Waiting since",
            Unit.MOMENT,
            "Since when the customer who waits longest for a first reply waits; all time counts.")
        .without("nobody waits")
        .latest(
            "min("
                + ASK.now("helpdesk_oldest_awaiting_first_response_timestamp_seconds")
                + ") * 1000",
            "since");
  }

  private static Panel unassigned() {
    return Panel.stat("Unassigned", Unit.COUNT, "Unsolved tickets that no agent is assigned to.")
        .latest(Headline.count(ASK, "helpdesk_tickets_unassigned"), "unassigned")
        .aimingAt(Aim.points(ASK, Better.LOWER, "unassigned"))
        .options(Node.of("textMode", "value"));
  }

  private static Panel available() {
    return Headline.availableAgents(ASK, "Agents free")
        .leadingTo(Link.to("helpdesk-team", "Team and capacity"));
  }

  private static Panel incidents() {
    return Panel.stat(
            "Incidents",
            Unit.COUNT,
            "Outages and other large disturbances that have begun and not ended, by severity.")
        .without("none")
        .latest(Ask.sum(ASK.now("helpdesk_incidents_active"), "severity"), "{{severity}}")
        .colours(Look.someIsBad());
  }

  private static Panel byAge() {
    Panel panel =
        Panel.barChart(
                "Unsolved tickets by age",
                Unit.COUNT,
                """
                Tickets that are unsolved now, by the time since they were created (also for \
                reopened ones) and by priority.\
                """,
                "Age")
            .without("nothing is unsolved");
    return Look.priorities(
        Column.table(
            panel,
            List.of(Column.of("age_bucket", "Age")),
            age("low"),
            age("normal"),
            age("high"),
            age("urgent")));
  }

  private static Column age(String priority) {
    return Column.of(
        priority,
        Unit.COUNT,
        Ask.sum(
            ASK.now("helpdesk_backlog_tickets", "priority=\"" + priority + "\""), "age_bucket"));
  }

  private static Panel teams() {
    return Column.sorted(
            Column.table(
                Panel.table(
                        "Teams now",
                        Unit.COUNT,
                        """
                        Unsolved tickets by team and status. **No reply yet**: nobody has answered \
                        the customer. **Waits since**: since when the longest of these waits, all \
                        time counts. **Oldest**: creation of the oldest unsolved ticket. \
                        **Available**: agents who are available for the next ticket.\
                        """)
                    .without("nothing is unsolved"),
                List.of(Column.of("team", "Team")),
                Column.of("Unsolved", Unit.COUNT, Ask.sum(ASK.now("helpdesk_tickets"), "team")),
                status("New", "new"),
                status("Open", "open"),
                status("Pending", "pending"),
                status("On hold", "on_hold"),
                Column.of(
                    "Unassigned",
                    Unit.COUNT,
                    Ask.sum(ASK.now("helpdesk_tickets_unassigned"), "team")),
                Column.of(
                    "No reply yet",
                    Unit.COUNT,
                    Ask.sum(ASK.now("helpdesk_tickets_awaiting_first_response"), "team")),
                Column.of(
                    "Waits since",
                    Unit.MOMENT,
                    "min by (team) ("
                        + ASK.now("helpdesk_oldest_awaiting_first_response_timestamp_seconds")
                        + ") * 1000"),
                Column.of(
                    "Oldest",
                    Unit.MOMENT,
                    "min by (team) ("
                        + ASK.now("helpdesk_oldest_unsolved_created_timestamp_seconds")
                        + ") * 1000"),
                Column.of("Available", Unit.COUNT, Headline.available(ASK, "team"))
                    .coloured(Look.noneIsBad())),
            "Unsolved",
            true)
        .override("Team", Node.of("custom.width", 180));
  }

  private static Column status(String title, String status) {
    return Column.of(
        title,
        Unit.COUNT,
        Ask.sum(ASK.now("helpdesk_tickets", "status=\"" + status + "\""), "team"));
  }

  private static Panel flow() {
    return Headline.flow("hour", "1h", ASK::hourly, "");
  }

  private static Panel backlog() {
    return Look.statuses(
        Panel.areas(
                "Unsolved tickets by status",
                Unit.COUNT,
                "Tickets that were unsolved, over time, by the status they were in.")
            .without("no history yet")
            .series(Ask.sum(ASK.now("helpdesk_tickets"), "status"), "{{status}}"));
  }

  private static Panel surge() {
    return Panel.lines(
            "More than usual?",
            Unit.COUNT,
            """
            Tickets that came in within the last hour, and what is usual in this hour of the week: \
            the median of the last four weeks. Where many more come in than usual, the line of the \
            surge rises to 1: something may be broken.\
            """)
        .without("too little history to know what is usual")
        .series(ASK.hourly("helpdesk_tickets_created_total"), "came in")
        .series(Ask.sum(ASK.now("helpdesk_surge_expected_tickets")), "usual")
        .series("max(" + ASK.now("helpdesk_ticket_surge") + ")", "surge")
        .every("1h")
        .dashed("usual")
        .colour("came in", Look.MAIN)
        .fromZero()
        .override(
            "surge",
            Node.of(
                "color",
                Look.fixed(Look.BAD),
                "custom.axisPlacement",
                "hidden",
                "max",
                1,
                "custom.fillOpacity",
                20,
                "custom.lineInterpolation",
                "stepAfter"))
        .leadingTo(Link.to("helpdesk-forecast", "Forecast"));
  }

  private static Panel waiting() {
    return Panel.lines(
            "Waiting for a first reply",
            Unit.COUNT,
            "Unsolved tickets whose customer nobody had answered yet, over time, by team.")
        .without("nobody waits")
        .series(Ask.sum(ASK.now("helpdesk_tickets_awaiting_first_response"), "team"), "{{team}}")
        .fromZero();
  }

  private static Panel incidentsBegun() {
    return Panel.bars(
            "Incidents that began",
            Unit.COUNT,
            "Outages and other large disturbances that began in each hour, by severity: what a"
                + " wave of tickets may be due to.")
        .every("1h")
        .without("none")
        .series(ASK.hourly("helpdesk_incidents_begun_total", "severity"), "{{severity}}")
        .colour("minor", Look.RISING.get(2))
        .colour("major", Look.RISING.get(3))
        .colour("critical", Look.RISING.get(5));
  }
}
