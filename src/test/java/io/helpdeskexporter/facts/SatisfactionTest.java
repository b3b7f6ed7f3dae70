package io.helpdeskexporter.facts;

import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions.EffortScale;
import io.helpdeskexporter.facts.Definitions.Neutral;
import io.helpdeskexporter.facts.Definitions.Surveys;
import io.helpdeskexporter.facts.TicketFacts.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SatisfactionTest {
  private static final String LATER = "Mon+4 00:00";

  // ---- when an answer counts

  @Test
  void anAnswerIsKnownADayAfterItWasGivenAndDatedWhenItWas() {
    Story story = solved().rated("Mon 12:00", 5);

    TicketFacts before = derive(story, "Tue 11:59");
    assertThat(before.verdicts()).isEmpty();
    assertThat(before.changesAt()).contains(at("Tue 12:00"));
    Verdict verdict = only(derive(story, "Tue 12:00"));
    assertThat(verdict.score()).isEqualTo(5);
    assertThat(verdict.at()).isEqualTo(at("Mon 12:00"));
    assertThat(verdict.knownAt()).isEqualTo(at("Tue 12:00"));
  }

  @Test
  void aChangedAnswerCountsIfItWasChangedWithinADayOfTheFirst() {
    Story story = solved().rated("Mon 12:00", 5).rated("Mon 20:00", 1).rated("Tue 12:00", 2);

    Verdict verdict = only(derive(story, LATER));
    assertThat(verdict.score()).isEqualTo(2);
    assertThat(verdict.at()).isEqualTo(at("Tue 12:00"));
    assertThat(verdict.knownAt()).as("not a day after the last").isEqualTo(at("Tue 12:00"));
  }

  @Test
  void whatIsAnsweredLaterIsIgnored() {
    Story story = solved().rated("Mon 12:00", 5).rated("Tue 12:00:01", 1);

    assertThat(only(derive(story, LATER)).score()).isEqualTo(5);
  }

  @Test
  void afterAnotherSolveTheNextAnswerBeginsAnewAndIsTheOneThatStands() {
    Story story =
        solved()
            .rated("Mon 12:00", 1)
            .reopened("Wed 09:00")
            .rated("Wed 10:00", 2)
            .solved("Wed 11:00")
            .rated("Wed 12:00", 4)
            .rated("Wed 13:00", 5);

    assertThat(derive(story, "Thu 11:59").verdicts())
        .as("the second can still change")
        .extracting(Verdict::score, Verdict::newest)
        .containsExactly(tuple(1, true));
    assertThat(derive(story, LATER).verdicts())
        .as("the one before the solve is ignored")
        .extracting(Verdict::cycle, Verdict::score, Verdict::newest)
        .containsExactly(tuple(1, 1, false), tuple(2, 5, true));
  }

  @Test
  void aSolveWithinTheDayBeginsNothingUntilTheDayIsOver() {
    Story story =
        solved()
            .rated("Mon 12:00", 1)
            .reopened("Mon 13:00")
            .solved("Mon 14:00")
            .rated("Mon 15:00", 3)
            .rated("Wed 15:00", 5);

    assertThat(derive(story, LATER).verdicts()).extracting(Verdict::score).containsExactly(3, 5);
  }

  @Test
  void eachSurveyHasItsOwnAnswers() {
    Story story =
        solved()
            .rated("Mon 12:00", 2)
            .rated("Mon 12:01", Survey.NPS, 9)
            .rated("Mon 12:02", Survey.CES, 7)
            .rated("Mon 12:03", 4);

    assertThat(derive(story, LATER).verdicts())
        .extracting(Verdict::survey, Verdict::cycle, Verdict::score)
        .containsExactly(
            tuple(Survey.CSAT, 1, 4), tuple(Survey.NPS, 1, 9), tuple(Survey.CES, 1, 7));
  }

  @Test
  void theSurveyIsThatOfTheAnswerThatCounts() {
    Story story =
        solved().rated("Mon 12:00", named("onboarding", 3)).rated("Mon 13:00", named("renewal", 9));

    assertThat(only(derive(story, LATER)).name()).contains("renewal");
  }

  @Test
  void answersGoByTheirTimeWhateverTheirNumbers() {
    Story story = created("Mon 09:00").solved("Mon 10:00").reopened("Tue 09:00");
    story.event(
        new TicketEvent.Rated(
            new Stamp("survey 1", 1_000_000, at("Mon 12:00")),
            new SurveyAnswer(Survey.CSAT, Optional.empty(), 4, Optional.empty())));

    assertThat(only(derive(story, LATER)).at()).isEqualTo(at("Mon 12:00"));
  }

  @Test
  void anAnswerThatIsDatedBeforeTheTicketCountsFromItsCreation() {
    Verdict verdict = only(derive(created("Mon 09:00").rated("Mon 00:00", 5), LATER));

    assertThat(verdict.at()).isEqualTo(at("Mon 09:00"));
    assertThat(verdict.knownAt()).isEqualTo(at("Tue 09:00"));
  }

  // ---- for whom

  @Test
  void anAnswerCountsForThoseWhoHadTheTicketWhenItWasSolvedLast() {
    Story story =
        created("Mon 09:00")
            .solved("Mon 10:00")
            .reopened("Mon 11:00")
            .team("Mon 12:00", "Support", "Billing")
            .priority("Mon 12:00", "normal", "high")
            .solved("Mon 13:00")
            .team("Mon 14:00", "Billing", "Archive")
            .priority("Mon 14:00", "high", "low")
            .rated("Mon 15:00", 5);

    assertThat(only(derive(story, LATER)).attribution())
        .isEqualTo(new Attribution("Billing", Channel.EMAIL, Priority.HIGH));
  }

  @Test
  void aChangedAnswerCountsForThoseWhoHadSolvedItBeforeTheChange() {
    Story story =
        solved()
            .rated("Mon 12:00", 1)
            .reopened("Mon 13:00")
            .team("Mon 13:00", "Support", "Billing")
            .solved("Mon 14:00")
            .rated("Mon 15:00", 5);

    assertThat(only(derive(story, LATER)).attribution().team()).isEqualTo("Billing");
  }

  @Test
  void anAnswerBeforeAnySolveCountsForThoseWhoHaveTheTicket() {
    Story story =
        created("Mon 09:00")
            .team("Mon 10:00", "Support", "Billing")
            .rated("Mon 11:00", 3)
            .team("Mon 12:00", "Billing", "Experts")
            .solved("Mon 13:00");

    assertThat(only(derive(story, LATER)).attribution().team()).isEqualTo("Billing");
  }

  @Test
  void aSolveThatTheSourceReportsIsOneToo() {
    Story story =
        created("Mon 09:00")
            .with(it -> it.reported(reportedSolve("Mon 10:00")))
            .team("Mon 12:00", "Support", "Billing")
            .rated("Mon 13:00", 3);

    assertThat(
            only(derive(story, policies(Surveys.DEFAULT, ReportedField.SOLVED), LATER))
                .attribution()
                .team())
        .isEqualTo("Support");
  }

  @Test
  void whatOnlyABotDealtWithIsJudgedOnTheChannelBot() {
    Story bot = created("Mon 09:00").bot("Mon 09:01").status("Mon 09:02", "solved", Actor.BOT);
    Story handedOff =
        created("Mon 09:00").bot("Mon 09:01").handedOff("Mon 09:02").rated("Mon 10:00", 1);
    Story both = created("Mon 09:00").bot("Mon 09:01").reply("Mon 09:10").solved("Mon 09:20");
    Story none = created("Mon 09:00").autoresponder("Mon 09:01").rated("Mon 10:00", 1);

    TicketFacts facts = derive(bot.surveyed("Mon 09:03", Survey.CSAT).rated("Mon 10:00", 4), LATER);
    assertThat(only(facts).attribution().channel()).isEqualTo(Channel.BOT);
    assertThat(facts.surveysSent().getFirst().attribution().channel()).isEqualTo(Channel.BOT);
    assertThat(channel(handedOff)).isEqualTo(Channel.EMAIL);
    assertThat(channel(both.rated("Mon 10:00", 4))).isEqualTo(Channel.EMAIL);
    assertThat(channel(none)).as("nobody dealt with it").isEqualTo(Channel.EMAIL);
  }

  @Test
  void anAnswerIsABotsEvenIfPeopleComeLater() {
    Story story = created("Mon 09:00").bot("Mon 09:01").rated("Mon 10:00", 1).reply("Mon 11:00");

    assertThat(channel(story)).isEqualTo(Channel.BOT);
  }

  @Test
  void surveysAreCountedEachAndForThoseWhoSolved() {
    Story story =
        created("Mon 09:00")
            .solved("Mon 10:00")
            .team("Mon 10:30", "Support", "Billing")
            .surveyed("Mon 11:00", Survey.CSAT)
            .surveyed("Mon 11:00", Survey.NPS)
            .surveyed("Tue 11:00", Survey.CSAT);

    assertThat(derive(story, "Mon 12:00").surveysSent())
        .extracting(TicketFacts.SurveySent::survey)
        .containsExactly(Survey.CSAT, Survey.NPS);
    assertThat(derive(story, LATER).surveysSent())
        .hasSize(3)
        .allMatch(sent -> sent.attribution().team().equals("Support"));
  }

  // ---- what has left

  @Test
  void whatIsAnsweredOnAMergedOrExcludedTicketCountsNothing() {
    Story merged =
        created("Mon 09:00")
            .merged("Mon 10:00")
            .surveyed("Mon 10:30", Survey.CSAT)
            .rated("Mon 11:00", 1);
    Story spam = created("Mon 09:00").excluded("Mon 10:00", Exclusion.SPAM).rated("Mon 11:00", 1);

    assertThat(derive(merged, LATER).verdicts()).isEmpty();
    assertThat(derive(merged, LATER).surveysSent()).isEmpty();
    assertThat(derive(spam, LATER).verdicts()).isEmpty();
  }

  @Test
  void noVerdictIsReachedOnATicketThatHasLeft() {
    Story story = solved().rated("Mon 12:00", 1).merged("Tue 11:00");

    assertThat(derive(story, LATER).verdicts()).isEmpty();
    assertThat(derive(story, "Tue 11:30").changesAt()).isEmpty();
  }

  @Test
  void ofATicketThatComesBackTheVerdictIsKnownThen() {
    Story story =
        solved()
            .rated("Mon 12:00", 1)
            .excluded("Tue 11:00", Exclusion.DELETED)
            .restored("Fri 09:00");

    assertThat(derive(story, "Fri 08:59").verdicts()).isEmpty();
    Verdict verdict = only(derive(story, "Fri 09:00"));
    assertThat(verdict.at()).isEqualTo(at("Mon 12:00"));
    assertThat(verdict.knownAt()).isEqualTo(at("Fri 09:00"));
  }

  // ---- what it is worth

  @Test
  void anAnswerOffTheScaleInForceIsTellingButCountsNothing() {
    Policies old = policies(new Surveys(Neutral.INCLUDE, 5, EffortScale.V1_REVERSED));
    Story story = solved().rated("Mon 12:00", Survey.CES, 6).rated("Mon 13:00", Survey.CES, 1);
    TicketFacts facts = derive(story, old, LATER);

    assertThat(only(facts).score()).isEqualTo(7);
    assertThat(facts.unmapped())
        .containsExactly(new TicketFacts.Unmapped("score", "6", at("Mon 12:00")));
  }

  @Test
  void theTopicIsThatOfTheDefinitions() {
    Story story = created("Mon 09:00").with(it -> it.topics(List.of("vip", "login")));

    assertThat(derive(story, LATER).topic()).isEqualTo("vip");
    assertThat(derive(created("Mon 09:00"), LATER).topic()).isEqualTo("none");
  }

  // ---- shorthand

  private static Story solved() {
    return created("Mon 09:00").solved("Mon 10:00");
  }

  private static SurveyAnswer named(String name, int score) {
    return new SurveyAnswer(Survey.NPS, Optional.of(name), score, Optional.empty());
  }

  private static Reported reportedSolve(String at) {
    Optional<Instant> none = Optional.empty();
    return new Reported(
        none,
        Optional.of(at(at)),
        none,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        List.of());
  }

  private static Verdict only(TicketFacts facts) {
    assertThat(facts.verdicts()).hasSize(1);
    return facts.verdicts().getFirst();
  }

  private static Channel channel(Story story) {
    return only(derive(story, LATER)).attribution().channel();
  }

  private static TicketFacts derive(Story story, String asOf) {
    return derive(story, policies(Surveys.DEFAULT), asOf);
  }

  private static TicketFacts derive(Story story, Policies policies, String asOf) {
    return new Deriver(policies).derive(story.timeline(), at(asOf));
  }

  private static Policies policies(Surveys surveys, ReportedField... reported) {
    return new Policies(
        Vocabulary.CANONICAL,
        Set.of(reported),
        true,
        Definitions.DEFAULT.but().surveys(surveys).build(),
        BusinessClock.alwaysOpen(),
        SlaPolicies.NONE);
  }
}
