package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.CHANNEL;
import static io.helpdeskexporter.kpi.Label.DETAIL;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.AnswerFacts;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Customer effort. Unit: answers. Rule: KPI definitions, "Satisfaction". */
final class Ces implements Kpi {
  /** The value is 1 if it was easy: none among some answers is 0, not absent. */
  private static final Measure RESPONSES =
      Measure.amount("ces_responses", Unit.TIMES, "score").ofSomeDesks();

  private static final Measure SCORES = Measure.amount("ces_scores", Unit.TIMES).ofSomeDesks();

  private final int easyFrom;

  /**
   * @param easyFrom the least score that is positive
   */
  Ces(int easyFrom) {
    this.easyFrom = easyFrom;
  }

  @Override
  public Spec spec() {
    return new Spec(
        "ces",
        "Customer effort (CES)",
        Section.SATISFACTION,
        "answers",
        "How many customers say that we made it easy: at least 5 of 7. On the old scale of five"
            + " points the lowest is the best; its points count as 7, 6, 4, 2 and 1. Answers are"
            + " counted as those on satisfaction are.",
        "helpdesk_ces_positive_responses_total ÷ helpdesk_ces_responses_total",
        "Until the first answer is known.",
        "sum(increase(helpdesk_ces_positive_responses_total[30d])) /"
            + " sum(increase(helpdesk_ces_responses_total[30d]))");
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.SURVEYS, Feed.ANSWER);
  }

  @Override
  public List<Family> families() {
    String positive = "Final answers on effort with a score of at least " + easyFrom + " of 7";
    return List.of(
        new Family.Counter(
            "helpdesk_ces_responses_total",
            "Final answers on effort by score, from 1 to 7 as the easiest, cached, refreshed every"
                + " poll.",
            RESPONSES,
            Set.of(TEAM, CHANNEL, DETAIL)),
        new Family.SumCounter(
            "helpdesk_ces_positive_responses_total",
            positive + ", cached, refreshed every poll.",
            RESPONSES,
            Set.of(TEAM, CHANNEL)),
        new Family.WindowCount(
            "helpdesk_report_ces_responses",
            "Final answers on effort given in the window, exact, cached, refreshed every poll.",
            RESPONSES,
            Set.of()),
        new Family.WindowCount(
            "helpdesk_report_ces_responses_by_team",
            "Final answers on effort given in the window by team, exact, cached, refreshed every"
                + " poll.",
            RESPONSES,
            Set.of(TEAM)),
        new Family.WindowSum(
            "helpdesk_report_ces_positive_responses",
            positive + " given in the window, exact, cached, refreshed every poll.",
            RESPONSES,
            Set.of()),
        new Family.WindowSum(
            "helpdesk_report_ces_scores",
            "What the scores of final answers on effort in the window add up to: divided by these,"
                + " the mean of 1 to 7, exact, cached, refreshed every poll.",
            SCORES,
            Set.of()),
        new Family.WindowSum(
            "helpdesk_report_ces_scores_by_team",
            "What the scores of final answers on effort in the window add up to by team, exact,"
                + " cached, refreshed every poll.",
            SCORES,
            Set.of(TEAM)),
        new Family.WindowSum(
            "helpdesk_report_ces_positive_responses_by_team",
            positive + " given in the window by team, exact, cached, refreshed every poll.",
            RESPONSES,
            Set.of(TEAM)));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "ces",
            "Customers who say it was easy",
            Indicator.Scale.SHARE,
            Indicator.Better.HIGHER,
            Indicator.Kind.QUALITY,
            Reading.ratio(
                "helpdesk_report_ces_positive_responses", "helpdesk_report_ces_responses")),
        Indicator.of(
            "ces_mean",
            "Mean ease, of 7",
            Indicator.Scale.SCORE,
            Indicator.Better.HIGHER,
            Indicator.Kind.QUALITY,
            Reading.ratio("helpdesk_report_ces_scores", "helpdesk_report_ces_responses")));
  }

  @Override
  public List<Observation> observe(TicketFacts facts) {
    return facts.verdicts().isEmpty() ? List.of() : observe(facts.verdicts().stream());
  }

  @Override
  public List<Observation> observe(SubjectFacts facts) {
    return facts instanceof AnswerFacts answer ? observe(answer.verdict().stream()) : List.of();
  }

  private List<Observation> observe(Stream<Verdict> verdicts) {
    List<Observation> all = new ArrayList<>(0);
    verdicts
        .filter(verdict -> verdict.survey() == Survey.CES)
        .forEach(
            verdict -> {
              int score = verdict.score();
              int easy = score >= easyFrom ? 1 : 0;
              all.add(Observation.judged(RESPONSES, verdict, Integer.toString(score), easy));
              all.add(Observation.judged(SCORES, verdict, "", score));
            });
    return all;
  }

  @Override
  public List<String> leftOut(TicketFacts facts, Policies policies) {
    return Why.of(Why.notAnswered(facts, Survey.CES));
  }

  @Override
  public List<String> choices() {
    return List.of("kpi.ces.threshold", "kpi.ces.scale");
  }
}
