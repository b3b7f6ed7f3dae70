package io.helpdeskexporter.facts;

import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.AtRisk;
import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.Holidays;
import io.helpdeskexporter.calendar.SlaMatch;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.calendar.SlaPolicy;
import io.helpdeskexporter.calendar.SlaTarget;
import io.helpdeskexporter.calendar.WorkingHours;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions.FirstContactProfile;
import io.helpdeskexporter.facts.Definitions.FirstContactRule;
import io.helpdeskexporter.facts.Definitions.FirstResponseStart;
import io.helpdeskexporter.facts.Definitions.ResolutionEnd;
import io.helpdeskexporter.facts.TicketFacts.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeriverTest {
  private static final String LATER = "Mon+4 00:00";

  // ---- first response

  @Test
  void anUnansweredTicketHasNoFirstResponseAndWaitsSinceItsCreation() {
    TicketFacts facts = derive(created("Mon 09:00"), "Mon 12:00");

    assertThat(facts.firstResponse()).isEmpty();
    assertThat(facts.awaitingFirstResponseSince()).contains(at("Mon 09:00"));
  }

  @Test
  void anAutoresponderABotAndANoteDoNotStopTheFirstResponseClock() {
    Story story =
        created("Mon 09:00")
            .autoresponder("Mon 09:00:05")
            .bot("Mon 09:01")
            .note("Mon 09:10")
            .reply("Mon 09:30");

    assertThat(firstResponse(derive(story, LATER))).contains(Duration.ofMinutes(30));
  }

  @Test
  void aPublicNoteIsAReplyUnlessTheDefinitionsSayOtherwise() {
    Story story = created("Mon 09:00").publicNote("Mon 09:10").reply("Mon 09:30");

    assertThat(firstResponse(derive(story, LATER))).contains(Duration.ofMinutes(10));
    Definitions strict = definitions(false, false, FirstResponseStart.HANDOFF);
    assertThat(firstResponse(derive(story, policies(strict), LATER)))
        .contains(Duration.ofMinutes(30));
  }

  @Test
  void aBotCountsWhereTheDefinitionsSaySo() {
    Story story = created("Mon 09:00").bot("Mon 09:01").reply("Mon 09:30");
    Definitions bots = definitions(true, true, FirstResponseStart.CREATION);

    assertThat(firstResponse(derive(story, policies(bots), LATER))).contains(Duration.ofMinutes(1));
  }

  @Test
  void aBotThatMayStopTheFirstClockStillGivesNoRepliesAndAnswersNoFollowUps() {
    Story story =
        created("Mon 09:00")
            .bot("Mon 09:01")
            .customer("Mon 09:30")
            .bot("Mon 09:31")
            .reply("Mon 09:40")
            .solved("Mon 10:00");
    Definitions bots = definitions(true, true, FirstResponseStart.CREATION);
    TicketFacts facts = derive(story, policies(bots), LATER);

    assertThat(firstResponse(facts)).contains(Duration.ofMinutes(1));
    assertThat(facts.nextResponses())
        .extracting(TicketFacts.Response::millis)
        .containsExactly(Duration.ofMinutes(10).toMillis());
    assertThat(facts.firstContact().orElseThrow().resolved()).isTrue();
  }

  @Test
  void theClockStartsAtTheHandOffUnlessItIsToStartAtCreation() {
    Story story = created("Mon 09:00").bot("Mon 09:01").handedOff("Mon 09:05").reply("Mon 09:20");

    assertThat(firstResponse(derive(story, LATER))).contains(Duration.ofMinutes(15));
    Definitions creation = definitions(true, false, FirstResponseStart.CREATION);
    assertThat(firstResponse(derive(story, policies(creation), LATER)))
        .contains(Duration.ofMinutes(20));
  }

  @Test
  void theClockStartsAtTheFirstAssignmentIfItIsToStartThere() {
    Story story =
        created("Mon 09:00").assigned("Mon 09:10", Optional.empty(), "ann").reply("Mon 09:20");
    Definitions assignment = definitions(true, false, FirstResponseStart.ASSIGNMENT);

    assertThat(firstResponse(derive(story, policies(assignment), LATER)))
        .contains(Duration.ofMinutes(10));
  }

  @Test
  void aTicketOpenedByAnAgentWaitsOnlyOnceTheCustomerHasWritten() {
    Story story = created("Mon 09:00").with(it -> it.openedBy(Actor.AGENT));

    assertThat(derive(story, "Mon 10:00").awaitingFirstResponseSince()).isEmpty();
    story.customer("Mon 11:00").reply("Mon 11:30");
    TicketFacts facts = derive(story, LATER);
    assertThat(firstResponse(facts)).contains(Duration.ofMinutes(30));
    assertThat(facts.channel()).isEqualTo(Channel.OUTBOUND);
  }

  @ParameterizedTest
  @EnumSource(
      value = Actor.class,
      names = {"AGENT", "BOT", "SYSTEM"})
  void nobodyOwesAReplyToWhatSupportItselfOpened(Actor by) {
    TicketFacts facts =
        derive(created("Mon 09:00").with(it -> it.openedBy(by)).solved("Mon 10:00"), LATER);

    assertThat(facts.channel()).isEqualTo(Channel.OUTBOUND);
    assertThat(facts.solvedWithoutReply()).isEmpty();
    assertThat(facts.firstContact()).isEmpty();
  }

  @Test
  void aTicketSolvedWithoutAReplyHasNoFirstResponseAndIsSaidSo() {
    TicketFacts facts = derive(created("Mon 09:00").solved("Mon 10:00"), LATER);

    assertThat(facts.firstResponse()).isEmpty();
    assertThat(facts.awaitingFirstResponseSince()).isEmpty();
    assertThat(facts.solvedWithoutReply())
        .map(TicketFacts.Occurrence::at)
        .contains(at("Mon 10:00"));
  }

  @Test
  void aCustomerOfAnAgentsTicketIsLeftUnansweredOrAnsweredNeverBoth() {
    Story asked = created("Mon 09:00").with(it -> it.openedBy(Actor.AGENT)).customer("Mon 09:30");
    TicketFacts answeredTooLate =
        derive(asked.solved("Mon 10:00").customer("Mon 11:00").reply("Mon 11:30"), LATER);
    Story told = created("Mon 09:00").with(it -> it.openedBy(Actor.AGENT)).solved("Mon 09:10");
    TicketFacts neverAnswered =
        derive(told.customer("Mon 10:00").status("Mon 10:00", "open").solved("Mon 11:00"), LATER);

    assertThat(answeredTooLate.solvedWithoutReply()).isPresent();
    assertThat(answeredTooLate.firstResponse()).isEmpty();
    assertThat(answeredTooLate.nextResponses()).hasSize(1);
    assertThat(neverAnswered.solvedWithoutReply())
        .map(TicketFacts.Occurrence::at)
        .contains(at("Mon 11:00"));
    assertThat(neverAnswered.awaitingFirstResponseSince()).isEmpty();
  }

  @Test
  void whereNobodyTellsWhoWroteRepliesAreUnmeasuredNotMissing() {
    Policies mute =
        policies(Vocabulary.CANONICAL, Set.of(), false, Definitions.DEFAULT, SlaPolicies.NONE);
    TicketFacts facts = derive(created("Mon 09:00").solved("Mon 10:00"), mute, LATER);

    assertThat(facts.solvedWithoutReply()).isEmpty();
    assertThat(facts.firstContact()).isEmpty();
  }

  // ---- next response

  @Test
  void aRunOfCustomerMessagesIsAnsweredAtOnceSinceTheOldest() {
    Story story =
        created("Mon 09:00")
            .reply("Mon 09:10")
            .customer("Mon 10:00")
            .customer("Mon 10:20")
            .reply("Mon 11:00")
            .reply("Mon 11:05");

    assertThat(derive(story, LATER).nextResponses())
        .extracting(TicketFacts.Response::millis)
        .containsExactly(Duration.ofHours(1).toMillis());
  }

  @Test
  void messagesBeforeTheFirstReplyBelongToTheFirstResponse() {
    Story story = created("Mon 09:00").customer("Mon 09:05").reply("Mon 09:10");

    assertThat(derive(story, LATER).nextResponses()).isEmpty();
  }

  @Test
  void aSolveEndsAnUnansweredRunUncounted() {
    Story story =
        created("Mon 09:00")
            .reply("Mon 09:10")
            .customer("Mon 10:00")
            .solved("Mon 10:30")
            .reply("Mon 11:00");

    assertThat(derive(story, LATER).nextResponses()).isEmpty();
  }

  // ---- solving, reopening, settling

  @Test
  void solvedToClosedIsOneSolve() {
    TicketFacts facts = derive(created("Mon 09:00").solved("Mon 10:00").closed("Tue 10:00"), LATER);

    assertThat(facts.solves()).hasSize(1);
    assertThat(facts.settlement()).map(TicketFacts.Settlement::at).contains(at("Tue 10:00"));
  }

  @Test
  void aSolvedTicketSettlesAfterFourDaysAndNotBefore() {
    Story story = created("Mon 09:00").solved("Mon 10:00");

    TicketFacts before = derive(story, "Fri 09:59:59");
    assertThat(before.settlement()).isEmpty();
    assertThat(before.changesAt()).contains(at("Fri 10:00"));
    assertThat(derive(story, "Fri 10:00").settlement())
        .map(TicketFacts.Settlement::at)
        .contains(at("Fri 10:00"));
  }

  @Test
  void aReopenPutsTheSettlementOffAndTheLastSolveCounts() {
    Story story =
        created("Mon 09:00").solved("Mon 10:00").reopened("Wed 09:00").solved("Wed 10:00");
    TicketFacts facts = derive(story, LATER);

    assertThat(facts.reopens()).hasSize(1);
    assertThat(facts.settlement().orElseThrow().at()).isEqualTo(at("Sun 10:00"));
    assertThat(facts.settlement().orElseThrow().solve().millis())
        .hasValue(Duration.ofHours(49).toMillis());
  }

  @Test
  void whatSettledOnceStaysSettledAsItWas() {
    Story story =
        created("Mon 09:00").solved("Mon 10:00").reopened("Mon+1 09:00").solved("Mon+1 10:00");

    assertThat(derive(story, LATER).settlement().orElseThrow().at()).isEqualTo(at("Fri 10:00"));
  }

  @Test
  void withoutPendingOnHoldAndSolvedAResolutionIsTheAgentsWorkTime() {
    Definitions workOnly =
        Definitions.DEFAULT
            .but()
            .resolutionPausesOn(
                Set.of(Status.PENDING, Status.ON_HOLD, Status.SOLVED, Status.CLOSED))
            .build();
    Story story =
        created("Mon 09:00")
            .status("Mon 09:10", "open")
            .status("Mon 10:00", "pending")
            .status("Mon 15:00", "open")
            .solved("Mon 16:00")
            .reopened("Tue 09:00")
            .status("Tue 09:30", "on_hold")
            .solved("Tue 12:00");

    assertThat(derive(story, policies(workOnly), LATER).settlement().orElseThrow().solve().millis())
        .hasValue(Duration.ofMinutes(60 + 60 + 30).toMillis());
  }

  @Test
  void theTimeThatATicketWasSolvedWhileItWasAwayIsAPauseToo() {
    Definitions pausing =
        Definitions.DEFAULT.but().resolutionPausesOn(Set.of(Status.SOLVED)).build();
    Story story =
        created("Mon 09:00")
            .excluded("Mon 10:00", Exclusion.SPAM)
            .solved("Mon 11:00")
            .restored("Mon 14:00");

    assertThat(derive(story, policies(pausing), LATER).firstResolution().orElseThrow().millis())
        .hasValue(Duration.ofHours(2).toMillis());
    assertThat(derive(story, LATER).firstResolution().orElseThrow().millis())
        .hasValue(Duration.ofHours(5).toMillis());
  }

  @Test
  void resolutionPausesOnlyInTheStatusesOfTheDefinitions() {
    Story story =
        created("Mon 09:00")
            .status("Mon 10:00", "pending")
            .status("Mon 12:00", "open")
            .solved("Mon 13:00");
    Definitions pausing =
        Definitions.DEFAULT.but().resolutionPausesOn(Set.of(Status.PENDING)).build();

    assertThat(derive(story, LATER).firstResolution().orElseThrow().millis())
        .hasValue(Duration.ofHours(4).toMillis());
    assertThat(derive(story, policies(pausing), LATER).firstResolution().orElseThrow().millis())
        .hasValue(Duration.ofHours(2).toMillis());
  }

  @Test
  void requesterWaitLeavesOutTheTimeSupportWaitedForTheCustomer() {
    Story story =
        created("Mon 09:00")
            .status("Mon 10:00", "pending")
            .status("Mon 12:00", "on_hold")
            .status("Mon 13:00", "open")
            .solved("Mon 14:00");

    assertThat(derive(story, LATER).settlement().orElseThrow().requesterWaitMillis())
        .hasValue(Duration.ofHours(3).toMillis());
  }

  @Test
  void aTicketThatOnlyABotSolvedIsNoSolveOfSupport() {
    Story story = created("Mon 09:00").bot("Mon 09:01").status("Mon 09:02", "solved", Actor.BOT);

    TicketFacts facts = derive(story, promising(SlaMetric.FIRST_RESPONSE, "1h"), LATER);
    assertThat(facts.solves()).isEmpty();
    assertThat(facts.solvedWithoutReply()).isEmpty();
    assertThat(state(facts)).isInstanceOf(Promise.Cancelled.class);
  }

  @Test
  void whatABotSolvedBeginsForPeopleOnTheDayItComesBack() {
    Story story =
        created("Mon 09:00")
            .bot("Mon 09:01")
            .status("Mon 09:02", "solved", Actor.BOT)
            .customer("Wed 10:00")
            .status("Wed 10:00", "open")
            .reply("Wed 10:20");

    TicketFacts facts = derive(story, promising(SlaMetric.FIRST_RESPONSE, "1h"), LATER);
    assertThat(firstResponse(facts)).contains(Duration.ofMinutes(20));
    assertThat(facts.reopens()).isEmpty();
    assertThat(facts.promises())
        .extracting(promise -> promise.state().getClass().getSimpleName())
        .containsExactly("Cancelled", "Met");
  }

  @Test
  void whatABotSolvedIsPromisedAnewWhenItComesBack() {
    Story story =
        created("Mon 09:00")
            .status("Mon 09:02", "solved", Actor.BOT)
            .status("Wed 10:00", "open")
            .solved("Wed 12:00");

    assertThat(derive(story, promising(SlaMetric.RESOLUTION, "1h"), LATER).promises())
        .extracting(promise -> promise.state().getClass().getSimpleName())
        .containsExactly("Cancelled", "Breached");
  }

  @Test
  void whatAutomationSolvesAfterSilenceEndsAtTheLastReplyIfThatIsTheDefinition() {
    Story story =
        created("Mon 09:00")
            .reply("Mon 10:00")
            .status("Mon 10:00", "pending")
            .status("Thu 10:00", "solved", Actor.SYSTEM);
    Definitions lastReply =
        Definitions.DEFAULT.but().resolutionEnd(ResolutionEnd.LAST_REPLY).build();

    assertThat(derive(story, policies(lastReply), LATER).firstResolution().orElseThrow().millis())
        .hasValue(Duration.ofHours(1).toMillis());
  }

  @Test
  void recordedTimeIsSummedUpToTheSettlementWithCorrections() {
    Story story =
        created("Mon 09:00")
            .worked("Mon 09:30", Duration.ofMinutes(20))
            .worked("Mon 09:40", Duration.ofMinutes(-5))
            .solved("Mon 10:00");

    assertThat(derive(story, LATER).handleMillis()).hasValue(Duration.ofMinutes(15).toMillis());
    assertThat(derive(created("Mon 09:00").solved("Mon 10:00"), LATER).handleMillis()).isEmpty();
  }

  // ---- first contact, repeats, hands

  @Test
  void theFirstContactVerdictWaitsForTheRepeatWindow() {
    Story story = created("Mon 09:00").reply("Mon 09:20").solved("Mon 10:00");

    TicketFacts before = derive(story, "Mon+1 09:59");
    assertThat(before.firstContact()).isEmpty();
    assertThat(before.changesAt()).contains(at("Mon+1 10:00"));
    assertThat(derive(story, "Mon+1 10:00").firstContact().orElseThrow().resolved()).isTrue();
  }

  @Test
  void aSecondReplyAReopenAnEscalationOrARepeatContactIsNoFirstContactResolution() {
    List<Story> stories =
        List.of(
            created("Mon 09:00").reply("Mon 09:20").reply("Mon 09:30").solved("Mon 10:00"),
            created("Mon 09:00")
                .reply("Mon 09:20")
                .solved("Mon 10:00")
                .reopened("Tue 10:00")
                .solved("Tue 11:00"),
            created("Mon 09:00")
                .escalated("Mon 09:10", Escalation.HIERARCHICAL)
                .reply("Mon 09:20")
                .solved("Mon 10:00"),
            created("Mon 09:00")
                .reply("Mon 09:20")
                .solved("Mon 10:00")
                .contact(contact("Wed 09:00")));

    assertThat(stories)
        .allSatisfy(
            story ->
                assertThat(derive(story, LATER).firstContact().orElseThrow().resolved()).isFalse());
  }

  @Test
  void aNetRateLeavesOutTopicsThatNobodyCouldResolveAtFirstContact() {
    Definitions net =
        Definitions.DEFAULT
            .but()
            .topics(new Topics(Map.of("broken", "Hardware")))
            .firstContact(
                new FirstContactRule(
                    FirstContactProfile.DEFAULT, Duration.ofMinutes(15), Set.of("hardware"), false))
            .build();
    Story broken = about("broken");

    assertThat(derive(broken, LATER).firstContact()).isPresent();
    assertThat(derive(broken, policies(net), LATER).firstContact()).isEmpty();
    assertThat(derive(about("hardware"), policies(net), LATER).firstContact()).isPresent();
    assertThat(derive(about("login"), policies(net), LATER).firstContact()).isPresent();
  }

  private static Story about(String topic) {
    return created("Mon 09:00")
        .with(it -> it.topics(List.of(topic)))
        .reply("Mon 09:20")
        .solved("Mon 10:00");
  }

  @Test
  void aChatIsOneReplyOfEachAgentHoweverManyLinesItTakes() {
    Story chat =
        created("Mon 09:00")
            .with(it -> it.channel("chat"))
            .reply("Mon 09:01")
            .customer("Mon 09:02")
            .reply("Mon 09:03")
            .reply("Mon 09:04")
            .solved("Mon 09:05");
    assertThat(derive(chat, LATER).firstContact().orElseThrow().resolved()).isTrue();

    Story two =
        created("Mon 09:00")
            .with(it -> it.channel("chat"))
            .reply("Mon 09:01", "ann")
            .reply("Mon 09:03", "bob")
            .solved("Mon 09:05");
    assertThat(derive(two, LATER).firstContact().orElseThrow().resolved()).isFalse();
  }

  @Test
  void aContactAboutAnotherTopicOrAfterTheWindowIsNoRepeat() {
    Story other =
        created("Mon 09:00")
            .with(it -> it.topics(List.of("billing")))
            .reply("Mon 09:20")
            .solved("Mon 10:00")
            .contact(
                new Contact(
                    "2", at("Wed 09:00"), List.of(), Optional.of("login"), false, Optional.empty()))
            .contact(
                new Contact(
                    "3",
                    at("Mon+1 10:01"),
                    List.of(),
                    Optional.of("billing"),
                    false,
                    Optional.empty()));

    assertThat(derive(other, LATER).firstContact().orElseThrow().resolved()).isTrue();
  }

  @Test
  void aTicketSoonAfterASolvedOneOfTheSameRequesterIsARepeatContact() {
    Contact earlier =
        new Contact(
            "0",
            at("Mon 09:00"),
            List.of(at("Mon 10:00")),
            Optional.empty(),
            false,
            Optional.empty());

    assertThat(derive(created("Tue 09:00").contact(earlier), LATER).repeat()).isPresent();
    assertThat(derive(created("Tue+1 09:00").contact(earlier), LATER).repeat()).isEmpty();
    assertThat(derive(created("Mon 09:30").contact(earlier), LATER).repeat()).isEmpty();
    assertThat(
            derive(created("Tue 09:00").with(it -> it.followUpOf(Optional.of("7"))), LATER)
                .repeat())
        .isPresent();
    assertThat(
            derive(
                    created("Tue 09:00").with(it -> it.openedBy(Actor.AGENT)).contact(earlier),
                    LATER)
                .repeat())
        .isEmpty();
  }

  @Test
  void goingUpATierIsAnEscalationAndWithinATierAReassignment() {
    Policies tiers = policies(tiers(Map.of("Support", 1, "Billing", 1, "Experts", 2)));
    Story story =
        created("Mon 09:00")
            .team("Mon 10:00", "Support", "Billing")
            .team("Mon 11:00", "Billing", "Experts")
            .solved("Mon 12:00");
    TicketFacts facts = derive(story, tiers, LATER);

    assertThat(facts.reassignments())
        .extracting(TicketFacts.Occurrence::at)
        .containsExactly(at("Mon 10:00"));
    assertThat(facts.escalation().orElseThrow().reason()).isEqualTo(Escalation.FUNCTIONAL);
    assertThat(facts.settlement().orElseThrow().firstLevel()).contains(false);
  }

  @Test
  void whatAHigherTierSolvedIsNoFirstLevelResolutionHoweverItGotThere() {
    Policies tiers = policies(tiers(Map.of("Support", 1, "Experts", 2)));
    Story story =
        created("Mon 09:00")
            .event(
                new TicketEvent.TeamChanged(
                    new Stamp("t", 0, at("Mon 09:30")), Optional.empty(), Optional.of("Experts")))
            .solved("Mon 10:00");
    TicketFacts facts = derive(story, tiers, LATER);

    assertThat(facts.escalation()).as("nobody handed it up").isEmpty();
    assertThat(facts.settlement().orElseThrow().firstLevel()).contains(false);
  }

  @Test
  void theFirstAssignmentIsNoReassignmentAndTeamWithAgentIsOne() {
    Story story =
        created("Mon 09:00")
            .assigned("Mon 09:10", Optional.empty(), "ann")
            .team("Mon 10:00", "Support", "Billing")
            .assigned("Mon 10:00", Optional.of("ann"), "bob")
            .assigned("Mon 11:00", Optional.of("bob"), "cid");

    assertThat(derive(story, LATER).reassignments())
        .extracting(TicketFacts.Occurrence::at)
        .containsExactly(at("Mon 10:00"), at("Mon 11:00"));
  }

  // ---- attribution

  @Test
  void whatHappensCountsForTheTeamThatHadTheTicketThen() {
    Story story =
        created("Mon 09:00")
            .reply("Mon 09:30")
            .team("Mon 10:00", "Support", "Billing")
            .solved("Mon 11:00");
    TicketFacts facts = derive(story, LATER);

    assertThat(facts.opened().team()).isEqualTo("Support");
    assertThat(facts.firstResponse().orElseThrow().attribution().team()).isEqualTo("Support");
    assertThat(facts.solves().getFirst().attribution().team()).isEqualTo("Billing");
  }

  @Test
  void aWordWithoutMeaningCountsAsOpenOrOtherAndIsNamed() {
    Story story =
        created("Mon 09:00")
            .with(it -> it.priority("P7").channel("fax").status("new"))
            .status("Mon 10:00", "limbo");
    TicketFacts facts = derive(story, LATER);

    assertThat(facts.now().status()).isEqualTo(Status.OPEN);
    assertThat(facts.now().priority()).isEqualTo(Priority.OTHER);
    assertThat(facts.channel()).isEqualTo(Channel.OTHER);
    assertThat(facts.unmapped())
        .extracting(TicketFacts.Unmapped::word)
        .containsExactlyInAnyOrder("P7", "fax", "limbo");
  }

  // ---- leaving

  @Test
  void aMergedTicketLeavesFromThenOnAndItsPromisesAreCancelled() {
    TicketFacts facts =
        derive(
            created("Mon 09:00").merged("Mon 09:30").solved("Mon 09:31"),
            promising(SlaMetric.RESOLUTION, "8h"),
            LATER);

    assertThat(facts.gone()).isTrue();
    assertThat(facts.solves()).isEmpty();
    assertThat(facts.promises())
        .singleElement()
        .extracting(Promise::state)
        .isInstanceOf(Promise.Cancelled.class);
  }

  @Test
  void aStatusThatMeansDeletedExcludesAndAnyOtherBringsBackWithoutAReopen() {
    Story story =
        created("Mon 09:00")
            .solved("Mon 10:00")
            .status("Mon 11:00", "deleted")
            .status("Mon 12:00", "open");

    assertThat(derive(story, "Mon 11:30").gone()).isTrue();
    TicketFacts facts = derive(story, "Mon 13:00");
    assertThat(facts.gone()).isFalse();
    assertThat(facts.departures())
        .extracting(TicketFacts.Departure::reason)
        .containsExactly(Optional.of(Exclusion.DELETED));
    assertThat(facts.reopens()).isEmpty();
  }

  @Test
  void whatWasNoSpamAfterAllSettlesAsIfNothingHadBeen() {
    Story story =
        created("Mon 09:00")
            .reply("Mon 09:10")
            .solved("Mon 10:00")
            .excluded("Mon 11:00", Exclusion.SPAM)
            .restored("Mon 11:05");
    TicketFacts facts = derive(story, LATER);

    assertThat(derive(story, "Mon 11:01").gone()).isTrue();
    assertThat(facts.settlement().orElseThrow().at()).isEqualTo(at("Fri 10:00"));
    assertThat(facts.firstContact().orElseThrow().resolved()).isTrue();
  }

  @Test
  void whatComesBackLongAfterItsSolveSettlesThen() {
    Story story =
        created("Mon 09:00")
            .solved("Mon 10:00")
            .excluded("Mon 11:00", Exclusion.SPAM)
            .restored("Mon+1 11:00");

    assertThat(derive(story, LATER).settlement().orElseThrow().at()).isEqualTo(at("Mon+1 11:00"));
  }

  @Test
  void aSolveWhileItWasSpamCountsFromWhenItComesBack() {
    Story story =
        created("Mon 09:00")
            .excluded("Mon 09:30", Exclusion.SPAM)
            .closed("Mon 10:00")
            .restored("Mon 11:00");

    assertThat(derive(story, "Mon 10:30").gone()).as("closing does not bring it back").isTrue();
    assertThat(derive(story, LATER).solves())
        .extracting(TicketFacts.Solve::at)
        .containsExactly(at("Mon 11:00"));
    assertThat(derive(story, LATER).settlement().orElseThrow().at()).isEqualTo(at("Mon 11:00"));
  }

  @Test
  void aMergedTicketStaysMergedWhateverIsRestored() {
    Story story =
        created("Mon 09:00")
            .merged("Mon 10:00")
            .excluded("Mon 11:00", Exclusion.DELETED)
            .restored("Mon 12:00");

    assertThat(derive(story, LATER).gone()).isTrue();
  }

  @Test
  void timeInAStatusCountsOnlyIfItEndedBeforeTheTicketLeft() {
    Story story =
        created("Mon 09:00")
            .status("Mon 10:00", "open")
            .merged("Mon 11:00")
            .status("Tue 11:00", "closed");

    assertThat(derive(story, LATER).statusSpans())
        .extracting(TicketFacts.StatusSpan::counted)
        .containsExactly(true, false);
  }

  @Test
  void aTicketThatSaysItIsSpamWithoutAnEventLeftWhenItWasLastChanged() {
    Story story =
        created("Mon 09:00")
            .with(it -> it.excluded(Optional.of(Exclusion.SPAM)).updatedAt(at("Mon 12:00")));

    assertThat(derive(story, "Mon 11:59").gone()).isFalse();
    assertThat(derive(story, "Mon 12:00").gone()).isTrue();
  }

  // ---- promises

  @Test
  void aReplyAtTheDeadlineIsInTime() {
    Policies sla = promising(SlaMetric.FIRST_RESPONSE, "1h");

    assertThat(state(derive(created("Mon 09:00").reply("Mon 10:00"), sla, LATER)))
        .isInstanceOf(Promise.Met.class);
    assertThat(state(derive(created("Mon 09:00").reply("Mon 10:00:01"), sla, LATER)))
        .isInstanceOf(Promise.Breached.class);
  }

  @Test
  void aRunningPromiseIsAtRiskBeforeItsDeadline() {
    Promise.State state =
        state(derive(created("Mon 09:00"), promising(SlaMetric.FIRST_RESPONSE, "5h"), "Mon 09:30"));

    assertThat(state).isEqualTo(new Promise.Running(at("Mon 13:00"), at("Mon 14:00")));
  }

  @Test
  void aBreachStaysOpenUntilTheLateReply() {
    Policies sla = promising(SlaMetric.FIRST_RESPONSE, "1h");
    Story story = created("Mon 09:00").reply("Mon 12:00");

    Promise.Breached open = (Promise.Breached) state(derive(story, sla, "Mon 11:00"));
    assertThat(open.open()).isTrue();
    Promise.Breached ended = (Promise.Breached) state(derive(story, sla, LATER));
    assertThat(ended.open()).isFalse();
    assertThat(ended.overrunMillis()).hasValue(Duration.ofHours(2).toMillis());
  }

  @Test
  void solvingWithoutThePromisedReplyCancelsThePromise() {
    assertThat(
            state(
                derive(
                    created("Mon 09:00").solved("Mon 09:30"),
                    promising(SlaMetric.FIRST_RESPONSE, "1h"),
                    LATER)))
        .isInstanceOf(Promise.Cancelled.class);
  }

  @Test
  void eachUnansweredRunIsAPromiseOfItsOwn() {
    Policies sla = promising(SlaMetric.NEXT_RESPONSE, "1h");
    Story story =
        created("Mon 09:00")
            .reply("Mon 09:10")
            .customer("Mon 10:00")
            .reply("Mon 10:30")
            .customer("Mon 12:00")
            .reply("Mon 14:00");

    assertThat(derive(story, sla, LATER).promises())
        .extracting(promise -> promise.cycle() + " " + promise.state().getClass().getSimpleName())
        .containsExactly("1 Met", "2 Breached");
  }

  @Test
  void aResolutionPromisePausesAsItsPolicySaysAndHasNoDeadlineMeanwhile() {
    SlaPolicy policy =
        new SlaPolicy(
            "gold",
            SlaMatch.ANY,
            BusinessClock.alwaysOpen(),
            Map.of(
                SlaMetric.RESOLUTION, new SlaTarget(Duration.ofHours(4), Set.of(Status.PENDING))),
            AtRisk.DEFAULT);
    Policies sla =
        policies(
            Vocabulary.CANONICAL,
            Set.of(),
            true,
            Definitions.DEFAULT,
            new SlaPolicies(List.of(policy)));
    Story story = created("Mon 09:00").status("Mon 10:00", "pending").status("Tue 10:00", "open");

    assertThat(state(derive(story, sla, "Mon 12:00"))).isEqualTo(new Promise.Paused());
    assertThat(((Promise.Running) state(derive(story, sla, "Tue 10:30"))).deadline())
        .isEqualTo(at("Tue 13:00"));
  }

  @Test
  void aPromiseTellsHowLongItTookOnItsOwnClock() {
    BusinessClock office =
        new BusinessCalendar(
            "office",
            ZoneOffset.UTC,
            WorkingHours.parse(Map.of("mon-fri", "09:00-17:00")),
            Holidays.none());
    Policies sla =
        policies(
            Vocabulary.CANONICAL,
            Set.of(),
            true,
            Definitions.DEFAULT,
            new SlaPolicies(
                List.of(
                    new SlaPolicy(
                        "office hours",
                        SlaMatch.ANY,
                        office,
                        Map.of(
                            SlaMetric.RESOLUTION,
                            new SlaTarget(Duration.ofHours(4), Set.of(Status.PENDING))),
                        AtRisk.DEFAULT))));
    Story paused =
        created("Mon 16:00")
            .status("Mon 16:30", "pending")
            .status("Tue 16:00", "open")
            .solved("Wed 10:00");
    Story late = created("Mon 16:00").solved("Wed 10:00");

    assertThat(clockHours(derive(paused, sla, "Mon 16:10"))).as("until the deadline").hasValue(4);
    assertThat(clockHours(derive(paused, sla, "Mon 16:40"))).as("paused").isEmpty();
    assertThat(clockHours(derive(paused, sla, LATER))).as("half an hour, one, one").hasValue(2.5);
    assertThat(clockHours(derive(late, sla, "Tue 16:00"))).as("broken and open").hasValue(4);
    assertThat(clockHours(derive(late, sla, LATER))).as("one, eight, one").hasValue(10);
    assertThat(clockHours(derive(created("Mon 16:00").merged("Mon 16:10"), sla, LATER))).isEmpty();
  }

  @Test
  void aDeadlineOfTheSourcesIsTimedByPlainElapsedTime() {
    Story story = created("Mon 09:00").due("Mon 09:00", SlaMetric.FIRST_RESPONSE, "Mon 12:00");

    assertThat(clockHours(derive(story, "Mon 10:00"))).hasValue(3);
    assertThat(clockHours(derive(story, "Mon 13:00"))).as("broken and open").hasValue(3);
    assertThat(clockHours(derive(story.reply("Mon 16:00"), LATER))).hasValue(7);
  }

  @Test
  void aVerdictWithoutADeadlineTellsNoTime() {
    Reported.Promise kept =
        new Reported.Promise(
            SlaMetric.RESOLUTION, Optional.of(true), Optional.empty(), Optional.empty());
    Reported.Promise due =
        new Reported.Promise(
            SlaMetric.RESOLUTION,
            Optional.of(true),
            Optional.of(at("Mon 12:00")),
            Optional.empty());
    Policies verdicts = reporting(ReportedField.SLA);

    Story story = withPromise(created("Mon 09:00").solved("Mon 11:00"), kept);
    assertThat(state(derive(story, verdicts, LATER))).isInstanceOf(Promise.Met.class);
    assertThat(clockHours(derive(story, verdicts, LATER))).isEmpty();
    story = withPromise(created("Mon 09:00").solved("Mon 11:00"), due);
    assertThat(clockHours(derive(story, verdicts, LATER))).hasValue(2);
  }

  private static OptionalDouble clockHours(TicketFacts facts) {
    OptionalLong millis = facts.promises().getFirst().clockMillis();
    return millis.isPresent()
        ? OptionalDouble.of(millis.getAsLong() / 3_600_000.0)
        : OptionalDouble.empty();
  }

  @Test
  void theSourcesOwnDeadlineHoldsInsteadOfAPolicy() {
    Story story =
        created("Mon 09:00")
            .due("Mon 09:00", SlaMetric.FIRST_RESPONSE, "Mon 09:30")
            .reply("Mon 09:45");
    TicketFacts facts = derive(story, promising(SlaMetric.FIRST_RESPONSE, "8h"), LATER);

    assertThat(((Promise.Breached) state(facts)).at()).isEqualTo(at("Mon 09:30"));
  }

  @Test
  void aTargetWithoutADeadlineIsAPromiseThatIsKeptByTheReplyOrBrokenWhenTheSourceSaysSo() {
    Story kept = created("Mon 09:00");
    kept.event(target(kept, "Mon 09:00")).reply("Mon 16:00");
    Story broken = created("Mon 09:00");
    broken
        .event(target(broken, "Mon 09:00"))
        .due("Mon 11:00", SlaMetric.FIRST_RESPONSE, "Mon 11:00")
        .reply("Mon 16:00");

    assertThat(state(derive(kept, "Mon 10:00"))).isInstanceOf(Promise.Paused.class);
    assertThat(state(derive(kept, LATER))).isInstanceOf(Promise.Met.class);
    assertThat(derive(broken, LATER).promises())
        .singleElement()
        .satisfies(
            promise ->
                assertThat(((Promise.Breached) promise.state()).at()).isEqualTo(at("Mon 11:00")));
  }

  @Test
  void aBrokenPromiseStaysTheOnlyOneWhenItsDeadlineIsMovedBeforeItIsFulfilled() {
    Story story =
        created("Mon 09:00")
            .due("Mon 09:00", SlaMetric.FIRST_RESPONSE, "Mon 10:00")
            .due("Mon 11:00", SlaMetric.FIRST_RESPONSE, "Mon 17:00")
            .reply("Mon 12:00");

    assertThat(derive(story, LATER).promises())
        .singleElement()
        .satisfies(
            promise ->
                assertThat(((Promise.Breached) promise.state()).at()).isEqualTo(at("Mon 10:00")));
  }

  private static TicketEvent target(Story story, String at) {
    return new TicketEvent.SlaDeadline(
        story.stamp(at),
        SlaMetric.FIRST_RESPONSE,
        Optional.empty(),
        Optional.of(Duration.ofHours(2)));
  }

  @Test
  void aDeadlineThatIsOnlyTakenAwayLeavesThePromisesToThePolicies() {
    Story story = created("Mon 09:00");
    story
        .event(
            new TicketEvent.SlaDeadline(
                story.stamp("Mon 09:10"),
                SlaMetric.FIRST_RESPONSE,
                Optional.empty(),
                Optional.empty()))
        .reply("Mon 09:45");

    assertThat(state(derive(story, promising(SlaMetric.FIRST_RESPONSE, "8h"), LATER)))
        .isInstanceOf(Promise.Met.class);
  }

  @Test
  void theSourcesVerdictIsTakenOver() {
    Reported.Promise broken =
        new Reported.Promise(
            SlaMetric.RESOLUTION, Optional.of(false), Optional.empty(), Optional.empty());
    Story story =
        created("Mon 09:00")
            .with(
                it ->
                    it.reported(reported(Optional.of(at("Mon 10:00")), Optional.empty(), broken)));
    Policies verdicts = reporting(ReportedField.SLA, ReportedField.SOLVED);

    assertThat(state(derive(story, verdicts, "Mon 09:30"))).isInstanceOf(Promise.Paused.class);
    assertThat(((Promise.Breached) state(derive(story, verdicts, LATER))).at())
        .isEqualTo(at("Mon 10:00"));
  }

  @Test
  void theSourcesVerdictCountsForTheTeamThatHadTheTicketThen() {
    Reported.Promise kept =
        new Reported.Promise(
            SlaMetric.RESOLUTION,
            Optional.of(true),
            Optional.empty(),
            Optional.of(at("Mon 10:00")));
    Story story =
        created("Mon 09:00")
            .solved("Mon 10:00")
            .team("Mon 11:00", "Support", "Billing")
            .with(it -> it.reported(reported(Optional.empty(), Optional.empty(), kept)));

    assertThat(((Promise.Met) state(derive(story, reporting(ReportedField.SLA), LATER))))
        .extracting(met -> met.attribution().team())
        .isEqualTo("Support");
  }

  @Test
  void aDeadlineThatTheSourceHasNotJudgedIsBrokenWhenItPasses() {
    Reported.Promise open =
        new Reported.Promise(
            SlaMetric.RESOLUTION, Optional.empty(), Optional.of(at("Mon 12:00")), Optional.empty());
    Policies verdicts = reporting(ReportedField.SLA);
    Story late = withPromise(created("Mon 09:00").solved("Mon 13:00"), open);
    Story early = withPromise(created("Mon 09:00").solved("Mon 11:00"), open);

    TicketFacts before = derive(late, verdicts, "Mon 11:00");
    assertThat(state(before)).isEqualTo(new Promise.Running(at("Mon 11:24"), at("Mon 12:00")));
    assertThat(before.changesAt()).contains(at("Mon 12:00"));
    Promise.Breached broken = (Promise.Breached) state(derive(late, verdicts, "Mon 12:00"));
    assertThat(broken.at()).isEqualTo(at("Mon 12:00"));
    assertThat(broken.open()).isTrue();
    assertThat(((Promise.Breached) state(derive(late, verdicts, LATER))).overrunMillis())
        .hasValue(Duration.ofHours(1).toMillis());
    assertThat(state(derive(early, verdicts, LATER)))
        .isEqualTo(
            new Promise.Met(
                at("Mon 11:00"), new Attribution("Support", Channel.EMAIL, Priority.NORMAL)));
  }

  @Test
  void aVerdictThatIsNotBelievedLeavesThePolicyInForce() {
    Reported.Promise kept =
        new Reported.Promise(
            SlaMetric.FIRST_RESPONSE, Optional.of(true), Optional.empty(), Optional.empty());
    Story story = withPromise(created("Mon 09:00").reply("Mon 11:00"), kept);

    assertThat(state(derive(story, promising(SlaMetric.FIRST_RESPONSE, "1h"), LATER)))
        .isInstanceOf(Promise.Breached.class);
  }

  @Test
  void aPromiseThatTheSourceJudgesAndSetsDeadlinesForIsOne() {
    Reported.Promise broken =
        new Reported.Promise(
            SlaMetric.FIRST_RESPONSE,
            Optional.of(false),
            Optional.of(at("Mon 10:00")),
            Optional.empty());
    Story story =
        withPromise(
            created("Mon 09:00")
                .due("Mon 09:00", SlaMetric.FIRST_RESPONSE, "Mon 10:00")
                .reply("Mon 11:00"),
            broken);

    assertThat(state(derive(story, reporting(ReportedField.SLA), LATER)))
        .isInstanceOf(Promise.Breached.class);
  }

  @Test
  void aReplyDueOfATicketThatWasSolvedInTimeIsNotBroken() {
    Reported.Promise open =
        new Reported.Promise(
            SlaMetric.NEXT_RESPONSE,
            Optional.empty(),
            Optional.of(at("Mon 12:00")),
            Optional.empty());
    Story story = withPromise(created("Mon 09:00").solved("Mon 11:00"), open);

    assertThat(state(derive(story, reporting(ReportedField.SLA), LATER)))
        .isInstanceOf(Promise.Cancelled.class);
  }

  @Test
  void aPromiseThatTheSourceAppliesAnewIsOneForThePriorityThen() {
    Story story = created("Mon 09:00");
    story
        .event(deadline(story, "Mon 09:00", "Mon 17:00", Duration.ofHours(8)))
        .priority("Mon 09:30", "normal", "urgent")
        .event(deadline(story, "Mon 09:31", "Mon 17:00", Duration.ofHours(8)));
    assertThat(derive(story, "Mon 09:40").promises().getFirst().priority())
        .as("the same promise, told again")
        .isEqualTo(Priority.NORMAL);

    story.event(deadline(story, "Mon 10:00", "Mon 11:00", Duration.ofHours(1)));
    Promise promise = derive(story, "Mon 10:10").promises().getFirst();
    assertThat(promise.priority()).isEqualTo(Priority.URGENT);
    assertThat(promise.targetMillis()).hasValue(Duration.ofHours(1).toMillis());
  }

  @Test
  void aDeadlineOfTheSourcesIsAtRiskByTheBusinessTimeLeft() {
    BusinessClock office =
        new BusinessCalendar(
            "office",
            ZoneOffset.UTC,
            WorkingHours.parse(Map.of("mon-fri", "09:00-18:00")),
            Holidays.none());
    Policies policies =
        new Policies(
            Vocabulary.CANONICAL, Set.of(), true, Definitions.DEFAULT, office, SlaPolicies.NONE);
    Story story = created("Fri 16:00").due("Fri 16:00", SlaMetric.FIRST_RESPONSE, "Mon+1 10:00");

    assertThat(state(derive(story, policies, "Fri 17:00")))
        .as("36 of its 180 minutes left")
        .isEqualTo(new Promise.Running(at("Mon+1 09:24"), at("Mon+1 10:00")));
  }

  // ---- reported values

  @Test
  void aReportedSolveHoldsInsteadOfTheEventsAndAMissingOneLeavesTheResolutionUnknown() {
    Policies reports = reporting(ReportedField.SOLVED, ReportedField.CLOSED);
    Story solved =
        created("Mon 09:00")
            .solved("Mon 10:00")
            .with(
                it ->
                    it.reported(
                        reported(Optional.of(at("Mon 12:00")), Optional.of(at("Tue 12:00")))));
    Story closedOnly =
        created("Mon 09:00")
            .closed("Mon 10:00")
            .with(it -> it.reported(reported(Optional.empty(), Optional.of(at("Tue 12:00")))));

    assertThat(derive(solved, reports, "Mon 11:00").isUnsolved()).isTrue();
    assertThat(derive(solved, reports, LATER).settlement().orElseThrow().solve().millis())
        .hasValue(Duration.ofHours(3).toMillis());
    TicketFacts unknown = derive(closedOnly, reports, LATER);
    assertThat(unknown.isUnsolved()).isFalse();
    assertThat(unknown.settlement().orElseThrow().solve().millis()).isEmpty();
  }

  @Test
  void countersInSnapshotsDateWhatTheyGrewBy() {
    Policies reports = reporting(ReportedField.REOPENS, ReportedField.REASSIGNMENTS);
    Story story = created("Mon 09:00");
    story
        .event(snapshot(story, "Mon 10:00", 0, 1))
        .event(snapshot(story.event(snapshot(story, "Mon 11:00", 1, 1)), "Mon 12:00", 1, 3));
    TicketFacts facts = derive(story, reports, LATER);

    assertThat(facts.reopens())
        .extracting(TicketFacts.Occurrence::at)
        .containsExactly(at("Mon 11:00"));
    assertThat(facts.reassignments())
        .extracting(TicketFacts.Occurrence::at)
        .containsExactly(at("Mon 10:00"), at("Mon 12:00"), at("Mon 12:00"));
  }

  @Test
  void ticketsBeforeTheImportCutoffAreNotCounted() {
    Definitions cutoff =
        Definitions.DEFAULT.but().importCutoff(Optional.of(at("Tue 00:00"))).build();

    assertThat(derive(created("Mon 23:59"), policies(cutoff), LATER).counted()).isFalse();
    assertThat(derive(created("Tue 00:00"), policies(cutoff), LATER).counted()).isTrue();
  }

  // ---- shorthand

  private static TicketEvent snapshot(Story story, String at, int reopens, int reassignments) {
    return new TicketEvent.Snapshot(
        story.stamp(at),
        Optional.of("open"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.of(reopens),
        OptionalInt.of(reassignments));
  }

  private static Reported reported(
      Optional<Instant> solvedAt, Optional<Instant> closedAt, Reported.Promise... promises) {
    return new Reported(
        Optional.empty(),
        solvedAt,
        closedAt,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        List.of(promises));
  }

  private static Story withPromise(Story story, Reported.Promise promise) {
    return story.with(it -> it.reported(reported(Optional.empty(), Optional.empty(), promise)));
  }

  private static TicketEvent deadline(Story story, String at, String dueAt, Duration target) {
    return new TicketEvent.SlaDeadline(
        story.stamp(at), SlaMetric.RESOLUTION, Optional.of(at(dueAt)), Optional.of(target));
  }

  private static Contact contact(String createdAt) {
    return new Contact("2", at(createdAt), List.of(), Optional.empty(), false, Optional.empty());
  }

  private static Promise.State state(TicketFacts facts) {
    assertThat(facts.promises()).hasSize(1);
    return facts.promises().getFirst().state();
  }

  private static Optional<Duration> firstResponse(TicketFacts facts) {
    return facts.firstResponse().map(reply -> Duration.ofMillis(reply.millis()));
  }

  private static TicketFacts derive(Story story, String asOf) {
    return derive(story, policies(Definitions.DEFAULT), asOf);
  }

  private static TicketFacts derive(Story story, Policies policies, String asOf) {
    return new Deriver(policies).derive(story.timeline(), at(asOf));
  }

  private static Definitions definitions(
      boolean publicNotes, boolean bots, FirstResponseStart start) {
    return Definitions.DEFAULT
        .but()
        .publicNoteCounts(publicNotes)
        .botReplyCounts(bots)
        .firstResponseStart(start)
        .build();
  }

  private static Definitions tiers(Map<String, Integer> tiers) {
    return Definitions.DEFAULT.but().tiers(tiers).build();
  }

  private static Policies policies(Definitions definitions) {
    return policies(Vocabulary.CANONICAL, Set.of(), true, definitions, SlaPolicies.NONE);
  }

  private static Policies reporting(ReportedField... fields) {
    return policies(
        Vocabulary.CANONICAL, Set.of(fields), true, Definitions.DEFAULT, SlaPolicies.NONE);
  }

  private static Policies promising(SlaMetric metric, String within) {
    SlaPolicy policy =
        new SlaPolicy(
            "standard",
            SlaMatch.ANY,
            BusinessClock.alwaysOpen(),
            Map.of(metric, SlaTarget.within(Duration.parse("PT" + within))),
            AtRisk.DEFAULT);
    return policies(
        Vocabulary.CANONICAL,
        Set.of(),
        true,
        Definitions.DEFAULT,
        new SlaPolicies(List.of(policy)));
  }

  private static Policies policies(
      Vocabulary vocabulary,
      Set<ReportedField> reported,
      boolean messages,
      Definitions definitions,
      SlaPolicies sla) {
    return new Policies(
        vocabulary, reported, messages, definitions, BusinessClock.alwaysOpen(), sla);
  }
}
