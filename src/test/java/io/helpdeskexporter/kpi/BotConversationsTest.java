package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Happening.Conversation;
import io.helpdeskexporter.domain.Happening.Conversation.Step;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.facts.Contact;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Definitions.Deflection;
import io.helpdeskexporter.facts.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rule: KPI definitions, "Deflection", and the column "bot replies" of section 11. */
class BotConversationsTest {
  private static final String ALL = "bot_conversations";
  private static final String RESOLVED = "bot_resolved";
  private static final String HANDED_OFF = "bot_handoffs";

  // ---- conversations

  @Test
  void aTalkCountsFromTheFirstRealAnswer() {
    Talk talk =
        talk()
            .step("Mon 09:00", Step.STARTED)
            .step("Mon 09:01", Step.ANSWERED)
            .step("Mon 09:02", Step.ANSWERED);

    assertThat(talk.seen("Mon 09:00").count(ALL)).isZero();
    assertThat(talk.seen("Mon 10:00").dated(ALL)).containsExactly(at("Mon 09:01"));
  }

  @Test
  void aTalkWithoutARealAnswerCountsNowhere() {
    Traced seen =
        talk().step("Mon 09:00", Step.STARTED).step("Mon 09:01", Step.HANDED_OFF).seen("Fri 09:00");

    assertThat(seen.observations()).isEmpty();
  }

  @Test
  void whatTheCustomerConfirmsIsResolvedAtOnce() {
    Traced seen =
        talk().step("Mon 09:00", Step.ANSWERED).step("Mon 09:05", Step.CONFIRMED).seen("Mon 09:05");

    assertThat(seen.dated(RESOLVED)).containsExactly(at("Mon 09:05"));
    assertThat(seen.details(RESOLVED)).containsExactly("confirmed");
  }

  @Test
  void whatACustomerConfirmsAfterPeopleTookOverIsNotTheBotsDoing() {
    Traced seen =
        talk()
            .step("Mon 09:00", Step.ANSWERED)
            .step("Mon 09:05", Step.HANDED_OFF)
            .step("Mon 09:10", Step.CONFIRMED)
            .seen("Fri 09:00");

    assertThat(seen.dated(HANDED_OFF)).containsExactly(at("Mon 09:05"));
    assertThat(seen.count(RESOLVED)).isZero();
  }

  @Test
  void whoeverLeavesAndDoesNotComeBackWithin72HoursIsAssumedToBeHelped() {
    Talk talk = talk().step("Mon 09:00", Step.ANSWERED).step("Mon 09:10", Step.LEFT);

    assertThat(talk.seen("Thu 09:09").count(RESOLVED)).isZero();
    assertThat(talk.seen("Thu 09:09").changesAt()).contains(at("Thu 09:10"));
    assertThat(talk.seen("Thu 09:10").dated(RESOLVED)).containsExactly(at("Thu 09:10"));
    assertThat(talk.seen("Thu 09:10").details(RESOLVED)).containsExactly("assumed");
    assertThat(talk.seen("Thu 09:10").changesAt()).isEmpty();
  }

  @Test
  void silenceIsLeaving() {
    assertThat(talk().step("Mon 09:00", Step.ANSWERED).seen("Thu 09:00").dated(RESOLVED))
        .containsExactly(at("Thu 09:00"));
  }

  @Test
  void aTicketOfTheCustomerWithin72HoursIsAFailure() {
    Talk talk = talk().step("Mon 09:00", Step.ANSWERED).step("Mon 09:10", Step.LEFT);

    assertThat(talk.ticket("Thu 09:10").seen("Fri 09:00").count(RESOLVED)).isZero();
    assertThat(talk.ticket("Mon 09:05").seen("Fri 09:00").count(RESOLVED))
        .as("while the talk went on")
        .isZero();
    assertThat(talk.ticket("Thu 09:11").seen("Fri 09:00").count(RESOLVED)).isEqualTo(1);
    assertThat(talk.ticket("Mon 08:00").seen("Fri 09:00").count(RESOLVED)).isEqualTo(1);
  }

  @Test
  void whatSupportWritesToTheCustomerIsNoReturn() {
    Talk talk = talk().step("Mon 09:00", Step.ANSWERED);
    Contact proactive =
        new Contact("t", at("Tue 09:00"), List.of(), Optional.empty(), true, Optional.empty());

    assertThat(talk.with(proactive).seen("Fri 09:00").count(RESOLVED)).isEqualTo(1);
  }

  @Test
  void aTicketThatTurnsOutToBeSpamIsNoReturnIfThatIsKnownInTime() {
    Talk talk = talk().step("Mon 09:00", Step.ANSWERED);

    assertThat(talk.with(left("Tue 09:00", "Tue 10:00")).seen("Fri 09:00").count(RESOLVED))
        .isEqualTo(1);
    assertThat(talk.with(left("Tue 09:00", "Thu 10:00")).seen("Fri 09:00").count(RESOLVED))
        .as("what was found stays found")
        .isZero();
  }

  @Test
  void ofAnUnknownCustomerNobodyCanTellThatTheyCameBack() {
    Talk talk = new Talk(List.of(), List.of(), Optional.empty()).step("Mon 09:00", Step.ANSWERED);

    assertThat(talk.ticket("Tue 09:00").seen("Fri 09:00").count(RESOLVED)).isEqualTo(1);
  }

  @Test
  void whatIsHandedOffIsNotResolvedHoweverLongItIsQuiet() {
    Traced seen =
        talk()
            .step("Mon 09:00", Step.ANSWERED)
            .step("Mon 09:10", Step.HANDED_OFF)
            .seen("Sun 09:00");

    assertThat(seen.count(ALL)).isEqualTo(1);
    assertThat(seen.dated(HANDED_OFF)).containsExactly(at("Mon 09:10"));
    assertThat(seen.count(RESOLVED)).isZero();
    assertThat(seen.changesAt()).isEmpty();
  }

  @Test
  void whatFollowsUnderTheSameKeyAfterTheVerdictIsAnotherTalk() {
    Traced seen =
        talk()
            .step("Mon 09:00", Step.ANSWERED)
            .step("Thu 08:59", Step.LEFT)
            .step("Sun 08:59", Step.ANSWERED)
            .step("Sun 09:00", Step.HANDED_OFF)
            .seen("Sun 10:00");

    assertThat(seen.dated(ALL)).containsExactly(at("Mon 09:00"), at("Sun 08:59"));
    assertThat(seen.dated(RESOLVED)).containsExactly(at("Sun 08:59"));
    assertThat(seen.dated(HANDED_OFF)).containsExactly(at("Sun 09:00"));
  }

  @Test
  void asContainmentWhatNobodyTookOverIsResolvedWhateverFollows() {
    Talk talk = talk().step("Mon 09:00", Step.ANSWERED).step("Mon 09:05", Step.CONFIRMED);

    assertThat(talk.ticket("Tue 09:00").seen(Deflection.CONTAINMENT, "Thu 09:04").count(RESOLVED))
        .isZero();
    Traced seen = talk.ticket("Tue 09:00").seen(Deflection.CONTAINMENT, "Thu 09:05");
    assertThat(seen.details(RESOLVED)).containsExactly("confirmed");
    assertThat(
            talk.step("Mon 09:10", Step.HANDED_OFF)
                .seen(Deflection.CONTAINMENT, "Fri 09:00")
                .count(RESOLVED))
        .isZero();
  }

  @Test
  void asASessionWithoutATicketItIsJudgedAfterADay() {
    Talk talk = talk().step("Mon 09:00", Step.ANSWERED).step("Mon 09:05", Step.CONFIRMED);

    assertThat(talk.seen(Deflection.SESSION_NO_TICKET_24H, "Tue 09:04").count(RESOLVED)).isZero();
    assertThat(talk.seen(Deflection.SESSION_NO_TICKET_24H, "Tue 09:05").dated(RESOLVED))
        .containsExactly(at("Tue 09:05"));
    assertThat(
            talk.ticket("Mon 20:00")
                .seen(Deflection.SESSION_NO_TICKET_24H, "Tue 09:05")
                .count(RESOLVED))
        .isZero();
    assertThat(
            talk.ticket("Tue 20:00")
                .seen(Deflection.SESSION_NO_TICKET_24H, "Wed 09:05")
                .count(RESOLVED))
        .isEqualTo(1);
  }

  // ---- tickets

  @Test
  void aTicketThatABotSolvedIsResolvedIfItStaysSo() {
    Story story = botSolved();

    assertThat(seen(story, "Mon 10:00").dated(ALL)).containsExactly(at("Mon 09:02"));
    assertThat(seen(story, "Mon 10:00").changesAt()).contains(at("Thu 09:02"));
    assertThat(seen(story, "Thu 09:01").count(RESOLVED)).isZero();
    assertThat(seen(story, "Thu 09:02").dated(RESOLVED)).containsExactly(at("Thu 09:02"));
    assertThat(seen(story, "Thu 09:02").details(RESOLVED)).containsExactly("assumed");
    assertThat(seen(story, "Thu 09:02").count("solved")).as("nobody of support solved it").isZero();
  }

  @Test
  void aTicketThatComesBackToPeopleWasNotResolvedByTheBot() {
    assertThat(seen(botSolved().reopened("Tue 09:00"), "Fri 09:00").count(RESOLVED)).isZero();
    assertThat(seen(botSolved().customer("Tue 09:00"), "Fri 09:00").count(RESOLVED)).isZero();
    assertThat(seen(botSolved().reply("Tue 09:00"), "Fri 09:00").count(RESOLVED)).isZero();
    assertThat(seen(botSolved().handedOff("Tue 09:00"), "Fri 09:00").count(RESOLVED)).isZero();
    assertThat(seen(botSolved().reopened("Fri 09:00"), "Sat 09:00").count(RESOLVED))
        .as("what was found stays found")
        .isEqualTo(1);
  }

  @Test
  void aTicketThatTheBotSolvesAgainIsJudgedFromThen() {
    Story story =
        botSolved().status("Tue 09:00", "open", Actor.BOT).status("Tue 09:05", "solved", Actor.BOT);

    assertThat(seen(story, "Sun 09:00").dated(ALL)).containsExactly(at("Mon 09:02"));
    assertThat(seen(story, "Sun 09:00").dated(RESOLVED)).containsExactly(at("Fri 09:05"));
  }

  @Test
  void anotherTicketOfTheCustomerWithin72HoursIsAFailureOfTheBot() {
    assertThat(seen(botSolved().contact(opened("Wed 09:00")), "Fri 09:00").count(RESOLVED))
        .isZero();
    assertThat(seen(botSolved().contact(opened("Thu 09:03")), "Fri 09:00").count(RESOLVED))
        .isEqualTo(1);
    assertThat(
            Traced.of(
                    botSolved().contact(opened("Wed 09:00")),
                    Definitions.DEFAULT.but().deflection(Deflection.CONTAINMENT).build(),
                    "Fri 09:00")
                .count(RESOLVED))
        .isEqualTo(1);
  }

  @Test
  void aTicketThatTheBotHandsOffIsATalkWithAHandOff() {
    Traced seen =
        seen(
            created("Mon 09:00").bot("Mon 09:01").handedOff("Mon 09:05").solved("Mon 10:00"),
            "Fri 09:00");

    assertThat(seen.dated(ALL)).containsExactly(at("Mon 09:05"));
    assertThat(seen.dated(HANDED_OFF)).containsExactly(at("Mon 09:05"));
    assertThat(seen.count(RESOLVED)).isZero();
  }

  @Test
  void aTicketOnWhichABotOnlySpokeIsNoTalkWithABot() {
    Story story = created("Mon 09:00").bot("Mon 09:01").reply("Mon 09:30").solved("Mon 10:00");

    assertThat(seen(story, "Fri 09:00").count(ALL)).isZero();
  }

  @Test
  void spamIsNotResolvedByABotAndWhatComesBackIsJudgedThen() {
    Story spam = botSolved().excluded("Tue 09:00", Exclusion.SPAM);

    assertThat(seen(spam, "Fri 09:00").count(RESOLVED)).isZero();
    assertThat(seen(spam.restored("Sat 09:00"), "Sat 09:00").dated(RESOLVED))
        .containsExactly(at("Sat 09:00"));
  }

  @Test
  void aChatThatABotAloneHasIsNotInTheBacklog() {
    Story chat = created("Mon 09:00").with(it -> it.channel("chat"));

    assertThat(backlog(chat, "Mon 09:00")).isEqualTo(1);
    assertThat(backlog(chat.bot("Mon 09:01"), "Mon 09:02")).isZero();
    assertThat(backlog(chat.handedOff("Mon 09:05"), "Mon 09:06")).isEqualTo(1);
    assertThat(backlog(created("Mon 09:00").bot("Mon 09:01"), "Mon 09:02"))
        .as("a bot that answers a mail does not end the waiting")
        .isEqualTo(1);
    assertThat(
            backlog(
                created("Mon 09:00")
                    .with(it -> it.channel("chat"))
                    .bot("Mon 09:01")
                    .assigned("Mon 09:02", Optional.empty(), "ann"),
                "Mon 09:03"))
        .as("somebody has it")
        .isEqualTo(1);
  }

  private static long backlog(Story story, String asOf) {
    return Traced.of(story, Definitions.DEFAULT, asOf).contributions().stream()
        .filter(it -> it.level().name().equals("unsolved"))
        .count();
  }

  private static Story botSolved() {
    return created("Mon 09:00").bot("Mon 09:01").status("Mon 09:02", "solved", Actor.BOT);
  }

  private static Traced seen(Story story, String asOf) {
    return Traced.of(story, Definitions.DEFAULT, asOf);
  }

  private static Contact opened(String at) {
    return new Contact("t", at(at), List.of(), Optional.empty(), false, Optional.empty());
  }

  private static Contact left(String at, String leftAt) {
    return new Contact("t", at(at), List.of(), Optional.empty(), false, Optional.of(at(leftAt)));
  }

  private static Talk talk() {
    return new Talk(List.of(), List.of(), Optional.of("cust"));
  }

  /** A conversation told in a test. */
  private record Talk(List<Happening> steps, List<Contact> contacts, Optional<String> customer) {
    Talk step(String at, Step step) {
      List<Happening> more = new ArrayList<>(steps);
      more.add(new Conversation(Stamp.of("s" + steps.size(), at(at)), "c1", step, customer));
      return new Talk(more, contacts, customer);
    }

    Talk ticket(String at) {
      return with(opened(at));
    }

    Talk with(Contact contact) {
      return new Talk(steps, List.of(contact), customer);
    }

    Traced seen(String asOf) {
      return seen(Deflection.RESOLUTION, asOf);
    }

    Traced seen(Deflection mode, String asOf) {
      return Traced.of(
          Definitions.DEFAULT.but().deflection(mode).build(),
          contacts,
          asOf,
          steps.toArray(Happening[]::new));
    }
  }
}
