package io.helpdeskexporter.source.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.api.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is found, and what it costs. */
class ChangeStreamTest {
  private static final Instant NINE = Instant.parse("2025-03-03T09:00:00Z");
  private static final String SEARCH = "/crm/v3/objects/tickets/search";
  private static final String READ = "/crm/v3/objects/tickets/batch/read";
  private static final int MOST_PAGES = 1_000;

  private final SimulatedTime time = new SimulatedTime(NINE);
  private final SimulatedHubspot hubspot = new SimulatedHubspot(time);
  private final Given given = Given.at(hubspot.url());
  private final Reading reading = new Reading(MOST_PAGES);

  @AfterEach
  void close() {
    assertThat(hubspot.unexpected()).isEmpty();
    hubspot.close();
  }

  private HubspotSource open() {
    return new HubspotSource(given.settings(), time, time);
  }

  private void ticket(long id, Instant at) {
    hubspot.createTicket(id, at, Map.of());
  }

  private int asked(String endpoint) {
    return hubspot.requests().getOrDefault(endpoint, 0);
  }

  @Test
  void aSearchEndsAfterTenThousandRowsAndAllAreFound() throws Exception {
    int tickets = SimulatedHubspot.SEARCH_END + 321;
    Instant begin = NINE.minus(Duration.ofDays(2));
    LongStream.rangeClosed(1, tickets).forEach(id -> ticket(id, begin.plusSeconds(id)));

    try (HubspotSource source = open()) {
      reading.goOn(source);
    }

    assertThat(reading.tickets()).hasSize(tickets);
  }

  /** As after an import, or the edit of a workflow. */
  @Test
  void moreThanTenThousandChangesOfOneMillisecondAreFound() throws Exception {
    int tickets = SimulatedHubspot.SEARCH_END + 321;
    Instant once = NINE.minus(Duration.ofHours(2));
    ticket(100_001, once.minusMillis(1));
    LongStream.rangeClosed(1, tickets).forEach(id -> ticket(id, once));
    ticket(100_002, once.plusMillis(1));

    try (HubspotSource source = open()) {
      reading.goOn(source);
    }

    assertThat(reading.tickets()).hasSize(tickets + 2);
  }

  @Test
  void twoPollsOfNothingNewCostASearchEach() throws Exception {
    ticket(1, NINE.minus(Duration.ofMinutes(1)));
    try (HubspotSource source = open()) {
      reading.goOn(source);
      int before = hubspot.requestCount();

      time.advance(Duration.ofMinutes(1));
      reading.goOn(source);
      time.advance(Duration.ofMinutes(1));
      reading.goOn(source);

      assertThat(hubspot.requestCount() - before).isEqualTo(2);
      assertThat(asked(READ)).isEqualTo(1);
    }
  }

  @Test
  void aChangeThatTheSearchShowsTenMinutesLateIsFoundAllTheSame() throws Exception {
    ticket(1, NINE.minus(Duration.ofMinutes(1)));
    try (HubspotSource source = open()) {
      reading.goOn(source);
      hubspot.lag = Duration.ofMinutes(10);
      hubspot.set(1, NINE.plusSeconds(30), "hs_pipeline_stage", "3");
      for (int minute = 1; minute < 10; minute++) {
        time.advance(Duration.ofMinutes(1));
        reading.goOn(source);
        assertThat(reading.ticket("1").status()).contains("new");
      }

      time.advance(Duration.ofMinutes(2));
      reading.goOn(source);

      assertThat(reading.ticket("1").status()).contains("open");
    }
  }

  /** It was fetched, and then the process or its store failed: the same cursor comes again. */
  @Test
  void aPageThatWasNotSavedIsReadAgain() throws Exception {
    ticket(1, NINE.minus(Duration.ofMinutes(1)));
    try (HubspotSource source = open()) {
      Page lost = source.fetch(HubspotSource.TICKETS, Cursor.START);
      assertThat(source.fetch(HubspotSource.TICKETS, Cursor.START).changes())
          .isEqualTo(lost.changes());

      hubspot.set(1, NINE.minusSeconds(5), "hs_pipeline_stage", "3");
      time.advance(Duration.ofSeconds(1));
      Page unsaved = source.fetch(HubspotSource.TICKETS, lost.next());
      Page again = source.fetch(HubspotSource.TICKETS, lost.next());

      assertThat(again.changes()).isEqualTo(unsaved.changes()).isNotEmpty();
      assertThat(source.fetch(HubspotSource.TICKETS, again.next()).changes()).isEmpty();
    }
  }

  @Test
  void whatDidNotChangeSinceADayIsNotRead() throws Exception {
    given.since = LocalDate.parse("2025-03-01");
    ticket(1, Instant.parse("2025-02-28T23:59:59Z"));
    ticket(2, Instant.parse("2025-03-01T00:00:00Z"));
    ticket(3, Instant.parse("2025-02-01T00:00:00Z"));
    hubspot.set(3, Instant.parse("2025-03-02T00:00:00Z"), "hs_pipeline_stage", "3");
    try (HubspotSource source = open()) {
      reading.goOn(source);
    }

    assertThat(reading.tickets()).containsOnlyKeys("2", "3");
  }

  @Test
  void anAssociationThatChangesWithoutAWordIsSeenADayLater() throws Exception {
    ticket(1, NINE.minus(Duration.ofDays(3)));
    ticket(2, NINE.minus(Duration.ofDays(9)));
    try (HubspotSource source = open()) {
      reading.goOn(source);
      hubspot.associate("tickets", 1, "companies", 9_001);
      hubspot.associate("tickets", 2, "companies", 9_002);
      time.advance(Duration.ofHours(20));
      reading.goOn(source);
      assertThat(reading.ticket("1").organization()).isEmpty();

      time.advance(Duration.ofHours(5));
      reading.goOn(source);

      assertThat(reading.ticket("1").organization()).contains("9001");
      assertThat(reading.ticket("2").organization()).as("older than a week").isEmpty();
      assertThat(reading.contradictions()).isEmpty();
    }
  }

  @Test
  void aDeletedTicketIsLeftOutAndARestoredOneCountsAgain() throws Exception {
    ticket(1, NINE.minus(Duration.ofHours(3)));
    ticket(2, NINE.minus(Duration.ofHours(3)));
    try (HubspotSource source = open()) {
      reading.goOn(source);
      hubspot.delete(1, NINE.plusSeconds(1));
      time.advance(Duration.ofMinutes(16));
      reading.goOn(source);

      Ticket deleted = reading.ticket("1");
      assertThat(deleted.excluded()).contains(Exclusion.DELETED);
      assertThat(deleted.updatedAt()).isEqualTo(NINE.plusSeconds(1));
      assertThat(reading.ticket("2").excluded()).isEmpty();

      hubspot.restore(1, time.instant());
      time.advance(Duration.ofMinutes(16));
      reading.goOn(source);

      assertThat(reading.ticket("1").excluded()).isEmpty();
    }
  }

  @Test
  void deletedTicketsAreListedAPageAtATimeAndToldOnce() throws Exception {
    given.withPageSize(2);
    for (long id = 1; id <= 5; id++) {
      ticket(id, NINE.minus(Duration.ofDays(1)));
      hubspot.delete(id, NINE.minus(Duration.ofHours(id)));
    }
    try (HubspotSource source = open()) {
      reading.goOn(source);
      assertThat(reading.tickets()).hasSize(5);
      assertThat(asked("/crm/v3/objects/tickets")).isEqualTo(3);

      time.advance(Duration.ofMinutes(16));
      Cursor cursor = reading.cursor(HubspotSource.DELETED);
      Page page = source.fetch(HubspotSource.DELETED, cursor);

      assertThat(page.changes()).as("told before").isEmpty();
    }
  }

  @Test
  void aPageIsASearchAndReadingsOfFiftyAndTwoQuestionsAboutAssociations() throws Exception {
    LongStream.rangeClosed(1, 190).forEach(id -> ticket(id, NINE.minusSeconds(600 + id)));
    try (HubspotSource source = open()) {
      source.fetch(HubspotSource.TICKETS, Cursor.START);
    }

    assertThat(asked(SEARCH)).isEqualTo(1);
    assertThat(asked(READ)).isEqualTo(4);
    assertThat(asked("/crm/v4/associations/tickets/companies/batch/read")).isEqualTo(1);
    assertThat(asked("/crm/v4/associations/tickets/contacts/batch/read")).isEqualTo(1);
  }
}
