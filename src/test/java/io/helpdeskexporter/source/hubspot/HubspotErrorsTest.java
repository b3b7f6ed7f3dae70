package io.helpdeskexporter.source.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.api.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said when HubSpot may not be read, and what goes on all the same. */
class HubspotErrorsTest {
  private static final Instant NINE = Instant.parse("2025-03-03T09:00:00Z");
  private static final String SEARCH = "/crm/v3/objects/tickets/search";
  private static final String READ = "/crm/v3/objects/tickets/batch/read";

  private final SimulatedTime time = new SimulatedTime(NINE);
  private final SimulatedHubspot hubspot = new SimulatedHubspot(time);
  private final Given given = Given.at(hubspot.url());

  @AfterEach
  void close() {
    assertThat(hubspot.unexpected()).isEmpty();
    hubspot.close();
  }

  private HubspotSource open() {
    return new HubspotSource(given.settings(), time, time);
  }

  private void ticket(long id) {
    hubspot.createTicket(id, NINE.minus(Duration.ofHours(1)), Map.of("source_type", "EMAIL"));
  }

  private <E extends SourceException> E fails(Class<E> type) {
    try (HubspotSource source = open()) {
      E fetch = catchThrowableOfType(type, () -> source.fetch(HubspotSource.TICKETS, Cursor.START));
      SourceException inspect = catchThrowableOfType(SourceException.class, source::inspect);
      assertThat(inspect).hasMessage(fetch.getMessage());
      assertThat(fetch.getMessage()).doesNotContain(given.token);
      return fetch;
    }
  }

  @Test
  void aRefusedTokenIsToldWithWhereToLook() {
    given.token = "pat-na1-wrong";

    assertThat(fails(SourceException.Misconfigured.class))
        .hasMessageContaining("the access token is refused")
        .hasMessageContaining("Settings, Integrations, Private Apps");
  }

  @Test
  void aTokenThatIsNoneIsTold() {
    hubspot.refused.put("/account-info/v3/details", 530);

    assertThat(fails(SourceException.Misconfigured.class))
        .hasMessageContaining("none of HubSpot's; it begins with pat-");
  }

  @Test
  void aScopeThatIsMissingForTicketsIsNamed() {
    hubspot.refused.put(SEARCH, 403);

    assertThat(fails(SourceException.Misconfigured.class))
        .hasMessageContaining("may not read tickets")
        .hasMessageContaining("give it the scope crm.objects.simulated.read");
  }

  @Test
  void anAccountThatIsMovedIsLeftAlone() {
    hubspot.refused.put(SEARCH, 477);

    SourceException.Unavailable told = fails(SourceException.Unavailable.class);

    assertThat(told.retryAfter()).contains(Duration.ofHours(1));
    assertThat(hubspot.requests()).containsEntry(SEARCH, 2);
  }

  /** Midnight in New York is five in the morning in London. */
  @ParameterizedTest
  @ValueSource(ints = {249_996, 250_000})
  void onceTheDayIsUsedUpNothingIsAskedUntilMidnightOfTheAccount(int others) throws Exception {
    try (HubspotSource source = open()) {
      source.fetch(HubspotSource.TICKETS, Cursor.START);
      hubspot.others = others;
      ticket(1);
      SourceException.Unavailable told =
          catchThrowableOfType(
              SourceException.Unavailable.class,
              () -> source.fetch(HubspotSource.TICKETS, Cursor.START));
      assertThat(told.retryAfter()).contains(Duration.ofHours(20));
      int asked = hubspot.requestCount();

      time.advance(Duration.ofHours(19));
      assertThat(
              catchThrowableOfType(
                  SourceException.Unavailable.class,
                  () -> source.fetch(HubspotSource.TICKETS, Cursor.START)))
          .isNotNull();

      assertThat(hubspot.requestCount()).isEqualTo(asked);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 410})
  void feedbackThatThePlanHasNotIsSwitchedOffVisibly(int status) throws Exception {
    hubspot.refused.put("/crm/v3/objects/feedback_submissions/search", status);
    ticket(1);
    try (HubspotSource source = open()) {
      Page page = source.fetch(HubspotSource.FEEDBACK, Cursor.START);
      Inspection inspection = source.inspect();

      assertThat(page.completeUntil()).isPresent();
      assertThat(page.readings()).containsEntry("switched_off", 1.0);
      assertThat(inspection.notes())
          .anySatisfy(
              note ->
                  assertThat(note)
                      .startsWith("feedback: satisfaction is not read")
                      .contains("plan"));
      assertThat(source.fetch(HubspotSource.TICKETS, Cursor.START).changes()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"companies, organisation", "contacts, requester"})
  void ticketsAreReadWithoutWhatTheScopesLeaveOut(String type, String left) throws Exception {
    hubspot.refused.put("/crm/v4/associations/tickets/" + type + "/batch/read", 403);
    ticket(1);
    try (HubspotSource source = open()) {
      assertThat(source.fetch(HubspotSource.TICKETS, Cursor.START).changes()).isNotEmpty();
      assertThat(source.inspect().notes())
          .anySatisfy(
              note ->
                  assertThat(note)
                      .startsWith(type + ":")
                      .contains(left, "crm.objects.simulated.read"));
    }
  }

  @Test
  void aLookSaysWhatEachStageCountsAsAndWhatIsKnownOfFirstReplies() throws Exception {
    ticket(1);
    given.topicProperties = List.of("product", "colour");
    try (HubspotSource source = open()) {
      Inspection inspection = source.inspect();

      assertThat(inspection.counted()).isEqualTo(Inspection.Counted.SAMPLE);
      assertThat(inspection.statuses()).containsExactly(Map.entry("new", 1L));
      assertThat(inspection.channels()).containsExactly(Map.entry("EMAIL", 1L));
      assertThat(inspection.newestTicketAt()).contains(NINE.minus(Duration.ofHours(1)));
      assertThat(inspection.rows().get("tickets")).hasValue(1);
      assertThat(inspection.notes())
          .anySatisfy(
              note ->
                  assertThat(note)
                      .contains(
                          "Support Pipeline", "Waiting on contact (2) is pending", "Closed (4) is"))
          .anySatisfy(note -> assertThat(note).contains("0 of the last 1 tickets"))
          .anySatisfy(note -> assertThat(note).contains("there is no property colour"))
          .noneSatisfy(note -> assertThat(note).contains("property product"));
    }
  }

  @Test
  void halfOfTheSearchesOfASecondIsLeftToOthers() throws Exception {
    given.useAtMost = Share.parse("50%");
    try (HubspotSource source = open()) {
      Cursor cursor = Cursor.START;
      for (int i = 0; i < 7; i++) {
        cursor = source.fetch(HubspotSource.TICKETS, cursor).next();
      }
      // Two of five in each second, which answers do not tell.
      assertThat(time.rested()).isEqualTo(Duration.ofSeconds(3));
      assertThat(source.traffic().orElseThrow().failures()).isEmpty();
    }
  }

  @Test
  void theLimitsOfTheAppAndOfTheDayAreLearntFromTheAnswers() throws Exception {
    hubspot.burst = 190;
    hubspot.daily = 650_000;
    try (HubspotSource source = open()) {
      source.fetch(HubspotSource.TICKETS, Cursor.START);

      assertThat(source.traffic().orElseThrow().remaining())
          .containsEntry("app", 188)
          .containsEntry("account a day", 649_998)
          .doesNotContainKey("search");
    }
  }

  @Test
  void aTicketThatCannotBeReadIsLeftOutAndTheOthersAreTold() throws Exception {
    ticket(1);
    ticket(2);
    hubspot.set(1, NINE.minusSeconds(60), "time_to_first_agent_reply", "soon");
    try (HubspotSource source = open()) {
      Page page = source.fetch(HubspotSource.TICKETS, Cursor.START);

      assertThat(page.rejected())
          .singleElement()
          .satisfies(it -> assertThat(it.toString()).contains("ticket 1").doesNotContain("soon"));
      assertThat(page.changes()).isNotEmpty();
    }
  }

  @Test
  void aQuestionThatIsNotUnderstoodIsOursToMend() {
    ticket(1);
    hubspot.refused.put(READ, 400);
    try (HubspotSource source = open()) {
      assertThat(
              catchThrowableOfType(
                  SourceException.Nonsense.class,
                  () -> source.fetch(new Stream("tickets"), Cursor.START)))
          .hasMessageContaining("VALIDATION_ERROR")
          .hasMessageNotContaining("customers");
    }
  }

  @Test
  void aSearchThatTellsWhatDidNotChangeIsNotFollowedForever() throws Exception {
    ticket(1);
    try (HubspotSource source = open()) {
      Cursor cursor = source.fetch(HubspotSource.TICKETS, Cursor.START).next();
      hubspot.ignoresFilters = true;

      assertThat(
              catchThrowableOfType(
                  SourceException.Nonsense.class,
                  () -> source.fetch(HubspotSource.TICKETS, cursor)))
          .hasMessageContaining("what had not changed since");
    }
  }
}
