package io.helpdeskexporter.source.freshdesk;

import static io.helpdeskexporter.source.freshdesk.Story.CUSTOMER;
import static io.helpdeskexporter.source.freshdesk.Story.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Reported.Promise;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.TicketEvent.AssigneeChanged;
import io.helpdeskexporter.domain.TicketEvent.SlaDeadline;
import io.helpdeskexporter.domain.TicketEvent.Snapshot;
import io.helpdeskexporter.domain.TicketEvent.TeamChanged;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class TicketReaderTest {
  @Test
  void aTicketHasTheWordsOfFreshdesksNumbers() throws Exception {
    try (Story story = new Story()) {
      story
          .freshdesk
          .create(1, at(0), CUSTOMER)
          .with("status", 7)
          .with("priority", 2)
          .with("source", 13)
          .with("group_id", 701)
          .with("responder_id", 100)
          .with("company_id", 55)
          .with("type", "Question")
          .with("product_id", 12)
          .with("tags", List.of("vip", "shop"));

      Ticket ticket = story.readAt(1).ticket(1);

      // The agents' label of the account, not the number, and not the customers' label.
      assertThat(ticket.status()).contains("Beim Lieferanten");
      assertThat(ticket.priority().flatMap(Words.VOCABULARY::priority)).contains(Priority.NORMAL);
      assertThat(ticket.channel().flatMap(Words.VOCABULARY::channel)).contains(Channel.MESSAGING);
      assertThat(ticket.team()).contains("Team 1");
      assertThat(ticket.assignee()).contains("100");
      assertThat(ticket.requester()).contains("90001");
      assertThat(ticket.organization()).contains("55");
      assertThat(ticket.topics()).containsExactly("vip", "shop", "Question", "product:12");
      assertThat(ticket.openedBy()).isEqualTo(Actor.CUSTOMER);
      assertThat(ticket.toString()).doesNotContain("what a customer wrote");
    }
  }

  @Test
  void theFourStatusesOfAllAccountsMeanTheSameWhateverTheirLabels() throws Exception {
    try (Story story = new Story()) {
      for (int status = 2; status <= 5; status++) {
        story.freshdesk.create(status, at(0), CUSTOMER).with("responder_id", 100);
        story.freshdesk.setStatus(status, at(1), status);
      }
      story.readAt(5);

      assertThat(List.of(2, 3, 4, 5))
          .extracting(id -> story.ticket(id).status().flatMap(Words.VOCABULARY::status).get())
          .containsExactly(Status.OPEN, Status.PENDING, Status.SOLVED, Status.CLOSED);
    }
  }

  @Test
  void withoutFieldsOfTicketsTheUsualWordsAreThere() {
    assertThat(Words.VOCABULARY.status(Words.USUAL.status(6))).contains(Status.PENDING);
    assertThat(Words.VOCABULARY.status(Words.USUAL.status(7))).contains(Status.ON_HOLD);
    assertThat(Words.USUAL.status(11)).isEqualTo("11");
    assertThat(Words.USUAL.channel(101)).isEqualTo("101");
  }

  @Test
  void ownSourcesHaveTheirLabels() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER).with("source", 101);

      assertThat(story.readAt(1).ticket(1).channel()).contains("Ladentheke");
    }
  }

  @Test
  void whatWentOutByMailWasOpenedByAnAgentAndOwesNoFirstResponse() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER).with("source", 10);

      Ticket ticket = story.readAt(1).ticket(1);

      assertThat(ticket.openedBy()).isEqualTo(Actor.AGENT);
      assertThat(ticket.reported().promises())
          .extracting(Promise::metric)
          .containsExactly(SlaMetric.RESOLUTION);
    }
  }

  @Test
  void anOpenTicketIsNewUntilSomebodyHasItOrAnswered() throws Exception {
    try (Story story = new Story()) {
      for (int i = 1; i <= 3; i++) {
        story.freshdesk.create(i, at(0), CUSTOMER);
      }
      story.freshdesk.set(2, at(1), "responder_id", 100);
      story.freshdesk.say(3, at(1), 100, 3, Map.of());
      story.readAt(5);

      assertThat(story.ticket(1).status()).contains("new");
      assertThat(statuses(story, 1)).isEmpty();
      assertThat(story.ticket(2).status()).contains("open");
      assertThat(story.ticket(3).status()).contains("open");
      assertThat(statuses(story, 3)).containsExactly(tuple("open", at(0)));
    }
  }

  @Test
  void aTicketThatWasPendingIsNotNewAgain() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.setStatus(1, at(5), 3);
      story.freshdesk.setStatus(1, at(9), 2);

      assertThat(story.readAt(10).ticket(1).status()).contains("open");
    }
  }

  @Test
  void theLastTimesThatFreshdeskKnowsAreTold() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER).with("responder_id", 100);
      story.freshdesk.setStatus(1, at(10), 4);
      story.freshdesk.setStatus(1, at(20), 2);
      story.freshdesk.setStatus(1, at(30), 4);
      story.freshdesk.setStatus(1, at(40), 5);
      story.readAt(50);

      // The first solve is not known to it any more.
      assertThat(statuses(story, 1))
          .containsExactly(
              tuple("open", at(20)), tuple("resolved", at(30)), tuple("closed", at(40)));
      assertThat(story.ticket(1).reported().solvedAt()).contains(at(30));
      assertThat(story.ticket(1).reported().closedAt()).contains(at(40));
    }
  }

  @Test
  void aTicketThatIsClosedAtOnceWasNotResolvedBefore() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.setStatus(1, at(10), 5);

      story.readAt(20);

      assertThat(statuses(story, 1)).containsExactly(tuple("closed", at(10)));
    }
  }

  @Test
  void whatWasSeenBeforeStaysWhenFreshdeskForgetsIt() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER).with("responder_id", 100);
      story.freshdesk.setStatus(1, at(10), 4);
      story.readAt(15);
      story.freshdesk.setStatus(1, at(20), 2);
      story.readAt(25);

      assertThat(story.ticket(1).reported().solvedAt()).isEmpty();
      assertThat(statuses(story, 1))
          .containsExactly(tuple("resolved", at(10)), tuple("open", at(20)));
    }
  }

  @Test
  void aStateIsOfTheEndOfItsSecond() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.say(1, at(10), 100, 3, Map.of());
      story.freshdesk.setStatus(1, at(10), 3);
      List<TicketEvent> events = story.readAt(20).events(1);

      assertThat(events)
          .filteredOn(event -> event.at().equals(at(10)))
          .first()
          .isInstanceOf(TicketEvent.Message.class);
    }
  }

  @Test
  void fieldsAreToldAsTheyStandAndEmptyOnesAsChangesToNothing() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER).with("group_id", 700);
      story.readAt(5);
      assertThat(story.events(1, AssigneeChanged.class)).hasSize(1);
      assertThat(story.events(1, TeamChanged.class)).isEmpty();

      story.freshdesk.set(1, at(10), "responder_id", 101);
      story.freshdesk.set(1, at(10), "group_id", null);
      story.readAt(15);

      assertThat(story.events(1, Snapshot.class))
          .filteredOn(event -> event.status().isEmpty())
          .extracting(Snapshot::at, Snapshot::team, Snapshot::assignee)
          .containsExactly(
              tuple(at(0), Optional.of("Team 0"), Optional.empty()),
              tuple(at(10), Optional.empty(), Optional.of("101")));
      assertThat(story.events(1, TeamChanged.class))
          .singleElement()
          .satisfies(event -> assertThat(event.to()).isEmpty());
    }
  }

  @Test
  void promisesAreJudgedByTheDueTimesOfFreshdesk() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.create(2, at(0), CUSTOMER);
      // Promised are four hours and a day.
      story.freshdesk.say(1, at(240), 100, 3, Map.of());
      story.freshdesk.setStatus(1, at(1441), 4);
      story.freshdesk.say(2, at(241), 100, 3, Map.of());

      story.readAt(1500);

      assertThat(story.ticket(1).reported().promises())
          .containsExactly(
              new Promise(
                  SlaMetric.FIRST_RESPONSE,
                  Optional.of(true),
                  Optional.of(at(240)),
                  Optional.of(at(240))),
              new Promise(
                  SlaMetric.RESOLUTION,
                  Optional.of(false),
                  Optional.of(at(1440)),
                  Optional.of(at(1441))));
      assertThat(story.ticket(2).reported().promises())
          .extracting(Promise::met)
          .containsExactly(Optional.of(false), Optional.empty());
    }
  }

  @Test
  void theNextResponseIsPromisedFromTheCustomersLastMessageOn() throws Exception {
    try (Story story = new Story()) {
      story.freshdesk.create(1, at(0), CUSTOMER);
      story.freshdesk.say(1, at(5), 100, 3, Map.of());
      story.freshdesk.say(1, at(10), CUSTOMER, 1, Map.of());
      story.freshdesk.ticket(1).with("nr_due_by", SimulatedFreshdesk.text(at(70)));

      assertThat(story.readAt(15).events(1, SlaDeadline.class))
          .extracting(SlaDeadline::at, SlaDeadline::metric, SlaDeadline::dueAt)
          .containsExactly(tuple(at(10), SlaMetric.NEXT_RESPONSE, Optional.of(at(70))));
    }
  }

  private static List<Tuple> statuses(Story story, long id) {
    return story.events(id, Snapshot.class).stream()
        .filter(event -> event.status().isPresent())
        .map(event -> tuple(event.status().get(), event.at()))
        .toList();
  }
}
