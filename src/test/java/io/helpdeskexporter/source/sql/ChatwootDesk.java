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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Chatwoot's tables, and rows as Chatwoot writes them. Conversations are named by their {@code
 * display_id}; those ids differ from those of the rows.
 */
final class ChatwootDesk implements SourceContract.Desk {
  static final int LARS = 10;
  static final int NINA = 11;
  static final int INTEGRATION = 12;
  static final int WEBSITE = 1;
  static final int MAIL = 2;

  static final int OPEN = 0;
  static final int RESOLVED = 1;
  static final int PENDING = 2;
  static final int SNOOZED = 3;

  static final int INCOMING = 0;
  static final int OUTGOING = 1;
  static final int ACTIVITY = 2;
  static final int TEMPLATE = 3;

  private static final String NOW = "clock_timestamp() AT TIME ZONE 'UTC'";

  private final Database database;
  private final boolean enterprise;

  private ChatwootDesk(Database database, boolean enterprise) {
    this.database = database;
    this.enterprise = enterprise;
  }

  /** With audit logs and SLAs. */
  static ChatwootDesk enterprise() {
    return new ChatwootDesk(
        TestPostgres.freshDatabase(
            "chatwoot_enterprise",
            empty -> {
              empty.execute(ReadPreset.script("chatwoot.sql"));
              empty.execute(ReadPreset.script("chatwoot-enterprise.sql"));
            }),
        true);
  }

  /** An old one, without the tables of the enterprise edition. */
  static ChatwootDesk community() {
    return new ChatwootDesk(
        TestPostgres.freshDatabase(
            "chatwoot_community", empty -> empty.execute(ReadPreset.script("chatwoot.sql"))),
        false);
  }

  Database database() {
    return database;
  }

  ReadPreset read() throws Exception {
    return read(Map.of());
  }

  ReadPreset read(Map<String, Object> options) throws Exception {
    return ReadPreset.of("chatwoot", database, withAccount(options));
  }

  static Map<String, Object> withAccount(Map<String, Object> options) {
    var all = new HashMap<>(options);
    all.put("account", 1);
    return Map.copyOf(all);
  }

  @Override
  public String createTicket(Instant at) {
    String ticket = conversation(at, WEBSITE, 30, OPEN);
    incoming(ticket, at);
    return ticket;
  }

  /** Without a message yet. */
  String conversation(Instant at, int inbox, int contact, int status) {
    return value(
        """
        INSERT INTO conversations (id, account_id, display_id, inbox_id, contact_id, status,
          created_at, updated_at)
        VALUES (nextval('conversations_id_seq') + 1000, 1,
          (SELECT count(*) + 1 FROM conversations), %d, %d, %d, '%s', %s)
        RETURNING display_id
        """
            .formatted(inbox, contact, status, utc(at), NOW));
  }

  String incoming(String ticket, Instant at) {
    return message(ticket, at, INCOMING, "'Contact'", "30");
  }

  String outgoing(String ticket, Instant at, int user) {
    return message(ticket, at, OUTGOING, "'User'", Integer.toString(user));
  }

  String message(String ticket, Instant at, int type, String senderType, String sender) {
    String id =
        value(
            """
            INSERT INTO messages (account_id, inbox_id, conversation_id, message_type, sender_type,
              sender_id, created_at)
            SELECT account_id, inbox_id, id, %d, %s, %s, '%s' FROM conversations
            WHERE account_id = 1 AND display_id = %s RETURNING id
            """
                .formatted(type, senderType, sender, utc(at), ticket));
    touch(ticket);
    return id;
  }

  /** Sets columns of a message. */
  void alter(String message, String assignments) {
    database.execute("UPDATE messages SET %s WHERE id = %s".formatted(assignments, message));
  }

  @Override
  public void reply(String ticket, Instant at, Actor by) {
    if (by == Actor.CUSTOMER) {
      incoming(ticket, at);
    } else {
      outgoing(ticket, at, LARS);
      firstReply(ticket, at);
    }
  }

  void firstReply(String ticket, Instant at) {
    set(
        ticket,
        "first_reply_created_at = COALESCE(first_reply_created_at, '%s')".formatted(utc(at)));
  }

  @Override
  public void changeStatus(String ticket, Instant at, Status to) {
    if (to == Status.OPEN) {
      firstReply(ticket, at);
    }
    status(
        ticket,
        at,
        LARS,
        switch (to) {
          case NEW, OPEN -> OPEN;
          case PENDING -> PENDING;
          case ON_HOLD -> SNOOZED;
          case SOLVED, CLOSED -> RESOLVED;
        });
  }

  void status(String ticket, Instant at, int by, int to) {
    String from = value(conversationValue("status", ticket));
    set(ticket, "status = " + to);
    audit(ticket, at, Integer.toString(by), "{\"status\": [%s, %d]}".formatted(from, to));
    if (to == RESOLVED) {
      reported(ticket, at, "conversation_resolved", 60);
    }
  }

  /** What a worker writes, after the fact. */
  void reported(String ticket, Instant at, String name, int value) {
    database.execute(
        """
        INSERT INTO reporting_events (name, value, account_id, conversation_id, user_id,
          event_start_time, event_end_time)
        SELECT '%s', %d, account_id, id, assignee_id, created_at, '%s' FROM conversations
        WHERE account_id = 1 AND display_id = %s
        """
            .formatted(name, value, utc(at), ticket));
  }

  void audit(String ticket, Instant at, String user, String changes) {
    if (enterprise) {
      database.execute(
          """
          INSERT INTO audits (auditable_id, auditable_type, user_id, action, audited_changes, created_at)
          SELECT id, 'Conversation', %s, 'update', '%s', '%s' FROM conversations
          WHERE account_id = 1 AND display_id = %s
          """
              .formatted(user, changes, utc(at), ticket));
    }
  }

  void rate(String ticket, Instant at, int rating) {
    database.execute(
        """
        INSERT INTO csat_survey_responses (account_id, conversation_id, message_id, rating,
          contact_id, created_at, updated_at)
        SELECT account_id, id, nextval('messages_id_seq'), %d, contact_id, '%3$s', '%3$s'
        FROM conversations WHERE account_id = 1 AND display_id = %2$s
        """
            .formatted(rating, ticket, utc(at)));
  }

  /**
   * A policy is applied to the conversation.
   *
   * @param thresholds for the first and next response and the resolution, in seconds
   */
  void promise(String ticket, Instant at, String thresholds, boolean businessHours) {
    database.execute(
        """
        WITH p AS (
          INSERT INTO sla_policies (name, first_response_time_threshold,
            next_response_time_threshold, resolution_time_threshold, only_during_business_hours,
            account_id)
          VALUES ('gold', %s, %b, 1) RETURNING id)
        INSERT INTO applied_slas (account_id, sla_policy_id, conversation_id, created_at)
        SELECT 1, p.id, c.id, '%s' FROM p, conversations c
        WHERE c.account_id = 1 AND c.display_id = %s
        """
            .formatted(thresholds, businessHours, utc(at), ticket));
  }

  /** Sets columns of the conversation. */
  void set(String ticket, String assignments) {
    database.execute(
        "UPDATE conversations SET %s WHERE account_id = 1 AND display_id = %s"
            .formatted(assignments, ticket));
    touch(ticket);
  }

  /** {@code updated_at} is of the moment of writing, whatever time a story tells. */
  private void touch(String ticket) {
    database.execute(
        "UPDATE conversations SET updated_at = %s WHERE account_id = 1 AND display_id = %s"
            .formatted(NOW, ticket));
  }

  private static String conversationValue(String column, String ticket) {
    return "SELECT %s FROM conversations WHERE account_id = 1 AND display_id = %s"
        .formatted(column, ticket);
  }

  private String value(String sql) {
    return database.value(sql).orElseThrow();
  }

  static String utc(Instant at) {
    return at.toString().replace("T", " ").replace("Z", "");
  }

  private SqlSettings settings() {
    return ReadPreset.settings("chatwoot", database, Map.of("account", 1));
  }

  @Override
  public Source open() {
    return ReadPreset.open(settings().withPageSize(3));
  }

  @Override
  public Source openUnreachable() {
    return new SqlKind()
        .open(
            "acme",
            SqlSettings.of(
                "chatwoot",
                "jdbc:postgresql://127.0.0.1:1/chatwoot",
                Optional.of("reader"),
                Optional.of(Secret.of("secret-word")),
                Map.of("account", 1)),
            Clock.systemUTC());
  }

  /** Chatwoot has no word for waiting for the customer: the one for its bots takes the part. */
  @Override
  public Vocabulary vocabulary() {
    return new SqlKind()
        .vocabulary(settings())
        .overriddenBy(Map.of("pending", Status.PENDING), Map.of(), Map.of(), Map.of());
  }

  @Override
  public void close() {}
}
