package io.helpdeskexporter.dashboards;

import static io.helpdeskexporter.dashboards.Ask.PERIOD;
import static io.helpdeskexporter.dashboards.Row.line;
import static io.helpdeskexporter.dashboards.Row.placed;
import static io.helpdeskexporter.dashboards.Row.slot;

import io.helpdeskexporter.dashboards.Aim.Better;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What customers say of the help they got, how many say it, and where the discontent is. */
final class Satisfaction {
  private static final Ask ASK = new Ask(Variable.SOURCE, Variable.TEAM, Variable.WINDOW);

  private static final String RATED =
      Ask.sum(ASK.report("helpdesk_report_csat_responses_by_team"), "source");
  private static final String EASE_ANSWERS =
      Ask.sum(ASK.report("helpdesk_report_ces_responses_by_team"), "source");

  /** The survey that the indicator is about: after a ticket. */
  private static final String AFTER_TICKETS = "survey=\"transactional\"";

  private Satisfaction() {}

  static Dashboard dashboard() {
    return new Dashboard(
        "satisfaction",
        "Satisfaction",
        "For the head of support and for team leads: what customers say of the help they got, how"
            + " many of them say it, and which teams and topics discontent comes from.",
        "now-90d",
        "5m",
        ASK.variables(),
        List.of(
            Row.of(
                "What customers say" + PERIOD,
                line(
                    slot(
                        8,
                        placed(4, satisfied()),
                        placed(3, behindSatisfied()),
                        placed(7, satisfiedOverTime())),
                    slot(
                        8,
                        placed(4, recommend()),
                        placed(3, behindRecommend()),
                        placed(7, recommendOverTime())),
                    slot(
                        8, placed(4, easy()), placed(3, behindEasy()), placed(7, easyOverTime())))),
            Row.of(
                "Where discontent comes from" + PERIOD,
                line(slot(24, 9, byTeam())),
                line(slot(24, 8, topics()))),
            Tickets.lowRatings(),
            Row.of(
                "How the answers are spread, each week",
                line(slot(8, 7, scores()), slot(8, 7, groups()), slot(8, 7, easeScores())),
                line(slot(14, 6, surveys()), slot(10, 6, responded()))),
            Row.of(
                "In what mood customers write" + PERIOD,
                line(
                    slot(6, placed(5, badMood()), placed(4, behindMood())),
                    slot(9, 9, moods()),
                    slot(9, 9, moodByTeam()))),
            Trust.row()));
  }

  // Satisfied.

  private static Panel satisfied() {
    return Panel.stat(
            "Satisfied",
            Unit.RATIO,
            """
            CSAT: answers of 4 or 5 (of 5) ÷ all answers given in the period, which stand beside \
            it. Answers count a day later, when they are final, so the last day's are still to \
            come.\
            """)
        .without("no final answer in the period")
        .latest(
            Ask.ratio(
                Ask.sum(ASK.report("helpdesk_report_csat_positive_responses_by_team"), "source"),
                RATED),
            "{{source}}")
        .aimingAt(Aim.ratio(ASK, Better.HIGHER, "csat"));
  }

  private static Panel behindSatisfied() {
    return Panel.figures(
            "Answers behind it",
            """
            **Answers**: final answers on satisfaction given in the period; of a ticket that was \
            rated twice, the last. **Responded**: answers ÷ surveys sent in the period, of \
            all teams; those of the last days may still be answered. **Mean, of 5**: what the \
            scores add up to ÷ their number.\
            """)
        .latest(RATED, "answers")
        .latest(
            ASK.part(
                "helpdesk_report_csat_responses", "helpdesk_report_csat_surveys_sent", "source"),
            "responded")
        .latest(
            Ask.ratio(Ask.sum(ASK.report("helpdesk_report_csat_scores_by_team"), "source"), RATED),
            "mean, of 5")
        .override("responded", shown(Unit.WHOLE_RATIO))
        .override("mean, of 5", shown(Unit.MEAN_POINTS));
  }

  private static Panel satisfiedOverTime() {
    return weighed(
            Panel.lines(
                    "Satisfied each day",
                    Unit.WHOLE_RATIO,
                    """
                    CSAT day by day: positive answers ÷ all, from the counters. Bars: how many \
                    answers there were, on a scale of their own. Dashed: the goal.\
                    """)
                .history("1d")
                .dotted(),
            ASK.daily("helpdesk_csat_responses_total"))
        .series(Headline.satisfiedOverTime(ASK), "satisfied")
        .goal(ASK, "csat")
        .colour("satisfied", Look.MAIN)
        .custom(Node.of("axisSoftMin", 0.5, "axisSoftMax", 1))
        .axisDecimals("^(satisfied|easy)$");
  }

  // Would recommend.

  private static Panel recommend() {
    return Panel.stat(
            "Would recommend (NPS)",
            Unit.POINTS,
            """
            Net promoter score after tickets: promoters (9 or 10 of 10) less detractors (0 to 6), \
            ÷ all answers given in the period, in points from −100 to 100. Other surveys are \
            listed below; they must not be mixed.\
            """)
        .without("nobody was asked after a ticket, or nobody answered")
        .latest(reported("source", AFTER_TICKETS).score(), "{{source}}")
        .aimingAt(Aim.score(ASK, Better.HIGHER, "nps"));
  }

  private static Panel behindRecommend() {
    return Panel.figures(
            "Answers behind it",
            """
            **Answers**: final answers on recommendation after a ticket, given in the period. \
            **Margin**: how many points the score may be off by chance, at 95 % (1.96 × its \
            standard error); a change that is smaller proves nothing.\
            """)
        .latest(reported("source", AFTER_TICKETS).all(), "answers")
        .latest(reported("source", AFTER_TICKETS).margin(), "margin")
        .override("margin", Node.of("unit", "prefix:± ", "decimals", 0));
  }

  private static Panel recommendOverTime() {
    return weighed(
            Panel.lines(
                    "NPS each week",
                    Unit.POINTS,
                    """
                    Net promoter score week by week and survey by survey, in points from −100 to 100, \
                    from the counters. Bars: how many answers there were, on a scale of their own. \
                    Dashed: the goal.\
                    """)
                .history("7d")
                .dotted(),
            ASK.weekly("helpdesk_nps_responses_total"))
        .series(
            Votes.by("survey", group -> ASK.rate("helpdesk_nps_responses_total", group)).score(),
            "{{survey}}")
        .series("100 * " + Aim.goal(ASK, "nps"), "goal")
        .dashed("goal")
        .override(
            "transactional",
            Node.of("displayName", "after tickets", "color", Look.fixed(Look.MAIN)))
        .override(
            "relational", Node.of("displayName", "in general", "color", Look.fixed(Look.SECOND)));
  }

  /**
   * Answers on recommendation, by whom they come from.
   *
   * @param all answers
   */
  private record Votes(String all, String promoters, String passives, String detractors) {
    /** By a label, of what a query of single groups gives. */
    static Votes by(String label, Function<String, String> group) {
      String all = Ask.sum(group.apply("group=~\".+\""), label);
      return new Votes(
          all,
          some(label, group, all, "promoter"),
          some(label, group, all, "passive"),
          some(label, group, all, "detractor"));
    }

    private static String some(
        String label, Function<String, String> group, String all, String name) {
      return Ask.orZero(Ask.sum(group.apply("group=\"" + name + "\""), label), all);
    }

    /** From -100 to 100. */
    String score() {
      return "100 * (%s - %s) / (%s > 0)".formatted(promoters, detractors, all);
    }

    /** What the score may be off by, at 95 percent, in points. */
    String margin() {
      return "100 * 1.96 * sqrt(((%1$s + %2$s) * %3$s - (%1$s - %2$s) ^ 2) / (%3$s > 0) ^ 3)"
          .formatted(promoters, detractors, all);
    }
  }

  private static Votes reported(String by, String... where) {
    return Votes.by(
        by,
        group ->
            ASK.report(
                "helpdesk_report_nps_responses",
                Stream.concat(Stream.of(where), Stream.of(group)).toArray(String[]::new)));
  }

  // Easy.

  private static Panel easy() {
    return Panel.stat(
            "Easy",
            Unit.RATIO,
            """
            Customer effort (CES): answers of at least 5 (of 7, the easiest) ÷ all answers given \
            in the period, which stand beside it. Answers count a day later, when they are \
            final.\
            """)
        .without("no final answer in the period")
        .latest(
            Ask.ratio(
                Ask.sum(ASK.report("helpdesk_report_ces_positive_responses_by_team"), "source"),
                EASE_ANSWERS),
            "{{source}}")
        .aimingAt(Aim.ratio(ASK, Better.HIGHER, "ces"));
  }

  private static Panel behindEasy() {
    return Panel.figures(
            "Answers behind it",
            """
            **Answers**: final answers on effort given in the period. **Mean, of 7**: what the \
            scores add up to ÷ their number; 7 is the easiest. How many were asked is not told.\
            """)
        .latest(EASE_ANSWERS, "answers")
        .latest(
            Ask.ratio(
                Ask.sum(ASK.report("helpdesk_report_ces_scores_by_team"), "source"), EASE_ANSWERS),
            "mean, of 7")
        .override("mean, of 7", shown(Unit.MEAN_POINTS));
  }

  private static Panel easyOverTime() {
    return weighed(
            Panel.lines(
                    "Easy each week",
                    Unit.WHOLE_RATIO,
                    """
                    CES week by week: answers of at least 5 of 7 ÷ all, from the counters. Bars: how \
                    many answers there were, on a scale of their own. Dashed: the goal.\
                    """)
                .history("7d")
                .dotted(),
            ASK.weekly("helpdesk_ces_responses_total"))
        .series(
            ASK.partOverTime(
                "helpdesk_ces_positive_responses_total", "helpdesk_ces_responses_total"),
            "easy")
        .goal(ASK, "ces")
        .colour("easy", Look.MAIN)
        .custom(Node.of("axisSoftMin", 0.5, "axisSoftMax", 1))
        .axisDecimals("^(satisfied|easy)$");
  }

  // Where discontent comes from.

  private static Panel byTeam() {
    return Column.sorted(
            Column.table(
                Panel.table(
                        "Teams" + PERIOD,
                        Unit.COUNT,
                        """
                        **Satisfied**: answers of 4 or 5 ÷ all **answers** on satisfaction. \
                        **Of 5**: their mean. **Easy**: answers of at least 5 of 7 ÷ all **answers \
                        on effort**. **Of 7**: their mean. An answer counts for the team that had \
                        solved the ticket. **All** is the whole desk. Few answers prove little.\
                        """)
                    .without("no final answer in the period"),
                List.of(Column.of("team", "Team")),
                share("Satisfied", "csat_positive_responses", "csat_responses"),
                Column.of("Answers", Unit.COUNT, withAll("csat_responses")).wide(75),
                mean("Of 5", "csat_scores", "csat_responses"),
                share("Easy", "ces_positive_responses", "ces_responses"),
                Column.of("Effort answers", Unit.COUNT, withAll("ces_responses")).wide(115),
                mean("Of 7", "ces_scores", "ces_responses")),
            "Satisfied",
            false)
        .override("Team", Link.team(165, "helpdesk-satisfaction", "Only this team"));
  }

  private static Column share(String title, String part, String whole) {
    return Column.of(title, Unit.WHOLE_RATIO, Ask.ratio(withAll(part), withAll(whole))).shareBar();
  }

  private static Column mean(String title, String scores, String answers) {
    return Column.of(title, Unit.MEAN_POINTS, Ask.ratio(withAll(scores), withAll(answers)))
        .wide(60);
  }

  /** A report by team, and all teams as if they were one, to compare with. */
  private static String withAll(String report) {
    String name = "helpdesk_report_" + report;
    return "(%s or label_replace(%s, \"team\", \"All\", \"\", \"\"))"
        .formatted(Ask.sum(ASK.report(name + "_by_team"), "team"), Ask.sum(ASK.report(name)));
  }

  private static Panel topics() {
    return Column.sorted(
            Column.table(
                Panel.table(
                        "What the dissatisfied wrote about",
                        Unit.COUNT,
                        """
                        Final answers of 1 or 2 (of 5) by topic of the ticket, from the counters: \
                        always of the last 30 days, whatever period is chosen.\
                        """)
                    .every("30d")
                    .without("nobody was dissatisfied"),
                List.of(Column.of("topic", "Topic")),
                Column.of(
                        "Bad answers, 30 days",
                        Unit.COUNT,
                        "round("
                            + Ask.sum(ASK.rate("helpdesk_csat_negative_responses_total"), "topic")
                            + " * 2592000) > 0")
                    .bar()),
            "Bad answers, 30 days",
            true)
        .override("Topic", Node.of("custom.width", 120))
        .leadingTo(Link.to("helpdesk-self-service", "Topics and self-service"));
  }

  // How the answers are spread.

  private static Panel scores() {
    return scores(
        "Satisfaction, by score",
        "Final answers on satisfaction for each week by score, from 1 to 5 as the best, from the"
            + " counters.",
        "helpdesk_csat_responses_total",
        List.of("#C4162A", Look.BAD, Look.QUIET, "#8AB8FF", Look.MAIN));
  }

  private static Panel easeScores() {
    return scores(
        "Effort, by score",
        "Final answers on effort for each week by score, from 1 to 7 as the easiest, from the"
            + " counters.",
        "helpdesk_ces_responses_total",
        List.of("#C4162A", Look.BAD, "#FFB357", Look.QUIET, "#C0D8FF", "#8AB8FF", Look.MAIN));
  }

  /** The better, the bluer. */
  private static Panel scores(
      String title, String description, String counter, List<String> colours) {
    Panel panel =
        Panel.bars(title, Unit.COUNT, description)
            .history("7d")
            .series(Ask.sum(ASK.rate(counter), "score") + " * 604800", "{{score}}");
    for (int i = 0; i < colours.size(); i++) {
      panel = panel.colour(String.valueOf(i + 1), colours.get(i));
    }
    return panel;
  }

  private static Panel surveys() {
    Votes votes = reported("survey");
    return Column.table(
            Panel.table(
                    "Recommendation by survey" + PERIOD,
                    Unit.COUNT,
                    """
                    Each survey on its own, since they ask different people. **NPS**: promoters (9 \
                    or 10) less detractors (0 to 6) ÷ all **answers**, in points from −100 to 100. \
                    **±**: what it may be off by chance, at 95 %.\
                    """)
                .without("no final answer in the period"),
            List.of(Column.of("survey", "Survey")),
            Column.of("NPS", Unit.POINTS, votes.score()),
            Column.of("±", Unit.POINTS, votes.margin()),
            Column.of("For", Unit.COUNT, votes.promoters()),
            Column.of("Neutral", Unit.COUNT, votes.passives()),
            Column.of("Against", Unit.COUNT, votes.detractors()),
            Column.of("Answers", Unit.COUNT, votes.all()))
        .override(
            "Survey",
            Node.of(
                "custom.width",
                110,
                "mappings",
                List.of(
                    Look.called("transactional", "after tickets", "relational", "in general"))));
  }

  private static Panel groups() {
    return Panel.bars(
            "NPS, after tickets",
            Unit.COUNT,
            """
            Final answers on recommendation after tickets for each week, from the counters: \
            **promoter** 9 or 10 of 10, **passive** 7 or 8, **detractor** 0 to 6.\
            """)
        .history("7d")
        .series(
            Ask.sum(ASK.rate("helpdesk_nps_responses_total", AFTER_TICKETS), "group") + " * 604800",
            "{{group}}")
        .colour("detractor", Look.BAD)
        .colour("passive", Look.QUIET)
        .colour("promoter", Look.MAIN);
  }

  private static Panel responded() {
    return Panel.lines(
            "Surveys answered",
            Unit.WHOLE_RATIO,
            """
            Final answers on satisfaction ÷ surveys sent, week by week, from the counters. An \
            answer counts in the week in which it is given, not in that of its survey.\
            """)
        .history("7d")
        .series(
            ASK.partOverTime("helpdesk_csat_responses_total", "helpdesk_csat_surveys_sent_total"),
            "responded")
        .custom(Node.of("showPoints", "always", "pointSize", 4))
        .withoutLegend()
        .finelyScaled()
        .colour("responded", Look.MAIN)
        .fromZero();
  }

  // Mood.

  private static Panel badMood() {
    return Panel.stat(
            "In a bad mood",
            Unit.RATIO,
            """
            Messages of customers in a negative mood ÷ all messages in the period whose mood is \
            known, as the helpdesk or a lexicon judges it. The message that opens a ticket is not \
            judged.\
            """)
        .without("no message was judged")
        .latest(
            Ask.ratio(
                Ask.sum(
                    ASK.report("helpdesk_report_messages_classified", "sentiment=\"negative\""),
                    "source"),
                Ask.sum(ASK.report("helpdesk_report_messages_scored"), "source")),
            "{{source}}")
        .aimingAt(Aim.ratio(ASK, Better.LOWER, "negative_messages"));
  }

  private static Panel behindMood() {
    return Panel.figures(
            "Messages",
            """
            **Messages**: those of customers in the period whose mood is known, after the first of \
            each ticket. **Mean**: their mean mood, from −1 (bad) to 1 (good).\
            """)
        .latest(Ask.sum(ASK.report("helpdesk_report_messages_scored"), "source"), "messages")
        .latest(
            ASK.part(
                "helpdesk_report_message_sentiment_scores",
                "helpdesk_report_messages_scored",
                "source"),
            "mean")
        .override("mean", shown(Unit.MEAN_POINTS));
  }

  private static Panel moods() {
    return Panel.bars(
            "Messages each day, by mood",
            Unit.COUNT,
            "Messages of customers for each day by mood, from the counters; unknown: not in a"
                + " language that can be judged.")
        .history("1d")
        .series(ASK.daily("helpdesk_messages_classified_total", "sentiment"), "{{sentiment}}")
        .colour("negative", Look.BAD)
        .colour("neutral", Look.QUIET)
        .colour("positive", Look.MAIN)
        .colour("unknown", "#5A5A5A");
  }

  private static Panel moodByTeam() {
    return Panel.lines(
            "Bad mood by team",
            Unit.WHOLE_RATIO,
            """
            Messages in a clearly bad mood (−0.2 or worse, of −1 to 1) ÷ all messages whose mood is known, \
            week by week, by the team that had the ticket, from the counters.\
            """)
        .history("7d")
        .series(
            Ask.ratio(
                Ask.sum(ASK.rate("helpdesk_message_sentiment_score_bucket", "le=\"-0.2\""), "team"),
                Ask.sum(ASK.rate("helpdesk_message_sentiment_score_count"), "team")),
            "{{team}}")
        .dotted()
        .finelyScaled()
        .fromZero();
  }

  // How they look.

  private static Map<String, @Nullable Object> shown(Unit unit) {
    return Node.of("unit", unit.grafana(), "decimals", unit.decimals());
  }

  /** With how many answers the line stands on, in the background. */
  private static Panel weighed(Panel panel, String answers) {
    return panel
        .series(answers, "answers")
        .override(
            "answers",
            Node.of(
                "unit",
                Unit.COUNT.grafana(),
                "decimals",
                0,
                "min",
                0,
                "max",
                null,
                "color",
                Look.fixed(Look.QUIET),
                "custom.drawStyle",
                "bars",
                "custom.lineWidth",
                0,
                "custom.fillOpacity",
                18,
                "custom.showPoints",
                "never",
                "custom.axisPlacement",
                "hidden"));
  }
}
