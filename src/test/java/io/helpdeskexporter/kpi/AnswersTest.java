package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.facts.Story.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.helpdeskexporter.domain.Happening.Answer;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Definitions.EffortScale;
import io.helpdeskexporter.facts.Definitions.Neutral;
import io.helpdeskexporter.facts.Definitions.Surveys;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Answers to surveys that are about no ticket. */
class AnswersTest {
  private int number;

  private Answer answer(String at, Survey survey, String score) {
    return answer(at, survey, score, Optional.empty(), Optional.empty());
  }

  private Answer answer(
      String at, Survey survey, String score, Optional<String> scale, Optional<String> name) {
    Stamp stamp = Stamp.of("r" + ++number, at(at));
    return new Answer(stamp, survey, name, score, scale, Optional.of("grp-7"), false);
  }

  @Test
  void countADayAfterTheyWereGivenForTheTeamTheyName() {
    Answer given = answer("Mon 09:00", Survey.CSAT, "5");

    assertThat(Traced.of("Tue 08:59", given).count("csat_responses")).isZero();
    assertThat(Traced.of("Tue 08:59", given).changesAt()).contains(at("Tue 09:00"));
    Traced known = Traced.of("Tue 09:00", given);
    assertThat(known.dated("csat_responses")).containsExactly(at("Mon 09:00"));
    assertThat(known.details("csat_responses")).containsExactly("5");
    assertThat(known.teams("csat_responses")).containsExactly("care");
    assertThat(known.changesAt()).isEmpty();
  }

  @Test
  void onRecommendationAreRelationalOrOfTheSurveyTheyName() {
    Traced seen =
        Traced.of(
            "Wed 12:00",
            answer("Mon 09:00", Survey.NPS, "9"),
            answer("Mon 10:00", Survey.NPS, "7"),
            answer("Mon 11:00", Survey.NPS, "0", Optional.empty(), Optional.of("spring")));

    assertThat(seen.details("nps_responses"))
        .containsExactly(
            Detail.of("promoter", "relational"),
            Detail.of("passive", "relational"),
            Detail.of("detractor", "spring"));
  }

  @Test
  void areJudgedAsThoseAboutTicketsAre() {
    Definitions definitions =
        Definitions.DEFAULT
            .but()
            .surveys(new Surveys(Neutral.EXCLUDE, 6, EffortScale.V1_REVERSED))
            .build();
    Traced seen =
        Traced.of(
            definitions,
            List.of(),
            "Wed 12:00",
            answer("Mon 09:00", Survey.CSAT, "3"),
            answer("Mon 10:00", Survey.CSAT, "bad"),
            answer("Mon 11:00", Survey.CES, "1"),
            answer("Mon 12:00", Survey.CES, "5", Optional.of("1-7"), Optional.empty()),
            answer("Mon 13:00", Survey.CES, "7"));

    assertThat(seen.details("csat_responses")).containsExactly("1");
    assertThat(seen.values("csat_negative_responses")).containsExactly(1L);
    assertThat(seen.details("ces_responses")).containsExactly("7", "5");
    assertThat(seen.values("ces_responses")).containsExactly(1L, 0L);
    assertThat(seen.details("unmapped")).as("7 is not on the old scale").containsExactly("score");
  }

  @Test
  void areNotCountedOnceTheyAreTakenBack() {
    Answer given = answer("Mon 09:00", Survey.CSAT, "5");
    Answer takenBack =
        new Answer(
            given.stamp(), given.survey(), given.name(), "5", given.scale(), given.team(), true);

    assertThat(Traced.of("Wed 12:00", takenBack).observations()).isEmpty();
    assertThat(Traced.of("Mon 12:00", takenBack).changesAt()).isEmpty();
  }

  @Test
  void areRefusedIfTheyAreOffTheScaleWithoutRepeatingThem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> answer("Mon 09:00", Survey.NPS, "eleven of ten"))
        .withMessage("nps is answered with a score of 0-10");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> answer("Mon 09:00", Survey.NPS, "3", Optional.of("1-5"), Optional.empty()))
        .withMessage("nps is answered on one of the scales 0-10");
  }
}
