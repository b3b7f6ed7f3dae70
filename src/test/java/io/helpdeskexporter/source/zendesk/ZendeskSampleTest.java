package io.helpdeskexporter.source.zendesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Asked;
import io.helpdeskexporter.source.api.SimulatedApi;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays back what real accounts of Zendesk answered, kept beside the checkout; totals were counted
 * by hand. Where it is not there, a line says so and nothing is tested.
 */
class ZendeskSampleTest {
  private static final Path SAMPLES = Path.of("../shared/samples/zendesk");
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ADMIN = "6130907993114";
  private static final String NOTHING = "{\"%s\":[],\"end_of_stream\":true,\"meta\":{}}";

  @TestFactory
  List<DynamicTest> theSamplesAreUnderstood(TestReporter reporter) {
    if (!Files.exists(SAMPLES)) {
      reporter.publishEntry(
          "the replay of the Zendesk samples was not run: they are not beside the checkout");
      return List.of();
    }
    return List.of(
        DynamicTest.dynamicTest("tickets, page by page", ZendeskSampleTest::tickets),
        DynamicTest.dynamicTest("tickets of an export by time", ZendeskSampleTest::byTime),
        DynamicTest.dynamicTest("tickets with their metrics", ZendeskSampleTest::withMetrics),
        DynamicTest.dynamicTest("a ticket created and changed", ZendeskSampleTest::created),
        DynamicTest.dynamicTest("what happened to a ticket", ZendeskSampleTest::events),
        DynamicTest.dynamicTest("a rating", ZendeskSampleTest::rating),
        DynamicTest.dynamicTest("a custom status", ZendeskSampleTest::customStatus),
        DynamicTest.dynamicTest("wrong credentials", ZendeskSampleTest::wrongCredentials),
        DynamicTest.dynamicTest("an unknown host", ZendeskSampleTest::unknownHost),
        DynamicTest.dynamicTest("what is left of the limits", ZendeskSampleTest::limits));
  }

  /** Answers paths with bodies that were recorded, and all others with nothing. */
  private static final class Recorded extends SimulatedApi {
    private final Map<String, List<Told>> told = new HashMap<>();

    Recorded() {
      super(new SimulatedTime(Instant.parse("2025-06-01T00:00:00Z")));
      put("/api/v2/users/me", told("user_me.json"));
      put("/api/v2/groups", told("groups.json"));
      put("/api/v2/users", told("incremental_users_cursor.json"));
    }

    Recorded put(String path, Told... pages) {
      told.put(path, new ArrayList<>(List.of(pages)));
      return this;
    }

    @Override
    protected Told answer(Asked asked) {
      List<Told> pages = told.getOrDefault(asked.path(), new ArrayList<>());
      if (pages.isEmpty()) {
        return Told.text(200, "application/json", NOTHING.formatted("nothing"));
      }
      return pages.size() == 1 ? pages.getFirst() : pages.removeFirst();
    }
  }

  private static JsonNode recorded(String file) {
    try {
      return JSON.readTree(Files.readString(SAMPLES.resolve(file)).lines().toList().getFirst());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JacksonException e) {
      return whole(file);
    }
  }

  private static JsonNode whole(String file) {
    return JSON.readTree(SAMPLES.resolve(file).toFile());
  }

  /** With its headers, but for the date: the samples are of several years. */
  private static Told told(String file) {
    JsonNode recording = recorded(file);
    Told told = Told.json(recording.path("status").asInt(200), recording.path("body"));
    for (Map.Entry<String, JsonNode> header : recording.path("headers").properties()) {
      if (header.getKey().toLowerCase(Locale.ROOT).contains("rate")
          && header.getValue().isString()) {
        told = told.with(header.getKey(), header.getValue().asString());
      }
    }
    return told;
  }

  private static Reading read(Recorded recorded) throws Exception {
    SimulatedTime time = new SimulatedTime(recorded.now());
    Reading reading = new Reading(100);
    try (recorded;
        ZendeskSource source = new ZendeskSource(Zendesks.settings(recorded.url()), time, time)) {
      reading.goOn(source);
    }
    assertThat(reading.contradictions()).isEmpty();
    return reading;
  }

  private static Recorded withTickets(Told... pages) {
    return new Recorded().put("/api/v2/incremental/tickets/cursor", pages);
  }

  private static void tickets() throws Exception {
    Reading reading =
        read(
            withTickets(
                told("incremental_tickets_cursor_page1_size1.json"),
                told("incremental_tickets_cursor_last_page.json")));

    assertThat(reading.tickets()).as("of 16 rows").hasSize(13);
    assertThat(reading.tickets().values().stream().flatMap(it -> it.status().stream()))
        .filteredOn("pending"::equals)
        .hasSize(8);
    assertThat(reading.tickets().values())
        .filteredOn(ticket -> ticket.excluded().equals(Optional.of(Exclusion.DELETED)))
        .extracting(Ticket::id)
        .containsExactly("4034");
    Ticket sample = reading.ticket("1");
    assertThat(sample.team()).contains("Support");
    assertThat(sample.priority()).contains("normal");
    assertThat(sample.channel()).contains("sample_ticket");
    assertThat(sample.createdAt()).isEqualTo(Instant.parse("2023-09-09T23:52:05Z"));
    assertThat(sample.version()).isEqualTo(1_707_264_678L);
    assertThat(reading.ticket("4036").channel()).contains("web");
  }

  private static void byTime() throws Exception {
    JsonNode body = recorded("incremental_tickets_time_based_page1.json").path("body");
    ((ObjectNode) body).put("end_of_stream", true);

    assertThat(read(withTickets(Told.json(body))).tickets().values())
        .hasSize(7)
        .allSatisfy(
            ticket -> {
              assertThat(ticket.status()).contains("new");
              assertThat(ticket.openedBy()).isEqualTo(Actor.CUSTOMER);
              assertThat(ticket.requester()).contains(ADMIN);
            });
  }

  private static void withMetrics() throws Exception {
    JsonNode body = whole("tickets_with_metrics_3.json");
    for (JsonNode ticket : body.path("tickets")) {
      for (JsonNode metrics : body.path("ticket_metrics")) {
        if (metrics.path("ticket_id").asLong() == ticket.path("id").asLong()) {
          ((ObjectNode) ticket).set("metric_set", metrics);
        }
      }
    }
    Reading reading = read(withTickets(Told.json(body)));

    assertThat(reading.tickets()).hasSize(3);
    assertThat(reading.ticket("3").reported().firstReplyAt())
        .contains(reading.ticket("3").createdAt());
    assertThat(reading.ticket("3").reported().agentReplies()).hasValue(2);
    assertThat(reading.ticket("1").reported().firstReplyAt()).as("none yet").isEmpty();
    assertThat(reading.ticket("1").reported().reassignments()).hasValue(0);
    assertThat(reading.ticket("1").team()).contains("group 23111598987540");
    assertThat(reading.ticket("1").topics())
        .containsExactly("sample", "support", "zendesk", "type:incident", "brand:23111567404180");
  }

  private static void created() throws Exception {
    List<String> lines = Files.readAllLines(SAMPLES.resolve("ticket_create_update.jsonl"));
    JsonNode created = JSON.readTree(lines.getFirst()).path("body");
    JsonNode updated = JSON.readTree(lines.getLast()).path("body");
    ObjectNode events = JSON.createObjectNode();
    ArrayNode rows = events.putArray("ticket_events");
    rows.add(asExported(created.path("audit")));
    rows.add(asExported(updated.path("audit")));
    events.put("end_of_stream", true);
    ObjectNode tickets = JSON.createObjectNode();
    tickets.putArray("tickets").add(created.path("ticket")).add(updated.path("ticket"));
    Reading reading =
        read(
            withTickets(Told.json(tickets))
                .put("/api/v2/incremental/ticket_events", Told.json(events)));

    assertThat(reading.ticket("4016").status()).contains("new");
    assertThat(reading.eventsOf("4016")).as("a subject that changes is nothing").isEmpty();
  }

  /** Audits as the export of events writes them: the field that changed is a key of its own. */
  private static ObjectNode asExported(JsonNode audit) {
    ObjectNode row = JSON.createObjectNode();
    row.set("id", audit.path("id"));
    row.set("ticket_id", audit.path("ticket_id"));
    row.set("created_at", audit.path("created_at"));
    row.set("updater_id", audit.path("author_id"));
    row.set("via", audit.path("via"));
    ArrayNode children = row.putArray("child_events");
    for (JsonNode event : audit.path("events")) {
      ObjectNode child = ((ObjectNode) event).deepCopy();
      child.set("event_type", event.path("type"));
      if (event.has("field_name")) {
        child.set(event.path("field_name").asString(), event.path("value"));
      }
      children.add(child);
    }
    return row;
  }

  private static void events() throws Exception {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode rows = body.putArray("ticket_events");
    for (JsonNode audit : recorded("ticket_audits_cursor_page.json").path("body").path("audits")) {
      rows.add(asExported(audit));
    }
    body.put("end_of_stream", true);
    Reading reading =
        read(
            new Recorded()
                .put(
                    "/api/v2/users/show_many",
                    Told.json(
                        Map.of(
                            "users", List.of(recorded("user_me.json").path("body").path("user")))))
                .put("/api/v2/incremental/ticket_events", Told.json(body)));

    assertThat(rows).hasSize(10);
    assertThat(reading.eventsOf("1"))
        .filteredOn(TicketEvent.StatusChanged.class::isInstance)
        .map(TicketEvent.StatusChanged.class::cast)
        .extracting(TicketEvent.StatusChanged::from, TicketEvent.StatusChanged::to)
        .as("deleted, and restored six minutes later, by an audit with a smaller id")
        .containsExactly(tuple(Optional.of("open"), "deleted"), tuple(Optional.empty(), "open"));
    assertThat(reading.eventsOf("1"))
        .filteredOn(TicketEvent.Message.class::isInstance)
        .map(TicketEvent.Message.class::cast)
        .extracting(it -> it.author().actor(), TicketEvent.Message::visible)
        .containsExactly(tuple(Actor.AGENT, true), tuple(Actor.AGENT, false));
    assertThat(reading.events()).hasSize(5);
  }

  private static void rating() throws Exception {
    assertThat(
            read(new Recorded()
                    .put(
                        "/api/v2/satisfaction_ratings",
                        Told.json(whole("satisfaction_rating_one.json"))))
                .events())
        .as("it was only offered")
        .isEmpty();
  }

  private static void customStatus() throws Exception {
    JsonNode status = recorded("custom_status.json").path("body").path("custom_status");
    ObjectNode body = JSON.createObjectNode();
    ObjectNode row = body.putArray("ticket_events").addObject();
    row.put("id", 1).put("ticket_id", 2).put("created_at", "2024-01-01T00:00:00Z");
    row.put("updater_id", Long.valueOf(ADMIN));
    ObjectNode child = row.putArray("child_events").addObject();
    child.put("id", 3).put("event_type", "Change");
    child.set("custom_status_id", status.path("id"));
    body.put("end_of_stream", true);

    assertThat(
            read(new Recorded()
                    .put(
                        "/api/v2/custom_statuses",
                        Told.json(Map.of("custom_statuses", List.of(status))))
                    .put("/api/v2/incremental/ticket_events", Told.json(body)))
                .eventsOf("2"))
        .singleElement()
        .isInstanceOfSatisfying(
            TicketEvent.StatusChanged.class, it -> assertThat(it.to()).isEqualTo("open"));
  }

  private static void wrongCredentials() {
    Recorded recorded =
        new Recorded().put("/api/v2/users/me", told("users_me_bad_credentials_is_200.json"));

    assertThatThrownBy(() -> read(recorded))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("refused the API token");
  }

  private static void unknownHost() {
    Recorded recorded =
        new Recorded().put("/api/v2/users/me", told("error_404_unknown_host.jsonl"));

    assertThatThrownBy(() -> read(recorded))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("there is no Zendesk at 127.0.0.1");
  }

  /** Their names changed over the years. */
  private static void limits() throws Exception {
    for (String file : List.of("user_me.json", "users_me_bad_credentials_is_200.json")) {
      try (Recorded recorded = new Recorded().put("/api/v2/users/me", told(file));
          ZendeskSource source =
              new ZendeskSource(
                  Zendesks.settings(recorded.url()),
                  new SimulatedTime(recorded.now()),
                  new SimulatedTime(recorded.now()))) {
        try {
          source.inspect();
        } catch (SourceException e) {
          assertThat(file).contains("bad_credentials");
        }
        assertThat(source.traffic().orElseThrow().remaining()).containsKey("account");
      }
    }
  }
}
