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
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** FreeScout's tables, and rows as FreeScout writes them, in the time of its own zone. */
final class FreeScoutDesk implements SourceContract.Desk {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  static final String LARS = "10";
  static final String NINA = "11";
  static final String BOT = "12";
  static final String WORKFLOW = "13";

  static final int CUSTOMER_MESSAGE = 1;
  static final int REPLY = 2;
  static final int NOTE = 3;
  static final int CHAT = 8;

  static final int ACTIVE = 1;
  static final int PENDING = 2;
  static final int CLOSED = 3;
  static final int SPAM = 4;
  static final int UNCHANGED = 6;

  static final int MOVED = 3;
  static final int MERGED = 4;
  static final int DELETED = 10;
  static final int RESTORED = 11;

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Database database;

  private FreeScoutDesk(Database database) {
    this.database = database;
  }

  static FreeScoutDesk onPostgres() {
    return new FreeScoutDesk(
        TestPostgres.freshDatabase(
            "freescout_tables", empty -> empty.execute(ReadPreset.script("freescout.sql"))));
  }

  static FreeScoutDesk onMariaDb() {
    Database empty = MariaDbServer.shared().freshDatabase();
    String schema =
        ReadPreset.script("freescout.sql")
            .replace("serial", "int AUTO_INCREMENT")
            .replace(" timestamp", " timestamp NULL")
            .replace("boolean", "tinyint(1)");
    new Database(empty.jdbcUrl() + "?allowMultiQueries=true", empty.user(), empty.password())
        .execute(schema);
    return new FreeScoutDesk(empty);
  }

  Database database() {
    return database;
  }

  static Map<String, Object> inZone(Map<String, Object> options) {
    Map<String, Object> all = new HashMap<>(options);
    all.putIfAbsent("time_zone", ZONE.getId());
    return Map.copyOf(all);
  }

  ReadPreset read(Map<String, Object> options) throws Exception {
    return ReadPreset.of("freescout", database, inZone(options));
  }

  ReadPreset read() throws Exception {
    return read(Map.of());
  }

  @Override
  public String createTicket(Instant at) {
    String ticket = conversation(at, 1, 1, "NULL");
    thread(ticket, at, CUSTOMER_MESSAGE, ACTIVE, "NULL", "first = true");
    return ticket;
  }

  /**
   * Without a thread yet.
   *
   * @param sourceVia 1 for the customer, 2 for a user
   */
  String conversation(Instant at, int type, int sourceVia, String user) {
    database.execute(
        """
        INSERT INTO conversations (number, type, status, state, mailbox_id, customer_id, source_via,
          source_type, created_by_user_id, imported, created_at, updated_at)
        VALUES (7000, %d, 1, 2, 1, 30, %d, 1, %s, false, '%s', '%s')
        """
            .formatted(type, sourceVia, user, local(at), local(Instant.now())));
    return database.value("SELECT max(id) FROM conversations").orElseThrow();
  }

  /** What somebody wrote; nobody is the customer. */
  String thread(String ticket, Instant at, int type, int status, String user, String more) {
    database.execute(
        """
        INSERT INTO threads (conversation_id, type, status, state, user_id, created_by_user_id,
          created_by_customer_id, first, imported, created_at, updated_at)
        VALUES (%1$s, %2$d, %3$d, 2, (SELECT user_id FROM conversations WHERE id = %1$s), %4$s,
          CASE WHEN %4$s IS NULL THEN 30 END, false, false, '%5$s', '%5$s')
        """
            .formatted(ticket, type, status, user, local(at)));
    String id = database.value("SELECT max(id) FROM threads").orElseThrow();
    if (!more.isEmpty()) {
      alter(id, more);
    }
    if (status != UNCHANGED) {
      set(ticket, "status = " + status);
    }
    touch(ticket);
    return id;
  }

  String lineItem(String ticket, Instant at, int action, String user, String more) {
    return thread(
        ticket,
        at,
        4,
        UNCHANGED,
        user,
        "action_type = " + action + (more.isEmpty() ? "" : ", " + more));
  }

  @Override
  public void reply(String ticket, Instant at, Actor by) {
    boolean customer = by == Actor.CUSTOMER;
    thread(
        ticket, at, customer ? CUSTOMER_MESSAGE : REPLY, UNCHANGED, customer ? "NULL" : LARS, "");
  }

  /** A conversation is new until somebody has answered: to be open it needs an answer. */
  @Override
  public void changeStatus(String ticket, Instant at, Status to) {
    int status =
        switch (to) {
          case NEW, OPEN -> ACTIVE;
          case PENDING, ON_HOLD -> PENDING;
          case SOLVED, CLOSED -> CLOSED;
        };
    boolean answered =
        !database
            .value("SELECT count(*) FROM threads WHERE type = 2 AND conversation_id = " + ticket)
            .equals(Optional.of("0"));
    if (to == Status.OPEN && !answered) {
      thread(ticket, at, REPLY, status, LARS, "");
    } else {
      thread(ticket, at, 4, status, LARS, "action_type = 1");
    }
  }

  /** As FreeScout does it: the threads move under their ids, and both sides get a line. */
  void merge(String loser, Instant at, String winner) {
    database.execute(
        """
        UPDATE threads SET conversation_id = %s, meta = '{"pc":%s}' WHERE conversation_id = %s
        """
            .formatted(winner, loser, loser));
    lineItem(winner, at, MERGED, LARS, "meta = '{\"mwc\":" + loser + "}'");
    lineItem(loser, at, MERGED, LARS, "meta = '{\"mic\":" + winner + "}'");
    set(loser, "state = 3");
  }

  void alter(String thread, String assignments) {
    database.execute("UPDATE threads SET %s WHERE id = %s".formatted(assignments, thread));
  }

  void set(String ticket, String assignments) {
    database.execute("UPDATE conversations SET %s WHERE id = %s".formatted(assignments, ticket));
    touch(ticket);
  }

  /** {@code updated_at} is of the moment of writing, whatever time a story tells. */
  private void touch(String ticket) {
    database.execute(
        "UPDATE conversations SET updated_at = '%s' WHERE id = %s"
            .formatted(local(Instant.now()), ticket));
  }

  static String local(Instant at) {
    return SECONDS.format(LocalDateTime.ofInstant(at, ZONE));
  }

  private SqlSettings settings() {
    return ReadPreset.settings("freescout", database, inZone(Map.of()));
  }

  @Override
  public Source open() {
    return ReadPreset.open(settings().withPageSize(3));
  }

  @Override
  public Source openUnreachable() {
    String server = database.jdbcUrl().replaceFirst("//.*", "");
    return new SqlKind()
        .open(
            "acme",
            SqlSettings.of(
                "freescout",
                server + "//127.0.0.1:1/freescout",
                Optional.of("reader"),
                Optional.of(Secret.of("secret-word")),
                inZone(Map.of())),
            Clock.systemUTC());
  }

  @Override
  public Vocabulary vocabulary() {
    return new SqlKind().vocabulary(settings());
  }

  @Override
  public void close() {}
}
