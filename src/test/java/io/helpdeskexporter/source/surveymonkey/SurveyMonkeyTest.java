package io.helpdeskexporter.source.surveymonkey;

import static io.helpdeskexporter.source.surveymonkey.SimulatedSurveyMonkey.chosen;

import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.source.AnswerContract;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.survey.Question;
import io.helpdeskexporter.source.surveymonkey.SimulatedSurveyMonkey.Response;
import io.helpdeskexporter.source.surveymonkey.SurveyMonkeySettings.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class SurveyMonkeyTest extends AnswerContract {
  private static final Asked SURVEY =
      new Asked("318", Optional.empty(), Map.of("77", Question.of(Survey.CSAT)));

  @Override
  protected Map<Capability, String> lacks() {
    return Map.of(
        Capability.LATE_ADDITIONS,
        "SurveyMonkey itself dates each change when it is made, so none has an earlier time",
        Capability.DELETIONS,
        "a response that is deleted is just not listed any more; only webhooks tell of it");
  }

  @Override
  protected Surveys openSurveys() {
    return new Played();
  }

  private static final class Played implements Surveys {
    /** Longer than a survey rests between two looks. */
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final SimulatedTime time = new SimulatedTime(Instant.parse("2025-03-03T09:00:00Z"));
    private final SimulatedSurveyMonkey vendor = new SimulatedSurveyMonkey(time);
    private int number = 1_000;

    Played() {
      vendor.survey(
          SURVEY.id(),
          List.of(SimulatedSurveyMonkey.rating("77", "Are you?", "a", "b", "c", "d", "e")));
    }

    /** Begun a minute before it ended. */
    @Override
    public String answer(Instant at, int score) {
      String id = "" + ++number;
      time.advance(AN_HOUR);
      vendor.respond(
          SURVEY.id(),
          new Response(
              id, at.minusSeconds(60), at, "completed", Map.of(), List.of(chosen("77", score))));
      return "318/" + id + "/77/77900";
    }

    @Override
    public void change(String answer, Instant at, int score) {
      time.advance(AN_HOUR);
      String id = answer.split("/")[1];
      vendor.respond(
          SURVEY.id(),
          vendor.response(SURVEY.id(), id).but(at, "completed", List.of(chosen("77", score))));
    }

    @Override
    public void delete(String answer, Instant at) {
      time.advance(AN_HOUR);
      vendor.delete(SURVEY.id(), answer.split("/")[1]);
    }

    @Override
    public Source open() {
      return vendor.source(2, SURVEY);
    }

    @Override
    public Source openUnreachable() {
      return new SurveyMonkeySource(
          SimulatedSurveyMonkey.settings("http://127.0.0.1:1/v3", "t", 2, SURVEY), time, time);
    }

    @Override
    public void close() {
      vendor.close();
    }
  }
}
