package io.helpdeskexporter.source.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.TicketEvent.Message;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Effort;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.api.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who wrote what, by the conversations of tickets. */
class MessagesTest {
  private static final Instant NINE = Instant.parse("2025-03-03T09:00:00Z");
  private static final String THREADS = "/conversations/v3/conversations/threads";
  private static final int MOST_PAGES = 1_000;

  private final SimulatedTime time = new SimulatedTime(NINE.plus(Duration.ofHours(8)));
  private final SimulatedHubspot hubspot = new SimulatedHubspot(time);
  private final Given given = Given.at(hubspot.url());
  private final Reading reading = new Reading(MOST_PAGES);

  @BeforeEach
  void aTicketOfAConversation() {
    given.messages = true;
    hubspot.createTicket(1, NINE, Map.of());
  }

  @AfterEach
  void close() {
    assertThat(hubspot.unexpected()).isEmpty();
    hubspot.close();
  }

  private static Instant at(int minute) {
    return NINE.plus(Duration.ofMinutes(minute));
  }

  private List<Message> read() throws Exception {
    try (HubspotSource source = new HubspotSource(given.settings(), time, time)) {
      reading.goOn(source);
    }
    return reading.eventsOf("1").stream()
        .filter(Message.class::isInstance)
        .map(Message.class::cast)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "MESSAGE, OUTGOING, A-61, AGENT, 101, true",
    "MESSAGE, OUTGOING, A-99, AGENT, A-99, true",
    "MESSAGE, INCOMING, V-1, CUSTOMER, , true",
    "MESSAGE, INCOMING, E-somebody, CUSTOMER, , true",
    "MESSAGE, OUTGOING, E-somebody, AGENT, , true",
    "MESSAGE, OUTGOING, B-7, BOT, B-7, true",
    "MESSAGE, OUTGOING, S-hubspot, SYSTEM, , true",
    "WELCOME_MESSAGE, OUTGOING, A-61, SYSTEM, , true",
    "COMMENT, , A-61, AGENT, 101, false",
  })
  void whoWroteIsToldByTheSenderElseByTheDirection(
      String type, String direction, String sender, Actor actor, String id, boolean visible)
      throws Exception {
    hubspot.say(1, at(5), type, direction == null ? "" : direction, sender);

    assertThat(read())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.at()).isEqualTo(at(5));
              assertThat(message.author()).isEqualTo(new Author(actor, Optional.ofNullable(id)));
              assertThat(message.visible()).isEqualTo(visible);
            });
  }

  @Test
  void theMessageThatOpenedTheTicketIsNoneOfItsMessages() throws Exception {
    hubspot.say(1, NINE.minusSeconds(2), "MESSAGE", "INCOMING", "V-1");
    hubspot.say(1, NINE.plusSeconds(3), "MESSAGE", "INCOMING", "V-1");
    hubspot.say(1, NINE.plusSeconds(4), "MESSAGE", "OUTGOING", "A-61");
    hubspot.say(1, at(1), "MESSAGE", "INCOMING", "V-1");

    assertThat(read())
        .extracting(Message::at, message -> message.author().actor())
        .containsExactly(tuple(NINE.plusSeconds(4), Actor.AGENT), tuple(at(1), Actor.CUSTOMER));
  }

  @Test
  void whatIsNoMessageOrBelongsToNoTicketOrIsSpamIsNotTold() throws Exception {
    hubspot.say(1, at(5), "ASSIGNMENT", "", "S-hubspot");
    hubspot.say(1, at(6), "THREAD_STATUS_CHANGE", "", "A-61");
    hubspot.say(0, at(6), "MESSAGE", "INCOMING", "V-1");
    hubspot.createTicket(2, NINE, Map.of());
    hubspot.markSpam(hubspot.say(2, at(6), "MESSAGE", "INCOMING", "V-1"));

    assertThat(read()).isEmpty();
    assertThat(reading.events()).isEmpty();
  }

  @Test
  void aLongConversationIsReadToItsBeginning() throws Exception {
    hubspot.mostMessages = 3;
    for (int i = 1; i <= 10; i++) {
      hubspot.say(1, at(i), "MESSAGE", "OUTGOING", "A-61");
    }

    assertThat(read()).hasSize(10);
  }

  /** A list that is paged by the time of the last message, of which several are one. */
  @Test
  void conversationsOfOneMillisecondAreAllRead() throws Exception {
    given.withPageSize(2);
    for (int ticket = 2; ticket <= 20; ticket++) {
      hubspot.createTicket(ticket, NINE, Map.of());
      hubspot.say(ticket, at(ticket % 3 == 0 ? ticket : 9), "MESSAGE", "OUTGOING", "A-61");
    }

    read();

    assertThat(reading.events().keySet()).filteredOn(key -> key.contains("message/")).hasSize(19);
  }

  @Test
  void aConversationIsReadAgainOnlyWhenSomebodyWrote() throws Exception {
    hubspot.say(1, at(5), "MESSAGE", "OUTGOING", "A-61");
    try (HubspotSource source = new HubspotSource(given.settings(), time, time)) {
      reading.goOn(source);
      time.advance(Duration.ofMinutes(1));
      reading.goOn(source);
      assertThat(hubspot.requests()).containsEntry(THREADS + "/{id}/messages", 1);

      hubspot.say(1, time.instant(), "MESSAGE", "INCOMING", "V-1");
      time.advance(Duration.ofMinutes(1));
      reading.goOn(source);
      assertThat(hubspot.requests()).containsEntry(THREADS + "/{id}/messages", 2);
    }
    assertThat(read()).hasSize(2);
  }

  @Test
  void conversationsThatMayNotBeReadAreSwitchedOffVisibly() throws Exception {
    hubspot.refused.put(THREADS, 403);
    try (HubspotSource source = new HubspotSource(given.settings(), time, time)) {
      Page page = source.fetch(HubspotSource.MESSAGES, Cursor.START);

      assertThat(page.readings()).containsEntry("switched_off", 1.0);
      assertThat(source.inspect().notes())
          .anySatisfy(
              note -> assertThat(note).startsWith("conversations:").contains("messages: false"));
    }
  }

  @Test
  void messagesCostACallForEachConversation() {
    HubspotKind kind = new HubspotKind();
    Effort effort = kind.effort(given.settings()).orElseThrow();

    assertThat(kind.tellsMessages(given.settings())).isTrue();
    assertThat(effort.charges())
        .extracting(Effort.Charge::limit, Effort.Charge::poll, Effort.Charge::changed)
        .contains(tuple("search", 1.0, 5.0), tuple("app", 2.0, 1_115.0));
  }
}
