package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Label.DETAIL;
import static io.helpdeskexporter.kpi.Label.TEAM;

import io.helpdeskexporter.domain.Happening.Review;
import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.facts.ReviewScore;
import io.helpdeskexporter.facts.SubjectFacts;
import io.helpdeskexporter.facts.SubjectFacts.SingleFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Agent quality (QA). Unit: ratio. Rule: KPI definitions, "Agent quality (QA)". */
final class QualityReviews implements Kpi {
  private static final String REVIEWER_CLASS = "reviewer_class";

  /** Tenths. Changing them is a breaking change. */
  private static final List<Long> TENTHS =
      LongStream.rangeClosed(1, 10).mapToObj(tenths -> tenths * 100_000).toList();

  private static final Measure SCORE =
      new Measure(
          "qa_review_score", Unit.RATIO, TENTHS, List.of(REVIEWER_CLASS), true, false, false);
  private static final Measure FAILED =
      Measure.count("qa_critical_failures", REVIEWER_CLASS).ofSomeDesks();

  @Override
  public Spec spec() {
    return new Spec(
        "quality_reviews",
        "Quality of work (QA, IQS)",
        Section.PEOPLE,
        "ratio",
        "How good the agents' work is found when somebody, or a machine, reviews it. A category"
            + " scores the part of its scale that was reached, and a review the mean of its"
            + " categories by weight, rounded to a millionth; a critical category below one half"
            + " makes the whole review 0. Categories that do not apply count neither way, and a"
            + " review in which none applies is not counted. The internal quality score (IQS) is"
            + " the mean of the reviews.",
        "IQS = helpdesk_report_qa_review_scores ÷ helpdesk_report_qa_reviews; reviews with a"
            + " critical failure are among the reviews",
        "Until the first review is fed.",
        "sum by (team) (increase(helpdesk_qa_review_score_ratio_sum[30d])) /"
            + " sum by (team) (increase(helpdesk_qa_review_score_ratio_count[30d]))",
        List.of(
            new Example(
                "Coverage",
                "sum(increase(helpdesk_qa_review_score_ratio_count[30d])) /"
                    + " sum(increase(helpdesk_tickets_solved_total[30d]))"),
            new Example(
                "Share of critical failures",
                "sum(increase(helpdesk_qa_critical_failures_total[30d])) /"
                    + " sum(increase(helpdesk_qa_review_score_ratio_count[30d]))")));
  }

  @Override
  public List<Feed> feeds() {
    return List.of(Feed.REVIEW);
  }

  @Override
  public List<Family> families() {
    List<Family> all = new ArrayList<>();
    all.add(
        new Family.Histogram(
            "helpdesk_qa_review_score_ratio",
            "Scores of reviews of agents' work, from 0 to 1, cached, refreshed every poll.",
            SCORE,
            Set.of(TEAM, DETAIL)));
    all.add(
        new Family.Counter(
            "helpdesk_qa_critical_failures_total",
            "Reviews that a critical category below one half made 0, cached, refreshed every poll.",
            FAILED,
            Set.of(TEAM, DETAIL)));
    reports(all, "", "", Set.of());
    reports(all, "_by_team", " by team", Set.of(TEAM));
    reports(all, "_by_" + REVIEWER_CLASS, " by class of reviewer", Set.of(DETAIL));
    return all;
  }

  private static void reports(List<Family> all, String suffix, String by, Set<Label> labels) {
    all.add(
        new Family.WindowCount(
            "helpdesk_report_qa_reviews" + suffix,
            "Reviews of agents' work in the window" + by + ", exact, cached, refreshed every poll.",
            SCORE,
            labels));
    all.add(
        new Family.WindowSum(
            "helpdesk_report_qa_review_scores" + suffix,
            "What the scores of the reviews in the window add up to"
                + by
                + ", exact, cached, refreshed every poll.",
            SCORE,
            labels));
  }

  @Override
  public List<Indicator> indicators() {
    return List.of(
        Indicator.of(
            "iqs",
            "Internal quality score",
            Indicator.Scale.SHARE,
            Indicator.Better.HIGHER,
            Indicator.Kind.QUALITY,
            Reading.ratio("helpdesk_report_qa_review_scores", "helpdesk_report_qa_reviews")));
  }

  @Override
  public List<Observation> observe(SubjectFacts facts) {
    List<Observation> all = new ArrayList<>(2);
    if (facts instanceof SingleFacts(_, Review review, _, _)) {
      Optional<ReviewScore> score = ReviewScore.of(review);
      Attribution team = Subjects.of(review.team());
      String reviewer = review.reviewer().name().toLowerCase(Locale.ROOT);
      score.ifPresent(
          it ->
              all.add(
                  new Observation(SCORE, 1, review.at(), team, reviewer, it.millionths(), true)));
      score
          .filter(ReviewScore::failed)
          .ifPresent(_ -> all.add(Observation.counted(FAILED, 1, review.at(), team, reviewer)));
    }
    return all;
  }
}
