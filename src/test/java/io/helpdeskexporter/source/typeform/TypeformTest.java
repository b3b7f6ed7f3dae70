package io.helpdeskexporter.source.typeform;

import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.source.AnswerContract;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.survey.Question;
import io.helpdeskexporter.source.typeform.TypeformSettings.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class TypeformTest extends AnswerContract {
  private static final Form FORM =
      new Form("Qc7s9x", Optional.empty(), Map.of("csat", Question.of(Survey.CSAT)));

  @Override
  protected Map<Capability, String> lacks() {
    return Map.of(
        Capability.CHANGES,
        "Typeform's respondents cannot change what they submitted",
        Capability.DELETIONS,
        "a response that is deleted is just not listed any more, and is not announced");
  }

  @Override
  protected Surveys openSurveys() {
    return new Forms();
  }

  private static final class Forms implements Surveys {
    private final SimulatedTime time = new SimulatedTime(Instant.parse("2025-03-03T09:00:00Z"));
    private final SimulatedTypeform typeform = new SimulatedTypeform(time);
    private int number;

    Forms() {
      typeform.form(FORM.id(), List.of(SimulatedTypeform.rating("aB1", "csat", 5)));
    }

    @Override
    public String answer(Instant at, int score) {
      String token = "token" + ++number;
      if (at.isAfter(time.instant())) {
        time.set(at);
      }
      typeform.respond(
          FORM.id(),
          token,
          at,
          Duration.between(at, time.instant()),
          Map.of(),
          List.of(SimulatedTypeform.answered("aB1", "csat", "rating", score)));
      return "Qc7s9x/" + token + "/aB1";
    }

    @Override
    public void change(String answer, Instant at, int score) {}

    @Override
    public void delete(String answer, Instant at) {
      typeform.delete(FORM.id(), answer.split("/")[1]);
    }

    @Override
    public Source open() {
      return typeform.source(2, FORM);
    }

    @Override
    public Source openUnreachable() {
      return new TypeformSource(
          SimulatedTypeform.settings("http://127.0.0.1:1", "t", 2, FORM), time, time);
    }

    @Override
    public void close() {
      typeform.close();
    }
  }
}
