package io.helpdeskexporter.source.freshdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.TicketEvent.Message;
import io.helpdeskexporter.domain.TicketEvent.TimeLogged;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads answers that Freshdesk really gave, kept beside the checkout. What is expected was counted
 * by hand. Where they are not there, a line says so and nothing is tested.
 */
class FreshdeskSampleTest {
  private static final Path SAMPLES = Path.of("../shared/samples/freshdesk");

  @TestFactory
  List<DynamicTest> theSamplesAreUnderstood(TestReporter reporter) {
    if (!Files.isDirectory(SAMPLES)) {
      reporter.publishEntry(
          "the replay of the Freshdesk samples was not run: they are not beside the checkout");
      return List.of();
    }
    return List.of(
        DynamicTest.dynamicTest("a ticket with statistics", () -> ticketWithStatistics()),
        DynamicTest.dynamicTest("tickets of an older payload", () -> olderTickets()),
        DynamicTest.dynamicTest("a mail that was sent", () -> outboundMail()),
        DynamicTest.dynamicTest("conversations", () -> conversations()),
        DynamicTest.dynamicTest("agents", () -> agents()),
        DynamicTest.dynamicTest("time entries", () -> timeEntries()),
        DynamicTest.dynamicTest("a refused key", () -> refusedKey()));
  }

  private static JsonNode sample(String name) throws Exception {
    return JsonMapper.shared().readTree(Files.readString(SAMPLES.resolve(name)));
  }

  private static Page read(List<Item> rows) throws Exception {
    Harvest harvest = new Harvest();
    TicketReader reader = new TicketReader(Words.USUAL, Map.of(), Optional.empty());
    harvest.each("ticket", "id", rows, row -> reader.read(row, Duration.ZERO, harvest));
    Page page = harvest.more(Cursor.START);
    assertThat(page.rejected()).isEmpty();
    return page;
  }

  private static List<Ticket> tickets(Page page) {
    return page.changes().stream()
        .filter(Change.TicketSeen.class::isInstance)
        .map(change -> ((Change.TicketSeen) change).ticket())
        .toList();
  }

  private static void ticketWithStatistics() throws Exception {
    Page page = read(List.of(Item.of(sample("sdk_ticket_1.json"))));

    Ticket ticket = tickets(page).getFirst();
    assertThat(ticket.createdAt()).isEqualTo("2016-05-18T04:36:04Z");
    assertThat(ticket.status()).contains("open");
    assertThat(ticket.channel()).contains("portal");
    assertThat(ticket.topics()).containsExactly("foo", "bar", "Question");
    assertThat(ticket.assignee()).contains("6010396333");
    assertThat(ticket.reported().firstReplyAt()).contains(Instant.parse("2020-06-17T20:23:43Z"));
    assertThat(ticket.reported().solvedAt()).contains(Instant.parse("2020-07-24T15:35:21Z"));
    // Due on 18 May 2016 at 05:36 and 23:36; both were years late.
    assertThat(ticket.reported().promises())
        .extracting(promise -> promise.met().orElseThrow())
        .containsExactly(false, false);
    assertThat(page.toString()).doesNotContain("Dummyname", "sample ticket", "dummyname");
  }

  private static void olderTickets() throws Exception {
    for (JsonNode list :
        List.of(
            sample("sdk_all_tickets.json"), sample("sdk_search_tickets.json").path("results"))) {
      List<Ticket> tickets = tickets(read(Item.all(list)));

      assertThat(tickets).hasSize(list.size());
      assertThat(tickets.getFirst().createdAt()).isEqualTo("2014-12-31T02:27:09Z");
      assertThat(tickets.getFirst().updatedAt()).isEqualTo("2015-01-01T00:58:39Z");
      assertThat(tickets.getFirst().status()).contains("open");
    }
  }

  private static void outboundMail() throws Exception {
    // Its source is 2 all the same, as its authors recorded it.
    Ticket ticket = tickets(read(List.of(Item.of(sample("sdk_outbound_email_1.json"))))).getFirst();

    assertThat(ticket.channel()).contains("portal");
    assertThat(ticket.priority()).contains("low");
  }

  private static void conversations() throws Exception {
    TicketReader.Read ticket =
        new TicketReader.Read(
            "1", Instant.EPOCH, Optional.of("9"), false, Optional.empty(), Optional.empty(), true);
    Staff staff = Staff.of(Item.all(sample("sdk_agents.json")), Set.of());
    ConversationReader reader = new ConversationReader(staff);
    List<Message> messages = new ArrayList<>();
    for (Item item : Item.all(sample("sdk_conversations.json"))) {
      messages.add((Message) reader.read(item, ticket).orElseThrow());
    }

    assertThat(messages)
        .extracting(TicketEvent::at, Message::author, Message::visible, Message::note)
        .containsExactly(
            tuple(Instant.parse("2016-05-19T05:36:12Z"), Author.agent("1"), false, true),
            tuple(Instant.parse("2016-05-19T05:36:14Z"), Author.agent("1"), true, false));
    assertThat(reader.read(Item.of(sample("sdk_note_1.json")), ticket)).isPresent();
    assertThat(reader.read(Item.of(sample("sdk_reply_1.json")), ticket)).isPresent();
  }

  private static void agents() throws Exception {
    Staff staff = Staff.of(Item.all(sample("sdk_agents.json")), Set.of());

    assertThat(staff.knows("1")).isTrue();
    assertThat(staff.knows("432")).isTrue();
    assertThat(staff.agent("432")).isEqualTo(Author.agent("432"));
  }

  private static void timeEntries() throws Exception {
    Duration spent = Duration.ZERO;
    for (String name : List.of("sdk_time_entries.json", "sdk_time_entry_1.json")) {
      for (Item row : Item.all(sample(name))) {
        Instant executed = row.requiredTime("executed_at");
        spent = spent.plus(((TimeLogged) TimeEntryList.logged(row, executed)).spent());
      }
    }
    // 15, 10 and 15 minutes in one, 10, 10 and 15 in the other.
    assertThat(spent).isEqualTo(Duration.ofMinutes(75));
  }

  private static void refusedKey() throws Exception {
    JsonNode exchange = sample("error_401.jsonl");
    Answer answer =
        new Answer(
            exchange.path("status").asInt(),
            Map.of("X-Ratelimit-Total", exchange.at("/headers/X-Ratelimit-Total").asString()),
            exchange.path("body"),
            "",
            Instant.EPOCH);
    FreshdeskManners manners = new FreshdeskManners();

    assertThat(answer.number("X-RateLimit-Total")).hasValue(40);
    assertThat(manners.reason(answer)).contains("invalid_credentials");
    assertThat(manners.failure(Call.get("contacts", "/contacts"), answer))
        .get()
        .isInstanceOf(SourceException.Misconfigured.class);
  }
}
