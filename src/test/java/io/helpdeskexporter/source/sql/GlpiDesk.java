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
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** The tables of GLPI as far as they are read, and rows as GLPI writes them. */
final class GlpiDesk implements SourceContract.Desk {
  static final int LARS = 2;
  static final int INES = 3;
  static final int ROBOT = 4;
  static final int KIM = 10;
  static final int BOB = 11;

  private static final String SCHEMA =
      """
      CREATE TABLE glpi_tickets (
        id int AUTO_INCREMENT PRIMARY KEY, entities_id int NOT NULL DEFAULT 0, name varchar(255),
        date timestamp NULL, date_creation timestamp NULL, date_mod timestamp(3) NULL,
        solvedate timestamp NULL, closedate timestamp NULL, takeintoaccountdate timestamp NULL,
        begin_waiting_date timestamp NULL, time_to_own timestamp NULL, time_to_resolve timestamp NULL,
        status int NOT NULL DEFAULT 1, priority int NOT NULL DEFAULT 3, type int NOT NULL DEFAULT 1,
        requesttypes_id int NOT NULL DEFAULT 2, itilcategories_id int NOT NULL DEFAULT 0,
        is_deleted tinyint NOT NULL DEFAULT 0, users_id_recipient int NOT NULL DEFAULT 0);
      CREATE TABLE glpi_tickets_users (
        id int AUTO_INCREMENT PRIMARY KEY, tickets_id int NOT NULL, users_id int NOT NULL DEFAULT 0,
        type int NOT NULL, alternative_email varchar(255));
      CREATE TABLE glpi_groups_tickets (
        id int AUTO_INCREMENT PRIMARY KEY, tickets_id int NOT NULL, groups_id int NOT NULL, type int NOT NULL);
      CREATE TABLE glpi_tickets_tickets (
        id int AUTO_INCREMENT PRIMARY KEY, tickets_id_1 int NOT NULL, tickets_id_2 int NOT NULL,
        link int NOT NULL DEFAULT 1);
      CREATE TABLE glpi_itilfollowups (
        id int AUTO_INCREMENT PRIMARY KEY, itemtype varchar(100) NOT NULL, items_id int NOT NULL,
        date timestamp NULL, users_id int NOT NULL DEFAULT 0, content longtext,
        is_private tinyint NOT NULL DEFAULT 0, date_creation timestamp NULL,
        sourceitems_id int NOT NULL DEFAULT 0);
      CREATE TABLE glpi_itilsolutions (
        id int AUTO_INCREMENT PRIMARY KEY, itemtype varchar(100) NOT NULL, items_id int NOT NULL,
        users_id int NOT NULL DEFAULT 0, status int NOT NULL DEFAULT 2, date_creation timestamp NULL);
      CREATE TABLE glpi_tickettasks (
        id int AUTO_INCREMENT PRIMARY KEY, tickets_id int NOT NULL, users_id int NOT NULL DEFAULT 0,
        is_private tinyint NOT NULL DEFAULT 0, date timestamp NULL, date_creation timestamp NULL,
        date_mod timestamp(3) NULL, actiontime int NOT NULL DEFAULT 0, sourceitems_id int NOT NULL DEFAULT 0);
      CREATE TABLE glpi_logs (
        id int AUTO_INCREMENT PRIMARY KEY, itemtype varchar(100) NOT NULL, items_id int NOT NULL DEFAULT 0,
        itemtype_link varchar(100) NOT NULL DEFAULT '', linked_action int NOT NULL DEFAULT 0,
        user_name varchar(255), date_mod timestamp NULL, id_search_option int NOT NULL DEFAULT 0,
        old_value varchar(255), new_value varchar(255));
      CREATE TABLE glpi_ticketsatisfactions (
        id int AUTO_INCREMENT PRIMARY KEY, tickets_id int NOT NULL, type int NOT NULL DEFAULT 1,
        date_begin timestamp NULL, date_answered timestamp NULL, satisfaction int, comment text);
      CREATE TABLE glpi_pendingreasons (id int PRIMARY KEY, name varchar(255));
      CREATE TABLE glpi_pendingreasons_items (
        id int AUTO_INCREMENT PRIMARY KEY, pendingreasons_id int NOT NULL, items_id int NOT NULL,
        itemtype varchar(100) NOT NULL);
      CREATE TABLE glpi_users (id int PRIMARY KEY, name varchar(255), password varchar(255));
      CREATE TABLE glpi_groups (id int PRIMARY KEY, completename text);
      CREATE TABLE glpi_entities (id int PRIMARY KEY, completename text);
      CREATE TABLE glpi_itilcategories (id int PRIMARY KEY, completename text);
      CREATE TABLE glpi_requesttypes (id int PRIMARY KEY, name varchar(255));
      CREATE TABLE glpi_profiles (id int PRIMARY KEY, interface varchar(255));
      CREATE TABLE glpi_profiles_users (
        id int AUTO_INCREMENT PRIMARY KEY, users_id int NOT NULL, profiles_id int NOT NULL);
      INSERT INTO glpi_users VALUES (2, 'lars', 'x'), (3, 'ines', 'x'), (4, 'Robot', 'x'), (10, 'kim', 'x'),
        (11, 'bob', 'x');
      INSERT INTO glpi_profiles VALUES (1, 'helpdesk'), (6, 'central');
      INSERT INTO glpi_profiles_users (users_id, profiles_id) VALUES (2, 6), (2, 1), (3, 6), (4, 6), (10, 1), (11, 1);
      INSERT INTO glpi_groups VALUES (1, 'Desk'), (2, 'Desk > Network');
      INSERT INTO glpi_entities VALUES (0, 'Root entity'), (1, 'Root entity > Works');
      INSERT INTO glpi_itilcategories VALUES (1, 'Hardware'), (2, 'Hardware > Screens, all');
      INSERT INTO glpi_requesttypes VALUES (1, 'Helpdesk'), (2, 'E-Mail'), (3, 'Phone');
      INSERT INTO glpi_pendingreasons VALUES (1, 'Waiting for user'), (2, 'Waiting for supplier');
      """;

  private static final String EMPTIED =
      """
      DELETE FROM glpi_tickets; DELETE FROM glpi_tickets_users; DELETE FROM glpi_groups_tickets;
      DELETE FROM glpi_tickets_tickets; DELETE FROM glpi_itilfollowups; DELETE FROM glpi_itilsolutions;
      DELETE FROM glpi_tickettasks; DELETE FROM glpi_logs; DELETE FROM glpi_ticketsatisfactions;
      DELETE FROM glpi_pendingreasons_items;
      """;

  private final Database database;

  private GlpiDesk(Database database) {
    this.database = database;
  }

  /** A desk without tickets, in the tables that all tests share: making them takes longest. */
  static GlpiDesk empty() {
    Shared.DESK.execute(EMPTIED);
    return Shared.DESK;
  }

  /** In tables of its own, for what changes these. */
  static GlpiDesk inTablesOfItsOwn() {
    var desk = new GlpiDesk(MariaDbServer.shared().freshDatabase());
    desk.execute(SCHEMA);
    return desk;
  }

  private static final class Shared {
    static final GlpiDesk DESK = inTablesOfItsOwn();
  }

  Database database() {
    return database;
  }

  /** Times are given in UTC, whatever the server's zone is. */
  void execute(String sql) {
    new Database(
            database.jdbcUrl() + "?allowMultiQueries=true", database.user(), database.password())
        .execute("SET time_zone = '+00:00'; " + sql);
  }

  String value(String sql) {
    return database.value(sql).orElseThrow();
  }

  SqlSettings settings() {
    return settings(database, Map.of());
  }

  static SqlSettings settings(Database as, Map<String, Object> options) {
    return SqlSettings.of(
        "glpi",
        as.jdbcUrl(),
        Optional.of(as.user()),
        Optional.of(Secret.of(as.password())),
        options);
  }

  @Override
  public String createTicket(Instant at) {
    execute(
        """
        INSERT INTO glpi_tickets (date, date_creation, date_mod, users_id_recipient)
        VALUES ('%1$s', '%1$s', '%2$s', %3$d)
        """
            .formatted(utc(at), utc(Instant.now()), KIM));
    String ticket = value("SELECT max(id) FROM glpi_tickets");
    execute(
        "INSERT INTO glpi_tickets_users (tickets_id, users_id, type) VALUES (%s, %d, 1)"
            .formatted(ticket, KIM));
    log(ticket, at, "Kim Test (10)", 20, 0, "", "", "");
    return ticket;
  }

  @Override
  public void changeStatus(String ticket, Instant at, Status to) {
    String from = value("SELECT status FROM glpi_tickets WHERE id = " + ticket);
    touch(ticket, "status = " + number(to));
    log(ticket, at, "Lars Test (2)", 0, 12, "", from, Integer.toString(number(to)));
  }

  @Override
  public void reply(String ticket, Instant at, Actor by) {
    followup(ticket, at, by == Actor.CUSTOMER ? KIM : LARS, false);
    touch(ticket, "status = status");
  }

  /** Rows are found by the time at which they really are written, whatever the story plays at. */
  void touch(String ticket, String change) {
    execute(
        "UPDATE glpi_tickets SET %s, date_mod = '%s' WHERE id = %s"
            .formatted(change, utc(Instant.now()), ticket));
  }

  int followup(String ticket, Instant at, int user, boolean secret) {
    execute(
        """
        INSERT INTO glpi_itilfollowups (itemtype, items_id, date, users_id, is_private, date_creation)
        VALUES ('Ticket', %1$s, '%2$s', %3$d, %4$s, '%2$s')
        """
            .formatted(ticket, utc(at), user, secret));
    return Integer.parseInt(value("SELECT max(id) FROM glpi_itilfollowups"));
  }

  void solution(String ticket, Instant at, int user) {
    execute(
        """
        INSERT INTO glpi_itilsolutions (itemtype, items_id, users_id, date_creation)
        VALUES ('Ticket', %s, %d, '%s')
        """
            .formatted(ticket, user, utc(at)));
  }

  void log(
      String ticket,
      Instant at,
      String user,
      int action,
      int option,
      String link,
      String from,
      String to) {
    execute(
        """
        INSERT INTO glpi_logs (itemtype, items_id, itemtype_link, linked_action, user_name, date_mod,
          id_search_option, old_value, new_value)
        VALUES ('Ticket', %s, '%s', %d, '%s', '%s', %d, '%s', '%s')
        """
            .formatted(ticket, link, action, user, utc(at), option, from, to));
  }

  static String utc(Instant at) {
    return LocalDateTime.ofInstant(at, ZoneOffset.UTC)
        .truncatedTo(ChronoUnit.MILLIS)
        .toString()
        .replace('T', ' ');
  }

  private static int number(Status status) {
    return switch (status) {
      case NEW -> 1;
      case OPEN -> 2;
      case PENDING -> 4;
      case ON_HOLD -> 10;
      case SOLVED -> 5;
      case CLOSED -> 6;
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
    return new SqlKind().vocabulary(settings());
  }

  @Override
  public void close() {}
}
