package io.helpdeskexporter.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** The desk that lives on in a thread of its own. */
class SimulatorTest {
  private static final Instant START = Instant.parse("2026-03-12T10:00:00Z");
  private static final DeskSettings SETTINGS =
      DeskSettings.small(5, LocalDate.of(2026, 3, 12), 20, 16).withChat(12);
  private static final Duration OFTEN = Duration.ofMillis(10);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HandClock clock = new HandClock(START);
  private final Database database = TestPostgres.freshDatabase();

  @Test
  void whatComesDueAppearsWhileItLives() throws SQLException {
    try (Simulator _ = Simulator.started(open(), OFTEN)) {
      long rows = rows();
      for (int hour = 1; hour <= 5; hour++) {
        long before = rows;
        clock.advance(Duration.ofHours(1));
        awaitWrittenUntilNow();
        rows = rows();
        assertThat(rows).as("rows after hour " + hour).isGreaterThan(before);
      }
      assertThat(number("SELECT count(*) FROM desk.tickets WHERE created_at > '" + START + "'"))
          .isPositive();
      assertThat(newest()).isLessThanOrEqualTo(clock.instant().toString());
    }
  }

  @Test
  void itWritesOnAfterItsDatabaseWasAwayForAMoment() throws SQLException {
    try (Simulator _ = Simulator.started(open(), OFTEN)) {
      clock.advance(Duration.ofHours(1));
      awaitWrittenUntilNow();
      endSessions();
      clock.advance(Duration.ofHours(1));
      awaitWrittenUntilNow();
    }
    assertSameAsWrittenInOneGo();
  }

  @Test
  void aStopEndsItAtOnceAndNothingIsWrittenAfterIt() throws SQLException {
    DeskDatabase desk = open();
    Simulator simulator = Simulator.started(desk, Duration.ofSeconds(30));
    long startedNanos = System.nanoTime();
    simulator.close();

    assertThat(Duration.ofNanos(System.nanoTime() - startedNanos))
        .as("although the next step is far away")
        .isLessThan(Duration.ofSeconds(5));
    Eventually.holds("its connection is gone", LIMIT, () -> sessions() == 0);
    assertThat(writtenUntil()).isEqualTo(START);
  }

  @Test
  void aSecondStartContinuesWithoutAGapAndWritesNothingTwice() throws SQLException {
    try (Simulator _ = Simulator.started(open(), OFTEN)) {
      for (int step = 0; step < 20; step++) {
        clock.advance(Duration.ofMinutes(17));
        if (step % 5 == 4) {
          awaitWrittenUntilNow();
        }
      }
    }
    Instant stopped = writtenUntil();
    clock.advance(Duration.ofHours(7));
    try (Simulator _ = Simulator.started(open(), OFTEN)) {
      awaitWrittenUntilNow();
      clock.advance(Duration.ofHours(3));
      awaitWrittenUntilNow();
    }

    assertThat(
            number(
                "SELECT count(*) FROM desk.messages WHERE created_at BETWEEN '"
                    + stopped
                    + "' AND '"
                    + stopped.plus(Duration.ofHours(7))
                    + "'"))
        .as("messages of the pause")
        .isPositive();
    assertSameAsWrittenInOneGo();
  }

  private void assertSameAsWrittenInOneGo() throws SQLException {
    Database inOneGo = TestPostgres.freshDatabase();
    DeskDatabase.open(inOneGo::connect, SETTINGS, clock).close();
    assertThat(database.value(DeskDatabaseTest.CONTENT))
        .isEqualTo(inOneGo.value(DeskDatabaseTest.CONTENT))
        .isPresent();
  }

  private DeskDatabase open() throws SQLException {
    return DeskDatabase.open(database::connect, SETTINGS, clock);
  }

  private void awaitWrittenUntilNow() {
    Eventually.holds("all is written", LIMIT, () -> writtenUntil().equals(clock.instant()));
  }

  private Instant writtenUntil() {
    return Instant.ofEpochMilli(
        number("SELECT round(extract(epoch FROM written_until) * 1000) FROM desk.simulation"));
  }

  private String newest() {
    return database
        .value(
            "SELECT to_char(max(created_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
                + " FROM desk.messages")
        .orElseThrow();
  }

  private long rows() {
    return number(
        "SELECT (SELECT count(*) FROM desk.messages) + (SELECT count(*) FROM desk.ticket_history)");
  }

  private long sessions() {
    return number(
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """);
  }

  private void endSessions() {
    database.column(
        """
        SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """);
  }

  private long number(String sql) {
    return Long.parseLong(database.value(sql).orElseThrow());
  }
}
