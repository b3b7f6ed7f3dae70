package io.helpdeskexporter.source.surveymonkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.domain.Happening.Answer;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.SimulatedApi;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.Told;
import io.helpdeskexporter.source.survey.Question;
import io.helpdeskexporter.source.surveymonkey.SurveyMonkeySettings.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/**
 * Plays back what SurveyMonkey really answered, kept beside the checkout. Where it is not there, a
 * line says so and nothing is tested.
 */
class SurveyMonkeySampleTest {
  private static final Path SAMPLES = Path.of("../shared/samples/surveymonkey");

  private final SimulatedTime time = new SimulatedTime(Instant.parse("2022-03-06T00:00:00Z"));

  @TestFactory
  List<DynamicTest> theSamplesAreUnderstood(TestReporter reporter) {
    if (!Files.isDirectory(SAMPLES)) {
      reporter.publishEntry(
          "the replay of SurveyMonkey was not run: it is not beside the checkout");
      return List.of();
    }
    return List.of(
        DynamicTest.dynamicTest("a walk of two pages", this::walk),
        DynamicTest.dynamicTest("a recommendation typed in by staff", this::recommendation),
        DynamicTest.dynamicTest("a choice by its text", this::choice),
        DynamicTest.dynamicTest("an empty survey", this::empty),
        DynamicTest.dynamicTest("a token that is refused", this::refused));
  }

  /** Sixteen answers on two pages, of which three are right. */
  private void walk() throws Exception {
    Question capital =
        new Question(
            Survey.FCR,
            Optional.empty(),
            Map.of("651763869", 1, "651763870", 0, "651763871", 0, "651763872", 0));
    Asked survey = new Asked("152299598", Optional.empty(), Map.of("84795226", capital));
    Reading reading = new Reading(10);
    try (Recording recording = new Recording(time);
        Source source = recording.source(survey)) {
      reading.goOn(source);

      assertThat(recording.unexpected()).isEmpty();
      assertThat(source.traffic().orElseThrow().remaining())
          .as("as the headers of the last page said")
          .containsOnlyKeys("day", "minute");
    }
    assertThat(answers(reading)).hasSize(16);
    assertThat(answers(reading).stream().filter(it -> it.score().equals("1"))).hasSize(3);
    assertThat(answers(reading).stream().map(Answer::at))
        .contains(Instant.parse("2018-05-31T23:25:42Z"));
  }

  private void recommendation() throws Exception {
    Asked survey = Asked.of("152299962");
    Reading reading = new Reading(10);
    try (Recording recording = new Recording(time);
        Source source = recording.source(survey)) {
      reading.goOn(source);
    }

    assertThat(answers(reading).stream().map(Answer::score))
        .containsExactlyInAnyOrder("2", "9", "6", "7");
    assertThat(answers(reading)).allSatisfy(it -> assertThat(it.survey()).isEqualTo(Survey.NPS));
  }

  private void choice() throws Exception {
    Question pets = new Question(Survey.CSAT, Optional.empty(), Map.of("3", 5, "4 or more", 1));
    Asked survey =
        new Asked("318754279", Optional.empty(), Map.of("how many pets do you have?", pets));
    Reading reading = new Reading(10);
    try (Recording recording = new Recording(time);
        Source source = recording.source(survey)) {
      reading.goOn(source);
    }

    assertThat(answers(reading).stream().map(it -> it.score() + " at " + it.at()))
        .containsExactlyInAnyOrder("5 at 2022-03-05T18:05:56Z", "5 at 2022-03-05T17:53:01Z");
  }

  private void empty() throws Exception {
    Reading reading = new Reading(10);
    try (Recording recording = new Recording(time);
        Source source = recording.source(Asked.of("152303492"))) {
      reading.goOn(source);
    }

    assertThat(answers(reading)).isEmpty();
  }

  private void refused() throws Exception {
    try (Recording recording = new Recording(time);
        Source source = recording.source(Asked.of("401"))) {
      assertThat(
              catchThrowableOfType(
                  SourceException.class,
                  () -> source.fetch(source.streams().getFirst(), Cursor.START)))
          .isInstanceOf(SourceException.Misconfigured.class)
          .hasMessageContaining("401, error 1011");
    }
  }

  private static List<Answer> answers(Reading reading) {
    return reading.happenings().values().stream().map(Answer.class::cast).toList();
  }

  /** Answers with what was recorded. */
  private static final class Recording extends SimulatedApi {
    Recording(SimulatedTime time) {
      super(time);
    }

    Source source(Asked survey) {
      SurveyMonkeySettings usual =
          SimulatedSurveyMonkey.settings(url() + "/v3", "token", 10, survey);
      return new SurveyMonkeySource(
          new SurveyMonkeySettings(
              usual.url(),
              usual.token(),
              usual.surveys(),
              Optional.empty(),
              usual.teamVariable(),
              usual.ticketVariable(),
              true,
              Share.parse("90%"),
              10,
              usual.timeout()),
          time,
          time);
    }

    @Override
    protected Told answer(io.helpdeskexporter.source.api.Asked asked) {
      boolean goesOn = asked.parameter("start_modified_at").isPresent();
      return switch (asked.path()) {
        case "/v3/surveys/152299598/responses/bulk" ->
            exchange(
                goesOn ? "http-bulk-per_page10-page2-last.txt" : "http-bulk-per_page10-page1.txt");
        case "/v3/surveys/152299962/responses/bulk" -> exchange("http-bulk-csat-template.txt");
        case "/v3/surveys/152303492/responses/bulk" -> exchange("http-bulk-empty.txt");
        case "/v3/surveys/401/responses/bulk" -> exchange("http-error-401.txt");
        case "/v3/surveys/318754279/responses/bulk" -> json(text("responses-bulk-318754279.json"));
        case "/v3/surveys/318754279/details" -> json(text("survey-details-318754279.json"));
        // Its design was not recorded; that it has eleven choices in one row is told by their ids.
        case "/v3/surveys/152299962/details" -> json(recommendation());
        case "/v3/surveys/152299598/details" -> json("{\"pages\":[]}");
        default -> unknown(asked);
      };
    }

    private static String recommendation() {
      StringBuilder choices = new StringBuilder();
      for (int i = 0; i <= 10; i++) {
        choices.append(i == 0 ? "" : ",");
        choices.append(
            "{\"id\":\"%d\",\"position\":%d,\"text\":\"%d\"}".formatted(651783271 + i, i + 1, i));
      }
      return """
      {"pages":[{"questions":[{"id":"84798110","family":"matrix","subtype":"rating",
        "answers":{"rows":[{"id":"651783270"}],"choices":[%s]}}]}]}
      """
          .formatted(choices);
    }

    private static Told json(String body) {
      return Told.text(200, "application/json", body);
    }

    /** The request, the head of the answer, its body, with empty lines between them. */
    private static Told exchange(String file) {
      String[] parts = text(file).split("\n\n", 3);
      String[] head = parts[1].split("\n");
      Told told = Told.text(Integer.parseInt(head[0].split(" ")[1]), "application/json", parts[2]);
      for (String line : head) {
        if (line.startsWith("x-")) {
          int colon = line.indexOf(':');
          told = told.with(line.substring(0, colon), line.substring(colon + 1).strip());
        }
      }
      return told;
    }

    private static String text(String file) {
      try {
        return Files.readString(SAMPLES.resolve(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
