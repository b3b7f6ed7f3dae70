package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.facts.Definitions.EffortScale;
import java.util.List;
import java.util.OptionalInt;

/**
 * What answers are worth on the one scale that KPIs use for each survey: CSAT 1 to 5, NPS 0 to 10,
 * CES 1 to 7, FCR 0 or 1, each with the best at the top. Points of a shorter scale are spread so
 * that its best and worst are the best and worst, its middle is the middle, and what counts as
 * positive on it does here.
 */
final class Scores {
  private static final List<Integer> OF_THREE = List.of(1, 3, 5);
  private static final List<Integer> OF_FOUR = List.of(1, 2, 4, 5);

  /** By effort, from very little to very much. */
  private static final List<Integer> OF_EFFORT = List.of(7, 6, 4, 2, 1);

  private Scores() {}

  /**
   * @param effort the scale of CES answers that do not say theirs
   * @return empty if the answer is no point of that scale
   */
  static OptionalInt canonical(SurveyAnswer answer, EffortScale effort) {
    int score = answer.score();
    return switch (answer.survey()) {
      case CSAT -> OptionalInt.of(satisfaction(answer.scale().orElse(Scale.ONE_TO_FIVE), score));
      case NPS, FCR -> OptionalInt.of(score);
      case CES -> ease(answer.scale().orElse(scale(effort)), score);
    };
  }

  private static int satisfaction(Scale scale, int score) {
    return switch (scale) {
      case GOOD_OR_BAD -> score == 1 ? 5 : 1;
      case ONE_TO_THREE -> OF_THREE.get(score - 1);
      case ONE_TO_FOUR -> OF_FOUR.get(score - 1);
      case ONE_TO_FIVE, ZERO_TO_FIVE -> Math.max(1, score);
      case ZERO_TO_TEN, ONE_TO_SEVEN -> throw new IllegalArgumentException("no scale of CSAT");
    };
  }

  private static OptionalInt ease(Scale scale, int score) {
    if (!scale.has(score)) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(scale == Scale.ONE_TO_FIVE ? OF_EFFORT.get(score - 1) : score);
  }

  private static Scale scale(EffortScale effort) {
    return switch (effort) {
      case V2 -> Scale.ONE_TO_SEVEN;
      case V1_REVERSED -> Scale.ONE_TO_FIVE;
    };
  }
}
