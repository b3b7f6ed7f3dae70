package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.MariaDbServer;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.Stream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two real sessions, of which the first to write is the last to commit. */
class LateCommitTest {
  private static final Stream EVENTS = new Stream("events");
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final List<AutoCloseable> opened = new ArrayList<>();

  enum Server {
    POSTGRESQL,
    MARIADB;

    Database database() {
      Database database =
          this == POSTGRESQL
              ? TestPostgres.freshDatabase()
              : MariaDbServer.shared().freshDatabase();
      database.execute(
          this == POSTGRESQL
              ? "CREATE TABLE log (id bigserial PRIMARY KEY, ticket int, at timestamptz"
                  + " DEFAULT clock_timestamp())"
              : "CREATE TABLE log (id bigint AUTO_INCREMENT PRIMARY KEY, ticket int, at"
                  + " timestamp(6) DEFAULT current_timestamp(6)) ENGINE=InnoDB");
      return database;
    }
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRowThatCommitsAfterHigherIdsWereReadIsReadToo(Server server) throws Exception {
    Database database = server.database();
    Source source = source(appended(), database, SqlSettings.STUCK_AFTER);
    Drained drained = new Drained();
    Connection slow = session(database);
    write(slow, 1);
    write(session(database), 2).commit();

    drained.poll(source, EVENTS);
    assertThat(drained.eventKeys("2")).as("what is visible is not held back").containsExactly("2");
    drained.poll(source, EVENTS).poll(source, EVENTS);
    assertThat(drained.eventCount()).isEqualTo(1);

    write(session(database), 3).commit();
    drained.poll(source, EVENTS);
    slow.commit();
    drained.poll(source, EVENTS);

    assertThat(drained.eventKeys("1")).containsExactly("1");
    assertThat(drained.eventCount()).isEqualTo(3);
  }

  @Test
  void postgresqlSettlesIdsOnceTheirTransactionsHaveEndedAndRollbacksLeaveNothingBehind()
      throws Exception {
    Database database = Server.POSTGRESQL.database();
    Source source = source(appended(), database, SqlSettings.STUCK_AFTER);
    Drained drained = new Drained();
    Connection slow = session(database);
    write(slow, 1);
    write(session(database), 2).commit();
    Eventually.holds(
        "the fence has been waited for a while",
        LONG_ENOUGH,
        () ->
            drained.poll(source, EVENTS).readings("events").getOrDefault("fence_age_seconds", 0.0)
                > 1.5);
    assertThat(settled(drained)).isEqualTo(AppendedCursor.NOTHING);

    slow.rollback();

    Eventually.holds(
        "everything is settled", LONG_ENOUGH, () -> settled(drained.poll(source, EVENTS)) == 2);
    assertThat(drained.readings("events")).containsEntry("open_gaps", 0.0);
    int before = drained.changes();
    drained.poll(source, EVENTS);
    assertThat(drained.changes() - before).as("settled rows are not read again").isLessThan(2);
  }

  @Test
  void postgresqlGoesOnWithoutATransactionThatDoesNotEndAndStillFindsWhatItWrote()
      throws Exception {
    Database database = Server.POSTGRESQL.database();
    Source source = source(appended(), database, Duration.ofMillis(1));
    Drained drained = new Drained();
    Connection stuck = session(database);
    write(stuck, 1);
    write(session(database), 2).commit();
    Eventually.holds("it goes on", LONG_ENOUGH, () -> settled(drained.poll(source, EVENTS)) == 2);
    assertThat(drained.readings("events")).containsEntry("open_gaps", 1.0);

    stuck.commit();
    drained.poll(source, EVENTS);

    assertThat(drained.eventKeys("1")).containsExactly("1");
    assertThat(drained.readings("events")).containsEntry("open_gaps", 0.0);
  }

  @Test
  void mariaDbRemembersWhatIsMissing() throws Exception {
    Database database = Server.MARIADB.database();
    Source source = source(appended(), database, SqlSettings.STUCK_AFTER);
    Drained drained = new Drained();
    Connection slow = session(database);
    write(slow, 1);
    write(session(database), 2).rollback();
    write(session(database), 3).commit();

    drained.poll(source, EVENTS);
    assertThat(drained.readings("events")).containsEntry("open_gaps", 2.0);
    slow.commit();
    drained.poll(source, EVENTS);

    assertThat(drained.readings("events")).containsEntry("open_gaps", 1.0);
    assertThat(drained.eventCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aChangeThatCommitsAfterLaterOnesWereReadIsReadToo(Server server) throws Exception {
    Database database = server.database();
    database.execute(
        "CREATE VIEW support_tickets AS SELECT ticket AS id, at AS created_at, at AS updated_at,"
            + " 'open' AS status, 'low' AS priority, 'x' AS team, 'y' AS assignee, 'z' AS channel"
            + " FROM log");
    Source source = source("view", database, SqlSettings.STUCK_AFTER);
    Drained drained = new Drained();
    Connection slow = session(database);
    write(slow, 1);
    write(session(database), 2).commit();
    drained.poll(source).poll(source);
    assertThat(drained.tickets().keySet()).containsExactly("2");

    slow.commit();
    drained.poll(source);

    assertThat(drained.tickets().keySet()).containsExactly("1", "2");
  }

  private static long settled(Drained drained) {
    return AppendedCursor.decoded(drained.cursor("events").value()).settled();
  }

  private Connection session(Database database) throws SQLException {
    Connection connection = database.connect();
    opened.add(connection);
    connection.setAutoCommit(false);
    return connection;
  }

  private static Connection write(Connection connection, int ticket) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO log (ticket) VALUES (" + ticket + ")");
    }
    return connection;
  }

  private Source source(String preset, Database database, Duration stuckAfter) {
    Source source =
        new SqlKind()
            .open(
                "acme",
                new SqlSettings(
                    preset,
                    database.jdbcUrl(),
                    Optional.of(database.user()),
                    Optional.of(Secret.of(database.password())),
                    preset.equals("view") ? Map.of("messages", false) : Map.of(),
                    100,
                    SqlSettings.STATEMENT_TIMEOUT,
                    SqlSettings.OVERLAP,
                    stuckAfter,
                    SqlSettings.GAP_MEMORY),
                Clock.systemUTC());
    opened.add(source::close);
    return source;
  }

  /** A preset of an operator's own, over the table of the test. */
  private String appended() throws Exception {
    write(
        "preset.yaml",
        """
        description: A log
        databases: [postgresql, mariadb]
        requires:
          log: [id, ticket, at]
        streams:
          events:
            gives: events
            read: appended
        """);
    write(
        "events.sql",
        """
        SELECT ticket AS ticket_id, id AS event_key, id AS sequence, at, 'note' AS kind,
          'agent' AS actor
        FROM log WHERE id > :after AND id <= :through
        """);
    write(
        "events-ids.sql",
        "SELECT id FROM log WHERE id > :after AND id <= :through ORDER BY id LIMIT :limit");
    write("events-newest.sql", "SELECT max(id) FROM log");
    return folder.toString();
  }

  private void write(String name, String content) throws Exception {
    Files.writeString(folder.resolve(name), content);
  }
}
