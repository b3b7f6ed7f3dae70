package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.MariaDbServer;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.SourceException.Misconfigured;
import io.helpdeskexporter.source.SourceException.Nonsense;
import io.helpdeskexporter.source.SourceException.Unavailable;
import io.helpdeskexporter.source.Stream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each trouble says who has to act, where it is and what to do, and gives no password away. */
class ErrorsTest {
  private static final String PASSWORD = "hunter2-very-secret";

  @TempDir private Path folder;

  enum Server {
    POSTGRESQL("pg_sleep(20)"),
    MARIADB("sleep(20)");

    private final String pause;

    Server(String pause) {
      this.pause = pause;
    }

    Database database() {
      return this == POSTGRESQL
          ? TestPostgres.freshDatabase()
          : MariaDbServer.shared().freshDatabase();
    }

    /** A user with a password, who may do nothing yet. */
    Database withReader(Database database, String name) {
      if (this == POSTGRESQL) {
        database.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, PASSWORD));
      } else {
        database.execute("CREATE USER %s@'%%' IDENTIFIED BY '%s'".formatted(name, PASSWORD));
        String schema = database.value("SELECT DATABASE()").orElseThrow();
        // Some right, without which the database itself is closed.
        database.execute("CREATE TABLE open_to_all (id int)");
        database.execute("GRANT SELECT ON " + schema + ".open_to_all TO " + name);
      }
      return new Database(database.jdbcUrl(), name, PASSWORD);
    }

    String elsewhere(String url) {
      return url.replaceFirst("/[^/]*$", "/nowhere");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatIsNotThereMayComeBack(Server server) throws Exception {
    String url =
        server == Server.POSTGRESQL
            ? "jdbc:postgresql://127.0.0.1:1/desk"
            : "jdbc:mysql://127.0.0.1:1/desk";

    SourceException failure = failure(new Database(url, "reader", PASSWORD), "view");

    assertThat(failure)
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("127.0.0.1:1/desk as reader")
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void aWrongPasswordIsTheOperatorsBusinessOnMariaDb() throws Exception {
    Database database = Server.MARIADB.withReader(Server.MARIADB.database(), "password_reader");

    SourceException failure =
        failure(new Database(database.jdbcUrl(), database.user(), PASSWORD + "x"), "view");

    assertThat(failure)
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("the login was refused; check user and password");
  }

  @Test
  void anUnknownUserIsTheOperatorsBusinessOnPostgresql() throws Exception {
    Database database = Server.POSTGRESQL.database();

    SourceException failure =
        failure(new Database(database.jdbcUrl(), "stranger", PASSWORD), "view");

    assertThat(failure)
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("the login was refused");
  }

  @ParameterizedTest
  @EnumSource
  void aMissingDatabaseIsNamed(Server server) throws Exception {
    Database database = server.database();

    SourceException failure =
        failure(
            new Database(
                server.elsewhere(database.jdbcUrl()), database.user(), database.password()),
            "view");

    assertThat(failure)
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("there is no such database")
        .hasMessageContaining("/nowhere");
  }

  @ParameterizedTest
  @EnumSource
  void allMissingTablesAndColumnsAreNamedAtOnce(Server server) throws Exception {
    assertThat(failure(server.database(), "view"))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("preset view reads what is not there: table support_tickets");

    Database database = server.database();
    database.execute("CREATE TABLE support_tickets (id int, created_at timestamp, team int)");
    assertThat(failure(database, "view"))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(
            "column support_tickets.updated_at, column support_tickets.status,"
                + " column support_tickets.priority");
  }

  @Test
  void aMissingViewOfEventsIsNamedUnlessItIsSaidThatThereIsNone() throws Exception {
    Database database = Server.POSTGRESQL.database();
    database.execute(ViewDesk.POSTGRESQL_TABLES);
    SqlSettings settings =
        SqlSettings.of(
            "view",
            database.jdbcUrl(),
            Optional.of(database.user()),
            Optional.of(Secret.of(database.password())),
            Map.of());
    try (Source source = new SqlKind().open("acme", settings, Clock.systemUTC())) {
      assertThat(catchThrowableOfType(Misconfigured.class, source::inspect))
          .hasMessageContaining(
              "table support_events (where there is none, say so with options.messages: false)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTableThatOnlySomeVersionsHaveMayBeMissing(Server server) throws Exception {
    String preset = preset("SELECT 7 AS id", "now()");
    Files.writeString(
        folder.resolve("preset.yaml"),
        """
          promises: {gives: events, read: appended, if_table: promise}
        """,
        StandardOpenOption.APPEND);
    Files.writeString(folder.resolve("promises.sql"), "SELECT 1 FROM promise, :after, :through");
    Files.writeString(
        folder.resolve("promises-ids.sql"), "SELECT 1 FROM promise, :after, :through, :limit");
    Files.writeString(folder.resolve("promises-newest.sql"), "SELECT 1 FROM promise");
    try (Source source = source(server.database(), preset)) {
      assertThat(new Drained().poll(source).tickets()).hasSize(1);
      assertThat(source.inspect().notes())
          .contains("promises: there is no promise; nothing is read for it");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMissingRightIsNamed(Server server) throws Exception {
    Database database = server.database();
    database.execute("CREATE TABLE log (id int, ticket int)");
    Database reader = server.withReader(database, "rightless_reader");

    assertThat(failure(reader, preset("SELECT id, ticket FROM log", "now()")))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("a right is missing; grant SELECT")
        .hasMessageContaining("tickets.sql");
  }

  @ParameterizedTest
  @EnumSource
  void aStatementThatTakesTooLongIsStopped(Server server) throws Exception {
    Database database = server.database();

    long start = System.nanoTime();
    SourceException failure =
        failure(database, preset("SELECT 1 AS id, %s AS x".formatted(server.pause), "now()"));

    assertThat(failure)
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("longer than statement_timeout");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsEverWritten(Server server) throws Exception {
    Database database = server.database();
    database.execute("CREATE TABLE log (id int)");
    if (server == Server.POSTGRESQL) {
      database.execute(
          "CREATE FUNCTION sneak() RETURNS int LANGUAGE sql AS"
              + " 'INSERT INTO log VALUES (1) RETURNING 1'");
    } else {
      database.execute(
          "CREATE FUNCTION sneak() RETURNS int BEGIN INSERT INTO log VALUES (1); RETURN 1; END");
    }

    assertThat(failure(database, preset("SELECT sneak() AS id", "now()")))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("tried to write");
    assertThat(database.value("SELECT count(*) FROM log")).contains("0");
  }

  @Test
  void anErrorAboutValuesDoesNotQuoteThem() throws Exception {
    SourceException failure =
        failure(
            Server.POSTGRESQL.database(),
            preset("SELECT CAST('a customer''s words' || random() AS integer) AS id", "now()"));

    assertThat(failure).isInstanceOf(Nonsense.class);
    assertThat(trace(failure)).doesNotContain("customer's words");
  }

  @ParameterizedTest
  @EnumSource
  void aColumnThatMeansNothingIsAnErrorWithASuggestion(Server server) throws Exception {
    assertThat(failure(server.database(), preset("SELECT 1 AS id, 'x' AS asignee", "now()")))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(
            "has the column asignee, which means nothing (did you mean assignee?)");
  }

  @ParameterizedTest
  @EnumSource
  void aTimeThatIsNoneRejectsItsRow(Server server) throws Exception {
    try (Source source = source(server.database(), preset("SELECT 7 AS id", "'a while ago'"))) {
      Drained drained = new Drained().poll(source);

      assertThat(drained.rejected())
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.where()).endsWith("tickets.sql: 7");
                assertThat(row.reason()).isEqualTo("bad_time");
                assertThat(row.detail())
                    .isEqualTo("created_at: expected a time, found 11 characters of String");
              });
    }
  }

  @Test
  void aConnectionThatBrokeIsOpenedAgain() throws Exception {
    Database database = Server.POSTGRESQL.database();
    try (Source source = source(database, preset("SELECT 7 AS id", "now()"))) {
      new Drained().poll(source);
      database.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'helpdesk-exporter' AND datname = current_database()");

      assertThat(new Drained().poll(source).tickets()).hasSize(1);
    }
  }

  private static SourceException failure(Database database, String preset) throws Exception {
    try (Source source = source(database, preset)) {
      SourceException failure =
          catchThrowableOfType(
              SourceException.class, () -> source.fetch(new Stream("tickets"), Cursor.START));
      assertThat(failure).isNotNull();
      assertThat(trace(failure)).doesNotContain(PASSWORD).doesNotContain("jdbc:");
      return failure;
    }
  }

  private static Source source(Database database, String preset) {
    return new SqlKind()
        .open(
            "acme",
            new SqlSettings(
                preset,
                database.jdbcUrl(),
                Optional.of(database.user()),
                Optional.of(Secret.of(database.password())),
                preset.equals("view") ? Map.of("messages", false) : Map.of(),
                100,
                Duration.ofSeconds(2),
                SqlSettings.OVERLAP,
                SqlSettings.STUCK_AFTER,
                SqlSettings.GAP_MEMORY),
            Clock.systemUTC());
  }

  /** A preset that reads tickets out of a statement that gives an id. */
  private String preset(String statement, String createdAt) throws Exception {
    Files.writeString(
        folder.resolve("preset.yaml"),
        """
        databases: [postgresql, mariadb]
        streams:
          tickets: {gives: tickets, read: changed}
        """);
    Files.writeString(
        folder.resolve("tickets.sql"),
        """
        SELECT s.*, %s AS created_at, 1 AS cursor_at, 1 AS cursor_id FROM (%s) s
        WHERE :after_at IS NOT NULL AND :after_id IS NULL LIMIT :limit
        """
            .replace(":after_at", "CAST(:after_at AS char(30))")
            .replace(":after_id", "CAST(:after_id AS char(30))")
            .formatted(createdAt, statement));
    return folder.toString();
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
