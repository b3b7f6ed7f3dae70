package io.helpdeskexporter.reconcile;

import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.Holidays;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.calendar.WorkingHours;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Figure;
import io.helpdeskexporter.domain.Measured;
import io.helpdeskexporter.domain.Measured.Grain;
import io.helpdeskexporter.domain.Measured.Hours;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Definitions.FirstResponseStart;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.Story;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each reason is proved on a ticket that it alone explains. */
class ReconcilerTest {
  private static final String LATER = "Tue+2 00:00";

  private Definitions definitions = Definitions.DEFAULT;
  private final BusinessClock clock = office("09:00-17:00");

  // ---- the reasons

  @Test
  void numbersThatAgreeNeedNoReason() {
    assertThat(found(answered("Mon 09:20"), Figure.FIRST_RESPONSE, "PT20M").differences())
        .isEmpty();
  }

  @Test
  void aBotsReplyCounts() {
    Story story = created("Mon 09:00").bot("Mon 09:01").handedOff("Mon 09:05");

    assertThat(why(replied(story), Figure.FIRST_RESPONSE, "PT1M"))
        .isEqualTo("bot: the helpdesk counts what bots write and do as an agent's");
  }

  @Test
  void anAutomaticMessageCounts() {
    assertThat(
            why(
                replied(created("Mon 09:00").autoresponder("Mon 09:00:05")),
                Figure.FIRST_RESPONSE,
                "PT5S"))
        .isEqualTo("bot: the helpdesk counts automatic messages as an agent's");
  }

  @Test
  void whatABotSolvedCounts() {
    Story story =
        created("Mon 09:00")
            .status("Mon 09:02", "solved", Actor.BOT)
            .reopened("Mon 09:10")
            .reply("Mon 09:20")
            .solved("Mon 10:00");

    assertThat(why(story, Figure.FIRST_RESOLUTION, "PT2M"))
        .isEqualTo("bot: the helpdesk counts what bots write and do as an agent's");
  }

  @Test
  void aPrivateNoteCounts() {
    assertThat(why(replied(created("Mon 09:00").note("Mon 09:03")), Figure.FIRST_RESPONSE, "PT3M"))
        .isEqualTo("note: the helpdesk counts private notes as replies");
  }

  @Test
  void aPublicNoteDoesNotCount() {
    assertThat(
            why(
                replied(created("Mon 09:00").publicNote("Mon 09:03")),
                Figure.FIRST_RESPONSE,
                "PT20M"))
        .startsWith("note: the helpdesk does not count public notes");
  }

  @Test
  void aPublicNoteCountsThere() {
    definitions = definitions.but().publicNoteCounts(false).build();

    assertThat(
            why(
                replied(created("Mon 09:00").publicNote("Mon 09:03")),
                Figure.FIRST_RESPONSE,
                "PT3M"))
        .startsWith("note: the helpdesk counts public notes");
  }

  @Test
  void theMergedTicketsOwnTimeCounts() {
    Story story = created("Mon 09:00").merged("Mon 09:30").solved("Mon 09:31");

    assertThat(why(story, Figure.FULL_RESOLUTION, "PT31M"))
        .isEqualTo("merge: the helpdesk counts the ticket as if it had not been merged");
  }

  @Test
  void theMergeItselfIsTheSolve() {
    Story story =
        created("Mon 09:00")
            .with(it -> it.mergedInto(Optional.of("2")))
            .merged("Mon 09:30")
            .status("Mon 09:31", "deleted");

    assertThat(why(story, Figure.FULL_RESOLUTION, "PT30M"))
        .isEqualTo("merge: the helpdesk counts the merge as the ticket's solve");
  }

  @Test
  void aMergeOfJustNowIsExplainedAlready() {
    Story story = created("Mon 09:00").merged("Mon+2 09:30").solved("Mon+2 09:31");

    assertThat(why(story, Figure.FULL_RESOLUTION, "PT336H31M")).startsWith("merge: ");
  }

  @Test
  void theClockStartsAtTheCreation() {
    Story story = created("Mon 09:00").handedOff("Mon 09:05");

    assertThat(why(replied(story), Figure.FIRST_RESPONSE, "PT20M"))
        .startsWith("profile: the helpdesk's clock of the first response starts at the creation");
  }

  @Test
  void theClockStartsAtTheHandOff() {
    definitions = definitions.but().firstResponseStart(FirstResponseStart.CREATION).build();
    Story story = created("Mon 09:00").handedOff("Mon 09:05");

    assertThat(why(replied(story), Figure.FIRST_RESPONSE, "PT15M"))
        .startsWith("profile: the helpdesk's clock of the first response starts at the hand-off");
  }

  @Test
  void theClockStartsAtTheAssignment() {
    Story story = created("Mon 09:00").assigned("Mon 09:12", Optional.empty(), "ann");

    assertThat(why(replied(story), Figure.FIRST_RESPONSE, "PT8M"))
        .startsWith("profile: the helpdesk's clock of the first response starts at the first");
  }

  @Test
  void whatStaffOpenedCountsFromItsCreation() {
    Story story = created("Mon 09:00").with(it -> it.openedBy(Actor.AGENT)).customer("Mon 09:10");

    assertThat(why(replied(story), Figure.FIRST_RESPONSE, "PT20M"))
        .startsWith("profile: the helpdesk measures tickets that staff opened");
  }

  @Test
  void timeInPendingIsLeftOut() {
    Story story =
        created("Mon 09:00")
            .reply("Mon 09:20")
            .status("Mon 10:00", "pending")
            .status("Mon 11:00", "open")
            .status("Mon 12:00", "on_hold")
            .status("Mon 12:30", "open")
            .solved("Mon 13:00");

    assertThat(why(story, Figure.FULL_RESOLUTION, "PT3H"))
        .startsWith("profile: the helpdesk stops its clocks while pending (");
    assertThat(why(story, Figure.FULL_RESOLUTION, "PT3H30M"))
        .startsWith("profile: the helpdesk stops its clocks while on hold (");
    assertThat(why(story, Figure.FULL_RESOLUTION, "PT2H30M"))
        .startsWith("profile: the helpdesk stops its clocks while pending or on hold (");
    definitions = definitions.but().resolutionPausesOn(Set.of(Status.PENDING)).build();
    assertThat(why(story, Figure.FULL_RESOLUTION, "PT4H"))
        .startsWith("profile: the helpdesk does not stop its clocks");
  }

  @Test
  void theEndIsTheLastReply() {
    Story story =
        created("Mon 09:00")
            .reply("Mon 09:20")
            .status("Mon 09:21", "pending")
            .status("Wed 09:21", "solved", Actor.SYSTEM);

    assertThat(why(story, Figure.FULL_RESOLUTION, "PT20M"))
        .startsWith("profile: the helpdesk measures to the last reply");
  }

  @Test
  void eachLineOfAChatCounts() {
    Story story =
        created("Mon 09:00")
            .with(
                it ->
                    it.channel("chat")
                        .reported(
                            new Reported(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                OptionalInt.of(3),
                                Optional.empty(),
                                List.of())))
            .reply("Mon 09:01")
            .reply("Mon 09:02")
            .reply("Mon 09:03")
            .solved("Mon 09:04");

    Difference difference = only(found(reconciler(), story));
    assertThat(difference.compared().label()).isEqualTo("agent_replies");
    assertThat(said(difference)).startsWith("profile: the helpdesk counts each message of a chat");
  }

  @Test
  void otherHoursCount() {
    Story overnight = created("Mon 16:00").reply("Tue 10:00").solved("Tue 11:00");

    assertThat(why(overnight, Figure.FIRST_RESPONSE, "PT2H"))
        .isEqualTo("schedule: the helpdesk counts the desk's business hours alone");
    assertThat(why(overnight, Figure.FIRST_RESPONSE, Hours.BUSINESS, "PT18H"))
        .isEqualTo("schedule: the helpdesk counts all hours of the day");
    assertThat(why(overnight, Figure.FIRST_RESPONSE, Hours.BUSINESS, "PT4H"))
        .isEqualTo("schedule: the helpdesk counts the hours of calendar late");
  }

  @Test
  void anotherSolveEndsIt() {
    Story reopened = answered("Mon 09:20").reopened("Mon 12:00").solved("Mon 13:00");

    assertThat(why(reopened, Figure.FULL_RESOLUTION, "PT1H"))
        .isEqualTo("solve: the helpdesk measures to the first solve");
    assertThat(
            why(
                answered("Mon 09:20").reopened("Mon+1 09:00").solved("Mon+1 10:00"),
                Figure.FULL_RESOLUTION,
                "PT169H"))
        .isEqualTo("solve: the helpdesk measures to the last solve, after it had settled once");
    assertThat(why(answered("Mon 09:20").closed("Wed 10:00"), Figure.FULL_RESOLUTION, "PT49H"))
        .isEqualTo("solve: the helpdesk measures to the closing, after the solve");
  }

  @Test
  void theFirstChangeOfStatusStopsTheClock() {
    assertThat(
            why(
                replied(created("Mon 09:00").status("Mon 09:04", "open")),
                Figure.FIRST_RESPONSE,
                "PT4M"))
        .isEqualTo("touch: the helpdesk's clock stops when the ticket first changes its status");
  }

  @Test
  void whatNoSingleChangeExplainsIsSaidToBeUnexplained() {
    Difference difference = only(found(answered("Mon 09:20"), Figure.FIRST_RESPONSE, "PT17M"));

    assertThat(difference.whys()).isEmpty();
    assertThat(difference.reason()).isEqualTo(Reason.UNEXPLAINED);
  }

  @Test
  void ofSeveralReasonsAllAreTold() {
    Story story =
        created("Mon 09:00").bot("Mon 09:03").note("Mon 09:03").status("Mon 09:03", "open");

    assertThat(only(found(replied(story), Figure.FIRST_RESPONSE, "PT3M")).whys())
        .extracting(Why::reason)
        .containsExactly(Reason.BOT, Reason.NOTE, Reason.TOUCH);
  }

  // ---- what is not compared

  @Test
  void whatIsNotComparedSaysWhyNot() {
    assertThat(left(told(created("Mon 09:00").reply("Mon 09:20"), Figure.FIRST_RESPONSE, "PT20M")))
        .isEqualTo(Skipped.NOT_SETTLED);
    assertThat(
            left(
                told(
                    answered("Mon 09:20").excluded("Tue 09:00", Exclusion.SPAM),
                    Figure.FIRST_RESPONSE,
                    "PT20M")))
        .isEqualTo(Skipped.EXCLUDED);
    assertThat(left(answered("Mon 09:20"))).isEqualTo(Skipped.NO_NUMBER);
    definitions = definitions.but().importCutoff(Optional.of(at("Tue 09:00"))).build();
    assertThat(left(told(answered("Mon 09:20"), Figure.FIRST_RESPONSE, "PT20M")))
        .isEqualTo(Skipped.IMPORTED);
  }

  @Test
  void figuresThatNobodyAskedForAreNotCompared() {
    Finding finding =
        reconciler()
            .of(
                told(answered("Mon 09:20"), Figure.FIRST_RESPONSE, "PT1M").timeline(),
                it -> it.figure() == Figure.ON_HOLD);

    assertThat(finding).isEqualTo(new Finding.Left(Skipped.NO_NUMBER));
  }

  // ---- words of these tests

  private static Story answered(String at) {
    return created("Mon 09:00").reply(at).solved("Mon 10:00");
  }

  private static Story replied(Story story) {
    return story.reply("Mon 09:20").solved("Mon 10:00");
  }

  private static Story told(Story story, Figure figure, String theirs) {
    return told(story, figure, Hours.CALENDAR, theirs);
  }

  private static Story told(Story story, Figure figure, Hours hours, String theirs) {
    return story.with(
        it ->
            it.reported(
                Reported.NOTHING.with(
                    List.of(new Measured(figure, hours, Duration.parse(theirs), Grain.SECOND)))));
  }

  private String why(Story story, Figure figure, String theirs) {
    return why(story, figure, Hours.CALENDAR, theirs);
  }

  private String why(Story story, Figure figure, Hours hours, String theirs) {
    return said(only(found(reconciler(), told(story, figure, hours, theirs))));
  }

  private static String said(Difference difference) {
    assertThat(difference.whys()).as("reasons of %s", difference).isNotEmpty();
    Why why = difference.whys().getFirst();
    return why.reason().label() + ": " + why.words();
  }

  private Finding.Found found(Story story, Figure figure, String theirs) {
    return found(reconciler(), told(story, figure, theirs));
  }

  private static Finding.Found found(Reconciler reconciler, Story story) {
    return (Finding.Found) reconciler.of(story.timeline());
  }

  private static Difference only(Finding.Found found) {
    assertThat(found.differences()).hasSize(1);
    return found.differences().getFirst();
  }

  private Skipped left(Story story) {
    return ((Finding.Left) reconciler().of(story.timeline())).why();
  }

  private Reconciler reconciler() {
    Instant asOf = at(LATER);
    Set<ReportedField> nothing = Set.of();
    return new Reconciler(
        new Policies(Vocabulary.CANONICAL, nothing, true, definitions, clock, SlaPolicies.NONE),
        Map.of("office", clock, "late", office("08:00-18:00")),
        asOf);
  }

  private static BusinessClock office(String hours) {
    return new BusinessCalendar(
        "office", ZoneOffset.UTC, WorkingHours.parse(Map.of("mon-fri", hours)), Holidays.none());
  }
}
