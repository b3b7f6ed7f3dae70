package io.helpdeskexporter.source.typeform;

import static io.helpdeskexporter.source.typeform.SimulatedTypeform.answered;
import static io.helpdeskexporter.source.typeform.SimulatedTypeform.field;
import static io.helpdeskexporter.source.typeform.SimulatedTypeform.rating;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.Cutoff;
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
import io.helpdeskexporter.source.typeform.SimulatedTypeform.Response;
import io.helpdeskexporter.source.typeform.TypeformSettings.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of responses, and when. */
class TypeformAnswersTest {
  private static final Instant NINE = Instant.parse("2025-03-03T09:00:00Z");
  private static final String ID = "Qc7s9x";

  private final SimulatedTime time = new SimulatedTime(NINE.plus(Duration.ofHours(1)));
  private final SimulatedTypeform typeform = new SimulatedTypeform(time);

  @AfterEach
  void close() {
    typeform.close();
  }

  private static Form asking(Map<String, Question> questions) {
    return new Form(ID, Optional.empty(), questions);
  }

  private static Question scored(Survey survey, String scale, Map<String, Integer> scores) {
    return new Question(survey, Optional.of(scale), scores);
  }

  private void responds(Map<String, String> hidden, List<Map<String, Object>> answers) {
    typeform.respond(ID, "tok1", NINE, Duration.ZERO, hidden, answers);
  }

  private Page page(Form form) throws Exception {
    try (Source source = typeform.source(1_000, form)) {
      return source.fetch(source.streams().getFirst(), Cursor.START);
    }
  }

  private static List<String> told(Page page) {
    List<String> told = new ArrayList<>();
    for (Change change : page.changes()) {
      if (change instanceof Change.HappeningSeen(Answer it)) {
        told.add(
            "%s %s of %s%s%s"
                .formatted(
                    it.survey().label(),
                    it.score(),
                    it.scale().orElse("?"),
                    it.name().map(name -> " for " + name).orElse(""),
                    it.team().map(team -> " by " + team).orElse("")));
      }
    }
    return told;
  }

  private static List<String> refused(Page page) {
    return page.rejected().stream().map(it -> it.reason() + ": " + it.detail()).toList();
  }

  private static Map<String, Object> chosen(String id, String ref, Map<String, Object> choice) {
    return Map.of(
        "field",
        Map.of("id", id, "ref", ref, "type", "multiple_choice"),
        "type",
        "choice",
        "choice",
        choice);
  }

  @Test
  void aResponseTellsAnAnswerForEachQuestionThatCountsAndIgnoresTheOthers() throws Exception {
    typeform.form(
        ID,
        List.of(
            rating("aB1", "csat", 5),
            field("cD2", "nps", "nps", Map.of()),
            rating("xY9", "office", 10),
            field(
                "gG1",
                "g",
                "group",
                Map.of("fields", List.of(field("eF3", "solved", "yes_no", Map.of()))))));
    responds(
        Map.of("team", "Care", "agent", "ada"),
        List.of(
            answered("aB1", "csat", "rating", 4),
            answered("cD2", "nps", "nps", 9),
            answered("xY9", "office", "rating", 10),
            Map.of(
                "field",
                Map.of("id", "eF3", "ref", "solved", "type", "yes_no"),
                "type",
                "boolean",
                "boolean",
                true),
            Map.of(
                "field", Map.of("id", "iJ5", "ref", "why", "type", "long_text"),
                "type", "text",
                "text", "what a customer wrote")));

    Page page =
        page(asking(Map.of("csat", Question.of(Survey.CSAT), "solved", Question.of(Survey.FCR))));

    assertThat(told(page))
        .containsExactly(
            "csat 4 of 1-5 by Care", "nps 9 of 0-10 by Care", "fcr 1 of binary by Care");
    assertThat(page.rejected()).isEmpty();
    assertThat(page.toString()).doesNotContain("what a customer wrote", "ada");
  }

  @Test
  void aQuestionIsKnownByItsIdWhereItsRefIsAnother() throws Exception {
    typeform.form(ID, List.of(rating("aB1", "renamed", 5)));
    responds(Map.of(), List.of(answered("aB1", "renamed", "rating", 4)));

    assertThat(told(page(asking(Map.of("aB1", Question.of(Survey.CSAT))))))
        .containsExactly("csat 4 of 1-5");
  }

  @Test
  void scalesAreThoseOfTheFormWhichResponsesDoNotTell() throws Exception {
    typeform.form(
        ID,
        List.of(
            field("a", "zero", "opinion_scale", Map.of("steps", 6, "start_at_one", false)),
            field("b", "seven", "opinion_scale", Map.of("steps", 7, "start_at_one", true)),
            field("c", "eleven", "opinion_scale", Map.of("steps", 11)),
            rating("d", "three", 3)));
    responds(
        Map.of(),
        List.of(
            answered("a", "zero", "opinion_scale", 0),
            answered("b", "seven", "opinion_scale", 7),
            answered("c", "eleven", "opinion_scale", 10),
            answered("d", "three", "rating", 2)));

    assertThat(
            told(
                page(
                    asking(
                        Map.of(
                            "zero", Question.of(Survey.CSAT),
                            "seven", Question.of(Survey.CES),
                            "eleven", Question.of(Survey.NPS),
                            "three", Question.of(Survey.CSAT))))))
        .containsExactly("csat 0 of 0-5", "ces 7 of 1-7", "nps 10 of 0-10", "csat 2 of 1-3");
  }

  @Test
  void tenStarsAreRefusedWithAReasonUntilEachHasAScore() throws Exception {
    typeform.form(ID, List.of(rating("aB1", "csat", 10)));
    responds(Map.of(), List.of(answered("aB1", "csat", "rating", 9)));

    Page refused = page(asking(Map.of("csat", Question.of(Survey.CSAT))));
    Page mapped = page(asking(Map.of("csat", scored(Survey.CSAT, "1-5", Map.of("9", 5, "10", 5)))));

    assertThat(told(refused)).isEmpty();
    assertThat(refused(refused))
        .containsExactly(
            "no_scale: csat is asked on 1-10 and has the scales 1-5, 0-5, binary, 1-3, 1-4; say"
                + " under scores what each number is worth");
    assertThat(told(mapped)).containsExactly("csat 5 of 1-5");
  }

  @Test
  void effortOnFivePointsIsNeverGuessedBecauseItsOldScaleIsTheOtherWayRound() throws Exception {
    typeform.form(ID, List.of(rating("aB1", "ease", 5)));
    responds(Map.of(), List.of(answered("aB1", "ease", "rating", 4)));

    assertThat(refused(page(asking(Map.of("ease", Question.of(Survey.CES))))).getFirst())
        .startsWith("no_scale: ces is asked on 1-5; if 1 is the best, say scale: 1-5");
    assertThat(told(page(asking(Map.of("ease", scored(Survey.CES, "1-5", Map.of()))))))
        .containsExactly("ces 4 of 1-5");
  }

  @Test
  void choicesCountByWhatTheyAreConfiguredToScore() throws Exception {
    Question mood =
        new Question(Survey.CSAT, Optional.empty(), Map.of("happy", 5, "r2", 3, "nL3", 1));
    typeform.form(ID, List.of(field("gH4", "mood", "multiple_choice", Map.of())));
    List<Map<String, Object>> choices =
        List.of(
            Map.of("id", "nL1", "ref", "r1", "label", "Happy"),
            Map.of("id", "nL2", "ref", "r2", "label", "So, so"),
            Map.of("id", "nL3", "ref", "r3", "label", "Unhappy"),
            Map.of("other", "what a customer wrote"));
    for (int i = 0; i < choices.size(); i++) {
      typeform.respond(
          ID,
          "tok" + i,
          NINE.minusSeconds(i),
          Duration.ZERO,
          Map.of(),
          List.of(chosen("gH4", "mood", choices.get(i))));
    }

    Page page = page(asking(Map.of("mood", mood)));

    assertThat(told(page)).containsExactly("csat 5 of 1-5", "csat 3 of 1-5", "csat 1 of 1-5");
    assertThat(refused(page))
        .singleElement()
        .asString()
        .startsWith("unmapped_choice")
        .doesNotContain("what a customer wrote");
  }

  @Test
  void whatWasNotSubmittedOrSkippedTellsNothing() throws Exception {
    typeform.form(ID, List.of(field("cD2", "nps", "nps", Map.of())));
    Map<String, Object> nine = answered("cD2", "nps", "nps", 9);
    typeform.respond(
        ID,
        new Response(
            "never",
            NINE,
            NINE,
            "completed",
            Map.of(),
            List.of(nine),
            Map.of("submitted_at", "0001-01-01T00:00:00Z")));
    typeform.respond(
        ID, new Response("begun", NINE, NINE, "partial", Map.of(), List.of(nine), Map.of()));
    typeform.respond(
        ID, new Response("skipped", NINE, NINE, "completed", Map.of(), List.of(), Map.of()));

    Page page = page(Form.of(ID));

    assertThat(told(page)).isEmpty();
    assertThat(page.rejected()).isEmpty();
  }

  @Test
  void aRecommendationAfterATicketIsTransactionalUnlessTheFormHasAName() throws Exception {
    typeform.form(ID, List.of(field("cD2", "nps", "nps", Map.of())));
    List<Map<String, Object>> nine = List.of(answered("cD2", "nps", "nps", 9));
    typeform.respond(ID, "t3", NINE, Duration.ZERO, Map.of("ticket_id", "4711"), nine);
    typeform.respond(
        ID,
        new Response(
            "t2",
            NINE.minusSeconds(1),
            NINE,
            "completed",
            Map.of(),
            nine,
            Map.of("variables", List.of(Map.of("key", "ticket_id", "type", "text", "text", "1")))));
    typeform.respond(ID, "t1", NINE.minusSeconds(2), Duration.ZERO, Map.of("Ticket_ID", "1"), nine);

    assertThat(told(page(Form.of(ID))))
        .containsExactly(
            "nps 9 of 0-10 for transactional", "nps 9 of 0-10 for transactional", "nps 9 of 0-10");
    assertThat(told(page(new Form(ID, Optional.of("spring"), Map.of()))))
        .containsOnly("nps 9 of 0-10 for spring");
  }

  @Test
  void aBadResponseIsLeftOutOnceAndTheOthersAreRead() throws Exception {
    typeform.form(ID, List.of(field("cD2", "nps", "nps", Map.of())));
    List<Map<String, Object>> nine = List.of(answered("cD2", "nps", "nps", 9));
    typeform.respond(ID, "good", NINE, Duration.ZERO, Map.of(), nine);
    typeform.respond(
        ID,
        new Response(
            "bad", NINE, NINE, "completed", Map.of(), nine, Map.of("submitted_at", "yesterday")));
    typeform.respond(
        ID, "off", NINE, Duration.ZERO, Map.of(), List.of(answered("cD2", "nps", "nps", 11)));

    try (Source source = typeform.source(1_000, Form.of(ID))) {
      Stream form = source.streams().getFirst();
      Page first = source.fetch(form, Cursor.START);
      Page again = source.fetch(form, first.next());

      assertThat(told(first)).containsExactly("nps 9 of 0-10");
      assertThat(refused(first))
          .containsExactlyInAnyOrder(
              "bad_date: submitted_at: expected a time such as 2025-03-03T09:00:00Z",
              "bad_score: expected a number of the scale 0-10");
      assertThat(told(again)).as("within the overlap").isNotEmpty();
      assertThat(again.rejected()).as("told already").isEmpty();
    }
  }

  @Test
  void whatIsShownHalfAnHourLateIsFoundAlthoughNewerOnesWereRead() throws Exception {
    typeform.form(ID, List.of(field("cD2", "nps", "nps", Map.of())));
    List<Map<String, Object>> nine = List.of(answered("cD2", "nps", "nps", 9));
    typeform.respond(ID, "late", NINE.plusSeconds(2_000), Duration.ofMinutes(30), Map.of(), nine);
    typeform.respond(ID, "newer", NINE.plusSeconds(3_000), Duration.ZERO, Map.of(), nine);
    Reading reading = new Reading(100);
    try (Source source = typeform.source(1_000, Form.of(ID))) {
      reading.goOn(source);
      assertThat(reading.happenings()).hasSize(1);

      time.set(NINE.plusSeconds(4_000));
      reading.goOn(source);

      assertThat(reading.happenings()).hasSize(2);
    }
  }

  @Test
  void aSecondInWhichMoreAnsweredThanAPageHoldsEndsNoWalk() throws Exception {
    typeform.form(ID, List.of(field("cD2", "nps", "nps", Map.of())));
    List<Map<String, Object>> nine = List.of(answered("cD2", "nps", "nps", 9));
    for (int i = 0; i < 7; i++) {
      typeform.respond(ID, "same" + i, NINE, Duration.ZERO, Map.of(), nine);
      typeform.respond(ID, "older" + i, NINE.minusSeconds(i), Duration.ZERO, Map.of(), nine);
      typeform.respond(ID, "newer" + i, NINE.plusSeconds(i), Duration.ZERO, Map.of(), nine);
    }
    Reading reading = new Reading(100);
    try (Source source = typeform.source(2, Form.of(ID))) {
      reading.goOn(source);
    }

    assertThat(reading.happenings()).hasSize(21);
  }

  @Test
  void questionsAreAskedForOnlyWhenThereIsANewerResponseAndEarlierOnesKeepTheirScale()
      throws Exception {
    typeform.form(ID, List.of(rating("aB1", "csat", 5)));
    typeform.respond(
        ID, "t1", NINE, Duration.ZERO, Map.of(), List.of(answered("aB1", "csat", "rating", 4)));
    Form form = asking(Map.of("csat", Question.of(Survey.CSAT)));
    Reading reading = new Reading(100);
    try (Source source = typeform.source(1_000, form)) {
      reading.goOn(source);
      reading.goOn(source);
      reading.goOn(source);
      assertThat(typeform.requests())
          .isEqualTo(Map.of("/forms/{id}", 1, "/forms/{id}/responses", 3));

      // The author makes three stars of the five, and the next customer chooses all of them.
      typeform.form(ID, List.of(rating("aB1", "csat", 3)));
      time.advance(Duration.ofMinutes(1));
      typeform.respond(
          ID,
          "t2",
          time.instant(),
          Duration.ZERO,
          Map.of(),
          List.of(answered("aB1", "csat", "rating", 3)));
      reading.goOn(source);
    }

    assertThat(reading.happenings().get("Answer Qc7s9x/t2/aB1"))
        .isInstanceOfSatisfying(Answer.class, answer -> assertThat(answer.scale()).contains("1-3"));
    assertThat(reading.happenings().get("Answer Qc7s9x/t1/aB1"))
        .isInstanceOfSatisfying(Answer.class, answer -> assertThat(answer.scale()).contains("1-5"));
    assertThat(reading.contradictions()).isEmpty();
  }

  @Test
  void aPageThatTakesTooLongIsAskedForInHalves() throws Exception {
    typeform.form(ID, List.of(field("cD2", "nps", "nps", Map.of())));
    responds(Map.of(), List.of(answered("cD2", "nps", "nps", 9)));
    typeform.patience = 300;

    assertThat(told(page(Form.of(ID)))).containsExactly("nps 9 of 0-10");
    assertThat(typeform.lastQuery).get().asString().contains("page_size=[250]");
  }

  @Test
  void whatWasAnsweredBeforeTheStartIsNotAskedFor() throws Exception {
    typeform.form(ID, List.of(field("cD2", "nps", "nps", Map.of())));
    responds(Map.of(), List.of(answered("cD2", "nps", "nps", 9)));
    TypeformSettings all =
        SimulatedTypeform.settings(typeform.url(), SimulatedTypeform.TOKEN, 10, Form.of(ID));
    TypeformSettings later =
        new TypeformSettings(
            all.url(),
            all.token(),
            all.oauth(),
            all.forms(),
            Optional.of(Cutoff.parse("2025-03-04")),
            all.teamField(),
            all.ticketField(),
            all.useAtMost(),
            all.pageSize(),
            all.overlap(),
            all.timeout());

    try (Source source = new TypeformSource(later, time, time)) {
      assertThat(told(source.fetch(source.streams().getFirst(), Cursor.START))).isEmpty();
    }
  }
}
