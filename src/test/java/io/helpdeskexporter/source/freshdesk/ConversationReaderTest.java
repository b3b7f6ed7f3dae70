package io.helpdeskexporter.source.freshdesk;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.TicketEvent.Message;
import io.helpdeskexporter.source.api.Item;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Agents are 100 and 101, the bot is 199; the requester is 9 unless a story says otherwise. */
class ConversationReaderTest {
  private static final Staff STAFF =
      Staff.of(
          List.of(
              agent("{'id': 100, 'type': 'support_agent'}"),
              agent("{'id': 101}"),
              agent("{'id': 199, 'type': 'bot'}")),
          Set.of());

  private static Item agent(String json) {
    return Item.of(JsonMapper.shared().readTree(json.replace('\'', '"')));
  }

  private static Optional<Message> read(Staff staff, String requester, boolean bot, String json)
      throws Exception {
    Item item = agent("{'id': 5, 'created_at': '2025-03-03T09:00:00Z', " + json + "}");
    TicketReader.Read ticket =
        new TicketReader.Read(
            "1",
            Instant.EPOCH,
            Optional.of(requester),
            bot,
            Optional.empty(),
            Optional.empty(),
            true);
    return new ConversationReader(staff).read(item, ticket).map(Message.class::cast);
  }

  private static Message message(String json) throws Exception {
    return read(STAFF, "9", false, json).orElseThrow();
  }

  @Test
  void aReplyOfAnAgentIsVisible() throws Exception {
    Message message = message("'user_id': 100, 'source': 0, 'category': 3, 'private': false");

    assertThat(message.author()).isEqualTo(Author.agent("100"));
    assertThat(message.visible()).isTrue();
    assertThat(message.note()).isFalse();
    assertThat(message.stamp().key()).isEqualTo("conversation/5");
  }

  @Test
  void aReplyOfTheRequesterIsTheCustomersAlthoughItIsSaidNotToComeIn() throws Exception {
    // As it was recorded: typed in the portal by the requester.
    assertThat(message("'user_id': 9, 'incoming': false, 'source': 0, 'category': 1").author())
        .isEqualTo(Author.CUSTOMER);
    assertThat(message("'user_id': 9, 'incoming': false, 'source': 0").author())
        .isEqualTo(Author.CUSTOMER);
  }

  @Test
  void whoIsAnAgentWroteAsOneWhateverTheCategorySays() throws Exception {
    assertThat(message("'user_id': 100, 'incoming': true, 'category': 1").author())
        .isEqualTo(Author.agent("100"));
  }

  @Test
  void anAgentIsTheCustomerOfTheTicketsThatHeAskedForHimself() throws Exception {
    assertThat(read(STAFF, "100", false, "'user_id': 100, 'category': 1").orElseThrow().author())
        .isEqualTo(Author.CUSTOMER);
    assertThat(read(STAFF, "100", false, "'user_id': 100, 'category': 3").orElseThrow().author())
        .isEqualTo(Author.agent("100"));
  }

  @Test
  void anAgentWhoLeftIsKnownByTheCategory() throws Exception {
    assertThat(message("'user_id': 77, 'category': 3, 'incoming': true").author())
        .isEqualTo(Author.agent("77"));
    assertThat(message("'user_id': 77, 'category': 1, 'incoming': false").author())
        .isEqualTo(Author.CUSTOMER);
  }

  @Test
  void onlyWithoutACategoryIsTheDirectionBelieved() throws Exception {
    assertThat(message("'user_id': 77, 'incoming': true").author()).isEqualTo(Author.CUSTOMER);
    assertThat(message("'user_id': 77, 'incoming': false").author()).isEqualTo(Author.agent("77"));
  }

  @Test
  void whatAnAgentWhoIsNoPersonWroteIsABots() throws Exception {
    assertThat(message("'user_id': 199, 'category': 3").author()).isEqualTo(Author.bot("199"));
    Staff told = Staff.of(List.of(agent("{'id': 100}")), Set.of("100"));
    assertThat(read(told, "9", false, "'user_id': 100, 'category': 3").orElseThrow().author())
        .isEqualTo(Author.bot("100"));
  }

  @Test
  void anUnknownAuthorOnATicketOfABotIsTheBot() throws Exception {
    assertThat(read(STAFF, "9", true, "'user_id': 77, 'category': 3").orElseThrow().author())
        .isEqualTo(Author.bot("77"));
    assertThat(read(STAFF, "9", true, "'user_id': 9, 'category': 1").orElseThrow().author())
        .isEqualTo(Author.CUSTOMER);
  }

  @Test
  void whatAnswersByItselfIsTheSystems() throws Exception {
    assertThat(message("'user_id': 100, 'category': 3, 'auto_response': true").author().actor())
        .isEqualTo(Actor.SYSTEM);
  }

  @Test
  void whatIsSaidInASurveyIsNoReplyEvenWithoutText() throws Exception {
    assertThat(read(STAFF, "9", false, "'user_id': 9, 'source': 6, 'body_text': ''")).isEmpty();
    assertThat(read(STAFF, "9", false, "'user_id': 9, 'source': 0, 'category': 7")).isEmpty();
  }

  @Test
  void aNoteIsPrivateOrPublicAndWhatIsForwardedIsNotSeenByTheCustomer() throws Exception {
    Message privateNote = message("'user_id': 100, 'source': 2, 'private': true, 'category': 2");
    Message publicNote = message("'user_id': 100, 'source': 2, 'private': false");
    Message forwarded = message("'user_id': 100, 'source': 8, 'private': false");

    assertThat(privateNote.visible()).isFalse();
    assertThat(publicNote.visible()).isTrue();
    assertThat(publicNote.note()).isTrue();
    assertThat(forwarded.visible()).isFalse();
  }
}
