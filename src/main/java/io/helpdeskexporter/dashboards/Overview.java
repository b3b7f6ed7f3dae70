package io.helpdeskexporter.dashboards;

import static io.helpdeskexporter.dashboards.Ask.PERIOD;
import static io.helpdeskexporter.dashboards.Row.line;
import static io.helpdeskexporter.dashboards.Row.placed;
import static io.helpdeskexporter.dashboards.Row.slot;

import io.helpdeskexporter.dashboards.Aim.Better;
import java.util.List;

/** The one that a head of support keeps open. */
final class Overview {
  private static final Ask ASK = new Ask(Variable.SOURCE, Variable.WINDOW);
  private static final String WINDOW = "$window";

  private Overview() {}

  static Dashboard dashboard() {
    return new Dashboard(
        "overview",
        "Overview",
        "For the head of support: how the desk is doing, what needs attention now, and where to"
            + " look closer.",
        "now-30d",
        "1m",
        ASK.variables(),
        List.of(
            Row.of(
                "How the desk is doing" + PERIOD,
                line(
                    slot(6, placed(4, kept()), placed(5, keptOverTime())),
                    slot(6, placed(4, firstReply()), placed(5, firstReplyOverTime())),
                    slot(6, placed(4, satisfied()), placed(5, satisfiedOverTime())),
                    slot(6, placed(4, backlog()), placed(5, backlogOverTime())))),
            Row.of(
                "Right now, and where to look closer",
                line(
                    slot(
                        6,
                        placed(3, broken()),
                        placed(3, atRisk()),
                        placed(3, nextDeadline()),
                        placed(3, awaiting()),
                        placed(3, available()),
                        placed(3, incidents())),
                    slot(18, placed(9, teams()), placed(9, flow()))),
                line(slot(14, 9, goals()), slot(10, 9, topics()))),
            Trust.row()));
  }

  // How the desk is doing.

  private static Panel kept() {
    return Panel.stat(
            "Promises kept",
            Unit.RATIO,
            """
            SLA compliance: promises about response and resolution times that were kept ÷ promises \
            that ended in the period. A promise is broken the moment its deadline passes. Clock of \
            each promise: its calendar.\
            """)
        .without("no promise has ended in the period")
        .latest(Headline.kept(ASK, WINDOW), "{{source}}")
        .aimingAt(Aim.ratio(ASK, Better.HIGHER, "sla_compliance"))
        .leadingTo(Link.to("helpdesk-sla", "SLA and error budget"));
  }

  private static Panel keptOverTime() {
    return Panel.trend(
            "Each day",
            Unit.RATIO,
            """
            SLA compliance day by day: 1 − broken promises ÷ ended promises, from the counters. \
            Dashed: the goal.\
            """)
        .series(Headline.keptOverTime(ASK), "promises kept")
        .goal(ASK, "sla_compliance")
        .defaults(Node.of("max", 1))
        .finelyScaled();
  }

  private static Panel firstReply() {
    return Panel.stat(
            "First reply",
            Unit.SECONDS,
            """
            Half of the customers got the first public reply of a human within this time; business \
            clock: only opening hours count. Over the tickets first replied to in the period; \
            those nobody has answered yet are not in it.\
            """)
        .without("no first reply in the period")
        .latest(
            ASK.report("helpdesk_report_first_response_business_seconds", "stat=\"p50\""),
            "{{source}}")
        .aimingAt(Aim.seconds(ASK, Better.LOWER, "first_response_business"))
        .leadingTo(Link.to("helpdesk-speed", "Speed"));
  }

  private static Panel firstReplyOverTime() {
    return Panel.trend(
            "Each day",
            Unit.WHOLE_SECONDS,
            """
            Median first response time day by day in business hours, estimated from the buckets \
            of the histogram.\
            """)
        .series(
            "histogram_quantile(0.5, "
                + Ask.sum(ASK.rate("helpdesk_ticket_first_response_business_seconds_bucket"), "le")
                + ")",
            "median");
  }

  private static Panel satisfied() {
    return Panel.stat(
            "Satisfied",
            Unit.RATIO,
            """
            CSAT: answers of 4 or 5 (of 5) ÷ all answers given in the period. Answers count a day \
            later, when they are final, so the last day's are still to come.\
            """)
        .without("no final answer in the period")
        .latest(Headline.satisfied(ASK, WINDOW), "{{source}}")
        .aimingAt(Aim.ratio(ASK, Better.HIGHER, "csat"))
        .leadingTo(Link.to("helpdesk-satisfaction", "Satisfaction"));
  }

  private static Panel satisfiedOverTime() {
    return Panel.trend(
            "Each day",
            Unit.RATIO,
            "CSAT day by day: positive answers ÷ all, from the counters. Dashed: the goal.")
        .series(Headline.satisfiedOverTime(ASK), "satisfied")
        .goal(ASK, "csat")
        .defaults(Node.of("max", 1))
        .finelyScaled();
  }

  private static Panel backlog() {
    return Panel.stat(
            "Unsolved now",
            Unit.COUNT,
            "Tickets that are new, open, pending or on hold at this moment.")
        .without("nothing is known of tickets")
        .latest(Ask.sum(ASK.now("helpdesk_tickets"), "source"), "{{source}}")
        .aimingAt(Aim.points(ASK, Better.LOWER, "backlog"))
        .leadingTo(Link.to("helpdesk-queue", "Queue and backlog"));
  }

  private static Panel backlogOverTime() {
    return Panel.trend(
            "Hour by hour",
            Unit.COUNT,
            "Tickets that were new, open, pending or on hold, over time.")
        .every("1h")
        .series(Ask.sum(ASK.now("helpdesk_tickets")), "unsolved")
        .fromZero();
  }

  // Right now.

  private static Panel broken() {
    return small(Headline.broken(ASK)).leadingTo(Link.to("helpdesk-sla", "Which ones"));
  }

  private static Panel atRisk() {
    return small(Headline.atRisk(ASK)).leadingTo(Link.to("helpdesk-sla", "Which ones"));
  }

  private static Panel nextDeadline() {
    return small(Headline.nextDeadline(ASK))
        .without("none is running")
        .leadingTo(Link.to("helpdesk-sla", "SLA now"));
  }

  private static Panel awaiting() {
    return small(
            Panel.stat(
                "No reply yet",
                Unit.COUNT,
                "Unsolved tickets whose customer nobody has answered yet."))
        .latest(Headline.count(ASK, "helpdesk_tickets_awaiting_first_response"), "waiting")
        .leadingTo(Link.to("helpdesk-queue", "Queue and backlog"));
  }

  private static Panel available() {
    return small(Headline.availableAgents(ASK, "Agents free"))
        .leadingTo(Link.to("helpdesk-team", "Team and capacity"));
  }

  private static Panel incidents() {
    return small(
            Panel.stat(
                "Incidents",
                Unit.COUNT,
                "Outages and other large disturbances that have begun and not ended."))
        .without("none")
        .latest(Ask.sum(ASK.now("helpdesk_incidents_active")), "incidents")
        .colours(Look.someIsBad())
        .leadingTo(Link.to("helpdesk-queue", "Queue and backlog"));
  }

  private static Panel small(Panel stat) {
    return stat.options(Node.of("text", Node.of("valueSize", 26, "titleSize", 12)));
  }

  // Where to look closer.

  private static Panel teams() {
    return Column.sorted(
            Column.table(
                Panel.table(
                    "Teams" + PERIOD,
                    Unit.COUNT,
                    """
                    **Unsolved**: tickets of the team that are unsolved now. **New**: tickets \
                    created in the period. **Kept**: SLA promises kept ÷ ended. **First \
                    reply**: the time within which nine of ten got it, business clock. **Satisfied**: answers \
                    of 4 or 5 ÷ all, with their number beside it.\
                    """),
                List.of(Column.of("team", "Team")),
                Column.of("Unsolved", Unit.COUNT, Ask.sum(ASK.now("helpdesk_tickets"), "team")),
                Column.of(
                    "New",
                    Unit.COUNT,
                    Ask.sum(ASK.report("helpdesk_report_tickets_created_by_team"), "team")),
                Column.of("Kept", Unit.RATIO, Headline.keptByTeam(ASK, WINDOW)),
                Column.of(
                    "First reply (9 in 10)",
                    Unit.SECONDS,
                    "max by (team) ("
                        + ASK.report(
                            "helpdesk_report_first_response_business_by_team_seconds",
                            "stat=\"p90\"")
                        + ")"),
                Column.of("Satisfied", Unit.WHOLE_RATIO, Headline.satisfiedByTeam(ASK, WINDOW)),
                Column.of(
                    "Answers",
                    Unit.COUNT,
                    Ask.sum(ASK.report("helpdesk_report_csat_responses_by_team"), "team"))),
            "Unsolved",
            true)
        .override("Team", Link.team(180, "helpdesk-team", "The team"));
  }

  private static Panel goals() {
    return Column.table(
            Panel.table(
                    "Goals that are open",
                    Unit.COUNT,
                    """
                    **Way**: how far the KPI has come from the start to the target. **Time**: how \
                    much of the time is over, calendar clock. **On track**: whether it \
                    reaches the target if it goes on as it has so far. **Due**: the deadline.\
                    """)
                .without("no goal is configured, or all are over"),
            List.of(Column.of("goal", "Goal")),
            Column.of("Way", Unit.WHOLE_RATIO, goal("helpdesk_goal_progress_ratio"))
                .looking("custom.minWidth", 48),
            Column.of("Time", Unit.WHOLE_RATIO, goal("helpdesk_goal_elapsed_ratio"))
                .looking("custom.minWidth", 48),
            Column.of("On track", Unit.COUNT, goal("helpdesk_goal_on_track"))
                .coloured(Look.noneIsBad())
                .looking("mappings", List.of(Look.words("no", "yes"), Look.nothing()))
                .wide(75),
            Column.of(
                    "Due",
                    Unit.MOMENT,
                    goal("helpdesk_goal_deadline_timestamp_seconds") + " * 1000")
                .wide(95))
        .override("Goal", Node.of("custom.width", 150))
        .leadingTo(Link.to("helpdesk-business", "Goals and business"));
  }

  private static String goal(String gauge) {
    return "max by (goal) (%s and on (job, source, goal) %s == 1)"
        .formatted(ASK.now(gauge), ASK.now("helpdesk_goal_state", "state=\"open\""));
  }

  private static Panel flow() {
    return Headline.flow(
        "day", "1d", ASK::daily, " While more come in than are solved, the backlog grows.");
  }

  private static Panel topics() {
    return Column.sorted(
            Column.table(
                Panel.table(
                        "What customers write about" + PERIOD,
                        Unit.COUNT,
                        "Tickets created in the period by topic; each ticket has one. The seven"
                            + " most frequent.")
                    .without("no ticket in the period"),
                List.of(Column.of("topic", "Topic")),
                Column.of(
                        "Tickets",
                        Unit.COUNT,
                        "topk(7, "
                            + Ask.sum(ASK.report("helpdesk_report_topic_tickets"), "topic")
                            + ")")
                    .bar()),
            "Tickets",
            true)
        .override("Topic", Node.of("custom.width", 140))
        .leadingTo(Link.to("helpdesk-satisfaction", "What the dissatisfied write about"));
  }
}
