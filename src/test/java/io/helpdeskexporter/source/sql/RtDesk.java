package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceContract;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of Request Tracker as far as they are read, and rows as RT writes them. For what takes
 * a database of its own, or something that RT cannot be made to do.
 */
final class RtDesk implements SourceContract.Desk {
  static final long SYSTEM = 1;
  static final long NOBODY = 6;
  static final long LARS = 20;
  static final long CUSTOMER = 30;
  static final long DEFAULT_QUEUE = 1;
  static final long IT_QUEUE = 2;

  private static final String SCHEMA =
      """
      CREATE TABLE users (id serial PRIMARY KEY, name varchar(200));
      CREATE TABLE queues (id serial PRIMARY KEY, name varchar(200), lifecycle varchar(32));
      CREATE TABLE groups (
        id serial PRIMARY KEY, name varchar(200), domain varchar(64), instance integer);
      CREATE INDEX ON groups (instance);
      CREATE TABLE groupmembers (id serial PRIMARY KEY, groupid integer, memberid integer);
      CREATE TABLE cachedgroupmembers (
        id serial PRIMARY KEY, groupid integer, memberid integer, disabled integer DEFAULT 0);
      CREATE TABLE customfields (id serial PRIMARY KEY, name varchar(200));
      CREATE TABLE objectcustomfieldvalues (
        id serial PRIMARY KEY, customfield integer, objecttype varchar(255), objectid integer,
        content varchar(255), disabled integer DEFAULT 0);
      CREATE TABLE attachments (
        id bigserial PRIMARY KEY, transactionid bigint, parent bigint DEFAULT 0, headers text);
      CREATE INDEX ON attachments (transactionid);
      CREATE TABLE tickets (
        id serial PRIMARY KEY, effectiveid integer DEFAULT 0, queue integer, type varchar(16),
        owner integer, priority integer DEFAULT 0, status varchar(64), sla varchar(64),
        creator integer, created timestamp, lastupdated timestamp,
        started timestamp, resolved timestamp);
      CREATE TABLE transactions (
        id bigserial PRIMARY KEY, objecttype varchar(255), objectid integer,
        timetaken integer DEFAULT 0, type varchar(20), field varchar(255), oldvalue varchar(255),
        newvalue varchar(255), creator integer, created timestamp);
      CREATE INDEX ON transactions (objecttype, objectid);
      INSERT INTO users VALUES (1, 'RT_System'), (6, 'Nobody'), (20, 'lars'), (30, 'kim');
      INSERT INTO queues VALUES (1, 'General', 'default'), (2, 'IT Help', 'it');
      INSERT INTO groups VALUES (1, 'Privileged', 'SystemInternal', 1);
      INSERT INTO cachedgroupmembers (groupid, memberid) VALUES (1, 20);
      SELECT setval('groups_id_seq', 100);
      """;

  private final Database database =
      TestPostgres.freshDatabase("rt_tables", empty -> empty.execute(SCHEMA));

  Database database() {
    return database;
  }

  SqlSettings settings() {
    return SqlSettings.of(
        "rt5",
        database.jdbcUrl(),
        Optional.of(database.user()),
        Optional.of(Secret.of(database.password())),
        Map.of());
  }

  @Override
  public String createTicket(Instant at) {
    String id =
        database
            .value(
                """
                INSERT INTO tickets (queue, type, owner, status, creator, created, lastupdated)
                VALUES (1, 'ticket', 6, 'new', %d, '%s', '%s') RETURNING id
                """
                    .formatted(CUSTOMER, utc(at), utc(at)))
            .orElseThrow();
    database.execute(
        """
        UPDATE tickets SET effectiveid = id WHERE id = %1$s;
        WITH g AS (INSERT INTO groups (name, domain, instance)
          VALUES ('Requestor', 'RT::Ticket-Role', %1$s) RETURNING id)
        INSERT INTO groupmembers (groupid, memberid) SELECT id, %2$d FROM g;
        """
            .formatted(id, CUSTOMER));
    write(id, at, CUSTOMER, "Create", "", "", "");
    database.execute(
        "INSERT INTO attachments (transactionid, headers) SELECT max(id), E'Subject:"
            + " x\\nX-RT-Interface: Email\\n' FROM transactions");
    return id;
  }

  @Override
  public void changeStatus(String ticket, Instant at, Status to) {
    status(ticket, at, LARS, word(to));
  }

  void status(String ticket, Instant at, long by, String to) {
    String from = database.value("SELECT status FROM tickets WHERE id = " + ticket).orElseThrow();
    database.execute(
        "UPDATE tickets SET status = '%s', lastupdated = '%s' WHERE id = %s"
            .formatted(to, utc(at), ticket));
    write(ticket, at, by, "Status", "Status", from, to);
  }

  void move(String ticket, Instant at, long queue) {
    String from = database.value("SELECT queue FROM tickets WHERE id = " + ticket).orElseThrow();
    database.execute("UPDATE tickets SET queue = %d WHERE id = %s".formatted(queue, ticket));
    write(ticket, at, LARS, "Set", "Queue", from, Long.toString(queue));
  }

  @Override
  public void reply(String ticket, Instant at, Actor by) {
    write(ticket, at, by == Actor.CUSTOMER ? CUSTOMER : LARS, "Correspond", "", "", "");
  }

  void write(
      String ticket, Instant at, long by, String type, String field, String from, String to) {
    database.execute(insert(ticket, at, by, type, field, from, to));
  }

  static String insert(
      String ticket, Instant at, long by, String type, String field, String from, String to) {
    return """
    INSERT INTO transactions (objecttype, objectid, type, field, oldvalue, newvalue, creator, created)
    VALUES ('RT::Ticket', %s, '%s', NULLIF('%s', ''), NULLIF('%s', ''), NULLIF('%s', ''), %d, '%s')
    """
        .formatted(ticket, type, field, from, to, by, utc(at));
  }

  static String utc(Instant at) {
    return at.toString().replace("T", " ").replace("Z", "");
  }

  private static String word(Status status) {
    return switch (status) {
      case NEW -> "new";
      case OPEN -> "open";
      case PENDING -> "waiting";
      case ON_HOLD -> "stalled";
      case SOLVED -> "resolved";
      case CLOSED -> "rejected";
    };
  }

  @Override
  public Source open() {
    return new SqlKind().open("acme", settings().withPageSize(3), Clock.systemUTC());
  }

  @Override
  public Source openUnreachable() {
    return new SqlKind()
        .open(
            "acme",
            SqlSettings.of(
                "rt5",
                "jdbc:postgresql://127.0.0.1:1/rt5",
                Optional.of("reader"),
                Optional.of(Secret.of("secret-word")),
                Map.of()),
            Clock.systemUTC());
  }

  @Override
  public Vocabulary vocabulary() {
    return new SqlKind()
        .vocabulary(settings())
        .overriddenBy(Map.of("waiting", Status.PENDING), Map.of(), Map.of(), Map.of());
  }

  @Override
  public void close() {}
}
