package io.helpdeskexporter.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurveyAnswerTest {
  @ParameterizedTest
  @CsvSource({
    "CSAT, 1-5, 5, 5",
    "CSAT, 0-5, 0, 0",
    "CSAT, binary, good, 1",
    "CSAT, binary, BAD, 0",
    "CSAT, binary, 1, 1",
    "CSAT, 1-3, 3.0, 3",
    "CSAT, 1 to 4, 4, 4",
    "NPS, 0–10, 10, 10",
    "CES, 1-7, 7, 7",
    "CES, 1-5, 1, 1",
    "FCR, binary, yes, 1",
    "FCR, binary, No, 0",
    "FCR, binary, true, 1",
    "FCR, binary, 0, 0"
  })
  void aPointOfTheScaleIsAnAnswer(Survey survey, String scale, String text, int score) {
    assertThat(read(survey, text, Scale.named(scale)))
        .map(SurveyAnswer::score)
        .as("%s on %s", text, scale)
        .contains(score);
  }

  @ParameterizedTest
  @CsvSource({
    "CSAT, 1-5, 0",
    "CSAT, 1-5, 6",
    "CSAT, 1-5, 4.5",
    "CSAT, 1-5, -1",
    "CSAT, 1-5, good",
    "CSAT, binary, 2",
    "CSAT, binary, fine",
    "CSAT, 1-3, 4",
    "NPS, 0-10, 11",
    "CES, 1-5, 6",
    "CES, 1-7, 99999999999",
    "CSAT, binary, yes",
    "FCR, binary, perhaps",
    "FCR, binary, 2"
  })
  void whatIsNoPointOfTheScaleIsNone(Survey survey, String scale, String text) {
    assertThat(read(survey, text, Scale.named(scale))).isEmpty();
  }

  @Test
  void withoutAScaleTheUsualOneOfTheSurveyIsMeantAndGoodAndBadSpeakForThemselves() {
    assertThat(read(Survey.CSAT, "6", Optional.empty())).isEmpty();
    assertThat(read(Survey.NPS, "6", Optional.empty()).orElseThrow().scale()).isEmpty();
    assertThat(read(Survey.CSAT, "good", Optional.empty()).orElseThrow().scale())
        .contains(Scale.GOOD_OR_BAD);
    assertThat(read(Survey.CES, "good", Optional.empty())).isEmpty();
    assertThat(read(Survey.FCR, "no", Optional.empty()).orElseThrow().score()).isZero();
    assertThat(read(Survey.FCR, "3", Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "1-6", "five"})
  void whatIsNoScaleIsNone(String text) {
    assertThat(Scale.named(text)).isEmpty();
  }

  @Test
  void anAnswerThatCannotBeIsRefusedWithWhatCan() {
    assertThatThrownBy(() -> new SurveyAnswer(Survey.CSAT, Optional.empty(), 6, Optional.empty()))
        .hasMessage("csat has no score 6; allowed: a score of 1-5");
    assertThatThrownBy(
            () -> new SurveyAnswer(Survey.NPS, Optional.empty(), 3, Optional.of(Scale.ONE_TO_FIVE)))
        .hasMessage("nps has no scale 1-5; it has 0-10");
    assertThat(SurveyAnswer.allowed(Survey.FCR, Optional.empty())).isEqualTo("yes or no");
  }

  private static Optional<SurveyAnswer> read(Survey survey, String text, Optional<Scale> scale) {
    return SurveyAnswer.read(survey, Optional.empty(), text, scale);
  }
}
