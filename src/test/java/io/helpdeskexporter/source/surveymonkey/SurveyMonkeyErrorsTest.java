package io.helpdeskexporter.source.surveymonkey;

import static io.helpdeskexporter.source.surveymonkey.SimulatedSurveyMonkey.chosen;
import static io.helpdeskexporter.source.surveymonkey.SimulatedSurveyMonkey.error;
import static io.helpdeskexporter.source.surveymonkey.SimulatedSurveyMonkey.rating;
import static io.helpdeskexporter.source.surveymonkey.SimulatedSurveyMonkey.settings;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.Told;
import io.helpdeskexporter.source.survey.Question;
import io.helpdeskexporter.source.surveymonkey.SimulatedSurveyMonkey.Response;
import io.helpdeskexporter.source.surveymonkey.SurveyMonkeySettings.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator is told. */
class SurveyMonkeyErrorsTest {
  private static final Instant NINE = Instant.parse("2025-03-03T09:00:00Z");

  private final SimulatedTime time = new SimulatedTime(NINE);
  private final SimulatedSurveyMonkey vendor = new SimulatedSurveyMonkey(time);

  @BeforeEach
  void open() {
    vendor.survey("318", List.of(rating("77", "Well?", "a", "b", "c", "d", "e")));
  }

  @AfterEach
  void close() {
    vendor.close();
  }

  private SourceException inspecting(String url, String token) throws Exception {
    try (Source source =
        new SurveyMonkeySource(settings(url, token, 10, Asked.of("318")), time, time)) {
      return requireNonNull(catchThrowableOfType(SourceException.class, source::inspect));
    }
  }

  private SourceException inspecting() throws Exception {
    return inspecting(vendor.url() + "/v3", SimulatedSurveyMonkey.TOKEN);
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  @Test
  void aWrongTokenIsSaidToBeOneWithoutBeingShown() throws Exception {
    assertThat(inspecting(vendor.url() + "/v3", "wrong-token"))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("refuses the token (401, error 1010)")
        .hasMessageContaining("Draft apps end after 90 days")
        .hasMessageNotContainingAny("wrong-token", "what a customer wrote");
    assertThat(vendor.requestCount()).as("no storm").isEqualTo(1);
  }

  @Test
  void aScopeThatIsMissingIsNamedAsSoonAsAnAnswerTellsOfIt() throws Exception {
    vendor.scopes = "surveys_read,responses_read";

    assertThat(inspecting())
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("the app lacks the scopes responses_read_detail");
  }

  @Test
  void anotherDataCentreIsToldWithTheAddressesThereAre() throws Exception {
    vendor.refuse("318", error(403, 1018));

    assertThat(inspecting())
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("https://api.eu.surveymonkey.com/v3 for the EU");
  }

  @Test
  void aPageInsteadOfAnAnswerIsAWrongPath() throws Exception {
    assertThat(inspecting(vendor.url(), SimulatedSurveyMonkey.TOKEN))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("does url end in /v3");
  }

  @Test
  void aRevokedAppIsToldWhateverTheStatus() throws Exception {
    vendor.refuse("318", Told.json(Map.of("status", 1, "errmsg", "Client revoked access grant")));

    assertThat(inspecting())
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("authorise it again under My Apps");
  }

  @Test
  void anAccountThatIsGoneIsSaidToBe() throws Exception {
    vendor.refuse("318", error(410, 1053));

    assertThat(inspecting()).hasMessageContaining("the account was deleted");
  }

  @ParameterizedTest
  @ValueSource(ints = {1015, 1016, 1017, 1020, 1030})
  void aSurveyThatMayNotBeReadIsSeenAndTheOthersAreRead(int id) throws Exception {
    vendor.survey("2", List.of());
    vendor.refuse("2", error(id == 1020 ? 404 : id == 1030 ? 413 : 403, id));
    vendor.respond(
        "318", new Response("1", NINE, NINE, "completed", Map.of(), List.of(chosen("77", 4))));
    Asked read = new Asked("318", Optional.empty(), Map.of("77", Question.of(Survey.CSAT)));
    try (Source source = vendor.source(10, Asked.of("2"), read)) {
      Page gone = source.fetch(source.streams().getFirst(), Cursor.START);
      Page page = source.fetch(source.streams().getLast(), Cursor.START);

      assertThat(gone.completeUntil()).isPresent();
      assertThat(gone.readings()).containsEntry("surveys_gone", 1.0);
      assertThat(page.changes()).hasSize(1);
      assertThat(source.inspect().notes().getFirst()).contains("survey 2 cannot be read");
    }
  }

  @Test
  void ifNoSurveyCanBeReadTheSourceFails() throws Exception {
    vendor.refuse("318", error(404, 1020));
    try (Source source = vendor.source(10, Asked.of("318"))) {
      assertThat(
              catchThrowableOfType(
                  SourceException.class,
                  () -> source.fetch(source.streams().getFirst(), Cursor.START)))
          .isInstanceOf(SourceException.Misconfigured.class)
          .hasMessageContaining("there is none of this number, or it was deleted (1020)");
    }
  }

  @Test
  void whenTheDayIsUsedUpItSaysForHowLong() throws Exception {
    vendor.callsADay = 3;
    Cursor cursor = Cursor.START;
    SourceException last = null;
    try (Source source = vendor.source(1, Asked.of("318"))) {
      for (int i = 0; i < 9; i++) {
        vendor.respond(
            "318",
            new Response("" + i, NINE, NINE.plusSeconds(i), "completed", Map.of(), List.of()));
      }
      while (last == null) {
        Cursor from = cursor;
        try {
          cursor = source.fetch(source.streams().getFirst(), from).next();
        } catch (SourceException e) {
          last = e;
        }
      }
    }

    assertThat(last)
        .isInstanceOfSatisfying(
            SourceException.Unavailable.class,
            e -> assertThat(e.retryAfter().orElseThrow()).isBetween(hours(20), hours(24)))
        .hasMessageContaining("the budget of day calls is used up");
    assertThat(vendor.requestCount()).as("none that would be refused").isLessThanOrEqualTo(3);
  }

  @Test
  void anInspectionTellsWhatIsReadWhatCouldBeAndHowOften() throws Exception {
    vendor.survey(
        "318",
        List.of(
            rating("77", "Well?", "a", "b", "c", "d", "e"),
            rating("78", "Stars?", "abcdefghij".split("")),
            rating("79", "Likely?", "0 1 2 3 4 5 6 7 8 9 10".split(" ")),
            rating("80", "Easy?", "abcdefg".split(""))));
    Asked survey =
        new Asked(
            "318",
            Optional.empty(),
            Map.of(
                "well?", Question.of(Survey.CSAT),
                "78", Question.of(Survey.CSAT),
                "Wel?", Question.of(Survey.CSAT)));
    try (Source source = vendor.source(10, survey)) {
      assertThat(source.inspect().notes())
          .containsExactly(
              "survey 318: reads 77 (csat on 1-5), 79 (nps on 0-10); not read, unless named under"
                  + " questions: 80 (matrix)",
              "survey 318, question 78: no answer counts: csat is asked on 1-10 and has the scales"
                  + " 1-5, 0-5, binary, 1-3, 1-4; say under scores what each number is worth",
              "survey 318 has no question with the id or heading \"Wel?\"",
              "each survey is looked at every 5 minutes, so that 90% of the app's 500 calls a day"
                  + " suffice");
    }
  }

  @Test
  void settingsThatCannotBeRightAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("https://x", "t", 1))
        .withMessage("surveys: found none; allowed: at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("https://x", "t", 1, Asked.of("1"), Asked.of("1")))
        .withMessage("surveys: found \"1\" twice; allowed: once");
    assertThatIllegalArgumentException().isThrownBy(() -> Asked.of("../me"));
    assertThat(settings("https://x", "hush", 1, Asked.of("1")).toString()).doesNotContain("hush");
  }
}
