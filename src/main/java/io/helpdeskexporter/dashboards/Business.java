package io.helpdeskexporter.dashboards;

import static io.helpdeskexporter.dashboards.Ask.PERIOD;
import static io.helpdeskexporter.dashboards.Row.line;
import static io.helpdeskexporter.dashboards.Row.placed;
import static io.helpdeskexporter.dashboards.Row.slot;

import io.helpdeskexporter.dashboards.Aim.Better;
import io.helpdeskexporter.kpi.Indicator.Scale;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What support costs and brings, and whether goals will be reached. */
final class Business {
  private static final Ask ASK = new Ask(Variable.SOURCE, Variable.TEAM, Variable.WINDOW);
  private static final String CURRENCY = "max by (currency) (" + currency() + ")";

  private static final String BENCHMARK = "kpi, level, publisher, edition";
  private static final Set<Scale> TIMES = EnumSet.of(Scale.SECONDS);
  private static final Set<Scale> SHARES = EnumSet.of(Scale.SHARE, Scale.BALANCE);
  private static final Set<Scale> NUMBERS =
      EnumSet.complementOf(EnumSet.of(Scale.SECONDS, Scale.SHARE, Scale.BALANCE));

  private Business() {}

  static Dashboard dashboard() {
    return new Dashboard(
        "business",
        "Goals and business",
        "For the management: whether goals will be reached in time, what support costs, and what"
            + " becomes of customers and revenue.",
        "now-90d",
        "5m",
        ASK.variables(),
        List.of(
            Row.of(
                "Goals",
                line(slot(24, 8, goals())),
                line(slot(12, 8, progress()), slot(12, 8, divergence())),
                line(slot(24, 8, about())),
                line(slot(24, 6, benchmarks()))),
            Row.of(
                "What support costs" + PERIOD,
                line(
                    slot(8, placed(4, costPerTicket()), placed(4, behindCost())),
                    slot(8, 8, costByCategory()),
                    slot(8, 8, costOverTime()))),
            Row.of(
                "Customers who stay and go" + PERIOD,
                line(
                    slot(8, placed(4, churn()), placed(4, behindChurn())),
                    slot(8, 8, comingAndGoing()),
                    slot(8, 8, customers())),
                line(
                    slot(14, 9, cohorts()),
                    slot(10, placed(4, inAll()), placed(5, lostRevenue())))),
            Row.of(
                "Revenue that support had a hand in" + PERIOD,
                line(
                    slot(8, placed(4, revenue()), placed(4, behindRevenue())),
                    slot(16, 8, revenueByTeam())),
                line(slot(12, 7, revenueOverTime()), slot(12, 7, offersOverTime()))),
            Trust.row()));
  }

  private static String currency() {
    return ASK.now("helpdesk_cost_currency_info");
  }

  // Goals.

  private static Panel goals() {
    return Column.sorted(
            texts(
                Panel.table(
                        "Goals and their deadlines",
                        Unit.COUNT,
                        """
                        **Now**: the KPI over the goal's own period; after the deadline, what it \
                        was then. **Expected**: what it will be at the deadline if it goes on as \
                        from the start to now; not in the first tenth of the time. **Way made**: \
                        from start to target. **Time used**: of the time until the deadline. \
                        **On track**: whether what is expected reaches the target.\
                        """)
                    .without("no goal is configured"),
                List.of(Column.of("goal", "Goal")),
                List.of(
                    new Text("state", "State", stateText()),
                    new Text("start", "Start", value("start", "helpdesk_goal_start_value")),
                    new Text("now", "Now", value("now", "helpdesk_goal_value")),
                    new Text("target", "Target", value("target", "helpdesk_goal_target_value")),
                    new Text(
                        "expected",
                        "Expected",
                        value("expected", "helpdesk_goal_projected_value"))),
                Column.of("On track", Unit.COUNT, goal("helpdesk_goal_on_track"))
                    .coloured(Look.noneIsBad())
                    .looking("mappings", List.of(Look.words("no", "yes"), Look.nothing()))
                    .wide(80),
                Column.of(
                    "Due",
                    Unit.MOMENT,
                    goal("helpdesk_goal_deadline_timestamp_seconds") + " * 1000"),
                Column.of("Way made", Unit.WHOLE_RATIO, goal("helpdesk_goal_progress_ratio"))
                    .shareBar(),
                Column.of("Time used", Unit.WHOLE_RATIO, goal("helpdesk_goal_elapsed_ratio"))
                    .shareBar()
                    .looking("color", Look.fixed(Look.QUIET))),
            "Due",
            true)
        .override("Goal", Node.of("custom.width", 175))
        .overrideMatching("^(Start|Now|Target)$", Node.of("custom.width", 76))
        .override("Expected", Node.of("custom.width", 92))
        .override(
            "State",
            Node.of(
                "custom.width",
                82,
                "custom.cellOptions",
                Node.of("type", "color-text"),
                "mappings",
                List.of(
                    Node.of(
                        "type",
                        "value",
                        "options",
                        Node.of(
                            "missed",
                            Node.of("text", "missed", "color", Look.BAD, "index", 0),
                            "reached",
                            Node.of("text", "reached", "color", Look.GOOD, "index", 1))))));
  }

  /**
   * A column of a table that is a text: a label of the query's series.
   *
   * @param label that the text is in
   * @param title what stands above it
   */
  private record Text(String label, String title, String promql) {}

  /** A table whose rows have texts, and numbers. */
  private static Panel texts(
      Panel panel, List<Column.Key> keys, List<Text> texts, Column... numbers) {
    Panel shown = panel;
    Map<String, @Nullable Object> order = new LinkedHashMap<>();
    Map<String, @Nullable Object> names = new LinkedHashMap<>();
    Map<String, @Nullable Object> left = new LinkedHashMap<>();
    left.put("Time", true);
    for (Column.Key key : keys) {
      order.put(key.label(), order.size());
      names.put(key.label(), key.title());
    }
    for (Text text : texts) {
      shown = shown.asking(Query.rows(text.label(), text.promql()));
      order.put(text.label(), order.size());
      names.put(text.label(), text.title());
      left.put("Value #" + text.label(), true);
      shown = shown.override(text.title(), Node.of("noValue", "–"));
    }
    for (Column number : numbers) {
      String refId = String.valueOf((char) ('A' + order.size()));
      shown =
          shown.asking(Query.rows(refId, number.promql())).override(number.title(), number.look());
      order.put("Value #" + refId, order.size());
      names.put("Value #" + refId, number.title());
    }
    return shown.transformed("merge", Node.of()).organized(left, order, names);
  }

  private static String goal(String gauge) {
    return "max by (goal) (" + ASK.now(gauge) + ")";
  }

  private static String stateText() {
    return "max by (goal, state) (" + ASK.now("helpdesk_goal_state") + " == 1)";
  }

  /** What people would write: 86.8 %, 38 min, 15.16 EUR. */
  private static String value(String label, String gauge) {
    String value = goal(gauge);
    return String.join(
        " or ",
        written("goal", label, "round(%s * 100, 0.1)".formatted(of(value, "ratio")), "$1 %"),
        written("goal", label, "round(%s / 60, 1) < 120".formatted(of(value, "seconds")), "$1 min"),
        written(
            "goal",
            label,
            "round((%s >= 7170) / 3600, 0.1)".formatted(of(value, "seconds")),
            "$1 h"),
        written("goal", label, "round(%s)".formatted(of(value, "tickets")), "$1"),
        written("goal", label, "round(%s, 0.01)".formatted(of(value, "money")), "$1"));
  }

  private static String of(String value, String unit) {
    return "(%s and on (goal) %s)"
        .formatted(value, ASK.now("helpdesk_goal_info", "unit=\"" + unit + "\""));
  }

  private static String written(String by, String label, String value, String as) {
    return "label_replace(count_values by (%s) (\"%s\", %s), \"%s\", \"%s\", \"%s\", \"(.+)\")"
        .formatted(by, label, value, label, as, label);
  }

  private static Panel about() {
    String info = ASK.now("helpdesk_goal_info");
    return Column.table(
            Panel.table(
                    "What they are about",
                    Unit.COUNT,
                    """
                    Of each goal: the **KPI** that is to change, of which **team** (none: of all), \
                    who is to see to it (**owner**), and **since** when.\
                    """)
                .without("no goal is configured"),
            List.of(
                Column.of("goal", "Goal"),
                Column.of("kpi", "KPI"),
                Column.of("team", "Team"),
                Column.of("owner_team", "Owner")),
            Column.of(
                "Since",
                Unit.MOMENT,
                "max by (goal, kpi, team, owner_team) (1000 * %s * on (job, source, goal) group_left (kpi, team, owner_team) %s)"
                    .formatted(ASK.now("helpdesk_goal_start_timestamp_seconds"), info)))
        .override("Goal", Node.of("custom.width", 180))
        .override("Team", Node.of("noValue", "all"));
  }

  private static Panel progress() {
    return Panel.lines(
            "Way made towards each goal",
            Unit.WHOLE_RATIO,
            "How far each open goal's KPI has come from its start (0 %) to its target (100 %),"
                + " over time.")
        .history("1d")
        .series(
            "max by (goal) (%s and on (job, source, goal) %s == 1)"
                .formatted(
                    ASK.now("helpdesk_goal_progress_ratio"),
                    ASK.now("helpdesk_goal_state", "state=\"open\"")),
            "{{goal}}")
        .custom(Node.of("fillOpacity", 0, "axisSoftMin", 0, "axisSoftMax", 1))
        .finelyScaled();
  }

  private static Panel divergence() {
    return Column.sorted(
        Column.table(
            Panel.table(
                    "Faster, but worse?",
                    Unit.COUNT,
                    """
                    Whoever is measured by speed alone gets careless. **Yes**: in the last 7 days \
                    the KPI of speed was better than in the last 30 by more than 10 %, and the KPI \
                    of quality worse by more than 2 percentage points.\
                    """)
                .without("too little in the last 7 or 30 days to tell"),
            List.of(Column.of("speed", "Faster"), Column.of("quality", "but worse")),
            Column.of(
                    "Now",
                    Unit.COUNT,
                    "max by (speed, quality) (" + ASK.now("helpdesk_kpi_divergence") + ")")
                .coloured(Look.someIsBad())
                .looking("mappings", List.of(Look.called("0", "no", "1", "yes")))
                .wide(90)),
        "Now",
        true);
  }

  private static Panel benchmarks() {
    return texts(
            Panel.table(
                    "What others reach",
                    Unit.COUNT,
                    """
                    Benchmarks, as configured: what half (median) and the best quarter of **others** \
                    reach in a KPI, by whom it was **published** and when, beside what this desk \
                    reaches (**ours**) in the period. Numbers of the dashboards are coloured by the \
                    median where no goal is set.\
                    """)
                .without("no benchmark is configured"),
            List.of(
                Column.of("kpi", "KPI"),
                Column.of("level", "Who"),
                Column.of("publisher", "Published by"),
                Column.of("edition", "Edition")),
            List.of(new Text("others", "Others", others()), new Text("ours", "Ours", ours())))
        .override("KPI", Node.of("custom.width", 190))
        .override(
            "Who",
            Node.of(
                "custom.width",
                110,
                "mappings",
                List.of(Look.called("top_quartile", "best quarter"))))
        .overrideMatching("^(Others|Ours)$", Node.of("custom.width", 100))
        .override("Edition", Node.of("unit", "string", "custom.width", 75));
  }

  private static String others() {
    return text(BENCHMARK, "others", Business::published);
  }

  /** In what there is a benchmark for, with the labels of the benchmark. */
  private static String ours() {
    Reached reached = new Reached(ASK);
    return "%s * 0 + on (kpi) group_left (ours) (%s)"
        .formatted(
            published(EnumSet.allOf(Scale.class)),
            text("kpi", "ours", scales -> "(" + reached.in(scales) + ")"));
  }

  private static String published(Set<Scale> scales) {
    return "max by (%s) (%s * on (job, kpi) group_left (publisher, edition) %s)"
        .formatted(
            BENCHMARK,
            ASK.now("helpdesk_benchmark_value", Reached.about(scales)),
            ASK.now("helpdesk_benchmark_info"));
  }

  /** The values of some scales as people would write them. */
  private static String text(String by, String label, Function<Set<Scale>, String> values) {
    return String.join(
        " or ",
        written(by, label, "round(%s * 100, 0.1)".formatted(values.apply(SHARES)), "$1 %"),
        written(by, label, "round(%s / 60, 1) < 120".formatted(values.apply(TIMES)), "$1 min"),
        written(
            by, label, "round((%s >= 7170) / 3600, 0.1)".formatted(values.apply(TIMES)), "$1 h"),
        written(by, label, "round(%s, 0.01)".formatted(values.apply(NUMBERS)), "$1"));
  }

  // Costs.

  private static Panel costPerTicket() {
    return Panel.stat(
            "Cost of a solved ticket",
            Unit.MONEY,
            """
            What support has cost in the period, everything included, ÷ tickets solved for the \
            first time in it. Costs accrue hour by hour, also at night.\
            """)
        .without("no costs are fed")
        .latest(
            ASK.part("helpdesk_report_support_cost", "helpdesk_report_tickets_solved", "source"),
            "{{source}}")
        .aimingAt(Aim.money(ASK, Better.LOWER, "cost_per_ticket"));
  }

  private static Panel behindCost() {
    return Panel.figures(
            "Behind it",
            """
            **Cost**: what support has cost in the period, under the name of its currency. \
            **Solved**: tickets solved for the first time in it. **By bots**: what a resolution of \
            a bot cost, if their costs are booked as bots.\
            """)
        .latest(
            Ask.sum(ASK.report("helpdesk_report_support_cost"))
                + " * on () group_left (currency) ("
                + CURRENCY
                + ")",
            "{{currency}}")
        .latest(Ask.sum(ASK.report("helpdesk_report_tickets_solved")), "solved")
        .latest(
            Ask.ratio(
                Ask.sum(
                    ASK.report(
                        "helpdesk_report_support_cost_by_category", "cost_category=\"bots\"")),
                Ask.sum(ASK.report("helpdesk_report_bot_resolved"))),
            "by bots")
        .override("by bots", Node.of("decimals", 2));
  }

  private static Panel costByCategory() {
    return Column.sorted(
            Column.table(
                Panel.table(
                        "By category",
                        Unit.WHOLE_MONEY,
                        "What support has cost in the period by category, accruing hour by hour.")
                    .without("no costs are fed"),
                List.of(Column.of("cost_category", "Category")),
                Column.of(
                        "Cost",
                        Unit.WHOLE_MONEY,
                        Ask.sum(
                            ASK.report("helpdesk_report_support_cost_by_category"),
                            "cost_category"))
                    .bar()),
            "Cost",
            true)
        .override("Category", Node.of("custom.width", 100));
  }

  private static Panel costOverTime() {
    return Panel.lines(
            "Each week",
            Unit.MONEY,
            "Costs ÷ tickets solved for the first time, week by week, from the counters. Dashed:"
                + " the goal.")
        .history("7d")
        .series(
            ASK.partOverTime("helpdesk_support_cost_total", "helpdesk_tickets_solved_total"),
            "cost")
        .goal(ASK, "cost_per_ticket")
        .colour("cost", Look.MAIN)
        .finelyScaled()
        .custom(Node.of("showPoints", "always", "pointSize", 4))
        .fromZero();
  }

  // Customers.

  private static Panel churn() {
    return Panel.stat(
            "Lost customers",
            Unit.RATIO,
            """
            Churn: customers there were at the start of the period and who were lost in it ÷ \
            customers there were at the start. Only for periods of so many hours or days, not \
            for calendar periods.\
            """)
        .without("choose a period of days, such as the last 30")
        .latest(
            ASK.part(
                "helpdesk_report_customers_lost_of_those",
                "helpdesk_report_customers_at_start",
                "source"),
            "{{source}}")
        .aimingAt(Aim.ratio(ASK, Better.LOWER, "churn"));
  }

  private static Panel behindChurn() {
    String atStart = Ask.sum(ASK.report("helpdesk_report_customers_at_start"));
    String lost = Ask.sum(ASK.report("helpdesk_report_customers_lost_of_those"));
    return Panel.figures(
            "Behind it",
            """
            **At start**: customers there were when the period began. **Lost**: those of them who \
            were lost in it. **Retained**: 1 − lost ÷ at start.\
            """)
        .latest(atStart, "at start")
        .latest(lost, "lost")
        .latest("1 - " + Ask.ratio(lost, atStart), "retained")
        .override("retained", Node.of("unit", "percentunit", "decimals", 1));
  }

  private static Panel comingAndGoing() {
    return Panel.bars(
            "Joined and lost",
            Unit.COUNT,
            "Customers who joined (up) and who were lost (down) each week, from the counters.")
        .history("7d")
        .series(ASK.weekly("helpdesk_customers_joined_total"), "joined")
        .series(Ask.sum(ASK.rate("helpdesk_customers_churned_total")) + " * -604800", "lost")
        .defaults(Node.of("min", null))
        .colour("joined", Look.MAIN)
        .colour("lost", Look.BAD);
  }

  private static Panel customers() {
    return Panel.lines(
            "Customers",
            Unit.COUNT,
            """
            Customers there were at each time (left), and what they paid a month (right), in the \
            currency that the costs are in.\
            """)
        .every("1d")
        .without("no customers are fed")
        .series(Ask.sum(ASK.now("helpdesk_customers_active")), "customers")
        .series(Ask.sum(ASK.now("helpdesk_customers_monthly_revenue")), "monthly revenue")
        .unfilled()
        .colour("customers", Look.MAIN)
        .override(
            "monthly revenue",
            Node.of(
                "unit",
                "short",
                "decimals",
                1,
                "custom.axisPlacement",
                "right",
                "color",
                Look.fixed(Look.SECOND)));
  }

  private static Panel cohorts() {
    String there = Ask.sum(ASK.report("helpdesk_report_cohort_customers"), "cohort");
    String lost =
        Ask.orZero(
            Ask.sum(ASK.report("helpdesk_report_cohort_churned_customers"), "cohort"), there);
    return Column.sorted(
            Column.table(
                Panel.table(
                        "Who leaves after good and bad help",
                        Unit.COUNT,
                        """
                        Customers there were at the start of the period, by their worst answer on \
                        satisfaction in the 90 days before. **Lost**: their **number** ÷ all **customers** of the kind. \
                        A handful of customers proves nothing, and this shows what goes together, \
                        not what causes what.\
                        """)
                    .without("choose a period of days, such as the last 30"),
                List.of(Column.of("cohort", "Who")),
                Column.of("Lost", Unit.RATIO, Ask.ratio(lost, there)),
                Column.of("Number lost", Unit.COUNT, lost),
                Column.of("Customers", Unit.COUNT, there)),
            "Lost",
            true)
        .override(
            "Who",
            Node.of(
                "custom.width",
                170,
                "mappings",
                List.of(
                    Look.called(
                        "negative",
                        "gave a bad answer",
                        "positive_only",
                        "gave good ones only",
                        "no_response",
                        "gave no answer",
                        "no_contact",
                        "wrote no ticket"))));
  }

  private static Panel inAll() {
    return Panel.figures(
            "Customers, in all",
            """
            **Joined** and **lost** in the period, those who joined and left within it among \
            both. **Monthly**: what the lost had paid a month, in the currency of the costs.\
            """)
        .latest(Ask.sum(ASK.report("helpdesk_report_customers_joined")), "joined")
        .latest(Ask.sum(ASK.report("helpdesk_report_customers_churned")), "lost")
        .latest(Ask.sum(ASK.report("helpdesk_report_customers_churned_revenue")), "monthly");
  }

  private static Panel lostRevenue() {
    return Panel.bars(
            "Monthly revenue lost",
            Unit.WHOLE_MONEY,
            "What customers who were lost in the week had paid a month, from the counters, in the"
                + " currency of the costs.")
        .history("7d")
        .series(ASK.weekly("helpdesk_customers_churned_revenue_total"), "lost")
        .colour("lost", Look.BAD)
        .withoutLegend();
  }

  // Revenue.

  private static Panel revenue() {
    return Panel.stat(
            "Worth of the deals",
            Unit.WHOLE_MONEY,
            """
            What deals are worth that were won in the period, within 30 days after a ticket of the \
            same customer that counts. Support had a hand in these, it need not have caused them. \
            Below the number: its currency.\
            """)
        .without("no deal in the period")
        .latest(
            Ask.sum(ASK.report("helpdesk_report_revenue_influenced_by_team"))
                + " * on () group_left (currency) ("
                + CURRENCY
                + ")",
            "{{currency}}")
        .options(Node.of("textMode", "value_and_name"));
  }

  private static Panel behindRevenue() {
    String offers = Ask.sum(ASK.report("helpdesk_report_upsell_offers"));
    String accepted = Ask.sum(ASK.report("helpdesk_report_upsell_accepted"));
    String deals = Ask.sum(ASK.report("helpdesk_report_deals_influenced"));
    return Panel.figures(
            "Behind it",
            """
            **Deals**: their number. **Offers**: made to \
            customers in the period. **Accepted**: accepted ÷ offers.\
            """)
        .latest(deals, "deals")
        .latest(offers, "offers")
        .latest(Ask.ratio(accepted, offers), "accepted")
        .override("accepted", Node.of("unit", "percentunit", "decimals", 0));
  }

  private static Panel revenueByTeam() {
    return Column.sorted(
            Column.table(
                Panel.table(
                        "By team",
                        Unit.COUNT,
                        """
                        **Revenue**: what the **deals** are worth that support had a hand in. \
                        **Offers** made to customers, and those **accepted**. A deal counts whole \
                        and once, for the team that made the offer.\
                        """)
                    .without("no deal in the period"),
                List.of(Column.of("team", "Team")),
                Column.of(
                        "Revenue",
                        Unit.WHOLE_MONEY,
                        team("helpdesk_report_revenue_influenced_by_team"))
                    .bar(),
                Column.of("Deals", Unit.COUNT, team("helpdesk_report_deals_influenced_by_team"))
                    .wide(65),
                Column.of("Offers", Unit.COUNT, team("helpdesk_report_upsell_offers_by_team"))
                    .wide(65),
                Column.of("Accepted", Unit.COUNT, team("helpdesk_report_upsell_accepted_by_team"))
                    .wide(85)),
            "Revenue",
            true)
        .override("Team", Node.of("custom.width", 185));
  }

  private static String team(String report) {
    return Ask.sum(ASK.report(report), "team");
  }

  private static Panel revenueOverTime() {
    return Panel.bars(
            "Worth of deals each week, by team",
            Unit.WHOLE_MONEY,
            "What deals are worth that support had a hand in, for each week, from the counters.")
        .history("7d")
        .series(ASK.weekly("helpdesk_revenue_influenced_total", "team"), "{{team}}");
  }

  private static Panel offersOverTime() {
    return Panel.bars(
            "Offers each week",
            Unit.COUNT,
            "Offers made to customers and offers accepted, for each week, from the counters.")
        .history("7d")
        .series(ASK.weekly("helpdesk_upsell_offers_total"), "made")
        .series(ASK.weekly("helpdesk_upsell_accepted_total"), "accepted")
        .besideEachOther()
        .colour("made", Look.QUIET)
        .colour("accepted", Look.MAIN);
  }
}
