package io.helpdeskexporter.source.surveymonkey;

import static io.helpdeskexporter.source.surveymonkey.SimulatedSurveyMonkey.chosen;

import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.api.Act;
import io.helpdeskexporter.source.api.SimulatedApi;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.YearContract;
import io.helpdeskexporter.source.survey.Question;
import io.helpdeskexporter.source.surveymonkey.SimulatedSurveyMonkey.Response;
import io.helpdeskexporter.source.surveymonkey.SurveyMonkeySettings.Asked;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

class SurveyMonkeyYearTest extends YearContract {
  private static final Asked CSAT =
      new Asked("1", Optional.empty(), Map.of("11", Question.of(Survey.CSAT)));
  private static final Asked NPS = Asked.of("2");
  private static final Asked CES =
      new Asked("3", Optional.empty(), Map.of("*easy*", Question.of(Survey.CES)));

  @Override
  protected String name() {
    return "surveymonkey";
  }

  @Override
  protected Vendor openVendor(SimulatedTime time) {
    return new Surveys(time);
  }

  @Override
  protected int looks() {
    return 500;
  }

  /** Of half as many: their pages of a hundred, and a design, for each of three surveys. */
  @Override
  protected int mostCallsPerThousandChangedTickets() {
    return 36;
  }

  private static final class Surveys implements Vendor {
    private final SimulatedSurveyMonkey vendor;
    private final Map<Integer, String> rated = new HashMap<>();
    private long lastId = 13_376_000_000L;

    Surveys(SimulatedTime time) {
      vendor = new SimulatedSurveyMonkey(time);
      vendor.survey(CSAT.id(), List.of(SimulatedSurveyMonkey.rating("11", "Well?", points(1, 5))));
      vendor.survey(
          NPS.id(), List.of(SimulatedSurveyMonkey.rating("22", "Likely?", points(0, 10))));
      vendor.survey(
          CES.id(), List.of(SimulatedSurveyMonkey.rating("33", "Was it easy?", points(1, 7))));
    }

    private static String[] points(int least, int most) {
      return IntStream.rangeClosed(least, most).mapToObj(Integer::toString).toArray(String[]::new);
    }

    /** Responses are begun, ended, changed and disqualified. */
    @Override
    public void play(Act act) {
      switch (act) {
        case Act.Assigned it -> rated.computeIfAbsent(it.ticket(), _ -> begun(it.at()));
        case Act.Rated it when rated.containsKey(it.ticket()) ->
            change(it, "completed", it.good() ? 5 : 1);
        case Act.PrioritySet it when rated.containsKey(it.ticket()) ->
            change(it, "disqualified", 3);
        case Act.Noted it when rated.containsKey(it.ticket()) -> change(it, "completed", 4);
        case Act.StatusSet it when it.to() == Status.SOLVED ->
            respond(NPS, "22", it, 1 + it.ticket() % 11);
        case Act.StatusSet it when it.to() == Status.CLOSED ->
            respond(CES, "33", it, 1 + it.ticket() % 7);
        default -> {
          // Nobody is asked.
        }
      }
    }

    private String begun(Instant at) {
      String id = "" + ++lastId;
      vendor.respond(
          CSAT.id(), new Response(id, at, at, "partial", Map.of(), List.of(chosen("11", 2))));
      return id;
    }

    private void change(Act act, String status, int point) {
      Response before = vendor.response(CSAT.id(), String.valueOf(rated.get(act.ticket())));
      vendor.respond(CSAT.id(), before.but(act.at(), status, List.of(chosen("11", point))));
    }

    private void respond(Asked survey, String question, Act act, int point) {
      vendor.respond(
          survey.id(),
          new Response(
              "" + ++lastId,
              act.at().minusSeconds(60),
              act.at(),
              "completed",
              Map.of("custom_variables", Map.of("team", "T" + act.ticket() % 3)),
              List.of(chosen(question, point))));
    }

    @Override
    public SimulatedApi api() {
      return vendor;
    }

    @Override
    public Source open() {
      return vendor.source(3, CSAT, NPS, CES);
    }

    @Override
    public Source openAsUsual() {
      return vendor.source(100, CSAT, NPS, CES);
    }

    @Override
    public void close() {
      vendor.close();
    }
  }
}
