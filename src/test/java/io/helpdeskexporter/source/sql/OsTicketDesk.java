package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.MariaDbServer;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceContract;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tables of osTicket as far as they are read, and rows as osTicket writes them. */
final class OsTicketDesk implements SourceContract.Desk {
  static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");
  static final int LARS = 1;
  static final int INES = 2;
  static final int ROBOT = 3;
  static final int KIM = 10;
  static final int BOB = 11;

  private static final String SCHEMA =
      """
      CREATE TABLE %1$sticket (
        ticket_id int AUTO_INCREMENT PRIMARY KEY, ticket_pid int, user_id int NOT NULL DEFAULT 0,
        status_id int NOT NULL DEFAULT 1, dept_id int NOT NULL DEFAULT 1, sla_id int NOT NULL DEFAULT 0,
        topic_id int NOT NULL DEFAULT 0, staff_id int NOT NULL DEFAULT 0, flags int NOT NULL DEFAULT 0,
        source enum('Web','Email','Phone','API','Other') NOT NULL DEFAULT 'Other',
        isanswered tinyint(1) NOT NULL DEFAULT 0, duedate datetime, est_duedate datetime,
        reopened datetime, closed datetime, created datetime NOT NULL, updated datetime(3) NOT NULL);
      CREATE TABLE %1$sticket_status (id int PRIMARY KEY, name varchar(60), state varchar(16));
      CREATE TABLE %1$sthread (
        id int AUTO_INCREMENT PRIMARY KEY, object_id int NOT NULL, object_type char(1) NOT NULL);
      CREATE TABLE %1$sthread_entry (
        id int AUTO_INCREMENT PRIMARY KEY, pid int NOT NULL DEFAULT 0, thread_id int NOT NULL,
        staff_id int NOT NULL DEFAULT 0, user_id int NOT NULL DEFAULT 0, type char(1) NOT NULL,
        flags int NOT NULL DEFAULT 0, created datetime NOT NULL);
      CREATE TABLE %1$sthread_entry_merge (
        id int AUTO_INCREMENT PRIMARY KEY, thread_entry_id int NOT NULL, data text);
      CREATE TABLE %1$sthread_event (
        id int AUTO_INCREMENT PRIMARY KEY, thread_id int NOT NULL DEFAULT 0, event_id int,
        staff_id int NOT NULL, dept_id int NOT NULL, data varchar(1024), uid int,
        uid_type char(1) NOT NULL DEFAULT 'S', annulled tinyint(1) NOT NULL DEFAULT 0,
        timestamp datetime NOT NULL);
      CREATE TABLE %1$sevent (id int AUTO_INCREMENT PRIMARY KEY, name varchar(60));
      CREATE TABLE %1$sdepartment (id int PRIMARY KEY, name varchar(128));
      CREATE TABLE %1$shelp_topic (topic_id int PRIMARY KEY, topic varchar(128));
      CREATE TABLE %1$ssla (id int PRIMARY KEY, name varchar(64));
      CREATE TABLE %1$sstaff (staff_id int PRIMARY KEY, username varchar(32), passwd varchar(128));
      CREATE TABLE %1$suser (id int PRIMARY KEY, org_id int NOT NULL DEFAULT 0);
      CREATE TABLE %1$sform_entry (
        id int AUTO_INCREMENT PRIMARY KEY, object_id int, object_type char(1) NOT NULL DEFAULT 'T',
        updated datetime NOT NULL);
      CREATE TABLE %1$sform_entry_values (
        entry_id int NOT NULL, field_id int NOT NULL, value text, value_id int,
        PRIMARY KEY (entry_id, field_id));
      CREATE TABLE %1$sform_field (id int PRIMARY KEY, name varchar(64) NOT NULL);
      CREATE TABLE %1$sticket_priority (priority_id int PRIMARY KEY, priority varchar(60));
      INSERT INTO %1$sticket_status VALUES (1, 'Open', 'open'), (2, 'Resolved', 'closed'),
        (3, 'Closed', 'closed'), (4, 'Archived', 'archived'), (5, 'Deleted', 'deleted'),
        (6, 'Waiting on customer', 'open'), (7, 'Waiting on supplier', 'open'), (8, 'Done', 'closed');
      INSERT INTO %1$sevent (name) VALUES ('created'), ('closed'), ('reopened'), ('assigned'), ('released'),
        ('transferred'), ('referred'), ('overdue'), ('edited'), ('viewed'), ('merged'), ('linked');
      INSERT INTO %1$sdepartment VALUES (1, 'Support'), (2, 'Billing');
      INSERT INTO %1$shelp_topic VALUES (1, 'Reports, problems');
      INSERT INTO %1$ssla VALUES (1, 'Default');
      INSERT INTO %1$sstaff VALUES (1, 'lars', 'x'), (2, 'ines', 'x'), (3, 'Robot', 'x');
      INSERT INTO %1$suser VALUES (10, 77), (11, 0);
      INSERT INTO %1$sform_field VALUES (20, 'subject'), (22, 'priority'), (30, 'rating');
      INSERT INTO %1$sticket_priority VALUES (1, 'low'), (2, 'normal'), (3, 'high'), (4, 'emergency');
      """;

  private static final String EMPTIED =
      """
      DELETE FROM ost_ticket; DELETE FROM ost_thread; DELETE FROM ost_thread_entry;
      DELETE FROM ost_thread_entry_merge; DELETE FROM ost_thread_event; DELETE FROM ost_form_entry;
      DELETE FROM ost_form_entry_values;
      """;

  private final Database database;
  private final String prefix;

  private OsTicketDesk(Database database, String prefix) {
    this.database = database;
    this.prefix = prefix;
  }

  /** A desk without tickets, in the tables that all tests share: making them takes longest. */
  static OsTicketDesk empty() {
    Shared.DESK.execute(EMPTIED);
    return Shared.DESK;
  }

  /** In tables of its own, for what changes these. */
  static OsTicketDesk withPrefix(String prefix) {
    var desk = new OsTicketDesk(MariaDbServer.shared().freshDatabase(), prefix);
    desk.execute(SCHEMA.formatted(prefix));
    return desk;
  }

  private static final class Shared {
    static final OsTicketDesk DESK = withPrefix("ost_");
  }

  Database database() {
    return database;
  }

  void execute(String sql) {
    new Database(
            database.jdbcUrl() + "?allowMultiQueries=true", database.user(), database.password())
        .execute(sql.replace("ost_", prefix));
  }

  String value(String sql) {
    return database.value(sql.replace("ost_", prefix)).orElseThrow();
  }

  SqlSettings settings() {
    return settings(database, Map.of());
  }

  SqlSettings settings(Database as, Map<String, Object> options) {
    Map<String, Object> all = new HashMap<>(options);
    all.put("time_zone", ZONE.getId());
    all.put("prefix", prefix);
    return SqlSettings.of(
        "osticket",
        as.jdbcUrl(),
        Optional.of(as.user()),
        Optional.of(Secret.of(as.password())),
        all);
  }

  @Override
  public String createTicket(Instant at) {
    execute(
        "INSERT INTO ost_ticket (user_id, source, created, updated) VALUES (%d, 'Email', '%s', '%s')"
            .formatted(KIM, local(at), local(Instant.now())));
    String ticket = value("SELECT max(ticket_id) FROM ost_ticket");
    execute("INSERT INTO ost_thread (object_id, object_type) VALUES (%s, 'T')".formatted(ticket));
    event(ticket, at, "created", KIM, "U", "");
    entry(ticket, at, "M", 0, KIM, 1);
    return ticket;
  }

  @Override
  public void changeStatus(String ticket, Instant at, Status to) {
    boolean wasClosed =
        value(
                """
                SELECT s.state FROM ost_ticket t JOIN ost_ticket_status s ON s.id = t.status_id
                WHERE t.ticket_id =\
                """
                    + ticket)
            .equals("closed");
    touch(ticket, "status_id = " + number(to));
    switch (to) {
      case SOLVED, CLOSED -> event(ticket, at, "closed", LARS, "S", status(number(to)));
      case NEW, OPEN, PENDING, ON_HOLD ->
          event(
              ticket,
              at,
              wasClosed ? "reopened" : "edited",
              LARS,
              "S",
              "{\"status\":" + number(to) + "}");
    }
  }

  private static String status(int number) {
    return "{\"status\":[%d,\"Any\"]}".formatted(number);
  }

  @Override
  public void reply(String ticket, Instant at, Actor by) {
    if (by == Actor.CUSTOMER) {
      entry(ticket, at, "M", 0, KIM, 0);
    } else {
      entry(ticket, at, "R", LARS, 0, 0);
    }
    touch(ticket, "isanswered = " + (by == Actor.CUSTOMER ? 0 : 1));
  }

  /** Rows are found by the time at which they really are written, whatever the story plays at. */
  void touch(String ticket, String change) {
    execute(
        "UPDATE ost_ticket SET %s, updated = '%s' WHERE ticket_id = %s"
            .formatted(change, local(Instant.now()), ticket));
  }

  int entry(String ticket, Instant at, String type, int staff, int user, int flags) {
    execute(
        """
        INSERT INTO ost_thread_entry (thread_id, type, staff_id, user_id, flags, created)
        SELECT id, '%s', %d, %d, %d, '%s' FROM ost_thread WHERE object_id = %s AND object_type IN ('T', 'C')
        """
            .formatted(type, staff, user, flags, local(at), ticket));
    return Integer.parseInt(value("SELECT max(id) FROM ost_thread_entry"));
  }

  /** The ticket's own values are noted beside, as they are now. */
  void event(String ticket, Instant at, String name, int uid, String uidType, String data) {
    execute(
        """
        INSERT INTO ost_thread_event (thread_id, event_id, staff_id, dept_id, data, uid, uid_type, timestamp)
        SELECT h.id, e.id, t.staff_id, t.dept_id, NULLIF('%s', ''), NULLIF(%d, 0), '%s', '%s'
        FROM ost_ticket t JOIN ost_thread h ON h.object_id = t.ticket_id AND h.object_type IN ('T', 'C')
        JOIN ost_event e ON e.name = '%s' WHERE t.ticket_id = %s
        """
            .formatted(data, uid, uidType, local(at), name, ticket));
  }

  static String local(Instant at) {
    return LocalDateTime.ofInstant(at, ZONE)
        .truncatedTo(ChronoUnit.MILLIS)
        .toString()
        .replace('T', ' ');
  }

  private static int number(Status status) {
    return switch (status) {
      case NEW, OPEN -> 1;
      case PENDING -> 6;
      case ON_HOLD -> 7;
      case SOLVED -> 2;
      case CLOSED -> 3;
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
            settings(
                new Database("jdbc:mariadb://127.0.0.1:1/x", "reader", "secret-word"), Map.of()),
            Clock.systemUTC());
  }

  @Override
  public Vocabulary vocabulary() {
    return new SqlKind()
        .vocabulary(settings())
        .overriddenBy(
            Map.of("waiting on customer", Status.PENDING, "waiting on supplier", Status.ON_HOLD),
            Map.of(),
            Map.of(),
            Map.of());
  }

  @Override
  public void close() {}
}
