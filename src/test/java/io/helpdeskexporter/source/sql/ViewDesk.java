package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.MariaDbServer;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceContract;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** A home-made helpdesk with the views of the manual over its tables. */
final class ViewDesk implements SourceContract.Desk {
  static final String POSTGRESQL_TABLES =
      """
      CREATE TABLE desk_ticket (
        no bigserial PRIMARY KEY, opened timestamptz NOT NULL, state text NOT NULL,
        touched timestamptz NOT NULL DEFAULT clock_timestamp());
      CREATE TABLE desk_history (
        no bigserial PRIMARY KEY, ticket bigint NOT NULL, happened timestamptz NOT NULL,
        what text NOT NULL, who text, before text, after text,
        written timestamptz NOT NULL DEFAULT clock_timestamp());
      CREATE VIEW support_tickets AS
      SELECT no AS id, opened AS created_at, touched AS updated_at, state AS status,
        'high' AS priority, 'first line' AS team, NULL::text AS assignee, 'email' AS channel
      FROM desk_ticket;
      """;

  static final String POSTGRESQL_EVENTS =
      """
      CREATE VIEW support_events AS
      SELECT no AS event_key, ticket AS ticket_id, happened AS at, no AS sequence, what AS kind,
        who AS actor, 'someone' AS author, before AS from_value, after AS to_value,
        written AS recorded_at
      FROM desk_history;
      """;

  private final Database database;
  private final boolean mariaDb;
  private final boolean events;

  private ViewDesk(Database database, boolean mariaDb, boolean events) {
    this.database = database;
    this.mariaDb = mariaDb;
    this.events = events;
  }

  static ViewDesk onPostgres(boolean events) {
    return new ViewDesk(
        TestPostgres.freshDatabase(
            "view_desk_" + events,
            empty -> empty.execute(POSTGRESQL_TABLES + (events ? POSTGRESQL_EVENTS : ""))),
        false,
        events);
  }

  static ViewDesk onMariaDb() {
    Database empty = MariaDbServer.shared().freshDatabase();
    empty.execute(
        """
        CREATE TABLE desk_ticket (
          no bigint AUTO_INCREMENT PRIMARY KEY, opened datetime(3) NOT NULL,
          state varchar(40) NOT NULL,
          touched timestamp(6) NOT NULL DEFAULT current_timestamp(6)
            ON UPDATE current_timestamp(6))
        """);
    empty.execute(
        """
        CREATE TABLE desk_history (
          no bigint AUTO_INCREMENT PRIMARY KEY, ticket bigint NOT NULL,
          happened datetime(3) NOT NULL, what varchar(40) NOT NULL, who varchar(40),
          `before` varchar(40), after varchar(40),
          written timestamp(6) NOT NULL DEFAULT current_timestamp(6))
        """);
    empty.execute(
        """
        CREATE VIEW support_tickets AS
        SELECT no AS id, opened AS created_at, touched AS updated_at, state AS status,
          'high' AS priority, 'first line' AS team, NULL AS assignee, 'email' AS channel
        FROM desk_ticket
        """);
    empty.execute(
        """
        CREATE VIEW support_events AS
        SELECT no AS event_key, ticket AS ticket_id, happened AS at, no AS sequence, what AS kind,
          who AS actor, 'someone' AS author, `before` AS from_value, after AS to_value,
          written AS recorded_at
        FROM desk_history
        """);
    return new ViewDesk(empty, true, true);
  }

  Database database() {
    return database;
  }

  SqlSettings settings() {
    return SqlSettings.of(
        "view",
        database.jdbcUrl(),
        Optional.of(database.user()),
        Optional.of(Secret.of(database.password())),
        Map.of("messages", events));
  }

  @Override
  public String createTicket(Instant at) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO desk_ticket (opened, state) VALUES (?, 'new')", new String[] {"no"})) {
      insert.setObject(1, time(at));
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        return Long.toString(keys.getLong(1));
      }
    }
  }

  @Override
  public void changeStatus(String ticket, Instant at, Status to) throws SQLException {
    String before =
        database.value("SELECT state FROM desk_ticket WHERE no = " + ticket).orElseThrow();
    database.execute(
        "UPDATE desk_ticket SET state = '%s'%s WHERE no = %s"
            .formatted(to.label(), mariaDb ? "" : ", touched = clock_timestamp()", ticket));
    happened(ticket, at, "status", "agent", before, to.label());
  }

  @Override
  public void reply(String ticket, Instant at, Actor by) throws SQLException {
    happened(ticket, at, "message", by.name().toLowerCase(java.util.Locale.ROOT), null, null);
  }

  private void happened(
      String ticket, Instant at, String what, String who, String before, String after)
      throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO desk_history (ticket, happened, what, who, "
                    + (mariaDb ? "`before`" : "before")
                    + ", after) VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, Long.parseLong(ticket));
      insert.setObject(2, time(at));
      insert.setString(3, what);
      insert.setString(4, who);
      insert.setString(5, before);
      insert.setString(6, after);
      insert.executeUpdate();
    }
  }

  private Object time(Instant at) {
    return mariaDb ? LocalDateTime.ofInstant(at, ZoneOffset.UTC) : at.atOffset(ZoneOffset.UTC);
  }

  @Override
  public Source open() {
    return new SqlKind().open("acme", settings().withPageSize(2), Clock.systemUTC());
  }

  @Override
  public Source openUnreachable() {
    String nowhere = (mariaDb ? "jdbc:mariadb" : "jdbc:postgresql") + "://127.0.0.1:1/x";
    return new SqlKind()
        .open(
            "acme",
            SqlSettings.of(
                "view",
                nowhere,
                Optional.of("reader"),
                Optional.of(Secret.of("secret-word")),
                Map.of()),
            Clock.systemUTC());
  }

  @Override
  public Vocabulary vocabulary() {
    return new SqlKind().vocabulary(settings());
  }

  @Override
  public void close() {}
}
