package io.helpdeskexporter.dashboards;

import static io.helpdeskexporter.dashboards.Ask.PERIOD;
import static io.helpdeskexporter.dashboards.Row.line;
import static io.helpdeskexporter.dashboards.Row.placed;
import static io.helpdeskexporter.dashboards.Row.slot;

import io.helpdeskexporter.dashboards.Aim.Better;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was promised: what must be answered first, and how well promises were kept. */
final class ServiceLevels {
  private static final Ask ASK =
      new Ask(Variable.SOURCE, Variable.TEAM, Variable.PRIORITY, Variable.WINDOW);
  private static final String WINDOW = "$window";

  private static final String BROKEN =
      Ask.sum(ASK.report("helpdesk_report_sla_breaches"), "sla_metric");
  private static final String ENDED =
      Ask.sum(ASK.report("helpdesk_report_sla_promises_ended"), "sla_metric");
  private static final String BROKEN_PART = Ask.ratio(BROKEN, ENDED);

  /** What is set for all teams and priorities together. */
  private static final String OBJECTIVE =
      "max by (sla_metric) ("
          + new Ask(Variable.SOURCE)
              .now("helpdesk_sla_objective_ratio", "team=\"\"", "priority=\"\"")
          + ")";

  private static final String BUDGET =
      "1 - (%s) / on (sla_metric) (1 - %s)".formatted(BROKEN_PART, OBJECTIVE);

  private ServiceLevels() {}

  static Dashboard dashboard() {
    return new Dashboard(
        "sla",
        "SLA and error budget",
        "For team leads: which promises break next; and for the head of support: how many were"
            + " kept, by whom, and how much of the error budget is left.",
        "now-30d",
        "1m",
        ASK.variables(),
        List.of(
            Row.of(
                "Now: what must be answered first",
                line(
                    slot(
                        6,
                        placed(4, Headline.nextDeadline(ASK)),
                        placed(3, Headline.broken(ASK)),
                        placed(3, Headline.atRisk(ASK)),
                        placed(3, expected())),
                    slot(18, 13, promises()))),
            Tickets.due(),
            Row.of(
                "The record" + PERIOD,
                line(
                    slot(6, placed(5, kept()), placed(4, budget())),
                    slot(10, 9, byPromise()),
                    slot(8, 9, byTeam())),
                line(slot(12, 8, keptOverTime()), slot(12, 8, brokenOverTime())),
                line(slot(12, 10, overrun()), slot(12, 10, brokenByTeam()))),
            Trust.row()));
  }

  // Now.

  private static Panel expected() {
    return Panel.stat(
            "Expected",
            Unit.COUNT,
            """
            Running promises that will probably be broken within four hours if the desk works as \
            in the last 28 days: the sum of how likely each is to be.\
            """)
        .without("too little history")
        .latest(Ask.sum(ASK.now("helpdesk_forecast_sla_breaches", "horizon=\"4h\"")), "expected")
        .leadingTo(Link.to("helpdesk-forecast", "Forecast"));
  }

  private static Panel promises() {
    return Column.sorted(
            Column.table(
                Panel.table(
                        "Where promises run",
                        Unit.COUNT,
                        """
                        Each line: the running promises of a team of one kind. **Running**: all, \
                        those at risk included. **At risk**: little business time left. \
                        **Broken**: the deadline has passed and the customer still waits. **Next \
                        deadline**: when the first of them will be broken.\
                        """)
                    .without("no promise is running"),
                List.of(Column.of("team", "Team"), Column.of("sla_metric", "Promise")),
                Column.of("Broken", Unit.COUNT, by("helpdesk_sla_tickets_in_breach"))
                    .coloured(Look.someIsBad()),
                Column.of("At risk", Unit.COUNT, by("helpdesk_sla_tickets_at_risk"))
                    .coloured(Look.someIsBad()),
                Column.of("Running", Unit.COUNT, by("helpdesk_sla_tickets_active")),
                Column.of(
                    "Next deadline",
                    Unit.MOMENT,
                    "min by (team, sla_metric) ("
                        + ASK.now("helpdesk_sla_next_breach_timestamp_seconds")
                        + ") * 1000")),
            "Broken",
            true)
        .override("Team", Node.of("custom.width", 180))
        .override("Promise", Node.of("mappings", List.of(promiseWords())));
  }

  private static String by(String gauge) {
    return Ask.sum(ASK.now(gauge), "team", "sla_metric");
  }

  // The record.

  private static Panel kept() {
    return Panel.stat(
            "Promises kept",
            Unit.RATIO,
            """
            SLA compliance: promises kept ÷ promises that ended in the period. A promise is broken \
            the moment its deadline passes. Clock of each promise: its calendar.\
            """)
        .without("no promise has ended in the period")
        .latest(Headline.kept(ASK, WINDOW), "{{source}}")
        .aimingAt(Aim.ratio(ASK, Better.HIGHER, "sla_compliance"));
  }

  private static Panel budget() {
    return Panel.stat(
            "Error budget left",
            Unit.WHOLE_RATIO,
            """
            An objective allows some promises to be broken: that is the budget. Left is 1 − broken \
            part ÷ allowed part, over the promises that ended in the period; below zero, more were \
            broken than allowed. Shown is the promise of which the least is left.\
            """)
        .without("no objective is set")
        .latest("min(" + BUDGET + ")", "the least of all promises")
        .colours(Look.belowZeroIsBad());
  }

  private static Panel byPromise() {
    return Column.sorted(
            Column.table(
                Panel.table(
                        "By promise",
                        Unit.COUNT,
                        """
                        **Kept**: 1 − broken ÷ ended, over the SLA promises that **ended** in the \
                        period. **Objective**: what part is to be kept, as configured for all teams \
                        and priorities. **Budget left**: 1 − broken part ÷ part that the objective \
                        allows; below zero, more were broken than allowed.\
                        """)
                    .without("no promise has ended in the period"),
                List.of(Column.of("sla_metric", "Promise")),
                Column.of("Kept", Unit.RATIO, "1 - " + BROKEN_PART),
                Column.of("Objective", Unit.RATIO, OBJECTIVE),
                Column.of("Budget left", Unit.WHOLE_RATIO, BUDGET)
                    .coloured(Look.belowZeroIsBad())
                    .wide(120),
                Column.of("Broken", Unit.COUNT, BROKEN),
                Column.of("Ended", Unit.COUNT, ENDED)),
            "Budget left",
            false)
        .override("Promise", Node.of("mappings", List.of(promiseWords()), "custom.width", 100));
  }

  private static Panel byTeam() {
    String broken = Ask.sum(ASK.report("helpdesk_report_sla_breaches_by_team"), "team");
    String ended = Ask.sum(ASK.report("helpdesk_report_sla_promises_ended_by_team"), "team");
    return Column.sorted(
            Column.table(
                Panel.table(
                        "By team",
                        Unit.COUNT,
                        "SLA promises that **ended** in the period, those of them that were"
                            + " **broken**, and the part that was **kept**: 1 − broken ÷ ended.")
                    .without("no promise has ended in the period"),
                List.of(Column.of("team", "Team")),
                Column.of("Kept", Unit.RATIO, "1 - " + Ask.ratio(broken, ended)),
                Column.of("Broken", Unit.COUNT, "%s and %s > 0".formatted(broken, ended)),
                Column.of("Ended", Unit.COUNT, ended + " > 0")),
            "Kept",
            false)
        .override("Team", Link.team(180, "helpdesk-sla", "Only this team"));
  }

  private static Panel keptOverTime() {
    return Look.promises(
        Panel.lines(
                "Promises kept each day",
                Unit.RATIO,
                """
                SLA compliance day by day and promise by promise: 1 − broken ÷ ended, from the \
                counters. Dashed: the goal.\
                """)
            .history("1d")
            .series(Headline.keptOverTime(ASK, "sla_metric"), "{{sla_metric}}")
            .series("min(" + OBJECTIVE + ")", "objective")
            .dashed("objective")
            .defaults(Node.of("max", 1))
            .unfilled()
            .finelyScaled());
  }

  private static Panel brokenOverTime() {
    return Look.priorities(
        Panel.bars(
                "Promises broken each day, by urgency",
                Unit.COUNT,
                "SLA promises broken for each day, from the counters; priority as when the promise"
                    + " began.")
            .history("1d")
            .series(ASK.daily("helpdesk_sla_breaches_total", "priority"), "{{priority}}"));
  }

  private static Panel overrun() {
    return Panel.heatmap(
            "How late broken promises were fulfilled",
            Unit.SECONDS,
            """
            Time from a missed deadline to the late fulfilment, on the clock of the promise. The \
            darker, the more of them; a wave that climbs means that late ones wait longer.\
            """)
        .every("1d")
        .without("no promise was fulfilled late")
        .asking(Query.buckets("A", ASK.daily("helpdesk_sla_breach_overrun_seconds_bucket", "le")));
  }

  private static Panel brokenByTeam() {
    return Panel.bars(
            "Promises broken each day, by team",
            Unit.COUNT,
            "SLA promises broken for each day, from the counters; the team is the one that had the"
                + " ticket when the deadline passed.")
        .history("1d")
        .series(ASK.daily("helpdesk_sla_breaches_total", "team"), "{{team}}");
  }

  static Map<String, @Nullable Object> promiseWords() {
    return Look.called(
        "first_response", "First reply", "next_response", "Next reply", "resolution", "Solved");
  }
}
