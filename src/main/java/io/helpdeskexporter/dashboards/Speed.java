package io.helpdeskexporter.dashboards;

import static io.helpdeskexporter.dashboards.Ask.PERIOD;
import static io.helpdeskexporter.dashboards.Row.line;
import static io.helpdeskexporter.dashboards.Row.placed;
import static io.helpdeskexporter.dashboards.Row.slot;

import io.helpdeskexporter.dashboards.Aim.Better;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How long customers wait, and how long the work takes. */
final class Speed {
  private static final Ask ASK =
      new Ask(Variable.SOURCE, Variable.TEAM, Variable.CHANNEL, Variable.PRIORITY, Variable.WINDOW);

  private Speed() {}

  static Dashboard dashboard() {
    return new Dashboard(
        "speed",
        "Speed",
        "For whoever decides on staffing and processes: how long customers wait for a reply and a"
            + " solution, where, and how that changes.",
        "now-30d",
        "5m",
        ASK.variables(),
        List.of(
            Row.of(
                "How long it takes" + PERIOD,
                line(
                    slot(
                        6,
                        placed(
                            4,
                            median(
                                "First reply",
                                "the first public reply of a human, from the customer's first"
                                    + " message or the hand-off by a bot; business clock: only"
                                    + " opening hours count",
                                "helpdesk_report_first_response_business_seconds",
                                "first_response_business")),
                        placed(
                            6,
                            overTime(
                                "Each day",
                                "helpdesk_ticket_first_response_business_seconds",
                                "business clock"))),
                    slot(
                        6,
                        placed(
                            4,
                            median(
                                "Next reply",
                                "an answer of an agent, from the customer's oldest unanswered"
                                    + " follow-up message; all time counts",
                                "helpdesk_report_next_response_seconds",
                                "next_response")),
                        placed(
                            6,
                            overTime(
                                    "Each day",
                                    "helpdesk_ticket_next_response_seconds",
                                    "all time counts, but for the median in business hours")
                                .series(
                                    quantile(0.5, "helpdesk_ticket_next_response_business_seconds"),
                                    "median, in hours"))),
                    slot(
                        6,
                        placed(
                            4,
                            median(
                                "Solved",
                                "the first solve, from the ticket's creation; all time counts",
                                "helpdesk_report_first_resolution_seconds",
                                "first_resolution")),
                        placed(
                            6,
                            overTime(
                                    "Each day",
                                    "helpdesk_ticket_first_resolution_seconds",
                                    "all time counts, but for the median in business hours")
                                .series(
                                    quantile(
                                        0.5, "helpdesk_ticket_first_resolution_business_seconds"),
                                    "median, in hours"))),
                    slot(6, placed(4, Headline.handleTime(ASK)), placed(6, handleTimeOverTime())))),
            Row.of(
                "Exactly" + PERIOD,
                line(
                    slot(10, 14, everyTime()),
                    slot(14, placed(8, byTeam()), placed(6, byPriority()))),
                line(slot(12, 8, byChannel()), slot(12, 8, channelsOverTime()))),
            Row.of(
                "Solved at once, and for good" + PERIOD,
                line(
                    slot(6, 4, firstContact()),
                    slot(6, 4, reopened()),
                    slot(6, 4, repeated()),
                    slot(6, 4, solvedByNow())),
                line(slot(16, 9, outcomeByTeam()), slot(8, 9, volumeByPriority()))),
            Row.of(
                "How times are spread, and where they are spent",
                line(
                    slot(
                        12,
                        9,
                        spread(
                            "First replies",
                            "the customer's first message to the first public human reply",
                            "helpdesk_ticket_first_response_seconds_bucket")),
                    slot(
                        12,
                        9,
                        spread(
                            "Resolutions",
                            "creation to the last solve, of tickets settled on the day",
                            "helpdesk_ticket_resolution_seconds_bucket"))),
                line(
                    slot(8, 8, status()),
                    slot(8, 8, resolutionOverTime()),
                    slot(8, 8, withoutReply()))),
            Trust.row()));
  }

  // How long it takes.

  private static Panel median(String title, String what, String report, String kpi) {
    return Panel.stat(
            title,
            Unit.SECONDS,
            "Median over the period: half of the customers got "
                + what
                + ". What has not come yet is not in it.")
        .without("none in the period")
        .latest(ASK.report(report, "stat=\"p50\""), "{{source}}")
        .aimingAt(Aim.seconds(ASK, Better.LOWER, kpi));
  }

  private static Panel overTime(String title, String histogram, String clock) {
    return Panel.lines(
            title,
            Unit.SECONDS,
            "The time that half of the customers did not wait longer than, day by day; "
                + clock
                + ". Estimated from the buckets of the histogram.")
        .history("1d")
        .series(quantile(0.5, histogram), "median")
        .colour("median", Look.MAIN)
        .colour("median, in hours", Look.QUIET)
        .unfilled()
        .fromZero();
  }

  private static String quantile(double quantile, String histogram, String... by) {
    String[] labels = Stream.concat(Stream.of("le"), Stream.of(by)).toArray(String[]::new);
    return "histogram_quantile(%s, %s)"
        .formatted(quantile, Ask.sum(ASK.rate(histogram + "_bucket"), labels));
  }

  private static Panel handleTimeOverTime() {
    return Panel.lines(
            "Each day",
            Unit.SECONDS,
            """
            Average handle time day by day, from the counters: **recorded** by agents; \
            **estimated**, for tickets without recorded time, from how long they were open in \
            somebody's hands (longer than the work itself).\
            """)
        .history("1d")
        .series(mean("helpdesk_ticket_handle_seconds"), "recorded")
        .series(mean("helpdesk_ticket_handle_estimated_seconds"), "estimated")
        .colour("recorded", Look.MAIN)
        .colour("estimated", Look.QUIET)
        .unfilled()
        .fromZero();
  }

  private static String mean(String histogram) {
    return Ask.ratio(
        Ask.sum(ASK.rate(histogram + "_sum")), Ask.sum(ASK.rate(histogram + "_count")));
  }

  // Exactly.

  private static Panel everyTime() {
    return Column.table(
            Panel.table(
                    "Every way to measure it",
                    Unit.SECONDS,
                    """
                    Exact statistics over the period. **Open included**: customers who still \
                    wait count for the time waited so far (Kaplan and Meier's estimate), so \
                    the slow ones are not forgotten. **Solved for good**: to the last solve, \
                    counted when the ticket is settled. **Our turn**: time in new, open \
                    and on hold. All time counts, unless it says business hours.\
                    """)
                .without("nothing in the period"),
            List.of(Column.of("time", "Time to")),
            Column.of("Median", Unit.SECONDS, times("p50")),
            Column.of("9 in 10", Unit.SECONDS, times("p90")),
            Column.of("Mean", Unit.SECONDS, times("mean")))
        .override("Time to", Node.of("custom.width", 225));
  }

  private static String times(String stat) {
    return Stream.of(
            named("First reply", "helpdesk_report_first_response_seconds", stat),
            named(
                "First reply, open included",
                "helpdesk_report_first_response_open_included_seconds",
                stat),
            named("First reply, in hours", "helpdesk_report_first_response_business_seconds", stat),
            named("Next reply", "helpdesk_report_next_response_seconds", stat),
            named("First solve", "helpdesk_report_first_resolution_seconds", stat),
            named(
                "First solve, open included",
                "helpdesk_report_first_resolution_open_included_seconds",
                stat),
            named("Solved for good", "helpdesk_report_resolution_seconds", stat),
            named("Solved for good, in hours", "helpdesk_report_resolution_business_seconds", stat),
            named("Our turn", "helpdesk_report_requester_wait_seconds", stat),
            named("Work on it, recorded", "helpdesk_report_handle_seconds", stat),
            named("Work on it, estimated", "helpdesk_report_handle_estimated_seconds", stat))
        .collect(Collectors.joining(" or "));
  }

  private static String named(String name, String report, String stat) {
    return "label_replace(max(%s), \"time\", \"%s\", \"\", \"\")"
        .formatted(ASK.report(report, "stat=\"" + stat + "\""), name);
  }

  private static Panel byTeam() {
    return Column.sorted(
            Column.table(
                Panel.table(
                        "Medians by team",
                        Unit.SECONDS,
                        """
                        Exact medians over the period; work on a ticket: the mean. All time \
                        counts, but **in hours**: there, the first reply by the business clock.\
                        """)
                    .without("nothing in the period"),
                List.of(Column.of("team", "Team")),
                team("First reply", "helpdesk_report_first_response_by_team_seconds", "p50"),
                team("In hours", "helpdesk_report_first_response_business_by_team_seconds", "p50"),
                team("Next reply", "helpdesk_report_next_response_by_team_seconds", "p50"),
                team("First solve", "helpdesk_report_first_resolution_by_team_seconds", "p50"),
                team("For good", "helpdesk_report_resolution_by_team_seconds", "p50"),
                team("Our turn", "helpdesk_report_requester_wait_by_team_seconds", "p50"),
                team("Work", "helpdesk_report_handle_by_team_seconds", "mean"),
                team("Work, est.", "helpdesk_report_handle_estimated_by_team_seconds", "mean")),
            "First reply",
            true)
        .override("Team", Node.of("custom.width", 180));
  }

  private static Column team(String title, String report, String stat) {
    return by("team", title, report, stat);
  }

  private static Column by(String label, String title, String report, String stat) {
    return Column.of(
        title,
        Unit.SECONDS,
        "max by (%s) (%s)".formatted(label, ASK.report(report, "stat=\"" + stat + "\"")));
  }

  private static Panel byChannel() {
    return cut(
        "By channel",
        "channel",
        "Channel",
        "helpdesk_report_first_response_by_channel_seconds",
        "helpdesk_report_next_response_by_channel_seconds",
        "helpdesk_report_resolution_by_channel_seconds");
  }

  private static Panel byPriority() {
    return cut(
        "By priority",
        "priority",
        "Priority",
        "helpdesk_report_first_response_by_priority_seconds",
        "helpdesk_report_next_response_by_priority_seconds",
        "helpdesk_report_resolution_by_priority_seconds");
  }

  private static Panel cut(
      String title, String label, String name, String first, String next, String solved) {
    return Column.sorted(
        Column.table(
            Panel.table(
                    title,
                    Unit.SECONDS,
                    "Exact times over the period: the median, and what nine of ten did not exceed."
                        + " All time counts.")
                .without("nothing in the period"),
            List.of(Column.of(label, name)),
            by(label, "First reply", first, "p50"),
            by(label, "9 in 10", first, "p90"),
            by(label, "Next reply", next, "p50"),
            by(label, "Solved for good", solved, "p50"),
            by(label, "Solved (9 in 10)", solved, "p90")),
        "First reply",
        false);
  }

  // Is it solved.

  private static Panel firstContact() {
    return outcome(
            "At first contact",
            "helpdesk_report_first_contact_resolved_tickets",
            "helpdesk_report_fcr_eligible_tickets",
            """
            First contact resolution: tickets solved by a single answer of one agent, never reopened, \
            not escalated and not asked about again within a week ÷ tickets whose verdict fell in the \
            period. The verdict comes when that week is over.\
            """)
        .aimingAt(Aim.ratio(ASK, Better.HIGHER, "fcr"));
  }

  private static Panel reopened() {
    return outcome(
            "Came back",
            "helpdesk_report_tickets_reopened",
            "helpdesk_report_tickets_solved",
            "Reopen rate: reopenings of solved tickets ÷ tickets solved in the period.")
        .aimingAt(Aim.ratio(ASK, Better.LOWER, "reopen_rate"));
  }

  private static Panel repeated() {
    return outcome(
            "Asked again",
            "helpdesk_report_repeat_contact_tickets",
            "helpdesk_report_tickets_created",
            """
            Repeat contacts: new tickets of a customer whose earlier ticket about the same topic had \
            been solved within the last week ÷ tickets created in the period.\
            """)
        .aimingAt(Aim.ratio(ASK, Better.LOWER, "repeat_contact_rate"));
  }

  private static Panel solvedByNow() {
    return outcome(
        "Solved by now",
        "helpdesk_report_created_tickets_solved",
        "helpdesk_report_tickets_created",
        """
        Of the tickets created in the period, those that have been solved by now ÷ all of them. \
        The rest is still to come.\
        """);
  }

  private static Panel outcome(String title, String part, String whole, String description) {
    return Panel.stat(title, Unit.RATIO, description)
        .without("none in the period")
        .latest(
            Ask.ratio(Ask.sum(ASK.report(part), "source"), Ask.sum(ASK.report(whole), "source")),
            "{{source}}");
  }

  private static Panel outcomeByTeam() {
    String solved = Ask.sum(ASK.report("helpdesk_report_tickets_solved_by_team"), "team");
    String created = Ask.sum(ASK.report("helpdesk_report_tickets_created_by_team"), "team");
    return Column.sorted(
            Column.table(
                Panel.table(
                        "Outcome by team",
                        Unit.COUNT,
                        """
                        **At first contact**: solved by one answer ÷ tickets judged (their \
                        number: **judged**). **Came back**: reopenings ÷ **solved**; **tickets**: \
                        how many different ones came back. **Asked again**: repeat contacts ÷ \
                        created. **Solved by now**: of those created in the period.\
                        """)
                    .without("nothing in the period"),
                List.of(Column.of("team", "Team")),
                Column.of(
                    "At first contact",
                    Unit.RATIO,
                    Ask.ratio(
                        byTeam("helpdesk_report_first_contact_resolved_tickets_by_team"),
                        byTeam("helpdesk_report_fcr_eligible_tickets_by_team"))),
                Column.of(
                    "Judged", Unit.COUNT, byTeam("helpdesk_report_fcr_eligible_tickets_by_team")),
                Column.of(
                    "Came back",
                    Unit.RATIO,
                    Ask.ratio(byTeam("helpdesk_report_tickets_reopened_by_team"), solved)),
                Column.of(
                    "Tickets", Unit.COUNT, byTeam("helpdesk_report_reopened_tickets_by_team")),
                Column.of("Solved", Unit.COUNT, solved),
                Column.of(
                    "Asked again",
                    Unit.RATIO,
                    Ask.ratio(byTeam("helpdesk_report_repeat_contact_tickets_by_team"), created)),
                Column.of(
                    "Solved by now",
                    Unit.RATIO,
                    Ask.ratio(byTeam("helpdesk_report_created_tickets_solved_by_team"), created))),
            "Solved",
            true)
        .override("Team", Node.of("custom.width", 180));
  }

  private static String byTeam(String report) {
    return Ask.sum(ASK.report(report), "team");
  }

  private static Panel volumeByPriority() {
    return Column.sorted(
            Column.table(
                Panel.table(
                        "Came in and solved, by priority",
                        Unit.COUNT,
                        "Tickets created, and tickets solved for the first time, in the period.")
                    .without("nothing in the period"),
                List.of(Column.of("priority", "Priority")),
                Column.of(
                    "Came in",
                    Unit.COUNT,
                    Ask.sum(ASK.report("helpdesk_report_tickets_created_by_priority"), "priority")),
                Column.of(
                    "Solved",
                    Unit.COUNT,
                    Ask.sum(ASK.report("helpdesk_report_tickets_solved_by_priority"), "priority"))),
            "Came in",
            true)
        .override("Priority", Node.of("custom.minWidth", 100));
  }

  // Spread.

  private static Panel spread(String title, String what, String buckets) {
    return Panel.heatmap(
            title,
            Unit.SECONDS,
            "How many took how long, day by day: from "
                + what
                + "; all time counts. The brighter, the more.")
        .history("1d")
        .asking(Query.buckets("A", Ask.sum(ASK.rate(buckets), "le") + " * 86400"));
  }

  private static Panel channelsOverTime() {
    return Panel.lines(
            "First replies by channel, 9 in 10",
            Unit.SECONDS,
            "The time that nine of ten first replies did not exceed, day by day and channel by"
                + " channel; all time counts. Estimated from the buckets of the histogram.")
        .history("1d")
        .series(quantile(0.9, "helpdesk_channel_first_response_seconds", "channel"), "{{channel}}")
        .unfilled()
        .fromZero();
  }

  private static Panel status() {
    String time = ASK.rate("helpdesk_ticket_status_seconds_total", "status!~\"solved|closed\"");
    return Look.statuses(
        Panel.bars(
                "Where tickets spent their time",
                Unit.RATIO,
                """
                Time in each status ÷ time in all before the solve, added when a ticket leaves a status; all time \
                counts. Pending is the customer's turn; new, open and on hold are ours.\
                """)
            .history("1d")
            .series(
                "%s / on () group_left () %s"
                    .formatted(Ask.sum(time, "status"), "(" + Ask.sum(time) + " > 0)"),
                "{{status}}")
            .defaults(Node.of("max", 1)));
  }

  private static Panel resolutionOverTime() {
    return Panel.lines(
            "Until solved for good, median",
            Unit.SECONDS,
            """
            Medians of the tickets settled each day: from creation to the last solve by both \
            clocks, and the part in which support was to act (new, open, on hold). Estimated from \
            the buckets of the histograms.\
            """)
        .history("1d")
        .series(quantile(0.5, "helpdesk_ticket_resolution_seconds"), "solved for good")
        .series(quantile(0.5, "helpdesk_ticket_requester_wait_seconds"), "our turn")
        .series(quantile(0.5, "helpdesk_ticket_resolution_business_seconds"), "in business hours")
        .unfilled()
        .fromZero();
  }

  private static Panel withoutReply() {
    return Panel.bars(
            "Solved without any reply",
            Unit.COUNT,
            "Tickets solved each day although no human had replied, by channel; they are in no"
                + " first response time.")
        .history("1d")
        .series(ASK.daily("helpdesk_tickets_solved_without_reply_total", "channel"), "{{channel}}");
  }
}
