package io.helpdeskexporter.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Happenings;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.sql.SqlKind;
import io.helpdeskexporter.source.sql.SqlSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeskDatabaseTest {
  private static final Instant START = Instant.parse("2026-03-12T10:00:00Z");
  private static final Instant END = START.plus(Duration.ofDays(3));
  private static final DeskSettings SETTINGS =
      DeskSettings.small(5, LocalDate.of(2026, 3, 12), 40, 16).withChat(12);

  /** The view of each stream. */
  private static final Map<String, String> STREAMS =
      Map.ofEntries(
          Map.entry("answer", "support_answers"),
          Map.entry("article", "support_articles"),
          Map.entry("automation", "support_automations"),
          Map.entry("conversation", "support_conversations"),
          Map.entry("cost", "support_costs"),
          Map.entry("customer", "support_customers"),
          Map.entry("deal", "support_deals"),
          Map.entry("incident", "support_incidents"),
          Map.entry("presence", "support_presence"),
          Map.entry("review", "support_reviews"),
          Map.entry("shift", "support_shifts"),
          Map.entry("work", "support_work"));

  /** All that is written but when it was written. */
  static final String CONTENT =
      """
      SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM (
        SELECT 'm' || row(id, ticket_id, created_at, sender, agent, internal)::text AS line
        FROM desk.messages
        UNION ALL
        SELECT 'h' || row(id, ticket_id, created_at, field, old_value, new_value, actor, agent)::text
        FROM desk.ticket_history
        UNION ALL
        SELECT 't' || row(id, ticket_id, created_at, agent, seconds)::text FROM desk.time_entries
        UNION ALL
        SELECT 'g' || row(id, ticket_id, created_at, into_ticket_id)::text FROM desk.merges
        UNION ALL
        SELECT 'f' || row(id, ticket_id, created_at, flag)::text FROM desk.flags
        UNION ALL
        SELECT 's' || row(id, ticket_id, created_at, survey)::text FROM desk.surveys
        UNION ALL
        SELECT 'a' || row(id, ticket_id, created_at, survey, score)::text FROM desk.answers
        UNION ALL
        SELECT 'shift' || row(id, starts_at, agent, team, ends_at, cancelled)::text FROM desk.shifts
        UNION ALL
        SELECT 'presence' || row(id, created_at, agent, team, state)::text FROM desk.presence
        UNION ALL
        SELECT 'call' || row(id, created_at, agent, team, seconds)::text FROM desk.calls
        UNION ALL
        SELECT 'review' || row(id, ticket_id, created_at, team, reviewer, score, categories)::text
        FROM desk.reviews
        UNION ALL
        SELECT 'opinion' || row(id, created_at, survey, name, score)::text FROM desk.opinions
        UNION ALL
        SELECT 'subscription' || row(id, ticket_id, created_at, customer_id, change, monthly)::text
        FROM desk.subscriptions
        UNION ALL
        SELECT 'offer' || row(id, ticket_id, created_at, customer_id, stage, amount, team)::text
        FROM desk.offers
        UNION ALL
        SELECT 'bill' || row(id, starts_at, category, ends_at, amount)::text FROM desk.bills
        UNION ALL
        SELECT 'visit' || row(id, created_at, action, visitor)::text FROM desk.article_visits
        UNION ALL
        SELECT 'step' || row(id, created_at, talk, step, customer_id)::text FROM desk.bot_steps
        UNION ALL
        SELECT 'run' || row(id, created_at, automation, failed, undone_at)::text
        FROM desk.automation_runs
        UNION ALL
        SELECT 'incident' || row(id, began_at, severity, ended_at)::text FROM desk.incidents
        UNION ALL
        SELECT row(id, created_at, updated_at, customer_id, opened_by, channel, subject, tag, state,
                   priority, team, agent, follow_up_of, merged_into, flag)::text
        FROM desk.tickets) all_lines
      """;

  private final HandClock clock = new HandClock(START);
  private final Database database = TestPostgres.freshDatabase();

  @Test
  void aDeskWrittenInManyStepsWithCrashesEqualsOneWrittenInOneGo() throws SQLException {
    Random random = new Random(17);
    DeskDatabase desk = open(database);
    for (int step = 0; step < 30; step++) {
      clock.advance(Duration.ofMillis(random.nextLong(3 * 3_600_000)));
      desk.step();
      if (step % 7 == 3) {
        clock.advance(Duration.ofMillis(random.nextLong(3_600_000)));
        terminateConnections();
        assertThatThrownBy(desk::step).isInstanceOf(SQLException.class);
      }
      if (step % 10 == 9) {
        desk.close();
        desk = open(database);
      }
    }
    assertThat(clock.instant()).isBefore(END);
    clock.set(END);
    desk.step();
    desk.close();

    Database inOneGo = TestPostgres.freshDatabase();
    open(inOneGo).close();

    assertThat(database.value(CONTENT)).isEqualTo(inOneGo.value(CONTENT)).isPresent();
  }

  @Test
  void nothingHappensWhileTheClockStandsStillOrGoesBack() throws SQLException {
    try (DeskDatabase desk = open(database)) {
      assertThat(desk.step()).isEqualTo(new DeskDatabase.Written(0, 0));
      clock.set(START.minusSeconds(3600));
      assertThat(desk.step()).isEqualTo(new DeskDatabase.Written(0, 0));
      assertThat(desk.writtenUntil()).isEqualTo(START);
    }
  }

  @Test
  void theViewsGiveTheSqlSourceATicketForEachAndNoEventBeforeItsTicket()
      throws SQLException, SourceException, InterruptedException {
    // The source goes by the clock of the database, so the desk's must not be far from it.
    Instant now =
        Instant.parse(
            database
                .value("SELECT to_char(now(), 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
                .orElseThrow());
    clock.set(now.minus(Duration.ofDays(3)));
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    DeskSettings settings = DeskSettings.small(5, today, 40, 16).withChat(12);
    try (DeskDatabase desk = DeskDatabase.open(database::connect, settings, clock)) {
      Reading reading = new Reading();
      reading.poll();
      assertThat(reading.rejected).isEmpty();
      assertThat(reading.tickets.keySet()).hasSize(count("desk.tickets"));
      assertThat(reading.events.keySet())
          .hasSize(
              count("desk.messages")
                  + count("desk.ticket_history")
                  + count("desk.time_entries")
                  + count("desk.merges")
                  + count("desk.flags")
                  + count("desk.surveys")
                  + count("desk.answers"));
      assertThat(reading.events.entrySet())
          .allSatisfy(
              entry -> {
                String id = entry.getKey().substring(0, entry.getKey().indexOf(' '));
                assertThat(reading.tickets).containsKey(id);
                assertThat(entry.getValue().at())
                    .isAfter(requireNonNull(reading.tickets.get(id)).createdAt());
              });
      assertThat(reading.tickets.values())
          .allSatisfy(
              ticket ->
                  assertThat(ticket.status().orElseThrow())
                      .isIn("new", "open", "pending", "on_hold", "solved", "closed"));

      assertThat(Happenings.forms().keySet()).isEqualTo(STREAMS.keySet());
      assertThat(reading.happenings).hasSize(happenings());

      // What is written after a pause is found by whoever has read on meanwhile.
      Instant before = clock.instant();
      clock.set(now);
      desk.step();
      reading.poll();
      assertThat(reading.tickets.keySet()).hasSize(count("desk.tickets"));
      assertThat(reading.tickets.values().stream().filter(t -> t.createdAt().isAfter(before)))
          .isNotEmpty();
      assertThat(reading.happenings).hasSize(happenings());
      assertThat(reading.happenings.values())
          .as("rows that changed their mind are read again")
          .noneMatch(
              it ->
                  it instanceof Happening.Incident incident
                      && incident.endedAt().isEmpty()
                      && incident.at().isBefore(now.minus(Duration.ofDays(1))));
    }
  }

  @Test
  void aLookAtTheLatestChangesReadsNoTableAsAWhole() throws SQLException {
    open(database).close();
    Map<String, String> ids = new HashMap<>(Map.of("support_events", "ticket_id"));
    STREAMS.values().forEach(view -> ids.put(view, "event_key"));
    ids.put("support_tickets", "id");
    for (String view : ids.keySet()) {
      String key = view.equals("support_tickets") ? "updated_at" : "recorded_at";
      String id = ids.get(view);
      List<String> plan =
          new Database(
                  database.jdbcUrl() + "?options=-c%20enable_seqscan=off",
                  database.user(),
                  database.password())
                  .column(
                      "EXPLAIN SELECT * FROM %s v WHERE v.%s >= '%s' ORDER BY v.%s, v.%s LIMIT 1000"
                          .formatted(view, key, START.minusSeconds(10), key, id))
                  .stream()
                  .flatMap(Optional::stream)
                  .toList();

      assertThat(plan.toString()).contains("Index Scan").doesNotContain("Seq Scan");
    }
  }

  @Test
  void aDeskOfAnEarlierVersionIsNotGoneOnWith() throws SQLException {
    open(database).close();
    database.execute("DROP TABLE desk.incidents CASCADE");

    assertThatThrownBy(() -> open(database))
        .isInstanceOf(DeskDatabase.OfAnotherVersion.class)
        .hasMessageContaining("another version");
  }

  private DeskDatabase open(Database at) throws SQLException {
    return DeskDatabase.open(at::connect, SETTINGS, clock);
  }

  private int happenings() {
    return STREAMS.values().stream().mapToInt(this::count).sum();
  }

  private int count(String table) {
    return Integer.parseInt(database.value("SELECT count(*) FROM " + table).orElseThrow());
  }

  private void terminateConnections() {
    database.column(
        """
        SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """);
  }

  /** Reads the views as the exporter does. */
  private final class Reading {
    final Map<String, Ticket> tickets = new HashMap<>();
    final Map<String, TicketEvent> events = new HashMap<>();
    final Map<String, Happening> happenings = new HashMap<>();
    final List<Rejected> rejected = new ArrayList<>();
    private final Map<Stream, Cursor> cursors = new HashMap<>();

    void poll() throws SourceException, InterruptedException {
      SqlSettings settings =
          SqlSettings.of(
              "view",
              database.jdbcUrl(),
              Optional.of(database.user()),
              Optional.of(Secret.of(database.password())),
              Map.copyOf(STREAMS));
      try (Source source = new SqlKind().open("demo", settings, clock)) {
        for (Stream stream : source.streams()) {
          Page page;
          do {
            page = source.fetch(stream, cursors.getOrDefault(stream, Cursor.START));
            page.changes().forEach(this::take);
            rejected.addAll(page.rejected());
            cursors.put(stream, page.next());
          } while (page.completeUntil().isEmpty());
        }
      }
    }

    private void take(Change change) {
      switch (change) {
        case Change.TicketSeen(Ticket ticket) -> tickets.put(ticket.id(), ticket);
        case Change.EventSeen(String ticket, TicketEvent event) ->
            events.put(ticket + " " + event.stamp().key(), event);
        case Change.HappeningSeen(Happening happening) ->
            happenings.put(
                Happenings.form(happening).stream() + " " + happening.stamp().key(), happening);
      }
    }
  }
}
