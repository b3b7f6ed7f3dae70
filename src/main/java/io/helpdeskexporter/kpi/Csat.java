package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.CHANNEL;
import static io.helpdeskexporter.kpi.Label.DETAIL;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.facts.Definitions.Neutral;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.AnswerFacts;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.SurveySent;
import io.helpdeskexporter.facts.TicketFacts.Verdict;
import io.helpdeskexporter.facts.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Customer satisfaction. Unit: answers. Rule: KPI definitions, "Satisfaction". */
final class Csat implements Kpi {
  private static final Measure SENT = Measure.count("csat_surveys_sent").ofSomeDesks();

  /** The value is 1 if the answer is positive: none among some answers is 0, not absent. */
  private static final Measure RESPONSES =
      Measure.amount("csat_responses", Unit.TIMES, "score").ofSomeDesks();

  private static final Measure SCORES = Measure.amount("csat_scores", Unit.TIMES).ofSomeDesks();

  /** Likewise of negative answers, for each topic. */
  private static final Measure NEGATIVE =
      Measure.amount("csat_negative_responses", Unit.TIMES, "topic").ofSomeDesks();

  static final int NEUTRAL = 3;

  private final Neutral neutral;

  Csat(Neutral neutral) {
    this.neutral = neutral;
  }

  @Override
  public Spec spec() {
    return new Spec(
        "csat",
        "Customer satisfaction (CSAT)",
        Section.SATISFACTION,
        "answers",
        "Of the customers who say how satisfied they are with the help they got, how many are."
            + " Positive are the two best of five points, the two best of four, the best of three,"
            + " and good of good and bad; negative are the two worst of five. An answer may be"
            + " changed for 24 hours and is counted then, as it was last and on the day on which it"
            + " was given, so the figures of the last day are still to come. It counts for the team"
            + " that had solved the ticket. A ticket that is solved again may be rated again: the"
            + " counters take both verdicts, the windows the last.",
        "helpdesk_csat_positive_responses_total ÷ helpdesk_csat_responses_total",
        "Until the first answer is known.",
        "sum by (team) (increase(helpdesk_csat_positive_responses_total[7d])) /"
            + " sum by (team) (increase(helpdesk_csat_responses_total[7d]))",
        List.of(
            new Example(
                "Mean score",
                "helpdesk_report_csat_scores{window=\"7d\"} /"
                    + " helpdesk_report_csat_responses{window=\"7d\"}"),
            new Example(
                "Response rate",
                "sum(increase(helpdesk_csat_responses_total[30d])) /"
                    + " sum(increase(helpdesk_csat_surveys_sent_total[30d]))"),
            new Example(
                "What the dissatisfied wrote about",
                "topk(5, sum by (topic) (increase(helpdesk_csat_negative_responses_total[7d])))")));
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.SURVEYS, Feed.ANSWER);
  }

  @Override
  public List<Family> families() {
    String answers =
        switch (neutral) {
          case INCLUDE -> "Final answers on satisfaction";
          case EXCLUDE -> "Final answers on satisfaction, neutral ones left out";
        };
    return List.of(
        new Family.Counter(
            "helpdesk_csat_surveys_sent_total",
            "Surveys on satisfaction sent to customers, cached, refreshed every poll.",
            SENT,
            Set.of(TEAM, CHANNEL)),
        new Family.Counter(
            "helpdesk_csat_responses_total",
            answers + " by score, from 1 to 5 as the best, cached, refreshed every poll.",
            RESPONSES,
            Set.of(TEAM, CHANNEL, DETAIL)),
        new Family.SumCounter(
            "helpdesk_csat_positive_responses_total",
            "Final answers on satisfaction with a score of 4 or 5, cached, refreshed every poll.",
            RESPONSES,
            Set.of(TEAM, CHANNEL)),
        new Family.SumCounter(
            "helpdesk_csat_negative_responses_total",
            "Final answers on satisfaction with a score of 1 or 2, by topic of the ticket, cached,"
                + " refreshed every poll.",
            NEGATIVE,
            Set.of(TEAM, DETAIL)),
        new Family.WindowCount(
            "helpdesk_report_csat_surveys_sent",
            "Surveys on satisfaction sent in the window, exact, cached, refreshed every poll.",
            SENT,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_csat_responses",
            answers + " given in the window, exact, cached, refreshed every poll.",
            RESPONSES,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_csat_responses_by_team",
            answers + " given in the window by team, exact, cached, refreshed every poll.",
            RESPONSES,
            Set.of(TEAM)),
        new Family.WindowCount(
            "helpdesk_report_csat_responses_by_channel",
            answers + " given in the window by channel, exact, cached, refreshed every poll.",
            RESPONSES,
            Set.of(CHANNEL)),
        new Family.WindowSum(
            "helpdesk_report_csat_positive_responses",
            "Final answers with a score of 4 or 5 given in the window, exact, cached, refreshed"
                + " every poll.",
            RESPONSES,
            Set.of()),
        new Family.WindowSum(
            "helpdesk_report_csat_scores",
            "What the scores of final answers on satisfaction in the window add up to: divided by"
                + " these, the mean of 1 to 5, exact, cached, refreshed every poll.",
            SCORES,
            Set.of()),
        new Family.WindowSum(
            "helpdesk_report_csat_scores_by_team",
            "What the scores of final answers on satisfaction in the window add up to by team,"
                + " exact, cached, refreshed every poll.",
            SCORES,
            Set.of(TEAM)),
        new Family.WindowSum(
            "helpdesk_report_csat_positive_responses_by_team",
            "Final answers with a score of 4 or 5 given in the window by team, exact, cached,"
                + " refreshed every poll.",
            RESPONSES,
            Set.of(TEAM)),
        new Family.WindowSum(
            "helpdesk_report_csat_positive_responses_by_channel",
            "Final answers with a score of 4 or 5 given in the window by channel, exact, cached,"
                + " refreshed every poll.",
            RESPONSES,
            Set.of(CHANNEL)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "csat",
            "Satisfied customers",
            Indicator.Scale.SHARE,
            Indicator.Better.HIGHER,
            Indicator.Kind.QUALITY,
            Reading.ratio(
                "helpdesk_report_csat_positive_responses", "helpdesk_report_csat_responses")),
        Indicator.of(
            "csat_mean",
            "Mean satisfaction, of 5",
            Indicator.Scale.SCORE,
            Indicator.Better.HIGHER,
            Indicator.Kind.QUALITY,
            Reading.ratio("helpdesk_report_csat_scores", "helpdesk_report_csat_responses")));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    List<Observation> all = new ArrayList<>(0);
    for (SurveySent sent : facts.surveysSent()) {
      if (sent.survey() == Survey.CSAT) {
        all.add(Observation.counted(SENT, all.size() + 1, sent.at(), sent.attribution(), ""));
      }
    }
    facts.verdicts().forEach(verdict -> judge(verdict, facts.topic(), all));
    return all;
  }

  @Override
  public List<Observation> observe(SubjectFacts facts) {
    List<Observation> all = new ArrayList<>(0);
    if (facts instanceof AnswerFacts answer) {
      answer.verdict().ifPresent(verdict -> judge(verdict, Topics.NONE, all));
    }
    return all;
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    Optional<String> unanswered = Why.notAnswered(facts, Survey.CSAT);
    boolean leftOut =
        neutral == Neutral.EXCLUDE
            && facts.verdicts().stream()
                .anyMatch(it -> it.survey() == Survey.CSAT && it.score() == NEUTRAL);
    return Why.of(
        unanswered.or(
            () -> leftOut ? Optional.of("neutral answers are left out") : Optional.empty()));
  }

  @Override
  public List<String> choices() {
    return List.of("kpi.csat.neutral");
  }

  private void judge(Verdict verdict, String topic, List<Observation> all) {
    boolean leftOut = verdict.score() == NEUTRAL && neutral == Neutral.EXCLUDE;
    if (verdict.survey() == Survey.CSAT && !leftOut) {
      String score = Integer.toString(verdict.score());
      all.add(Observation.judged(RESPONSES, verdict, score, verdict.score() > NEUTRAL ? 1 : 0));
      all.add(Observation.judged(SCORES, verdict, "", verdict.score()));
      all.add(Observation.judged(NEGATIVE, verdict, topic, verdict.score() < NEUTRAL ? 1 : 0));
    }
  }
}
