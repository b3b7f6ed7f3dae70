package io.helpdeskexporter.source.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Happening.Deal.Stage;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Asked;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.SimulatedApi;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays back what real accounts of Salesforce answered, kept beside the checkout; totals were
 * counted by hand. Where it is not there, a line says so and nothing is tested.
 */
class SalesforceSampleTest {
  private static final Path SAMPLES = Path.of("../shared/samples/salesforce");
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

  @TestFactory
  List<DynamicTest> theSamplesAreUnderstood(TestReporter reporter) {
    if (!Files.exists(SAMPLES)) {
      reporter.publishEntry(
          "the replay of the Salesforce samples was not run: they are not beside the checkout");
      return List.of();
    }
    return List.of(
        DynamicTest.dynamicTest("an access token", SalesforceSampleTest::token),
        DynamicTest.dynamicTest("a login that was refused", SalesforceSampleTest::refusedLogins),
        DynamicTest.dynamicTest("a session that has ended", SalesforceSampleTest::endedSession),
        DynamicTest.dynamicTest("what is not there", SalesforceSampleTest::notThere),
        DynamicTest.dynamicTest("pages", SalesforceSampleTest::pages),
        DynamicTest.dynamicTest("ids in both lengths", SalesforceSampleTest::ids),
        DynamicTest.dynamicTest("ids of deleted rows", SalesforceSampleTest::deleted),
        DynamicTest.dynamicTest("opportunities", SalesforceSampleTest::opportunities),
        DynamicTest.dynamicTest("opportunities of a warehouse", SalesforceSampleTest::warehouse));
  }

  /** Answers with bodies that were recorded, and knows a few fields. */
  private static final class Recorded extends SimulatedApi {
    private final Map<String, Told> told = new HashMap<>();
    private int sessions;

    Recorded() {
      super(new SimulatedTime(NOW));
      told.put("token", told(200, "oauth-token-success.json"));
      told.put("queryAll", told(200, "query-empty.json"));
      told.put("query", told(200, "query-empty.json"));
      told.put("deleted", told(200, "sobjects-deleted.json"));
    }

    Recorded put(String path, Told answer) {
      told.put(path, answer);
      return this;
    }

    @Override
    protected Told answer(Asked asked) {
      String last = asked.path().substring(asked.path().lastIndexOf('/') + 1);
      if (last.equals("token")) {
        sessions++;
      }
      if (last.equals("describe")) {
        return Told.json(
            Map.of(
                "fields",
                List.of("Id", "CreatedDate", "SystemModstamp", "Status", "OwnerId", "IsDeleted")
                    .stream()
                    .map(name -> Map.of("name", name))
                    .toList()));
      }
      return told.getOrDefault(last, Told.empty(404));
    }

    SalesforceSource open() {
      Given given = Given.at(url());
      given.domain = Optional.of("na1");
      given.milestones = false;
      return given.source(time);
    }

    SourceException failure() {
      try (SalesforceSource source = open()) {
        return catchThrowableOfType(
            SourceException.class, () -> source.fetch(SalesforceSource.CASES, Cursor.START));
      }
    }
  }

  private static Told told(int status, String file) {
    return Told.text(status, "application/json", text(file));
  }

  private static String text(String file) {
    try {
      return Files.readString(SAMPLES.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Item> records(String file) {
    return Item.all(JsonMapper.shared().readTree(text(file)).path("records"));
  }

  /** It is for https://na1.salesforce.com, which is no My Domain. */
  private static void token() {
    try (Recorded recorded = new Recorded()) {
      assertThat(recorded.failure())
          .isInstanceOf(SourceException.Misconfigured.class)
          .hasMessageContaining("na1.salesforce.com")
          .hasMessageContaining("na1.my.salesforce.com")
          .hasMessageNotContaining("00Dx0000000BV7z");
    }
  }

  private static Told login() {
    return Told.json(
        Map.of("access_token", "00D!x", "instance_url", "https://na1.my.salesforce.com"));
  }

  private static void refusedLogins() {
    try (Recorded recorded = new Recorded()) {
      recorded.put("token", told(400, "oauth-token-error.json"));
      assertThat(recorded.failure())
          .isInstanceOf(SourceException.Misconfigured.class)
          .hasMessageContaining("invalid_grant: authentication failure - Invalid Password");
      recorded.put("token", told(400, "oauth-refresh-error.json"));
      assertThat(recorded.failure()).hasMessageContaining("expired access/refresh token");
    }
  }

  private static void endedSession() {
    try (Recorded recorded = new Recorded()) {
      recorded.put("token", login());
      recorded.put("queryAll", told(401, "error-invalid-session.json"));

      assertThat(recorded.failure()).hasMessageContaining("INVALID_SESSION_ID");
      assertThat(recorded.sessions).isEqualTo(2);
    }
  }

  private static void notThere() throws Exception {
    try (Recorded recorded = new Recorded()) {
      recorded.put("token", login());
      recorded.put("queryAll", told(400, "error-invalid-type.json"));
      try (SalesforceSource source = recorded.open()) {
        assertThat(source.fetch(SalesforceSource.CASES, Cursor.START).readings())
            .containsEntry("switched_off", 1.0);
      }
      for (String file : List.of("error-invalid-field.json", "error-query.json")) {
        recorded.put("queryAll", told(400, file));
        assertThat(recorded.failure())
            .isInstanceOf(SourceException.Misconfigured.class)
            .hasMessageContaining("INVALID_FIELD");
      }
    }
    Answer gone =
        new Answer(
            404, Map.of(), JsonMapper.shared().readTree(text("error-not-found.json")), "", NOW);
    assertThat(SalesforceManners.code(gone)).isEqualTo("ENTITY_IS_DELETED");
  }

  /** A page that is not the last, one that is, one of twenty rows, one of none. */
  private static void pages() throws Exception {
    assertThat(records("query-page1.json")).hasSize(1);
    assertThat(records("query-page2-last.json")).hasSize(1);
    assertThat(records("query-contacts-paged.json")).hasSize(20);
    assertThat(records("query-aggregate.json")).hasSize(3);
    try (Recorded recorded = new Recorded()) {
      recorded.put("token", login());
      try (SalesforceSource source = recorded.open()) {
        Page page = source.fetch(SalesforceSource.CASES, Cursor.START);
        assertThat(page.changes()).isEmpty();
        assertThat(page.completeUntil()).contains(NOW.minus(Duration.ofMinutes(5)));
      }
      // Rows of another object have neither id nor time, so nobody could go on.
      recorded.put("queryAll", told(200, "query-page1.json"));
      assertThat(recorded.failure()).isInstanceOf(SourceException.Nonsense.class);
    }
  }

  private static void ids() throws Exception {
    List<String> ids = new ArrayList<>();
    for (Item row : records("query-contacts-paged.json")) {
      String url = row.item("attributes").requiredText("url");
      ids.add(url.substring(url.lastIndexOf('/') + 1));
      row.key("AccountId").ifPresent(ids::add);
    }
    for (Item user : csv("warehouse-user.csv", Map.of())) {
      ids.add(user.requiredKey("Id"));
    }
    assertThat(ids)
        .hasSizeGreaterThan(40)
        .allSatisfy(id -> assertThat(Ids.whole(id.substring(0, 15))).isEqualTo(id));
  }

  private static void deleted() throws Exception {
    try (Recorded recorded = new Recorded()) {
      recorded.put("token", login());
      try (SalesforceSource source = recorded.open()) {
        Page page = source.fetch(SalesforceSource.ERASED, Cursor.START);
        assertThat(page.rejected()).isEmpty();
        assertThat(page.changes())
            .singleElement()
            .isInstanceOfSatisfying(
                Change.EventSeen.class,
                seen -> {
                  assertThat(seen.ticketId()).isEqualTo("a00D0000008pQRAIA2");
                  assertThat(seen.event()).isInstanceOf(TicketEvent.Excluded.class);
                  assertThat(seen.event().at()).isEqualTo(Instant.parse("2013-05-07T22:07:19Z"));
                });
      }
    }
  }

  /** Two open ones, of which one has no account; asked for without the times that are needed. */
  private static void opportunities() throws Exception {
    List<Item> rows = records("query-opportunity.json");
    assertThat(rows).hasSize(2);
    Harvest harvest = new Harvest();
    harvest.each("opportunity", "Id", rows, row -> deals().read(row, harvest));
    Page page = harvest.last(Cursor.START, NOW);
    assertThat(page.changes()).isEmpty();
    assertThat(page.rejected())
        .singleElement()
        .hasToString(
            "Rejected[where=opportunity 006ak00000OQ4RxAAL, reason=missing_CreatedDate,"
                + " detail=CreatedDate: expected a time, found nothing]");
    assertThat(records("query-opportunity-child-subquery.json"))
        .singleElement()
        .satisfies(
            row -> assertThat(row.item("OpportunityContactRoles").items("records")).hasSize(2));
  }

  private static OpportunityRows deals() {
    return new OpportunityRows(Set.of("Renewal"), ZoneOffset.UTC);
  }

  /**
   * Ten rows as a warehouse keeps them, under the names that the API has: five are won, four lost,
   * one is open, and all are deleted by now.
   */
  private static void warehouse() throws Exception {
    assertThat(stages(csv("warehouse-opportunity.csv", Map.of()))).isEmpty();
    assertThat(stages(csv("warehouse-opportunity.csv", Map.of("IsDeleted", "false"))))
        .isEqualTo(Map.of(Stage.OFFERED, 10, Stage.ACCEPTED, 5, Stage.WON, 5, Stage.DECLINED, 4));
  }

  private static Map<Stage, Integer> stages(List<Item> rows) throws Exception {
    Harvest harvest = new Harvest();
    harvest.each("opportunity", "Id", rows, row -> deals().read(row, harvest));
    Page page = harvest.last(Cursor.START, NOW);
    assertThat(page.rejected()).isEmpty();
    Map<Stage, Integer> stages = new HashMap<>();
    for (Change change : page.changes()) {
      Happening.Deal deal = (Happening.Deal) ((Change.HappeningSeen) change).happening();
      stages.merge(deal.stage(), 1, Integer::sum);
    }
    return stages;
  }

  /** A name such as {@code is_won} is written {@code IsWon} by the API. */
  private static List<Item> csv(String file, Map<String, String> instead) throws IOException {
    List<Item> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(SAMPLES.resolve(file));
    String[] names = lines.getFirst().split(",", -1);
    for (String line : lines.subList(1, lines.size())) {
      String[] values = line.split(",", -1);
      Map<String, Object> row = new LinkedHashMap<>();
      for (int i = 0; i < names.length; i++) {
        StringBuilder name = new StringBuilder();
        for (String word : names[i].split("_")) {
          name.append(word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT));
          name.append(word.isEmpty() ? "" : word.substring(1));
        }
        row.put(name.toString(), values[i].isEmpty() ? null : values[i]);
      }
      row.put("SystemModstamp", row.get("FivetranSynced"));
      row.putAll(instead);
      rows.add(Item.of(JsonMapper.shared().valueToTree(row)));
    }
    return rows;
  }
}
