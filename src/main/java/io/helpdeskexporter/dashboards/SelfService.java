package io.helpdeskexporter.dashboards;

import static io.helpdeskexporter.dashboards.Ask.PERIOD;
import static io.helpdeskexporter.dashboards.Row.line;
import static io.helpdeskexporter.dashboards.Row.placed;
import static io.helpdeskexporter.dashboards.Row.slot;

import io.helpdeskexporter.dashboards.Aim.Better;
import java.util.List;

/** What customers get done without people, and what they ask for. */
final class SelfService {
  private static final Ask ASK = new Ask(Variable.SOURCE, Variable.WINDOW);

  private static final String VISITORS = "helpdesk_report_kb_unique_visitors";
  private static final String REQUESTERS = "helpdesk_report_unique_requesters";
  private static final String SEARCHES = "helpdesk_report_kb_searches";
  private static final String IN_VAIN = "helpdesk_report_kb_searches_without_result";
  private static final String VOTES = "helpdesk_report_kb_article_votes";
  private static final String TALKS = "helpdesk_report_bot_conversations";
  private static final String HANDED_OVER = "helpdesk_report_bot_handoffs";
  private static final String RESOLVED = "helpdesk_report_bot_resolved";
  private static final String RUNS = "helpdesk_report_automation_runs";
  private static final String FAILURES = "helpdesk_report_automation_failures";
  private static final String TOPICS = "helpdesk_report_topic_tickets";

  /** The topic of what customers miss in the product. */
  private static final String WISHES = "topic=\"feature_request\"";

  private SelfService() {}

  static Dashboard dashboard() {
    return new Dashboard(
        "self-service",
        "Self-service and automation",
        "For whoever owns the help centre, the bots and the product: what customers get done"
            + " without people, where that fails, and what they ask for.",
        "now-30d",
        "1m",
        ASK.variables(),
        List.of(
            Row.of(
                "What customers get done without people" + PERIOD,
                line(
                    slot(6, placed(4, score()), placed(5, people())),
                    slot(6, placed(4, deflection()), placed(5, deflectionOverTime())),
                    slot(6, placed(4, containment()), placed(5, containmentOverTime())),
                    slot(6, placed(4, automated()), placed(5, automatedOverTime())))),
            Row.of(
                "What customers ask for" + PERIOD,
                line(slot(9, 10, topics()), slot(15, 10, topicsOverTime())),
                line(slot(6, 7, wishes()), slot(18, 7, wishesOverTime()))),
            Row.of(
                "Knowledge base" + PERIOD,
                line(
                    slot(6, placed(4, searchesInVain()), placed(4, helpful())),
                    slot(9, 8, searchesOverTime()),
                    slot(9, 8, votesOverTime())),
                line(slot(9, 7, use()), slot(15, 7, viewsOverTime()))),
            Row.of(
                "Bots and automations" + PERIOD,
                line(slot(9, 8, talks()), slot(15, 8, talksOverTime())),
                line(slot(12, 8, automations()), slot(12, 8, failuresOverTime()))),
            Trust.row()));
  }

  // What customers get done without people.

  private static Panel score() {
    return Panel.stat(
            "Self-service",
            Unit.MEAN_POINTS,
            """
            Self-service score: different people who used the help centre (viewed, searched or voted) ÷ different people \
            who wrote a ticket, in the period. Between 1 and 4 is common; more is better.\
            """)
        .without("no use of a help centre is fed")
        .latest(Ask.ratio(sum(VISITORS), sum(REQUESTERS)), "visitors")
        .aimingAt(Aim.points(ASK, Better.HIGHER, "self_service"))
        .defaults(Node.of("displayName", "visitors for each requester"));
  }

  private static Panel people() {
    return Panel.ranking(
            "People",
            Unit.COUNT,
            "Different people in the period who used the help centre, and who wrote a ticket: what"
                + " the score is made of.")
        .without("nobody in the period")
        .latest(sum(VISITORS), "Used the help centre")
        .latest(sum(REQUESTERS), "Wrote a ticket");
  }

  private static Panel deflection() {
    return Panel.stat(
            "Solved by bots",
            Unit.RATIO,
            """
            Deflection: talks with a bot that left nothing for people to do ÷ talks in which a bot \
            gave a real answer, in the period. It counts when the customer says so, or when for 72 \
            hours nobody took over and no ticket followed; so the last days' are still to come.\
            """)
        .without("no talk with a bot in the period")
        .counting(part(RESOLVED, TALKS), "talks", Aim.ratio(ASK, Better.HIGHER, "deflection"));
  }

  private static Panel deflectionOverTime() {
    return Panel.trend(
            "Each day",
            Unit.WHOLE_RATIO,
            """
            Talks found on the day to have left nothing for people to do ÷ talks with an answer on \
            the day, from the counters. Dashed: the goal.\
            """)
        .fromZero()
        .series(
            ASK.partOverTime("helpdesk_bot_resolved_total", "helpdesk_bot_conversations_total"),
            "solved by bots")
        .goal(ASK, "deflection")
        .defaults(Node.of("max", 1))
        .finelyScaled();
  }

  private static Panel containment() {
    return Panel.stat(
            "Contained",
            Unit.RATIO,
            """
            Containment: 1 − talks handed to people ÷ talks in which a bot gave a real answer, in the \
            period. A talk that is not handed over is not always a solved one: compare with what \
            bots solved.\
            """)
        .without("no talk with a bot in the period")
        .counting(remainder(HANDED_OVER, TALKS), "talks");
  }

  private static Panel containmentOverTime() {
    return Panel.trend(
            "Each day",
            Unit.WHOLE_RATIO,
            "Containment day by day, from the counters: 1 − talks handed to people ÷ talks with an"
                + " answer.")
        .fromZero()
        .series(
            "1 - "
                + ASK.partOverTime(
                    "helpdesk_bot_handoffs_total", "helpdesk_bot_conversations_total"),
            "kept from people")
        .defaults(Node.of("max", 1))
        .finelyScaled();
  }

  private static Panel automated() {
    return Panel.stat(
            "Automations",
            Unit.RATIO,
            """
            1 − runs of automations that failed or that somebody undid or did again by hand within \
            24 hours ÷ runs, in the period.\
            """)
        .without("no run in the period")
        .counting(
            remainder(FAILURES, RUNS), "runs", Aim.ratio(ASK, Better.HIGHER, "automation_success"));
  }

  private static Panel automatedOverTime() {
    return Panel.trend(
            "Each day",
            Unit.WHOLE_RATIO,
            "Success of automations day by day, from the counters: 1 − failures ÷ runs. Dashed: the"
                + " goal.")
        .fromZero()
        .series(
            "1 - "
                + ASK.partOverTime(
                    "helpdesk_automation_failures_total", "helpdesk_automation_runs_total"),
            "worked")
        .goal(ASK, "automation_success")
        .defaults(Node.of("max", 1))
        .finelyScaled();
  }

  // What customers ask for.

  private static Panel topics() {
    return Panel.ranking(
            "Most frequent topics",
            Unit.COUNT,
            """
            Tickets created in the period by topic; of each ticket one. The ten most frequent. Each \
            is a candidate for an article, an automation or a better product.\
            """)
        .without("no ticket in the period")
        .latest("sort_desc(topk(10, " + Ask.sum(ASK.report(TOPICS), "topic") + "))", "{{topic}}")
        .options(Node.of("namePlacement", "top"));
  }

  private static Panel topicsOverTime() {
    return Panel.lines(
            "Topics each day",
            Unit.COUNT,
            """
            Tickets created each day, of the six topics that were most frequent on the last day \
            shown, from the counters.\
            """)
        .history("1d")
        .series(
            ASK.daily("helpdesk_topic_tickets_total", "topic")
                + " and on (topic) topk(6, "
                + Ask.sum(ASK.rateAtEnd("helpdesk_topic_tickets_total"), "topic")
                + ")",
            "{{topic}}")
        .unfilled()
        .fromZero();
  }

  private static Panel wishes() {
    return Panel.stat(
            "Wishes",
            Unit.RATIO,
            """
            Feature requests, what customers miss in the product (topic feature_request) ÷ tickets \
            created in the period that have a topic.\
            """)
        .without("no feature request in the period")
        .counting(Ask.counted(Ask.ratio(wished(), sum(TOPICS)), wished(), sum(TOPICS)), "tickets")
        .options(Node.of("text", Node.of("valueSize", 46)));
  }

  private static String wished() {
    return Ask.sum(ASK.report(TOPICS, WISHES));
  }

  private static Panel wishesOverTime() {
    return Panel.bars(
            "Feature requests each day",
            Unit.COUNT,
            "Tickets created each day about what customers miss in the product, from the counters.")
        .every("1d")
        .without("no feature request yet")
        .series(
            Ask.sum(ASK.rate("helpdesk_topic_tickets_total", WISHES)) + " * 86400",
            "feature requests")
        .colour("feature requests", Look.MAIN)
        .withoutLegend();
  }

  // Knowledge base.

  private static Panel searchesInVain() {
    return Panel.stat(
            "Found nothing",
            Unit.RATIO,
            "Searches in the knowledge base without a result ÷ all searches, in the period: what to"
                + " write next.")
        .without("no search in the period")
        .counting(part(IN_VAIN, SEARCHES), "searches");
  }

  private static Panel helpful() {
    String up = Ask.sum(ASK.report(VOTES, "vote=\"up\""));
    return Panel.stat(
            "Helpful",
            Unit.RATIO,
            "Votes that an article was helpful ÷ all votes on articles, in the period.")
        .without("no vote in the period")
        .counting(Ask.counted(Ask.ratio(up, sum(VOTES)), up, sum(VOTES)), "votes");
  }

  private static Panel searchesOverTime() {
    return Panel.bars(
            "Searches each day",
            Unit.COUNT,
            "Searches in the knowledge base each day, and how many of them found nothing, from the"
                + " counters.")
        .history("1d")
        .series(
            ASK.daily("helpdesk_kb_searches_total")
                + " - "
                + ASK.daily("helpdesk_kb_searches_without_result_total"),
            "found something")
        .series(ASK.daily("helpdesk_kb_searches_without_result_total"), "found nothing")
        .colour("found something", Look.MAIN)
        .colour("found nothing", Look.BAD);
  }

  private static Panel votesOverTime() {
    return Panel.bars(
            "Votes on articles each day",
            Unit.COUNT,
            "Votes of readers that an article was helpful or not, for each day, from the counters.")
        .history("1d")
        .series(ASK.daily("helpdesk_kb_article_votes_total", "vote"), "{{vote}}")
        .override("up", Node.of("displayName", "helpful", "color", Look.fixed(Look.MAIN)))
        .override("down", Node.of("displayName", "not helpful", "color", Look.fixed(Look.BAD)));
  }

  private static Panel use() {
    return Panel.ranking(
            "Use",
            Unit.COUNT,
            "Articles viewed, searches, searches without a result, and votes on articles in the"
                + " period, exactly.")
        .without("no use of a help centre is fed")
        .latest(sum("helpdesk_report_kb_article_views"), "Articles viewed")
        .latest(sum(SEARCHES), "Searches")
        .latest(orNone(IN_VAIN, SEARCHES), "Found nothing")
        .latest(sum(VOTES), "Votes");
  }

  private static Panel viewsOverTime() {
    return Panel.lines(
            "Articles viewed and tickets that came in, each day",
            Unit.COUNT,
            """
            Where articles help, views rise and tickets do not. Articles viewed and tickets created, \
            for each day, from the counters.\
            """)
        .history("1d")
        .series(ASK.daily("helpdesk_kb_article_views_total"), "articles viewed")
        .series(ASK.daily("helpdesk_tickets_created_total"), "tickets")
        .colour("articles viewed", Look.MAIN)
        .colour("tickets", Look.QUIET)
        .unfilled()
        .fromZero();
  }

  // Bots and automations.

  private static Panel talks() {
    return Panel.ranking(
            "Talks with bots",
            Unit.COUNT,
            """
            Talks in the period in which a bot gave a real answer, how many left nothing for people \
            to do, and how many were handed to people. What is neither is not decided yet, or was \
            followed by a ticket.\
            """)
        .without("no talk with a bot in the period")
        .latest(sum(TALKS), "Answered by a bot")
        .latest(orNone(RESOLVED, TALKS), "Solved by it")
        .latest(orNone(HANDED_OVER, TALKS), "Handed to people");
  }

  private static Panel talksOverTime() {
    return Panel.bars(
            "What became of talks, each day",
            Unit.COUNT,
            """
            Talks solved by bots as the customer said (confirmed) or by what followed (assumed, 72 \
            hours later), and talks handed to people, on the day when it was known; from the \
            counters.\
            """)
        .history("1d")
        .series(ASK.daily("helpdesk_bot_resolved_total", "confirmation"), "{{confirmation}}")
        .series(ASK.daily("helpdesk_bot_handoffs_total"), "handed to people")
        .override(
            "confirmed",
            Node.of("displayName", "solved, says the customer", "color", Look.fixed(Look.MAIN)))
        .override(
            "assumed",
            Node.of("displayName", "solved, it seems", "color", Look.fixed(Look.RISING.getFirst())))
        .colour("handed to people", Look.QUIET);
  }

  private static Panel automations() {
    String runs = "helpdesk_report_automation_runs_by_automation";
    String failures =
        Ask.orZero(
            Ask.sum(ASK.report("helpdesk_report_automation_failures_by_automation"), "automation"),
            Ask.sum(ASK.report(runs), "automation"));
    return Column.sorted(
            Column.table(
                Panel.table(
                        "Each automation",
                        Unit.COUNT,
                        """
                        **Runs** in the period, and how many **failed** or were undone or done again \
                        by hand within 24 hours. **Worked**: 1 − failed ÷ runs.\
                        """)
                    .without("no run in the period"),
                List.of(Column.of("automation", "Automation")),
                Column.of("Runs", Unit.COUNT, Ask.sum(ASK.report(runs), "automation")),
                Column.of("Failed", Unit.COUNT, failures).wide(85),
                Column.of(
                    "Worked",
                    Unit.RATIO,
                    "1 - " + Ask.ratio(failures, Ask.sum(ASK.report(runs), "automation")))),
            "Failed",
            true)
        .override("Automation", Node.of("custom.width", 140));
  }

  private static Panel failuresOverTime() {
    return Panel.bars(
            "Failures each day",
            Unit.COUNT,
            "Runs of automations that failed, or were undone or done again by hand, for each day,"
                + " from the counters.")
        .every("1d")
        .without("none yet")
        .series(ASK.daily("helpdesk_automation_failures_total", "automation"), "{{automation}}");
  }

  // How they are asked for.

  private static String sum(String report) {
    return Ask.sum(ASK.report(report));
  }

  /** A report that may have nothing; 0 where that of the whole is there. */
  private static String orNone(String report, String whole) {
    return Ask.orZero(sum(report), sum(whole));
  }

  /** A part of what a report counts, with the counts. */
  private static String part(String part, String whole) {
    return Ask.counted(Ask.ratio(orNone(part, whole), sum(whole)), orNone(part, whole), sum(whole));
  }

  /** What remains of it without that part, with the counts. */
  private static String remainder(String part, String whole) {
    return Ask.counted(
        "1 - " + Ask.ratio(orNone(part, whole), sum(whole)),
        sum(whole) + " - " + orNone(part, whole),
        sum(whole));
  }
}
