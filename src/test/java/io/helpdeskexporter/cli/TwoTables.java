package io.helpdeskexporter.cli;

import io.helpdeskexporter.fixtures.Database;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A helpdesk of two tables, as the preset {@code view} reads them, in PostgreSQL or MariaDB. Times
 * are kept in UTC; the statements may also be run in a session of a test's own.
 */
record TwoTables(Database database, boolean mariaDb) {
  /** What its words mean, for the configuration of a source. */
  static final String WORDS =
      """
          statuses: {new: new, open: open, pending: pending, solved: solved, closed: closed, spam: spam}
          priorities: {urgent: urgent, normal: normal}
          channels: {email: email, chat: chat}
      """;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private static final String TICKETS =
      """
      CREATE TABLE support_tickets (
        id varchar(40) PRIMARY KEY, created_at $time NOT NULL,
        updated_at $time NOT NULL DEFAULT ($now), status varchar(40), priority varchar(40),
        team varchar(40), assignee varchar(40), channel varchar(40), requester varchar(80))
      """;
  private static final String EVENTS =
      """
      CREATE TABLE support_events (
        event_key $key, ticket_id varchar(40) NOT NULL, at $time NOT NULL,
        recorded_at $time NOT NULL DEFAULT ($now), kind varchar(40), actor varchar(40),
        author varchar(40), from_value varchar(80), to_value varchar(80), seconds integer)
      """;

  /** The tables in a database that is still empty. */
  static TwoTables in(Database database) {
    TwoTables tables = new TwoTables(database, database.jdbcUrl().startsWith("jdbc:mariadb"));
    database.execute(tables.inDialect(TICKETS));
    database.execute(tables.inDialect(EVENTS));
    return tables;
  }

  private String inDialect(String sql) {
    return mariaDb
        ? sql.replace("$time", "datetime(6)")
            .replace("$now", "utc_timestamp(6)")
            .replace("$key", "bigint AUTO_INCREMENT PRIMARY KEY")
        : sql.replace("$time", "timestamp(6)")
            .replace("$now", "clock_timestamp() AT TIME ZONE 'UTC'")
            .replace("$key", "bigserial PRIMARY KEY");
  }

  /** The database's clock. */
  Instant now() {
    String text =
        database
            .value(inDialect("SELECT " + "$now").replace("(6)", "(3)"))
            .orElseThrow()
            .replace(' ', 'T');
    return Instant.parse(text + "Z");
  }

  /** A new ticket of normal priority that came by mail. */
  void ticket(String id, Instant at, String team) {
    database.execute(insertTicket(id, at, team, "email", "normal"));
  }

  void ticket(String id, Instant at, String team, String channel, String priority) {
    database.execute(insertTicket(id, at, team, channel, priority));
  }

  static String insertTicket(String id, Instant at, String team, String channel, String priority) {
    return """
    INSERT INTO support_tickets (id, created_at, status, priority, team, channel, requester)
    VALUES ('%s', '%s', 'new', '%s', '%s', '%s', 'someone.%s@customer.test')
    """
        .formatted(id, TIME.format(at), priority, team, channel, id);
  }

  void reply(String ticket, Instant at) {
    database.execute(insertEvent(ticket, at, "message", "agent", "", ""));
  }

  void customerReply(String ticket, Instant at) {
    database.execute(insertEvent(ticket, at, "message", "customer", "", ""));
  }

  void status(String ticket, Instant at, String from, String to) {
    database.execute(insertEvent(ticket, at, "status", "agent", from, to));
  }

  void event(String ticket, Instant at, String kind, String from, String to) {
    database.execute(insertEvent(ticket, at, kind, "agent", from, to));
  }

  static String insertEvent(
      String ticket, Instant at, String kind, String actor, String from, String to) {
    return """
    INSERT INTO support_events (ticket_id, at, kind, actor, author, from_value, to_value)
    VALUES ('%s', '%s', '%s', '%s', 'jo.agent@desk.test', nullif('%s', ''), nullif('%s', ''))
    """
        .formatted(ticket, TIME.format(at), kind, actor, from, to);
  }

  /** The keys of a source that reads it as some user. */
  String source(String name, String user, String password, String more) {
    return """
      - name: %s
        kind: sql
        preset: view
        url: "%s"
        user: %s
    %s%s%s\
    """
        .formatted(
            name,
            database.jdbcUrl(),
            user,
            password.isEmpty() ? "" : "    password: \"" + password + "\"\n",
            WORDS.indent(0),
            more.isEmpty() ? "" : more.indent(4));
  }
}
