package io.helpdeskexporter.dashboards;

import static io.helpdeskexporter.dashboards.Ask.PERIOD;
import static io.helpdeskexporter.dashboards.Row.line;
import static io.helpdeskexporter.dashboards.Row.placed;
import static io.helpdeskexporter.dashboards.Row.slot;

import io.helpdeskexporter.dashboards.Aim.Better;
import java.util.List;

/** Who is there, and where their time and their tickets go; of teams, never of single people. */
final class Team {
  private static final Ask ASK = new Ask(Variable.SOURCE, Variable.TEAM, Variable.WINDOW);

  private static final String SCHEDULED = "helpdesk_report_agent_scheduled_by_team_seconds";
  private static final String ADHERENT = "helpdesk_report_agent_adherent_by_team_seconds";
  private static final String AVAILABLE = "helpdesk_report_agent_available_by_team_seconds";
  private static final String WORKED = "helpdesk_report_agent_handle_by_team_seconds";
  private static final String CREATED = "helpdesk_report_tickets_created_by_team";
  private static final String REVIEWS = "helpdesk_report_qa_reviews_by_team";

  private Team() {}

  static Dashboard dashboard() {
    return new Dashboard(
        "team",
        "Team and capacity",
        "For whoever plans people: who is there, what paid time goes into, how tickets move"
            + " between teams, and how good the work is. Teams only, no single agents.",
        "now-14d",
        "1m",
        ASK.variables(),
        List.of(
            Row.of(
                "Who is there now",
                line(slot(6, placed(5, available()), placed(4, others())), slot(18, 9, states()))),
            Row.of(
                "What paid time goes into" + PERIOD,
                line(
                    slot(6, placed(4, utilisation()), placed(5, utilisationOverTime())),
                    slot(6, placed(4, occupancy()), placed(5, occupancyOverTime())),
                    slot(6, placed(4, adherence()), placed(5, adherenceOverTime())),
                    slot(6, placed(4, handleTime()), placed(5, handleTimeOverTime()))),
                line(slot(9, 8, hours()), slot(15, 8, hoursOverTime()))),
            Row.of(
                "Team by team" + PERIOD,
                line(slot(24, 8, capacity())),
                line(slot(24, 8, workload()))),
            Row.of(
                "How tickets are passed on" + PERIOD,
                line(
                    slot(6, placed(4, reassigned()), placed(4, escalated())),
                    slot(18, 8, passedOn()))),
            Row.of(
                "How good the work is" + PERIOD,
                line(
                    slot(6, placed(4, quality()), placed(5, reviewers())),
                    slot(9, 9, qualityOverTime()),
                    slot(9, 9, failuresOverTime()))),
            Trust.row()));
  }

  // Who is there.

  private static Panel available() {
    return Headline.availableAgents(ASK, "Available")
        .options(Node.of("text", Node.of("valueSize", 60)))
        .leadingTo(Link.to("helpdesk-queue", "Queue and backlog"));
  }

  private static Panel others() {
    return Panel.stat(
            "The others",
            Unit.COUNT,
            """
            Agents who work on something (busy), are absent for a while (away), or are not signed \
            in (offline), by what they last said.\
            """)
        .without("presence is not fed")
        .latest(others("busy"), "busy")
        .latest(others("away"), "away")
        .latest(others("offline"), "offline")
        .options(
            Node.of("orientation", "vertical", "text", Node.of("valueSize", 24, "titleSize", 12)));
  }

  private static String others(String state) {
    return Ask.orZero(Ask.sum(state(state)), Ask.sum(ASK.now("helpdesk_agents")));
  }

  private static String state(String state) {
    return ASK.now("helpdesk_agents", "state=\"" + state + "\"");
  }

  private static Panel states() {
    Panel panel =
        Panel.barChart(
                "Each team now",
                Unit.COUNT,
                "Agents of each team by what they last said: available for the next ticket, busy,"
                    + " away, or not signed in.",
                "Team")
            .without("presence is not fed");
    return Column.table(
            panel,
            List.of(Column.of("team", "Team")),
            inState("available"),
            inState("busy"),
            inState("away"),
            inState("offline"))
        .options(Node.of("orientation", "horizontal"))
        .colour("available", Look.MAIN)
        .colour("busy", Look.SECOND)
        .colour("away", Look.RISING.get(2))
        .colour("offline", Look.QUIET);
  }

  private static Column inState(String state) {
    // A state in which nobody is would be no series, which the oldest Grafana cannot draw.
    return Column.of(
        state,
        Unit.COUNT,
        Ask.orZero(Ask.sum(state(state), "team"), Ask.sum(ASK.now("helpdesk_agents"), "team")));
  }

  // What paid time goes into.

  private static Panel utilisation() {
    return Panel.stat(
            "Utilisation",
            Unit.RATIO,
            """
            Time that agents worked for customers, as it was recorded ÷ time that they were \
            scheduled for, in the period. What remains is training, meetings, breaks, waiting and \
            what nobody recorded.\
            """)
        .without("no shifts or no working time is fed")
        .counting(
            Ask.counted(ASK.part(WORKED, SCHEDULED), hours(WORKED), hours(SCHEDULED)),
            "hours",
            Aim.ratio(ASK, Better.HIGHER, "utilisation"));
  }

  private static Panel utilisationOverTime() {
    return Panel.trend(
            "Each day",
            Unit.WHOLE_RATIO,
            "Utilisation day by day, from the counters: time recorded ÷ time scheduled. Dashed:"
                + " the goal.")
        .fromZero()
        .series(
            ASK.partOverTime(
                "helpdesk_agent_handle_seconds_total", "helpdesk_agent_scheduled_seconds_total"),
            "utilisation")
        .goal(ASK, "utilisation")
        .finelyScaled();
  }

  private static Panel occupancy() {
    return Panel.stat(
            "Occupancy",
            Unit.RATIO,
            """
            Working time ÷ (working time + time available for the next ticket), in the period. Low: \
            people wait for work. Close to 100 % for long: customers wait, and people wear out.\
            """)
        .without("no presence or no working time is fed")
        .counting(
            Ask.counted(occupied(), hours(WORKED), hours(WORKED) + " + " + hours(AVAILABLE)),
            "hours");
  }

  private static String occupied(String... by) {
    String worked = Ask.sum(ASK.report(WORKED), by);
    return Ask.ratio(worked, "(" + worked + " + " + Ask.sum(ASK.report(AVAILABLE), by) + ")");
  }

  private static Panel occupancyOverTime() {
    String worked = Ask.sum(ASK.rate("helpdesk_agent_handle_seconds_total"));
    return Panel.trend(
            "Each day",
            Unit.WHOLE_RATIO,
            "Occupancy day by day, from the counters: working time ÷ (working time + time"
                + " available).")
        .fromZero()
        .series(
            Ask.ratio(
                worked,
                "("
                    + worked
                    + " + "
                    + Ask.sum(ASK.rate("helpdesk_agent_available_seconds_total"))
                    + ")"),
            "occupancy")
        .defaults(Node.of("max", 1))
        .finelyScaled();
  }

  private static Panel adherence() {
    return Panel.stat(
            "Adherence",
            Unit.RATIO,
            """
            Scheduled time in which agents were there, available or busy ÷ scheduled time, in the \
            period: whether the plan is kept.\
            """)
        .without("no shifts are fed")
        .counting(
            Ask.counted(ASK.part(ADHERENT, SCHEDULED), hours(ADHERENT), hours(SCHEDULED)),
            "hours",
            Aim.ratio(ASK, Better.HIGHER, "adherence"));
  }

  private static Panel adherenceOverTime() {
    return Panel.trend(
            "Each day",
            Unit.WHOLE_RATIO,
            "Adherence day by day, from the counters: scheduled time in which agents were there ÷"
                + " scheduled time. Dashed: the goal.")
        .fromZero()
        .series(
            ASK.partOverTime(
                "helpdesk_agent_adherent_seconds_total", "helpdesk_agent_scheduled_seconds_total"),
            "adherence")
        .goal(ASK, "adherence")
        .defaults(Node.of("max", 1))
        .finelyScaled();
  }

  private static Panel handleTime() {
    return Headline.handleTime(ASK)
        .defaults(Node.of("displayName", "mean of tickets"))
        .leadingTo(Link.to("helpdesk-speed", "Speed"));
  }

  private static Panel handleTimeOverTime() {
    return Panel.trend(
            "Each day",
            Unit.WHOLE_SECONDS,
            "Average handle time of the tickets settled each day, from the counters: working time"
                + " recorded ÷ tickets on which any was.")
        .fromZero()
        .series(
            ASK.partOverTime(
                "helpdesk_ticket_handle_seconds_sum", "helpdesk_ticket_handle_seconds_count"),
            "a ticket");
  }

  private static Panel hours() {
    return Panel.ranking(
            "Hours" + PERIOD,
            Unit.HOURS,
            """
            Hours of all agents in the period. **Scheduled**: by their shifts. **There as \
            scheduled**: available or busy within these. **At work for customers**: recorded on \
            tickets, calls and chats. **Ready for the next**: available for a ticket, and none was \
            there. The ratios above are made of these.\
            """)
        .without("no shifts, presence or working time is fed")
        .latest(hours(SCHEDULED), "Scheduled")
        .latest(hours(ADHERENT), "There as scheduled")
        .latest(hours(WORKED), "At work for customers")
        .latest(hours(AVAILABLE), "Ready for the next");
  }

  private static String hours(String report, String... by) {
    return Ask.sum(ASK.report(report), by) + " / 3600";
  }

  private static Panel hoursOverTime() {
    return Panel.bars(
            "Hours each day",
            Unit.HOURS,
            """
            Hours that agents were scheduled for, were there of these, and worked for customers, \
            for each day, from the counters.\
            """)
        .history("1d")
        .series(hoursADay("helpdesk_agent_scheduled_seconds_total"), "scheduled")
        .series(hoursADay("helpdesk_agent_adherent_seconds_total"), "there as scheduled")
        .series(hoursADay("helpdesk_agent_handle_seconds_total"), "at work for customers")
        .besideEachOther()
        .colour("scheduled", Look.QUIET)
        .override("scheduled", Node.of("custom.fillOpacity", 30))
        .asLine("there as scheduled", Look.SECOND)
        .colour("at work for customers", Look.MAIN);
  }

  private static String hoursADay(String counter) {
    return Ask.sum(ASK.rate(counter)) + " * 24";
  }

  // Team by team.

  private static Panel capacity() {
    return table(
        "Time" + PERIOD,
        """
        **Hours**: scheduled by shifts. **At work**: hours recorded for customers. **Utilised**: \
        at work ÷ scheduled. **Occupied**: at work ÷ (at work + available for the next). \
        **Adherent**: scheduled time in which agents were there ÷ scheduled. **A ticket**: mean \
        work on the settled tickets on which any was recorded. **Available**: agents at this \
        moment.\
        """,
        Column.of("Hours", Unit.HOURS, hours(SCHEDULED, "team")),
        Column.of("At work", Unit.HOURS, hours(WORKED, "team")),
        Column.of("Utilised", Unit.WHOLE_RATIO, ASK.part(WORKED, SCHEDULED, "team")),
        Column.of("Occupied", Unit.WHOLE_RATIO, occupied("team")),
        Column.of("Adherent", Unit.WHOLE_RATIO, ASK.part(ADHERENT, SCHEDULED, "team")),
        Column.of(
            "A ticket",
            Unit.SECONDS,
            "max by (team) ("
                + ASK.report("helpdesk_report_handle_by_team_seconds", "stat=\"mean\"")
                + ")"),
        Column.of("Available", Unit.COUNT, Headline.available(ASK, "team"))
            .coloured(Look.noneIsBad()));
  }

  private static Panel workload() {
    return table(
        "Tickets and quality" + PERIOD,
        """
        **New**, **Solved**: tickets created and first solved in the period. **To do**: unsolved now. \
        **Moved**: changes of team or agent after the first assignment, escalations left out. \
        **Raised**: tickets at their first escalation, at the team that had them then. **1st level**: \
        tickets settled without having left the first tier ÷ settled. **Quality**: mean score \
        of the **reviews** of the team's work.\
        """,
        Column.of("New", Unit.COUNT, Ask.sum(ASK.report(CREATED), "team")),
        Column.of(
            "Solved",
            Unit.COUNT,
            Ask.sum(ASK.report("helpdesk_report_tickets_solved_by_team"), "team")),
        Column.of("To do", Unit.COUNT, Ask.sum(ASK.now("helpdesk_tickets"), "team")),
        Column.of(
            "Moved",
            Unit.COUNT,
            Ask.sum(ASK.report("helpdesk_report_tickets_reassigned_by_team"), "team")),
        Column.of(
            "Raised",
            Unit.COUNT,
            Ask.sum(ASK.report("helpdesk_report_tickets_escalated_by_team"), "team")),
        Column.of(
            "1st level",
            Unit.WHOLE_RATIO,
            ASK.part(
                "helpdesk_report_first_level_resolved_tickets_by_team",
                "helpdesk_report_tickets_settled_by_team",
                "team")),
        Column.of(
            "Quality",
            Unit.WHOLE_RATIO,
            ASK.part("helpdesk_report_qa_review_scores_by_team", REVIEWS, "team")),
        Column.of("Reviews", Unit.COUNT, Ask.sum(ASK.report(REVIEWS), "team")));
  }

  private static Panel table(String title, String description, Column... columns) {
    return Column.sorted(
            Column.table(
                Panel.table(title, Unit.COUNT, description).without("nothing in the period"),
                List.of(Column.of("team", "Team")),
                columns),
            columns[0].title(),
            true)
        .override("Team", Node.of("custom.width", 180));
  }

  // How tickets are passed on.

  private static Panel reassigned() {
    return Panel.stat(
            "Reassigned",
            Unit.RATIO,
            """
            Tickets that changed their team or agent after the first assignment, without being \
            escalated, at their first such change in the period ÷ tickets created in the period.\
            """)
        .without("no ticket in the period")
        .counting(
            ofNew("helpdesk_report_reassigned_tickets_by_team"),
            "tickets",
            Aim.ratio(ASK, Better.LOWER, "reassignment_rate"));
  }

  /** Tickets to which something happened ÷ tickets that came in. */
  private static String ofNew(String report) {
    String all = Ask.sum(ASK.report(CREATED));
    String some = Ask.orZero(Ask.sum(ASK.report(report)), all);
    return Ask.counted(Ask.ratio(some, all), some, all);
  }

  private static Panel escalated() {
    return Panel.stat(
            "Escalated",
            Unit.RATIO,
            """
            Tickets that went to a higher tier or to a manager, each at its first escalation in the \
            period ÷ tickets created in the period. A broken promise is not one.\
            """)
        .without("no ticket in the period")
        .counting(
            ofNew("helpdesk_report_tickets_escalated_by_team"),
            "tickets",
            Aim.ratio(ASK, Better.LOWER, "escalation_rate"));
  }

  private static Panel passedOn() {
    return Panel.bars(
            "Passed on each day",
            Unit.COUNT,
            """
            For each day, from the counters: changes of team or agent after the first assignment, \
            and tickets first escalated, to a higher tier, because it can do more (functional), or \
            to a manager (hierarchical). An escalation is no reassignment.\
            """)
        .every("1d")
        .without("none yet")
        .series(ASK.daily("helpdesk_tickets_reassigned_total"), "reassigned")
        .series(ASK.daily("helpdesk_tickets_escalated_total", "reason"), "{{reason}}")
        .colour("reassigned", Look.QUIET)
        .override(
            "functional",
            Node.of("displayName", "to a higher tier", "color", Look.fixed(Look.MAIN)))
        .override(
            "hierarchical",
            Node.of("displayName", "to a manager", "color", Look.fixed(Look.RISING.get(3))));
  }

  // How good the work is.

  private static Panel quality() {
    return Panel.stat(
            "Quality",
            Unit.RATIO,
            """
            Internal quality score (IQS): what the scores of the reviews add up to ÷ reviews in the \
            period. A review in which a critical category fails counts as 0.\
            """)
        .without("no review in the period")
        .latest(
            Ask.saying(
                ASK.part("helpdesk_report_qa_review_scores_by_team", REVIEWS),
                "reviews",
                Ask.sum(ASK.report(REVIEWS))),
            "{{reviews}} reviews")
        .aimingAt(Aim.ratio(ASK, Better.HIGHER, "iqs"))
        .defaults(Node.of("displayName", "${__field.labels.reviews} reviews"));
  }

  private static Panel reviewers() {
    String reviews =
        Ask.sum(ASK.report("helpdesk_report_qa_reviews_by_reviewer_class"), "reviewer_class");
    String scores =
        Ask.sum(ASK.report("helpdesk_report_qa_review_scores_by_reviewer_class"), "reviewer_class");
    return Panel.ranking(
            "Reviewers",
            Unit.WHOLE_RATIO,
            "Mean score of the reviews in the period by who reviewed, people or machines, with the"
                + " number of reviews. The two look at different tickets.")
        .without("no review in the period")
        .latest(
            "%s * on (reviewer_class) group_left (reviews) count_values by (reviewer_class)"
                    .formatted(Ask.ratio(scores, reviews))
                + " (\"reviews\", "
                + reviews
                + ")",
            "{{reviewer_class}}, {{reviews}} reviews")
        .defaults(Node.of("max", 1));
  }

  private static Panel qualityOverTime() {
    return Panel.lines(
            "Score each day",
            Unit.WHOLE_RATIO,
            """
            Mean score of the reviews of each day, by who reviewed: people or a machine. The two \
            look at different tickets, so compare each with itself.\
            """)
        .history("1d")
        .series(
            ASK.partOverTime(
                "helpdesk_qa_review_score_ratio_sum",
                "helpdesk_qa_review_score_ratio_count",
                "reviewer_class"),
            "{{reviewer_class}}")
        .defaults(Node.of("max", 1))
        .colour("human", Look.MAIN)
        .colour("automatic", Look.SECOND)
        .custom(Node.of("fillOpacity", 0, "spanNulls", true, "axisSoftMin", 0.5))
        .finelyScaled();
  }

  private static Panel failuresOverTime() {
    return Panel.bars(
            "Critical failures each day",
            Unit.COUNT,
            "Reviews that a critical category below one half made 0, for each day, from the"
                + " counters.")
        .every("1d")
        .without("none yet")
        .series(ASK.daily("helpdesk_qa_critical_failures_total"), "reviews")
        .colour("reviews", Look.BAD)
        .custom(Node.of("axisSoftMax", 5))
        .withoutLegend();
  }
}
