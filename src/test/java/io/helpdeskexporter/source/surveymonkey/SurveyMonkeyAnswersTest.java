package io.helpdeskexporter.source.surveymonkey;

import static io.helpdeskexporter.source.surveymonkey.SimulatedSurveyMonkey.answered;
import static io.helpdeskexporter.source.surveymonkey.SimulatedSurveyMonkey.choice;
import static io.helpdeskexporter.source.surveymonkey.SimulatedSurveyMonkey.chosen;
import static io.helpdeskexporter.source.surveymonkey.SimulatedSurveyMonkey.question;
import static io.helpdeskexporter.source.surveymonkey.SimulatedSurveyMonkey.rating;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Happening.Answer;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.survey.Question;
import io.helpdeskexporter.source.surveymonkey.SimulatedSurveyMonkey.Response;
import io.helpdeskexporter.source.surveymonkey.SurveyMonkeySettings.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of responses, and when. */
class SurveyMonkeyAnswersTest {
  private static final Instant NINE = Instant.parse("2025-03-03T09:00:00Z");
  private static final String[] ELEVEN = "0 1 2 3 4 5 6 7 8 9 10".split(" ");

  private final SimulatedTime time = new SimulatedTime(NINE.plus(Duration.ofHours(1)));
  private final SimulatedSurveyMonkey vendor = new SimulatedSurveyMonkey(time);

  @AfterEach
  void close() {
    vendor.close();
  }

  private static Asked asking(Map<String, Question> questions) {
    return new Asked("318", Optional.empty(), questions);
  }

  private static Question scored(Survey survey, Map<String, Integer> scores) {
    return new Question(survey, Optional.empty(), scores);
  }

  private void responds(Map<String, Object> more, List<Map<String, Object>> questions) {
    responds("1", NINE, "completed", more, questions);
  }

  private void responds(
      String id,
      Instant at,
      String status,
      Map<String, Object> more,
      List<Map<String, Object>> questions) {
    vendor.respond("318", new Response(id, at.minusSeconds(60), at, status, more, questions));
  }

  private Page page(Asked survey) throws Exception {
    try (Source source = vendor.source(100, survey)) {
      return source.fetch(source.streams().getFirst(), Cursor.START);
    }
  }

  private static List<String> told(Page page) {
    List<String> told = new ArrayList<>();
    for (Change change : page.changes()) {
      if (change instanceof Change.HappeningSeen(Answer it)) {
        told.add(
            "%s %s of %s%s%s%s"
                .formatted(
                    it.survey().label(),
                    it.score(),
                    it.scale().orElse("?"),
                    it.name().map(name -> " for " + name).orElse(""),
                    it.team().map(team -> " by " + team).orElse(""),
                    it.withdrawn() ? " withdrawn" : ""));
      }
    }
    return told;
  }

  private static List<String> refused(Page page) {
    return page.rejected().stream().map(it -> it.reason() + ": " + it.detail()).toList();
  }

  /** With a weight beside each text. */
  private static Map<String, Object> weighted(String id, List<String> texts, int... weights) {
    List<Map<String, Object>> choices = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      Map<String, Object> each = new TreeMap<>(choice(id, i + 1, texts.get(i)));
      each.put("weight", weights[i]);
      choices.add(each);
    }
    return question(id, "?", "matrix", "rating", choices, List.of(Map.of("id", id + "900")));
  }

  @Test
  void elevenPointsInARowAreARecommendationByTheNumberInTheText() throws Exception {
    vendor.survey(
        "318",
        List.of(
            weighted(
                "77",
                List.of(
                    "0 - Not at all likely",
                    "1",
                    "2",
                    "3",
                    "4",
                    "5",
                    "6",
                    "7",
                    "8",
                    "9",
                    "10 - Extremely likely"),
                -100,
                -100,
                -100,
                -100,
                -100,
                -100,
                -100,
                0,
                0,
                100,
                100)));
    responds("1", NINE, "completed", Map.of(), List.of(chosen("77", 11)));
    responds("2", NINE.plusSeconds(1), "completed", Map.of(), List.of(chosen("77", 8)));

    assertThat(told(page(Asked.of("318")))).containsExactly("nps 10 of 0-10", "nps 7 of 0-10");
  }

  @Test
  void elevenPointsWithoutNumbersCountByTheirPlaces() throws Exception {
    vendor.survey("318", List.of(rating("77", "?", "abcdefghijk".split(""))));
    responds(Map.of(), List.of(chosen("77", 1)));

    assertThat(told(page(Asked.of("318")))).containsExactly("nps 0 of 0-10");
  }

  @Test
  void starsCountByTheirWeightsWhereTheseArePointsAndByTheirPlacesOtherwise() throws Exception {
    vendor.survey(
        "318",
        List.of(
            weighted("71", List.of("great", "good", "fair", "poor", "bad"), 5, 4, 3, 2, 1),
            weighted("72", List.of("bad", "fair", "good", "great", "best"), -2, -1, 0, 1, 2)));
    responds(Map.of(), List.of(chosen("71", 1), chosen("72", 4)));

    assertThat(
            told(
                page(
                    asking(
                        Map.of("71", Question.of(Survey.CSAT), "72", Question.of(Survey.CSAT))))))
        .containsExactly("csat 5 of 1-5", "csat 4 of 1-5");
  }

  @Test
  void notApplicableIsNoScoreAndNoPointOfTheScale() throws Exception {
    List<Map<String, Object>> choices = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      choices.add(choice("77", i, "" + i));
    }
    Map<String, Object> never = new TreeMap<>(choice("77", 6, "N/A"));
    never.put("is_na", true);
    choices.add(never);
    vendor.survey(
        "318",
        List.of(question("77", "?", "matrix", "rating", choices, List.of(Map.of("id", "77900")))));
    responds("1", NINE, "completed", Map.of(), List.of(chosen("77", 6)));
    responds("2", NINE.plusSeconds(1), "completed", Map.of(), List.of(chosen("77", 5)));

    Page page = page(asking(Map.of("77", Question.of(Survey.CSAT))));

    assertThat(told(page)).containsExactly("csat 5 of 1-5");
    assertThat(page.rejected()).isEmpty();
  }

  @Test
  void eachRowOfAMatrixIsAnAnswerOfItsOwnAndMayBeNamedAlone() throws Exception {
    List<Map<String, Object>> choices = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      choices.add(choice("77", i, "" + i));
    }
    vendor.survey(
        "318",
        List.of(
            question(
                "77",
                "?",
                "matrix",
                "rating",
                choices,
                List.of(Map.of("id", "901"), Map.of("id", "902")))));
    responds(
        Map.of(),
        List.of(
            Map.of(
                "id",
                "77",
                "answers",
                List.of(
                    Map.of("choice_id", "774", "row_id", "901"),
                    Map.of("choice_id", "772", "row_id", "902")))));

    assertThat(told(page(asking(Map.of("77", Question.of(Survey.CSAT))))))
        .containsExactly("csat 4 of 1-5", "csat 2 of 1-5");
    assertThat(told(page(asking(Map.of("77/902", Question.of(Survey.CSAT))))))
        .containsExactly("csat 2 of 1-5");
  }

  @Test
  void choicesCountByWhatTheyAreConfiguredToScoreByIdOrText() throws Exception {
    vendor.survey(
        "318",
        List.of(
            question(
                "77",
                "<b>How</b> did it go?",
                "single_choice",
                "vertical",
                List.of(choice("77", 1, "Fine"), choice("77", 2, "Badly"), choice("77", 3, "So")),
                List.of())));
    responds("1", NINE, "completed", Map.of(), List.of(answered("77", Map.of("choice_id", "771"))));
    responds(
        "2",
        NINE.plusSeconds(1),
        "completed",
        Map.of(),
        List.of(answered("77", Map.of("choice_id", "772"))));
    responds(
        "3",
        NINE.plusSeconds(2),
        "completed",
        Map.of(),
        List.of(answered("77", Map.of("choice_id", "773"))));

    Page page = page(asking(Map.of("how did*", scored(Survey.CSAT, Map.of("fine", 5, "772", 1)))));

    assertThat(told(page)).containsExactly("csat 5 of 1-5", "csat 1 of 1-5");
    assertThat(refused(page))
        .containsExactly(
            "unmapped_choice: a choice that has no score; name it under scores of this question");
  }

  @Test
  void aSliderIsANumberAndATextIsNone() throws Exception {
    Map<String, Object> slider =
        new TreeMap<>(question("77", "?", "open_ended", "single", List.of(), List.of()));
    slider.put("display_options", Map.of("display_type", "slider"));
    slider.put("validation", Map.of("min", 0, "max", 10));
    vendor.survey("318", List.of(slider));
    responds("1", NINE, "completed", Map.of(), List.of(answered("77", Map.of("text", "9"))));
    responds(
        "2",
        NINE.plusSeconds(1),
        "completed",
        Map.of(),
        List.of(answered("77", Map.of("text", "what a customer wrote"))));

    Page page = page(asking(Map.of("77", Question.of(Survey.NPS))));

    assertThat(told(page)).containsExactly("nps 9 of 0-10");
    assertThat(refused(page))
        .containsExactly("no_score: expected a choice or a number as the answer");
  }

  @Test
  void tenStarsAreRefusedWithAReasonUntilEachHasAScore() throws Exception {
    vendor.survey("318", List.of(rating("77", "?", "abcdefghij".split(""))));
    responds(Map.of(), List.of(chosen("77", 9)));

    assertThat(refused(page(asking(Map.of("77", Question.of(Survey.CSAT))))).getFirst())
        .startsWith("no_scale: csat is asked on 1-10 and has the scales 1-5");
    assertThat(told(page(asking(Map.of("77", scored(Survey.CSAT, Map.of("9", 5)))))))
        .containsExactly("csat 5 of 1-5");
  }

  @Test
  void onlyWhatWasCompletedByAPersonCountsAndIsTakenBackIfDisqualified() throws Exception {
    vendor.survey("318", List.of(rating("77", "?", ELEVEN)));
    List<Map<String, Object>> nine = List.of(chosen("77", 10));
    int second = 0;
    for (String status : List.of("partial", "completed", "disqualified", "overquota")) {
      responds(status, NINE.plusSeconds(++second), status, Map.of(), nine);
    }
    for (String mode : List.of("edit", "preview", "survey_preview", "data_entry")) {
      responds(
          mode, NINE.plusSeconds(++second), "completed", Map.of("collection_mode", mode), nine);
    }

    assertThat(told(page(Asked.of("318"))))
        .containsExactly(
            "nps 9 of 0-10", "nps 9 of 0-10 withdrawn", "nps 9 of 0-10 withdrawn", "nps 9 of 0-10");
  }

  @Test
  void itWasGivenAfterTheTimeThatItTookHoweverItIsChangedLater() throws Exception {
    vendor.survey("318", List.of(rating("77", "?", ELEVEN)));
    responds("1", NINE, "completed", Map.of(), List.of(chosen("77", 1)));
    Reading reading = new Reading(100);
    try (Source source = vendor.source(100, Asked.of("318"))) {
      reading.goOn(source);
      vendor.respond(
          "318",
          vendor
              .response("318", "1")
              .but(NINE.plus(Duration.ofHours(9)), "completed", List.of(chosen("77", 11))));
      time.advance(Duration.ofHours(10));
      reading.goOn(source);
    }

    assertThat(reading.happenings().values())
        .singleElement()
        .isInstanceOfSatisfying(
            Answer.class,
            answer -> {
              assertThat(answer.at()).isEqualTo(NINE);
              assertThat(answer.score()).isEqualTo("10");
            });
  }

  @Test
  void teamsAndTicketsComeFromVariables() throws Exception {
    vendor.survey("318", List.of(rating("77", "?", ELEVEN)));
    List<Map<String, Object>> nine = List.of(chosen("77", 10));
    responds(
        "1",
        NINE,
        "completed",
        Map.of("custom_variables", Map.of("team", "Care", "ticket_id", "4711")),
        nine);
    responds("2", NINE.plusSeconds(1), "completed", Map.of("custom_value", "4711"), nine);
    responds(
        "3",
        NINE.plusSeconds(2),
        "completed",
        Map.of("metadata", Map.of("contact", Map.of("ticket_id", Map.of("value", "1")))),
        nine);
    responds("4", NINE.plusSeconds(3), "completed", Map.of(), nine);

    assertThat(told(page(Asked.of("318"))))
        .containsExactly(
            "nps 9 of 0-10 for transactional by Care",
            "nps 9 of 0-10 for transactional",
            "nps 9 of 0-10 for transactional",
            "nps 9 of 0-10");
    assertThat(told(page(new Asked("318", Optional.of("spring"), Map.of()))))
        .allSatisfy(each -> assertThat(each).contains("for spring"));
  }

  @Test
  void answersThatThePlanHidesAreSaidToBeHidden() throws Exception {
    vendor.survey("318", List.of(rating("77", "?", ELEVEN)));
    responds(Map.of("pages", List.of()), List.of());

    assertThat(refused(page(Asked.of("318"))))
        .containsExactly(
            "hidden_answers: pages: expected answers; the plan hides those above its cap");
  }

  @Test
  void nothingThatNamesAPersonIsTold() throws Exception {
    vendor.survey("318", List.of(rating("77", "?", ELEVEN)));
    responds(Map.of(), List.of(chosen("77", 10)));

    assertThat(page(Asked.of("318")).toString()).doesNotContain("203.0.113", "example.com");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSecondInWhichMoreChangedThanAPageHoldsIsReadWhole(boolean boundaryIsIncluded)
      throws Exception {
    vendor.boundaryIsIncluded = boundaryIsIncluded;
    vendor.survey("318", List.of(rating("77", "?", ELEVEN)));
    for (int i = 0; i < 7; i++) {
      responds("10" + i, NINE, "completed", Map.of(), List.of(chosen("77", 10)));
      responds("20" + i, NINE.plusSeconds(i), "completed", Map.of(), List.of(chosen("77", 10)));
    }
    Reading reading = new Reading(100);
    try (Source source = vendor.source(2, Asked.of("318"))) {
      reading.goOn(source);
    }

    assertThat(reading.happenings()).hasSize(14);
  }

  @Test
  void aResponseThatIsChangedWhilePagesAreTurnedHidesNoOther() throws Exception {
    vendor.survey("318", List.of(rating("77", "?", ELEVEN)));
    for (int i = 1; i <= 6; i++) {
      responds("" + i, NINE.plusSeconds(10 * i), "completed", Map.of(), List.of(chosen("77", 10)));
    }
    Reading reading = new Reading(100);
    try (Source source = vendor.source(2, Asked.of("318"))) {
      reading.page(source);
      vendor.respond(
          "318",
          vendor.response("318", "1").but(time.instant(), "completed", List.of(chosen("77", 1))));
      reading.goOn(source);
    }

    assertThat(reading.happenings()).hasSize(6);
  }

  @Test
  void aSurveyIsLookedAtNoOftenerThanTheDaysCallsSufficeFor() throws Exception {
    vendor.survey("318", List.of(rating("77", "?", ELEVEN)));
    responds(Map.of(), List.of(chosen("77", 10)));
    Reading reading = new Reading(20_000);
    try (Source source = vendor.source(100, Asked.of("318"))) {
      for (int i = 0; i < 24 * 60 * 2; i++) {
        reading.goOn(source);
        assertThat(reading.completeUntil().values())
            .as("not stale, because what it has not read yet does not count yet")
            .allSatisfy(until -> assertThat(until).isAfter(time.instant().minusSeconds(90)));
        time.advance(Duration.ofSeconds(30));
      }
      reading.goOn(source);
    }
    int before = vendor.requestCount();
    try (Source restarted = vendor.source(100, Asked.of("318"))) {
      reading.goOn(restarted);
    }

    assertThat(vendor.requestCount()).as("a restart is no reason for a look").isEqualTo(before);
    assertThat(vendor.requestCount()).isBetween(300, 370);
  }

  @Test
  void aDesignIsAskedForAgainWhenItDoesNotKnowAChoiceAndEarlierAnswersKeepTheirScale()
      throws Exception {
    vendor.survey("318", List.of(rating("77", "?", "a", "b", "c")));
    responds("1", NINE, "completed", Map.of(), List.of(chosen("77", 3)));
    Asked survey = asking(Map.of("77", Question.of(Survey.CSAT)));
    Reading reading = new Reading(100);
    try (Source source = vendor.source(100, survey)) {
      Stream stream = source.streams().getFirst();
      reading.goOn(source);
      vendor.survey("318", List.of(rating("77", "?", "a", "b", "c", "d", "e")));
      time.advance(Duration.ofHours(1));
      responds("2", time.instant(), "completed", Map.of(), List.of(chosen("77", 5)));

      Page next = source.fetch(stream, reading.cursor(stream));

      assertThat(told(next)).containsExactly("csat 3 of 1-3", "csat 5 of 1-5");
    }
  }
}
