package io.helpdeskexporter.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.facts.Definitions.EffortScale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoresTest {
  @ParameterizedTest
  @CsvSource({
    "CSAT, ONE_TO_FIVE, 1 2 3 4 5",
    "CSAT, ZERO_TO_FIVE, 1 1 2 3 4 5",
    "CSAT, GOOD_OR_BAD, 1 5",
    "CSAT, ONE_TO_THREE, 1 3 5",
    "CSAT, ONE_TO_FOUR, 1 2 4 5",
    "NPS, ZERO_TO_TEN, 0 1 2 3 4 5 6 7 8 9 10",
    "CES, ONE_TO_SEVEN, 1 2 3 4 5 6 7",
    "CES, ONE_TO_FIVE, 7 6 4 2 1",
    "FCR, GOOD_OR_BAD, 0 1"
  })
  void everyPointOfEachScaleHasItsWorth(Survey survey, Scale scale, String worth) {
    String found =
        IntStream.rangeClosed(0, 10)
            .filter(scale::has)
            .mapToObj(score -> answer(survey, score, Optional.of(scale)))
            .map(answer -> Scores.canonical(answer, EffortScale.V2).orElseThrow())
            .map(String::valueOf)
            .reduce((a, b) -> a + " " + b)
            .orElseThrow();

    assertThat(found).isEqualTo(worth);
  }

  @Test
  void onlyEffortThatDoesNotSayItsScaleIsOnThatOfTheDefinitions() {
    SurveyAnswer untold = answer(Survey.CES, 1, Optional.empty());
    SurveyAnswer told = answer(Survey.CES, 1, Optional.of(Scale.ONE_TO_SEVEN));

    assertThat(Scores.canonical(untold, EffortScale.V2)).hasValue(1);
    assertThat(Scores.canonical(untold, EffortScale.V1_REVERSED)).hasValue(7);
    assertThat(Scores.canonical(told, EffortScale.V1_REVERSED)).hasValue(1);
  }

  @Test
  void whatIsNoPointOfTheScaleInForceIsWorthNothing() {
    assertThat(Scores.canonical(answer(Survey.CES, 6, Optional.empty()), EffortScale.V1_REVERSED))
        .isEqualTo(OptionalInt.empty());
  }

  private static SurveyAnswer answer(Survey survey, int score, Optional<Scale> scale) {
    return new SurveyAnswer(survey, Optional.empty(), score, scale);
  }
}
