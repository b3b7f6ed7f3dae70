package io.helpdeskexporter.source.freshdesk;

import static io.helpdeskexporter.source.freshdesk.Story.CUSTOMER;
import static io.helpdeskexporter.source.freshdesk.Story.START;
import static io.helpdeskexporter.source.freshdesk.Story.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.TicketEvent.Message;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Stream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TicketListTest {
  private static final Stream TICKETS = new Stream("tickets");
  private static final String LIST = "/tickets";
  private static final String CONVERSATIONS = "/tickets/{id}/conversations";

  @Test
  void ticketsOlderThanTheThirtyDaysThatComeUnaskedAreRead() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, START.minus(Duration.ofDays(900)), CUSTOMER);

      assertThat(story.readAt(1).ticket(1)).isNotNull();
    }
  }

  @Test
  void whatDidNotChangeSinceTheBeginThatIsConfiguredIsNotRead() throws Exception {
    try (Story story = new Story(given -> given.since(LocalDate.parse("2025-01-01")))) {
      story.freshdesk.create(1, START.minus(Duration.ofDays(900)), CUSTOMER);
      story.freshdesk.create(2, START, CUSTOMER);

      assertThat(story.readAt(1).reading.tickets()).containsOnlyKeys("2");
    }
  }

  @Test
  void moreThanThreeHundredPagesAreReadAsIfThereWereNoCeiling() throws Exception {
    try (Story story = new Story(given -> given.withPageSize(1))) {
      for (int i = 1; i <= 320; i++) {
        story.freshdesk.create(i, START.plusSeconds(i), CUSTOMER);
      }

      assertThat(story.readAt(10).reading.tickets()).hasSize(320);
    }
  }

  @Test
  void moreTicketsOfOneSecondThanAPageHoldsAreAllRead() throws Exception {
    try (Story story = new Story(given -> given.withPageSize(2))) {
      for (int i = 1; i <= 7; i++) {
        story.freshdesk.create(i, i < 3 ? START : START.plusSeconds(9), CUSTOMER);
      }

      assertThat(story.readAt(1).reading.tickets()).hasSize(7);
    }
  }

  @Test
  void moreTicketsOfOneSecondThanFreshdeskListsAreLeftOutLoudly() throws Exception {
    try (Story story = new Story(given -> given.withPageSize(1))) {
      for (int i = 1; i <= 302; i++) {
        story.freshdesk.create(i, START, CUSTOMER);
      }
      story.freshdesk.create(303, START.plusSeconds(1), CUSTOMER);
      story.time.set(at(1));

      int told = 0;
      int rejected = 0;
      Page page = story.first("tickets");
      while (page.completeUntil().isEmpty()) {
        told +=
            (int)
                page.changes().stream()
                    .filter(it -> it.toString().contains("Seen[ticket="))
                    .count();
        rejected += page.rejected().size();
        page = story.source().fetch(TICKETS, page.next());
      }

      assertThat(rejected).isEqualTo(1);
      assertThat(told).isGreaterThanOrEqualTo(301);
    }
  }

  @Test
  void aTicketThatChangesWhilePagesAreTurnedCostsNoOtherItsPlace() throws Exception {
    try (Story story = new Story(given -> given.withPageSize(2))) {
      for (int i = 1; i <= 6; i++) {
        story.freshdesk.create(i, START.plusSeconds(i), CUSTOMER);
      }
      story.time.set(at(1));
      Page first = story.first("tickets");
      story.reading.take(TICKETS, first);
      story.freshdesk.set(1, at(10), "priority", 4);
      story.freshdesk.set(2, at(10), "priority", 4);

      // More than the minute that is read again.
      story.readAt(12);

      assertThat(story.reading.tickets()).hasSize(6);
      assertThat(story.ticket(1).priority()).contains("urgent");
    }
  }

  @Test
  void aConversationIsReadWhenSomebodyAnsweredAndNotWhenSomethingElseChanged() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.create(2, at(0), CUSTOMER);
      story.freshdesk.say(1, at(5), 100, 3, Map.of());
      assertThat(story.readAt(10).calls(CONVERSATIONS)).isEqualTo(1);

      story.freshdesk.set(1, at(600), "priority", 3);
      story.freshdesk.set(2, at(600), "priority", 3);
      assertThat(story.readAt(610).calls(CONVERSATIONS)).isZero();

      story.freshdesk.say(2, at(1200), CUSTOMER, 1, Map.of());
      assertThat(story.readAt(1210).calls(CONVERSATIONS)).isEqualTo(1);
      assertThat(story.events(1, Message.class)).hasSize(1);
      assertThat(story.events(2, Message.class)).hasSize(1);
    }
  }

  @Test
  void aRestartKnowsWhichConversationsWereReadAndWhichWereNot() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.say(1, at(5), 100, 3, Map.of());
      story.readAt(10);

      assertThat(story.restart().readAt(11).calls(CONVERSATIONS)).isZero();
      story.freshdesk.say(1, at(12), CUSTOMER, 1, Map.of());
      story.freshdesk.set(1, at(15), "priority", 2);
      assertThat(story.restart().readAt(20).calls(CONVERSATIONS)).isEqualTo(1);

      assertThat(story.events(1, Message.class)).hasSize(2);
    }
  }

  @Test
  void anAnswerOfTheSameSecondAsTheLastOneIsNotTakenForIt() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.say(1, at(5), CUSTOMER, 1, Map.of());
      story.readAt(6);
      // It became visible late.
      story.freshdesk.say(1, at(5), 100, 3, Map.of());

      assertThat(story.readAt(7).events(1, Message.class)).hasSize(2);
    }
  }

  @Test
  void aPageAsksForFewConversationsSoThatACrashLosesLittle() throws Exception {
    try (Story story = new Story()) {
      for (int i = 1; i <= 60; i++) {
        story.freshdesk.create(i, START.plusSeconds(i), CUSTOMER);
        story.freshdesk.say(i, START.plusSeconds(i), 100, 3, Map.of());
      }
      story.time.set(at(5));

      Page first = story.first("tickets");

      assertThat(first.completeUntil()).isEmpty();
      assertThat(story.freshdesk.requests().get("/api/v2" + CONVERSATIONS)).isEqualTo(25);
      story.reading.take(TICKETS, first);
      story.readAt(6);
      assertThat(story.calls(CONVERSATIONS)).isEqualTo(35);
      assertThat(story.reading.tickets()).hasSize(60);
    }
  }

  @Test
  void longConversationsAreReadToTheirEnd() throws Exception {
    try (Story story = new Story(given -> given.withPageSize(2))) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      for (int i = 1; i <= 5; i++) {
        story.freshdesk.say(1, at(i), 100, 3, Map.of());
      }

      assertThat(story.readAt(10).events(1, Message.class)).hasSize(5);
    }
  }

  @Test
  void aRowWithoutStatisticsDoesNotTellSoItsConversationIsRead() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.tellsStats = false;
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.say(1, at(5), 100, 3, Map.of());

      assertThat(story.readAt(10).events(1, Message.class)).hasSize(1);
    }
  }

  @Test
  void whatChangesInThisVerySecondWaitsUntilTheSecondIsOver() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.set(1, at(9), "responder_id", 100);

      assertThat(story.readAt(9).reading.tickets()).isEmpty();
      assertThat(story.reading.completeUntil().get(TICKETS)).isBefore(at(9));

      assertThat(story.readAt(10).ticket(1).assignee()).contains("100");
    }
  }

  @Test
  void aLookAtWhichNothingChangedCostsOneCall() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.say(1, at(5), 100, 3, Map.of());
      story.readAt(10);

      assertThat(story.readAt(12).calls()).isEqualTo(1);
      assertThat(story.calls(LIST)).isEqualTo(1);
    }
  }

  @Test
  void deletedTicketsAndSpamAreReadFromTheirOwnListsAndComeBack() throws Exception {
    try (Story story = new Story()) {
      for (int i = 1; i <= 3; i++) {
        story.freshdesk.create(i, at(0), CUSTOMER);
      }
      story.readAt(10);
      story.freshdesk.set(1, at(20), "deleted", true);
      story.freshdesk.set(2, at(20), "spam", true);

      story.readAt(40);

      assertThat(story.ticket(1).excluded()).contains(Exclusion.DELETED);
      assertThat(story.ticket(2).excluded()).contains(Exclusion.SPAM);
      assertThat(story.ticket(3).excluded()).isEmpty();

      story.freshdesk.set(1, at(50), "deleted", false);
      story.freshdesk.set(2, at(50), "spam", false);
      story.readAt(60);

      assertThat(story.ticket(1).excluded()).isEmpty();
      assertThat(story.ticket(2).excluded()).isEmpty();
    }
  }

  @Test
  void whatWasSaidBeforeATicketWasDeletedIsKnownWhenItIsRestoredBeforeAnybodyLookedForIt()
      throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.create(2, at(0), CUSTOMER);
      story.readAt(10);
      story.readAt(30);
      story.freshdesk.say(1, at(31), 100, 3, Map.of());
      story.freshdesk.set(1, at(32), "deleted", true);
      story.freshdesk.say(2, at(33), 100, 3, Map.of());
      story.readAt(35);
      story.freshdesk.set(1, at(36), "deleted", false);

      assertThat(story.readAt(40).events(1, Message.class)).hasSize(1);
    }
  }

  @Test
  void theListsOfWhatIsLeftOutAreNotLookedAtWithEachPoll() throws Exception {
    try (Story story = new Story()) {
      story.readAt(10);

      assertThat(story.readAt(20).calls(LIST)).isEqualTo(1);
      assertThat(story.readAt(30).calls(LIST)).isEqualTo(3);
    }
  }

  @Test
  void openTicketsAreReadAgainOnceADayBecauseSomeChangesDoNotMoveTheirTime() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.create(2, at(5), CUSTOMER);
      story.readAt(10);
      story.freshdesk.ticket(1).with("tags", List.of("vip"));

      assertThat(story.readAt(20).ticket(1).topics()).isEmpty();
      assertThat(story.readAt(1500).ticket(1).topics()).containsExactly("vip");
    }
  }

  @Test
  void aConversationOfATicketThatIsGoneMeanwhileIsDoneWithout() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.say(1, at(5), 100, 3, Map.of());
      story.freshdesk.gone.add(1L);

      story.readAt(10);

      assertThat(story.ticket(1)).isNotNull();
      assertThat(story.events(1, Message.class)).isEmpty();
    }
  }

  @Test
  void withoutConversationsNoneIsAskedForAndFreshdesksOwnFirstReplyIsTold() throws Exception {
    try (Story story = new Story(Given::withoutConversations)) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.say(1, at(5), 100, 3, Map.of());

      assertThat(story.readAt(10).calls(CONVERSATIONS)).isZero();
      assertThat(story.ticket(1).reported().firstReplyAt()).isEqualTo(Optional.of(at(5)));
    }
  }

  @Test
  void aBadRowIsLeftOutAndTheOthersAreRead() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER).with("priority", "rather high");
      story.freshdesk.create(2, at(1), CUSTOMER);
      story.time.set(at(5));

      Page page = story.first("tickets");

      assertThat(page.rejected()).singleElement().asString().contains("ticket 1", "bad_number");
      assertThat(page.changes()).asString().contains("id=2").doesNotContain("id=1,");
      assertThat(page.next()).isNotEqualTo(Cursor.START);
    }
  }
}
