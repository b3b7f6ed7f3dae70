package io.helpdeskexporter.dashboards;

import static io.helpdeskexporter.dashboards.Ask.PERIOD;
import static io.helpdeskexporter.dashboards.Row.line;
import static io.helpdeskexporter.dashboards.Row.slot;

import java.util.List;

/** Which ways customers come, and how well each of them is served. */
final class Channels {
  private static final Ask ASK =
      new Ask(Variable.SOURCE, Variable.TEAM, Variable.CHANNEL, Variable.WINDOW);
  private static final String CREATED =
      Ask.sum(ASK.report("helpdesk_report_tickets_created_by_channel"), "channel");

  private Channels() {}

  static Dashboard dashboard() {
    return new Dashboard(
        "channels",
        "Channels",
        "For the head of support: which ways customers come, how well each of them is served, and"
            + " what comes back.",
        "now-30d",
        "5m",
        ASK.variables(),
        List.of(
            Row.of(
                "Channels beside each other" + PERIOD,
                line(slot(24, 8, comparison())),
                line(slot(24, 3, net()))),
            Row.of("What becomes of the tickets, last 30 days", line(slot(24, 8, outcomes()))),
            Row.of(
                "How it changes",
                line(slot(12, 8, volume()), slot(12, 8, firstReply())),
                line(slot(12, 8, satisfied()), slot(12, 8, oneTouch())),
                line(slot(8, 8, nextReply()), slot(8, 8, solved()), slot(8, 8, noTickets()))),
            Trust.row()));
  }

  private static Panel comparison() {
    return Column.sorted(
            Column.table(
                Panel.table(
                        "Volume, speed and satisfaction",
                        Unit.COUNT,
                        """
                        **New**: tickets created in the period; their **share** of all. **Solved**: for the first time. \
                        **First reply**, **next reply**, **solved in**: the time that half of the \
                        customers waited at most; all time counts. **Satisfied**: answers of 4 or \
                        5 ÷ all **answers** on satisfaction.\
                        """)
                    .without("no ticket in the period"),
                List.of(Column.of("channel", "Channel")),
                Column.of("New", Unit.COUNT, CREATED).wide(70),
                Column.of(
                        "Share",
                        Unit.WHOLE_RATIO,
                        "%s / on () group_left () (%s > 0)"
                            .formatted(
                                CREATED, CREATED.replaceFirst("sum by \\(channel\\)", "sum by ()")))
                    .shareBar(),
                Column.of(
                        "Solved",
                        Unit.COUNT,
                        Ask.sum(ASK.report("helpdesk_report_tickets_solved_by_channel"), "channel"))
                    .wide(75),
                time("First reply", "helpdesk_report_first_response_by_channel_seconds"),
                time("Next reply", "helpdesk_report_next_response_by_channel_seconds"),
                time("Solved in", "helpdesk_report_resolution_by_channel_seconds"),
                Column.of(
                        "Satisfied",
                        Unit.WHOLE_RATIO,
                        Ask.ratio(
                            Ask.sum(
                                ASK.report("helpdesk_report_csat_positive_responses_by_channel"),
                                "channel"),
                            rated()))
                    .shareBar(),
                Column.of("Answers", Unit.COUNT, rated()).wide(80)),
            "New",
            true)
        .override("Channel", Node.of("custom.width", 95))
        .leadingTo(Link.to("helpdesk-speed", "Speed"));
  }

  private static String rated() {
    return Ask.sum(ASK.report("helpdesk_report_csat_responses_by_channel"), "channel");
  }

  private static Column time(String title, String report) {
    return Column.of(
            title, Unit.SECONDS, "max by (channel) (" + ASK.report(report, "stat=\"p50\"") + ")")
        .wide(92);
  }

  private static Panel net() {
    String created = Ask.sum(ASK.report("helpdesk_report_tickets_created"));
    String merged = Ask.sum(ASK.report("helpdesk_report_tickets_merged"));
    String excluded = Ask.sum(ASK.report("helpdesk_report_tickets_excluded"));
    return Panel.figures(
            "Net of what was no ticket",
            """
            **Came in**: tickets created in the period, all channels together. **Merged** into \
            another ticket, and **excluded** as spam, deleted, a test or internal, in the period. \
            **Net**: came in − merged − excluded.\
            """)
        .without("no ticket in the period")
        .latest(created, "came in")
        .latest(merged, "merged")
        .latest(excluded, "excluded")
        .latest(
            "%s - (%s or vector(0)) - (%s or vector(0))".formatted(created, merged, excluded),
            "net")
        // In boxes this wide, the oldest Grafana writes a name and a number in the middle as one
        // word.
        .options(Node.of("justifyMode", "auto"));
  }

  private static Panel outcomes() {
    return Column.sorted(
            Column.table(
                Panel.table(
                        "One touch, or many",
                        Unit.COUNT,
                        """
                        Always of the last 30 days, from the counters. **One touch**: tickets \
                        solved at the first contact ÷ those with a **verdict** (one reply, never \
                        reopened, no escalation, nothing on the topic within a week). **First \
                        level**: settled without leaving the first tier ÷ **settled**. \
                        **Reopened**: reopenings ÷ solves. **Escalated** and \
                        **came back** (repeat contacts): ÷ **created**.\
                        """)
                    .history("30d"),
                List.of(Column.of("channel", "Channel")),
                Column.of(
                        "One touch",
                        Unit.WHOLE_RATIO,
                        part(
                            "helpdesk_tickets_first_contact_resolved_total",
                            "helpdesk_tickets_fcr_eligible_total"))
                    .shareBar(),
                month("Verdicts", "helpdesk_tickets_fcr_eligible_total"),
                small(
                    "First level",
                    part(
                        "helpdesk_tickets_first_level_resolved_total",
                        "helpdesk_tickets_settled_total")),
                month("Settled", "helpdesk_tickets_settled_total"),
                small(
                    "Reopened",
                    part("helpdesk_tickets_reopened_total", "helpdesk_ticket_solve_events_total")),
                small(
                    "Escalated",
                    part("helpdesk_tickets_escalated_total", "helpdesk_tickets_created_total")),
                small(
                    "Came back",
                    part(
                        "helpdesk_tickets_repeat_contact_total", "helpdesk_tickets_created_total")),
                month("Created", "helpdesk_tickets_created_total")),
            "One touch",
            true)
        .override("Channel", Node.of("custom.width", 95));
  }

  private static Column month(String title, String counter) {
    return Column.of(
            title, Unit.COUNT, "round(" + Ask.sum(ASK.rate(counter), "channel") + " * 2592000)")
        .wide(80);
  }

  private static Column small(String title, String promql) {
    return Column.of(title, Unit.RATIO, promql).wide(95);
  }

  private static String part(String part, String whole) {
    return ASK.partOverTime(part, whole, "channel");
  }

  // How it changes.

  private static Panel volume() {
    return Panel.bars(
            "New tickets each day",
            Unit.COUNT,
            "Tickets created for each day by channel, from the counters.")
        .history("1d")
        .series(ASK.daily("helpdesk_tickets_created_total", "channel"), "{{channel}}");
  }

  private static Panel noTickets() {
    return Panel.bars(
            "No tickets after all",
            Unit.COUNT,
            """
            Tickets each day that were merged into another, or excluded as spam, deleted, a test \
            or internal, from the counters.\
            """)
        .history("1d")
        .series(ASK.daily("helpdesk_tickets_merged_total"), "merged")
        .series(ASK.daily("helpdesk_tickets_excluded_total", "reason"), "{{reason}}")
        .colour("merged", Look.QUIET);
  }

  private static Panel firstReply() {
    return median(
        "First reply, median",
        "first replies",
        "the customer's first message to the first public human reply",
        "helpdesk_channel_first_response_seconds");
  }

  private static Panel nextReply() {
    return median(
        "Next reply, median",
        "answers to follow-up messages",
        "the oldest unanswered message to the next reply of an agent",
        "helpdesk_channel_next_response_seconds");
  }

  private static Panel solved() {
    return median(
        "Solved in, median",
        "tickets settled",
        "creation to the last solve",
        "helpdesk_channel_resolution_seconds");
  }

  private static Panel median(String title, String what, String from, String histogram) {
    return Panel.lines(
            title,
            Unit.SECONDS,
            "Median of the %s each week by channel, from %s; all time counts. Estimated from the"
                    .formatted(what, from)
                + " buckets of the histogram.")
        .history("7d")
        .dotted()
        .series(
            "histogram_quantile(0.5, %s)"
                .formatted(Ask.sum(ASK.rate(histogram + "_bucket"), "le", "channel")),
            "{{channel}}")
        .fromZero()
        .finelyScaled();
  }

  private static Panel satisfied() {
    return Panel.lines(
            "Satisfied each week",
            Unit.WHOLE_RATIO,
            "Answers of 4 or 5 ÷ all answers on satisfaction, week by week and by channel, from"
                + " the counters.")
        .history("7d")
        .dotted()
        .series(Headline.satisfiedOverTime(ASK, "channel"), "{{channel}}")
        .custom(Node.of("axisSoftMin", 0.5, "axisSoftMax", 1))
        .finelyScaled();
  }

  private static Panel oneTouch() {
    return Panel.lines(
            "One touch each week",
            Unit.WHOLE_RATIO,
            """
            Tickets solved at the first contact ÷ those whose verdict fell in the week, by \
            channel, from the counters. The verdict comes a week after the ticket is settled.\
            """)
        .history("7d")
        .dotted()
        .series(
            part(
                "helpdesk_tickets_first_contact_resolved_total",
                "helpdesk_tickets_fcr_eligible_total"),
            "{{channel}}")
        .fromZero()
        .custom(Node.of("axisSoftMax", 1))
        .finelyScaled();
  }
}
