package io.helpdeskexporter.source.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Budget;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.SimulatedTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads answers that HubSpot really gave, kept beside the checkout. What is expected was counted by
 * hand. Where they are not there, a line says so and nothing is tested.
 */
class HubspotSampleTest {
  private static final Path SAMPLES = Path.of("../shared/samples/hubspot");
  private static final Instant NOON = Instant.parse("2026-02-13T12:00:00Z");

  @TestFactory
  List<DynamicTest> theSamplesAreUnderstood(TestReporter reporter) {
    if (!Files.isDirectory(SAMPLES)) {
      reporter.publishEntry(
          "the replay of the HubSpot samples was not run: they are not beside the checkout");
      return List.of();
    }
    return List.of(
        DynamicTest.dynamicTest("pages of a search", () -> searches()),
        DynamicTest.dynamicTest("associations", () -> associations()),
        DynamicTest.dynamicTest("a pipeline", () -> pipeline()),
        DynamicTest.dynamicTest("missing scopes", () -> missingScopes()),
        DynamicTest.dynamicTest("a type that there is none of", () -> invalidObject()),
        DynamicTest.dynamicTest("the account", () -> account()),
        DynamicTest.dynamicTest("tickets of a warehouse", () -> tickets()),
        DynamicTest.dynamicTest("stages of a warehouse", () -> stages()),
        DynamicTest.dynamicTest("histories of a warehouse", () -> histories()));
  }

  private static JsonNode sample(String name) throws Exception {
    return JsonMapper.shared().readTree(Files.readString(SAMPLES.resolve(name)));
  }

  private static Answer answer(int status, String name) throws Exception {
    return new Answer(status, Map.of(), sample(name), "", NOON);
  }

  private static void searches() throws Exception {
    assertThat(Crm.next(answer(200, "search-contacts-page1.json"))).contains("54");
    assertThat(Crm.next(answer(200, "search-contacts-page2.json"))).isEmpty();
    assertThat(Crm.next(answer(200, "search-contacts-incremental.json"))).contains("394");
    List<Instant> modified = new ArrayList<>();
    for (Item row : Item.all(sample("search-contacts-incremental.json").path("results"))) {
      modified.add(new Values(row).modified());
      assertThat(new Values(row).created()).isBefore(new Values(row).modified());
    }
    assertThat(modified)
        .containsExactly(
            Instant.parse("2024-12-24T17:31:54.727Z"),
            Instant.parse("2023-12-13T22:45:30.353Z"),
            Instant.parse("2023-12-13T22:20:05.498Z"));
  }

  private static void associations() throws Exception {
    JsonNode result = sample("associations-v4-contacts-to-companies.json").path("results").get(0);
    assertThat(Associations.chosen(Item.of(result).items("to"))).contains("29022297485");
    assertThat(sample("error-associations.json").path("results").isEmpty()).isTrue();
  }

  /** Of deals, whose stages say whether they are closed in another word. */
  private static void pipeline() throws Exception {
    Map<String, Stages.Stage> stages =
        stages(Item.all(sample("pipelines-deals.json").path("results")));

    assertThat(stages).hasSize(7);
    assertThat(stages.values())
        .filteredOn(stage -> stage.word().equals("solved"))
        .extracting(Stages.Stage::label)
        .containsExactlyInAnyOrder("Closed Won", "Closed Lost");
  }

  private static Map<String, Stages.Stage> stages(List<Item> pipelines) {
    return Stages.of(Given.at("http://127.0.0.1:1").settings(), pipelines);
  }

  private static void missingScopes() throws Exception {
    SourceException told =
        new HubspotManners("api.hubapi.com")
            .failure(
                Call.get("tickets", "/crm/v3/objects/tickets"),
                answer(403, "error-missing-scopes.json"))
            .orElseThrow();

    assertThat(told)
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageEndingWith("give it the scope custom-object-read");
  }

  private static void invalidObject() throws Exception {
    assertThat(
            new HubspotManners("api.hubapi.com").reason(answer(400, "error-invalid-object.json")))
        .isEmpty();
  }

  /** Noon in Greenwich is seven in the morning there. */
  private static void account() throws Exception {
    HubspotManners manners = new HubspotManners("api.hubapi.com");
    SimulatedTime time = new SimulatedTime(NOON);
    Call call = Call.get("the account", "/account-info/v3/details");
    manners.learn(
        call, answer(200, "account-info.json"), new Budget(Share.parse("50%"), time, time));
    Answer used =
        new Answer(
            429, Map.of(), JsonMapper.shared().readTree("{\"policyName\": \"DAILY\"}"), "", NOON);

    SourceException.Unavailable told =
        (SourceException.Unavailable) manners.failure(call, used).orElseThrow();

    assertThat(told.retryAfter()).contains(Duration.ofHours(17));
  }

  // ---- rows that somebody copied from HubSpot

  private static List<Map<String, String>> rows(String name) throws Exception {
    List<String> lines = Files.readAllLines(SAMPLES.resolve(name));
    String[] names = lines.getFirst().split(",", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] values = line.split(",", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], values[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  private static Item object(Map<String, String> row, Map<String, Object> history) {
    Map<String, Object> properties = new LinkedHashMap<>();
    row.forEach(
        (name, value) -> {
          if (name.startsWith("property_")) {
            properties.put(name.substring("property_".length()), value.isEmpty() ? null : value);
          }
        });
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("id", row.get("id"));
    object.put("properties", properties);
    object.put("propertiesWithHistory", history);
    object.put("updatedAt", row.get("_fivetran_synced"));
    return Item.of(JsonMapper.shared().valueToTree(object));
  }

  private static Page read(List<Item> objects) throws Exception {
    TicketReader reader =
        new TicketReader(
            Given.at("http://127.0.0.1:1").settings(),
            stages(List.of()),
            Map.of(),
            Verdicts.of(List.of()));
    Harvest harvest = new Harvest();
    harvest.each(
        "ticket",
        "id",
        objects,
        object -> reader.read(object, TicketReader.Parties.UNKNOWN, 0, harvest));
    Page page = harvest.more(Cursor.START);
    assertThat(page.rejected()).isEmpty();
    return page;
  }

  private static void tickets() throws Exception {
    List<Item> objects = new ArrayList<>();
    for (Map<String, String> row : rows("warehouse-ticket.csv")) {
      objects.add(object(row, Map.of()));
    }

    List<Ticket> tickets =
        read(objects).changes().stream()
            .map(change -> ((Change.TicketSeen) change).ticket())
            .toList();

    assertThat(tickets).hasSize(25);
    assertThat(tickets).filteredOn(it -> it.reported().firstReplyAt().isPresent()).hasSize(4);
    assertThat(tickets).filteredOn(it -> it.reported().solvedAt().isPresent()).hasSize(23);
    assertThat(tickets).filteredOn(it -> it.assignee().isPresent()).hasSize(6);
    assertThat(tickets).filteredOn(it -> !it.topics().isEmpty()).hasSize(4);
    assertThat(tickets).filteredOn(it -> it.priority().isPresent()).isEmpty();
    assertThat(tickets)
        .filteredOn(it -> it.id().equals("350123456"))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.createdAt()).isEqualTo("2021-02-25T08:15:00Z");
              assertThat(it.reported().firstReplyAt())
                  .contains(Instant.parse("2021-02-25T09:02:17Z"));
              assertThat(it.assignee()).contains("90700234");
            });
  }

  private static void stages() throws Exception {
    List<Item> pipelines = new ArrayList<>();
    for (Map<String, String> row : rows("warehouse-ticket_pipeline_stage.csv")) {
      Map<String, Object> stage =
          Map.of(
              "id", row.get("stage_id"),
              "label", row.get("label"),
              "metadata", Map.of("ticketState", row.get("ticket_state")));
      pipelines.add(
          Item.of(
              JsonMapper.shared()
                  .valueToTree(Map.of("id", row.get("pipeline_id"), "stages", List.of(stage)))));
    }

    Map<String, Stages.Stage> stages = stages(pipelines);

    assertThat(stages).hasSize(13);
    assertThat(stages.get("1")).extracting(Stages.Stage::word).isEqualTo("new");
    assertThat(stages.values()).noneSatisfy(it -> assertThat(it.word()).isEqualTo("solved"));
  }

  private static void histories() throws Exception {
    List<Object> entries = new ArrayList<>();
    for (Map<String, String> row : rows("warehouse-ticket_property_history.csv")) {
      if (row.get("name").equals("hs_pipeline_stage")) {
        entries.addFirst(
            Map.of("value", row.get("value"), "timestamp", row.get("timestamp_instant")));
      }
    }
    Map<String, String> ticket =
        rows("warehouse-ticket.csv").stream()
            .filter(row -> "350123456".equals(row.get("id")))
            .findFirst()
            .orElseThrow();

    Page page = read(List.of(object(ticket, Map.of("hs_pipeline_stage", entries))));

    // The first of its two values is older than the ticket says that it is itself.
    List<TicketEvent> events =
        page.changes().stream()
            .filter(Change.EventSeen.class::isInstance)
            .map(change -> ((Change.EventSeen) change).event())
            .toList();
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              TicketEvent.StatusChanged changed = (TicketEvent.StatusChanged) event;
              assertThat(changed.from()).isEqualTo(Optional.of("14863823"));
              assertThat(changed.to()).isEqualTo("14863823a");
              assertThat(changed.at()).isEqualTo("2025-01-01T00:00:00Z");
            });
  }
}
