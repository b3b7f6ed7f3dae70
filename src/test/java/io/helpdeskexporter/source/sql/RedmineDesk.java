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
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of Redmine as far as they are read, and rows as Redmine writes them. For what takes a
 * database of its own, or a kind of database that the running Redmine does not use.
 */
final class RedmineDesk implements SourceContract.Desk {
  static final long LARS = 5;
  static final long KIM = 8;
  static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");

  /** In the words of PostgreSQL; {@link #onMariaDb} says them in those of MariaDB. */
  private static final String SCHEMA =
      """
      CREATE TABLE projects (
        id serial PRIMARY KEY, name varchar(255) NOT NULL, identifier varchar(255));
      CREATE TABLE trackers (id serial PRIMARY KEY, name varchar(30) NOT NULL);
      CREATE TABLE issue_statuses (
        id serial PRIMARY KEY, name varchar(30) NOT NULL, is_closed boolean NOT NULL);
      CREATE TABLE issue_categories (
        id serial PRIMARY KEY, project_id integer NOT NULL, name varchar(60) NOT NULL);
      CREATE TABLE enumerations (id serial PRIMARY KEY, name varchar(30) NOT NULL, type varchar(255));
      CREATE TABLE users (
        id serial PRIMARY KEY, login varchar(255) NOT NULL, type varchar(255), admin boolean NOT NULL);
      CREATE TABLE roles (id serial PRIMARY KEY, name varchar(255) NOT NULL, permissions text);
      CREATE TABLE members (
        id serial PRIMARY KEY, user_id integer NOT NULL, project_id integer NOT NULL);
      CREATE TABLE member_roles (
        id serial PRIMARY KEY, member_id integer NOT NULL, role_id integer NOT NULL);
      CREATE TABLE custom_fields (id serial PRIMARY KEY, name varchar(30) NOT NULL);
      CREATE TABLE custom_values (
        id serial PRIMARY KEY, customized_type varchar(30) NOT NULL, customized_id integer NOT NULL,
        custom_field_id integer NOT NULL, value text);
      CREATE TABLE issue_relations (
        id serial PRIMARY KEY, issue_from_id integer NOT NULL, issue_to_id integer NOT NULL,
        relation_type varchar(255) NOT NULL);
      CREATE TABLE time_entries (
        id serial PRIMARY KEY, issue_id integer, hours float8 NOT NULL, updated_on timestamp NOT NULL);
      CREATE TABLE issues (
        id serial PRIMARY KEY, tracker_id integer NOT NULL, project_id integer NOT NULL,
        category_id integer, status_id integer NOT NULL, assigned_to_id integer,
        priority_id integer NOT NULL, author_id integer NOT NULL, lock_version integer NOT NULL,
        created_on timestamp, updated_on timestamp);
      CREATE TABLE journals (
        id serial PRIMARY KEY, journalized_id integer NOT NULL, journalized_type varchar(30) NOT NULL,
        user_id integer NOT NULL, notes text, private_notes boolean NOT NULL, created_on timestamp NOT NULL);
      CREATE TABLE journal_details (
        id serial PRIMARY KEY, journal_id integer NOT NULL, property varchar(30) NOT NULL,
        prop_key varchar(30) NOT NULL, old_value text, value text);
      INSERT INTO projects VALUES (1, 'Desk', 'desk'), (2, 'Works', 'works');
      INSERT INTO trackers VALUES (1, 'Bug'), (3, 'Support');
      INSERT INTO issue_statuses VALUES (1, 'New', FALSE), (2, 'In Progress', FALSE),
        (3, 'Resolved', FALSE), (4, 'Feedback', FALSE), (5, 'Closed', TRUE), (7, 'Waiting', FALSE),
        (8, 'Erledigt', TRUE);
      INSERT INTO issue_categories VALUES (1, 1, 'Billing, invoices');
      INSERT INTO enumerations VALUES (2, 'Normal', 'IssuePriority'), (4, 'Urgent', 'IssuePriority');
      INSERT INTO users VALUES (5, 'Lars', 'User', FALSE), (8, 'kim', 'User', FALSE), (10, '', 'Group', FALSE);
      INSERT INTO roles VALUES (4, 'Developer', '- :view_issues - :edit_issues');
      INSERT INTO members VALUES (1, 5, 1);
      INSERT INTO member_roles VALUES (1, 1, 4);
      INSERT INTO custom_fields VALUES (1, 'Contact channel'), (2, 'Satisfaction'), (3, 'Topic');
      """;

  private final Database database;

  private RedmineDesk(Database database) {
    this.database = database;
  }

  static RedmineDesk onPostgres() {
    return new RedmineDesk(
        TestPostgres.freshDatabase("redmine_tables", empty -> empty.execute(SCHEMA)));
  }

  /** In tables that all tests share: making them takes longest. */
  static RedmineDesk onMariaDb() {
    Shared.many(
        """
        DELETE FROM issues; DELETE FROM journals; DELETE FROM journal_details;
        DELETE FROM custom_values; DELETE FROM issue_relations; DELETE FROM time_entries;
        DELETE FROM members; INSERT INTO members VALUES (1, 5, 1);
        """);
    return new RedmineDesk(Shared.MARIADB);
  }

  private static final class Shared {
    static final Database MARIADB = MariaDbServer.shared().freshDatabase();

    static {
      many(
          SCHEMA
              .replace("serial", "int AUTO_INCREMENT")
              .replace("timestamp", "datetime(3)")
              .replace("float8", "double"));
    }

    static void many(String statements) {
      new Database(
              MARIADB.jdbcUrl() + "?allowMultiQueries=true", MARIADB.user(), MARIADB.password())
          .execute(statements);
    }
  }

  Database database() {
    return database;
  }

  SqlSettings settings() {
    return settings(database, Map.of());
  }

  static SqlSettings settings(Database as, Map<String, Object> options) {
    Map<String, Object> all = new HashMap<>(options);
    all.putIfAbsent("time_zone", ZONE.getId());
    return SqlSettings.of(
        "redmine",
        as.jdbcUrl(),
        Optional.of(as.user()),
        Optional.of(Secret.of(as.password())),
        all);
  }

  @Override
  public String createTicket(Instant at) {
    database.execute(
        """
        INSERT INTO issues (tracker_id, project_id, status_id, priority_id, author_id, lock_version,
          created_on, updated_on)
        VALUES (3, 1, 1, 2, %d, 0, '%s', '%s')
        """
            .formatted(KIM, local(at), local(Instant.now())));
    return database.value("SELECT max(id) FROM issues").orElseThrow();
  }

  @Override
  public void changeStatus(String ticket, Instant at, Status to) {
    String from = database.value("SELECT status_id FROM issues WHERE id = " + ticket).orElseThrow();
    String word = Integer.toString(number(to));
    touch(ticket, "status_id = " + word);
    detail(journal(ticket, at, LARS, "", false), "attr", "status_id", from, word);
  }

  @Override
  public void reply(String ticket, Instant at, Actor by) {
    touch(ticket, "status_id = status_id");
    journal(ticket, at, by == Actor.CUSTOMER ? KIM : LARS, "Something", false);
  }

  /** Rows are found by the time at which they really are written, whatever the story plays at. */
  void touch(String ticket, String change) {
    database.execute(
        "UPDATE issues SET %s, lock_version = lock_version + 1, updated_on = '%s' WHERE id = %s"
            .formatted(change, local(Instant.now()), ticket));
  }

  long journal(String ticket, Instant at, long by, String notes, boolean secret) {
    database.execute(
        """
        INSERT INTO journals (journalized_id, journalized_type, user_id, notes, private_notes, created_on)
        VALUES (%s, 'Issue', %d, '%s', %s, '%s')
        """
            .formatted(ticket, by, notes, secret, local(at)));
    return Long.parseLong(database.value("SELECT max(id) FROM journals").orElseThrow());
  }

  void detail(long journal, String property, String key, String from, String to) {
    database.execute(
        """
        INSERT INTO journal_details (journal_id, property, prop_key, old_value, value)
        VALUES (%d, '%s', '%s', NULLIF('%s', ''), NULLIF('%s', ''))
        """
            .formatted(journal, property, key, from, to));
  }

  static String local(Instant at) {
    return LocalDateTime.ofInstant(at, ZONE)
        .truncatedTo(ChronoUnit.MILLIS)
        .toString()
        .replace('T', ' ');
  }

  private static int number(Status status) {
    return switch (status) {
      case NEW -> 1;
      case OPEN -> 2;
      case PENDING -> 4;
      case ON_HOLD -> 7;
      case SOLVED -> 3;
      case CLOSED -> 5;
    };
  }

  @Override
  public Source open() {
    return new SqlKind().open("acme", settings().withPageSize(3), Clock.systemUTC());
  }

  @Override
  public Source openUnreachable() {
    String kind = database.jdbcUrl().replaceFirst("://.*", "");
    return new SqlKind()
        .open(
            "acme",
            settings(new Database(kind + "://127.0.0.1:1/x", "reader", "secret-word"), Map.of()),
            Clock.systemUTC());
  }

  @Override
  public Vocabulary vocabulary() {
    return new SqlKind()
        .vocabulary(settings())
        .overriddenBy(Map.of("waiting", Status.ON_HOLD), Map.of(), Map.of(), Map.of());
  }

  @Override
  public void close() {}
}
