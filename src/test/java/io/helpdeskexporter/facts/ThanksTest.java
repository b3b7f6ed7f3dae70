package io.helpdeskexporter.facts;

import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions.FirstContactProfile;
import io.helpdeskexporter.facts.Definitions.FirstContactRule;
import io.helpdeskexporter.facts.TicketFacts.FirstContact.Flaw;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** First contact resolution where a bare thank-you is let pass. */
class ThanksTest {
  private static final String LATER = "Mon+4 00:00";

  private static Set<Flaw> flaws(Story story, FirstContactProfile profile, boolean ignoreThanks) {
    return facts(story, profile, ignoreThanks).firstContact().orElseThrow().flaws();
  }

  private static TicketFacts facts(Story story, FirstContactProfile profile, boolean ignoreThanks) {
    Definitions definitions =
        Definitions.DEFAULT
            .but()
            .firstContact(
                new FirstContactRule(profile, Duration.ofMinutes(15), Set.of(), ignoreThanks))
            .build();
    Policies policies =
        new Policies(
            Vocabulary.CANONICAL,
            Set.of(),
            true,
            definitions,
            BusinessClock.alwaysOpen(),
            SlaPolicies.NONE);
    return new Deriver(policies).derive(story.timeline(), at(LATER));
  }

  private static Set<Flaw> flaws(Story story) {
    return flaws(story, FirstContactProfile.DEFAULT, true);
  }

  private static Story solved() {
    return created("Mon 09:00").reply("Mon 09:20").solved("Mon 10:00");
  }

  @Test
  void thanksAndTheReopeningTheyCauseAreLetPass() {
    Story story = solved().thanks("Mon 10:30:00").reopened("Mon 10:30:02").solved("Mon 11:00");

    assertThat(flaws(story)).isEmpty();
    assertThat(flaws(story, FirstContactProfile.ONE_TOUCH, true)).isEmpty();
    assertThat(flaws(story, FirstContactProfile.ONE_TEAMMATE, true)).isEmpty();
    assertThat(flaws(story, FirstContactProfile.NO_FOLLOWUP, true)).isEmpty();
  }

  @Test
  void theyAreAFollowUpUnlessTheDefinitionsSaySo() {
    Story story = solved().thanks("Mon 10:30:00").reopened("Mon 10:30:02").solved("Mon 11:00");

    assertThat(flaws(story, FirstContactProfile.DEFAULT, false)).containsExactly(Flaw.REOPENED);
    assertThat(flaws(story, FirstContactProfile.NO_FOLLOWUP, false))
        .containsExactly(Flaw.FOLLOWED_UP);
  }

  @Test
  void theReopeningIsCountedAsOneAllTheSame() {
    Story story = solved().thanks("Mon 10:30").reopened("Mon 10:30").solved("Mon 11:00");

    assertThat(facts(story, FirstContactProfile.DEFAULT, true).reopens()).hasSize(1);
  }

  @Test
  void aHelpdeskMayReopenBeforeItTellsTheMessage() {
    assertThat(flaws(solved().reopened("Mon 10:30:00").thanks("Mon 10:31:00").solved("Mon 11:00")))
        .isEmpty();
    assertThat(flaws(solved().reopened("Mon 10:30:00").thanks("Mon 10:31:01").solved("Mon 11:00")))
        .containsExactly(Flaw.REOPENED);
  }

  @Test
  void aReopeningThatComesLaterIsNotTheThanks() {
    assertThat(flaws(solved().thanks("Mon 10:30:00").reopened("Mon 10:31:00").solved("Mon 11:00")))
        .isEmpty();
    assertThat(flaws(solved().thanks("Mon 10:30:00").reopened("Mon 10:31:01").solved("Mon 11:00")))
        .containsExactly(Flaw.REOPENED);
  }

  @Test
  void noMessageOfAnybodyElseMayStandBetween() {
    assertThat(
            flaws(
                solved()
                    .thanks("Mon 10:30:00")
                    .customer("Mon 10:30:10")
                    .reopened("Mon 10:30:20")
                    .solved("Mon 11:00")))
        .containsExactly(Flaw.REOPENED);
    assertThat(
            flaws(
                solved()
                    .reopened("Mon 10:30:00")
                    .customer("Mon 10:30:10")
                    .thanks("Mon 10:30:20")
                    .solved("Mon 11:00")))
        .containsExactly(Flaw.REOPENED);
    assertThat(
            flaws(
                solved()
                    .thanks("Mon 10:30:00")
                    .autoresponder("Mon 10:30:10")
                    .bot("Mon 10:30:11")
                    .note("Mon 10:30:12")
                    .reopened("Mon 10:30:20")
                    .solved("Mon 11:00")))
        .isEmpty();
  }

  @Test
  void whoAlsoAsksForMoreHasReopenedIt() {
    Story story =
        solved()
            .thanks("Mon 10:30")
            .reopened("Mon 10:30")
            .customer("Mon 10:40")
            .solved("Mon 11:00");

    assertThat(flaws(story)).containsExactly(Flaw.REOPENED);
    assertThat(flaws(story, FirstContactProfile.NO_FOLLOWUP, true))
        .containsExactly(Flaw.FOLLOWED_UP);
  }

  @Test
  void whatIsAskedWhenItIsSolvedAgainIsAnotherReopening() {
    Story story =
        solved()
            .thanks("Mon 10:30")
            .reopened("Mon 10:30")
            .solved("Mon 11:00")
            .customer("Mon 11:30")
            .solved("Mon 12:00");

    assertThat(flaws(story)).isEmpty();
    assertThat(flaws(story.status("Tue 09:00", "open", Actor.AGENT).solved("Tue 10:00")))
        .containsExactly(Flaw.REOPENED);
  }

  @Test
  void thanksBeforeTheSolveAreAMessageLikeAnyOther() {
    Story story = created("Mon 09:00").reply("Mon 09:20").thanks("Mon 09:30").solved("Mon 10:00");

    assertThat(flaws(story, FirstContactProfile.NO_FOLLOWUP, true))
        .containsExactly(Flaw.FOLLOWED_UP);
  }

  @Test
  void thanksOfAnEarlierSolveDoNotExcuseALaterReopening() {
    Story story =
        solved()
            .reopened("Mon 10:29:00")
            .reply("Mon 10:29:10")
            .thanks("Mon 10:29:20")
            .solved("Mon 10:29:30")
            .reopened("Mon 10:29:40")
            .solved("Mon 11:00");

    assertThat(facts(story, FirstContactProfile.ONE_TEAMMATE, true).reopens()).hasSize(2);
    assertThat(flaws(story, FirstContactProfile.ONE_TEAMMATE, true)).containsExactly(Flaw.REOPENED);
  }

  @Test
  void whatComesAfterTheVerdictDoesNotChangeIt() {
    Story story =
        solved()
            .closed("Mon 10:10")
            .thanks("Mon 10:30")
            .reopened("Mon 10:30")
            .customer("Mon+1 10:00:00.001")
            .solved("Mon+1 11:00");
    assertThat(flaws(story)).isEmpty();

    Story before =
        solved()
            .closed("Mon 10:10")
            .thanks("Mon 10:30")
            .reopened("Mon 10:30")
            .customer("Mon+1 10:00:00")
            .solved("Mon+1 11:00");
    assertThat(flaws(before)).containsExactly(Flaw.REOPENED);
  }
}
