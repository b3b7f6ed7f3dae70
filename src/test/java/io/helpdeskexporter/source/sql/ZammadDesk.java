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

/** Zammad's tables, and rows as Zammad writes them: the history beside the ticket. */
final class ZammadDesk implements SourceContract.Desk {
  static final int SYSTEM = 1;
  static final int LARS = 10;
  static final int NINA = 11;
  static final int BOT = 12;
  static final int FORMER = 13;
  static final int KIM = 30;

  /** {@code ticket_article_senders}. */
  enum Sender {
    AGENT,
    CUSTOMER,
    AUTOMATIC;

    int id() {
      return ordinal() + 1;
    }
  }

  static final int EMAIL = 1;
  static final int PHONE = 5;
  static final int NOTE = 10;
  static final int WEB = 11;

  static final int NEW = 1;
  static final int OPEN = 2;
  static final int PENDING_REMINDER = 3;
  static final int CLOSED = 4;
  static final int MERGED = 5;
  static final int REMOVED = 6;
  static final int PENDING_CLOSE = 7;
  static final int WAITING_FOR_VENDOR = 8;
  static final int ARCHIVED = 9;
  static final int IN_THE_WORKS = 10;

  private final Database database =
      TestPostgres.freshDatabase(
          "zammad_tables", empty -> empty.execute(ReadPreset.script("zammad.sql")));

  Database database() {
    return database;
  }

  ReadPreset read(Map<String, Object> options) throws Exception {
    return ReadPreset.of("zammad", database, options);
  }

  ReadPreset read() throws Exception {
    return read(Map.of());
  }

  @Override
  public String createTicket(Instant at) {
    return createTicket(at, KIM, Sender.CUSTOMER, EMAIL);
  }

  String createTicket(Instant at, int by, Sender sender, int articleType) {
    String id =
        value(
            """
            INSERT INTO tickets (group_id, priority_id, state_id, owner_id, customer_id,
              create_article_type_id, create_article_sender_id, created_by_id, created_at, updated_at)
            VALUES (1, 2, 1, 1, %d, %d, %d, %d, '%s', %s) RETURNING id
            """
                .formatted(KIM, articleType, sender.id(), by, utc(at), NOW));
    history(id, at, by, "created", "NULL", "NULL", "NULL");
    article(id, at, by, sender, articleType);
    return id;
  }

  String article(String ticket, Instant at, int by, Sender sender, int type) {
    String id =
        value(
            """
            INSERT INTO ticket_articles
              (ticket_id, sender_id, type_id, created_by_id, created_at, updated_at)
            VALUES (%s, %d, %d, %d, '%5$s', '%5$s') RETURNING id
            """
                .formatted(ticket, sender.id(), type, by, utc(at)));
    database.execute(
        """
        INSERT INTO histories
          (history_type_id, history_object_id, o_id, related_o_id, created_by_id, created_at)
        VALUES (1, 2, %s, %s, %d, '%s')
        """
            .formatted(id, ticket, by, utc(at)));
    touch(ticket);
    return id;
  }

  @Override
  public void reply(String ticket, Instant at, Actor by) {
    boolean customer = by == Actor.CUSTOMER;
    article(ticket, at, customer ? KIM : LARS, customer ? Sender.CUSTOMER : Sender.AGENT, EMAIL);
  }

  @Override
  public void changeStatus(String ticket, Instant at, Status to) {
    state(
        ticket,
        at,
        LARS,
        switch (to) {
          case NEW -> NEW;
          case OPEN -> OPEN;
          case PENDING -> PENDING_REMINDER;
          case ON_HOLD -> WAITING_FOR_VENDOR;
          case SOLVED -> CLOSED;
          case CLOSED -> ARCHIVED;
        });
  }

  void state(String ticket, Instant at, int by, int to) {
    change(ticket, at, by, "state", to);
  }

  /** A relation of the ticket is another one from now on. */
  void change(String ticket, Instant at, int by, String attribute, int to) {
    String from = value("SELECT %s_id FROM tickets WHERE id = %s".formatted(attribute, ticket));
    database.execute(
        "UPDATE tickets SET %s_id = %d WHERE id = %s".formatted(attribute, to, ticket));
    history(ticket, at, by, "updated", "'" + attribute + "'", from, Integer.toString(to));
    touch(ticket);
  }

  /** A plain attribute got a value. */
  void wrote(String ticket, Instant at, int by, String attribute, String value) {
    database.execute(
        """
        INSERT INTO histories (history_type_id, history_object_id, history_attribute_id, o_id,
          value_from, value_to, created_by_id, created_at)
        VALUES (2, 1, (SELECT id FROM history_attributes WHERE name = '%s'), %s, '', '%s', %d, '%s')
        """
            .formatted(attribute, ticket, value, by, utc(at)));
    touch(ticket);
  }

  /**
   * As Zammad does it: the articles move, the record of the merge carries the time at which the
   * child had changed last, and a note is left on the child.
   */
  void merge(String child, Instant childChangedAt, Instant at, int by, String target) {
    database.execute(
        "UPDATE ticket_articles SET ticket_id = %s WHERE ticket_id = %s".formatted(target, child));
    history(target, at, by, "received_merge", "NULL", child, target);
    history(child, childChangedAt, by, "merged_into", "NULL", child, target);
    article(child, at, by, Sender.AGENT, NOTE);
    state(child, at.plusMillis(20), by, MERGED);
    change(child, at.plusMillis(20), by, "owner", SYSTEM);
    touch(target);
  }

  void history(
      String ticket, Instant at, int by, String type, String attribute, String from, String to) {
    database.execute(
        """
        INSERT INTO histories (history_type_id, history_object_id, history_attribute_id, o_id,
          id_from, id_to, created_by_id, created_at)
        VALUES ((SELECT id FROM history_types WHERE name = '%s'), 1,
          (SELECT id FROM history_attributes WHERE name = %s), %s, %s, %s, %d, '%s')
        """
            .formatted(type, attribute, ticket, from, to, by, utc(at)));
  }

  void book(String ticket, Instant at, int by, String units) {
    database.execute(
        """
        INSERT INTO ticket_time_accountings (ticket_id, time_unit, created_by_id, created_at)
        VALUES (%s, %s, %d, '%s')
        """
            .formatted(ticket, units, by, utc(at)));
  }

  void tag(String ticket, String name) {
    database.execute(
        """
        WITH item AS (INSERT INTO tag_items (name) VALUES ('%s') RETURNING id)
        INSERT INTO tags (tag_item_id, tag_object_id, o_id) SELECT id, 1, %s FROM item
        """
            .formatted(name, ticket));
  }

  /** Sets columns of the ticket. */
  void set(String ticket, String assignments) {
    database.execute("UPDATE tickets SET %s WHERE id = %s".formatted(assignments, ticket));
    touch(ticket);
  }

  /** {@code updated_at} is of the moment of writing, whatever time a story tells. */
  private static final String NOW = "clock_timestamp() AT TIME ZONE 'UTC'";

  private void touch(String ticket) {
    database.execute("UPDATE tickets SET updated_at = %s WHERE id = %s".formatted(NOW, ticket));
  }

  private String value(String sql) {
    return database.value(sql).orElseThrow();
  }

  static String utc(Instant at) {
    return at.toString().replace("T", " ").replace("Z", "");
  }

  private static Map<String, Object> ownStates() {
    return Map.of("own_states", "waiting for vendor, archived");
  }

  @Override
  public Source open() {
    return ReadPreset.open(ReadPreset.settings("zammad", database, ownStates()).withPageSize(3));
  }

  @Override
  public Source openUnreachable() {
    return new SqlKind()
        .open(
            "acme",
            SqlSettings.of(
                "zammad",
                "jdbc:postgresql://127.0.0.1:1/zammad",
                Optional.of("reader"),
                Optional.of(Secret.of("secret-word")),
                Map.of()),
            Clock.systemUTC());
  }

  @Override
  public Vocabulary vocabulary() {
    return new SqlKind()
        .vocabulary(ReadPreset.settings("zammad", database, ownStates()))
        .overriddenBy(
            Map.of("waiting for vendor", Status.ON_HOLD, "archived", Status.CLOSED),
            Map.of(),
            Map.of(),
            Map.of());
  }

  @Override
  public void close() {}
}
