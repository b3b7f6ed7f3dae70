package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.facts.Contact;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.TicketFacts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * The tickets of one source. All methods work within the caller's transaction, which holds the
 * source's row if it writes.
 */
final class TicketTable {
  /**
   * To be run once on each connection of the pool. Rows to be changed travel through this table,
   * which the end of each transaction empties. Compiling statements that touch few rows costs more
   * than it gains.
   */
  static final String PREPARE_CONNECTION =
      """
      SET jit = off;
      CREATE TEMPORARY TABLE IF NOT EXISTS incoming (LIKE ticket INCLUDING STORAGE)
      ON COMMIT DELETE ROWS
      """;

  private static final String BY_ID =
      """
      SELECT id, changed_in, derived_in, wake_at, contact, fields, history, ledger
      FROM ticket
      WHERE source_id = :source AND id = ANY (CAST(:ids AS text[]))
      """;
  private static final String DUE =
      """
      SELECT id, changed_in, derived_in, wake_at, contact, fields, history, ledger
      FROM ticket
      WHERE source_id = :source AND wake_at <= :as_of
      ORDER BY wake_at
      LIMIT :limit
      """;
  private static final String OLDER_POLICY =
      """
      SELECT id, changed_in, derived_in, wake_at, contact, fields, history, ledger
      FROM ticket
      WHERE source_id = :source AND id > :after AND derived_in <= :policy_batch
      ORDER BY id
      LIMIT :limit
      """;
  private static final String ALL_AFTER =
      """
      SELECT id, changed_in, derived_in, wake_at, contact, fields, history, NULL::bytea AS ledger
      FROM ticket
      WHERE source_id = :source AND id > :after
      ORDER BY id
      LIMIT :limit
      """;
  private static final String ALL_WITH_LEDGERS_AFTER =
      """
      SELECT id, changed_in, derived_in, wake_at, contact, fields, history, ledger
      FROM ticket
      WHERE source_id = :source AND id > :after
      ORDER BY id
      LIMIT :limit
      """;
  private static final String KEPT =
      """
      SELECT id, ledger FROM ticket WHERE source_id = :source AND kept_until > :since
      """;
  private static final String LEDGER =
      """
      SELECT ledger FROM ticket WHERE source_id = :source AND id = :id AND ledger IS NOT NULL
      """;

  private static final String DERIVED_AT =
      """
      SELECT derived_at FROM ticket
      WHERE source_id = :source AND id = :id AND derived_at IS NOT NULL
      """;
  private static final String NEXT_IDS =
      """
      SELECT id FROM ticket
      WHERE source_id = :source AND id >= :id AND fields IS NOT NULL
      ORDER BY id
      LIMIT :limit
      """;
  private static final String PREVIOUS_IDS =
      """
      SELECT id FROM ticket
      WHERE source_id = :source AND id < :id AND fields IS NOT NULL
      ORDER BY id DESC
      LIMIT :limit
      """;

  private static final String MAKE_DIRTY =
      """
      UPDATE ticket SET wake_at = '-infinity'
      WHERE source_id = :source AND id = ANY (CAST(:ids AS text[]))
        AND fields IS NOT NULL AND wake_at IS DISTINCT FROM '-infinity'
      """;
  private static final String PARTY_IS_REQUESTER =
      """
      UPDATE ticket SET party = requester
      WHERE source_id = :source AND party IS DISTINCT FROM requester
      """;
  private static final String PARTY_IS_ORGANIZATION =
      """
      UPDATE ticket SET party = organization
      WHERE source_id = :source AND party IS DISTINCT FROM organization
      """;

  /** Rows from which on COPY is faster than a prepared statement. */
  private static final int MANY = 100;

  private static final int COLUMNS = 28;
  private static final String COPY_NEW =
      """
      COPY ticket (changed_in, derived_in, derived_at, wake_at, kept_until, created_at, updated_at,
        solved_at, first_reply_at, next_sla_due_at, rated_at, rating, source_id, gone, id, status,
        priority, channel, team, assignee, requester, organization, party, topic, contact, fields,
        history, ledger)
      FROM STDIN (FORMAT binary)
      """;
  private static final String COPY_INCOMING =
      """
      COPY incoming (changed_in, derived_in, derived_at, wake_at, kept_until, created_at,
        updated_at, solved_at, first_reply_at, next_sla_due_at, rated_at, rating, source_id, gone,
        id, status, priority, channel, team, assignee, requester, organization, party, topic,
        contact, fields, history, ledger)
      FROM STDIN (FORMAT binary)
      """;

  /**
   * An INSERT with a conflict in each row rather than an UPDATE with a join, because its plan is
   * always the right one, however wrong or old the statistics of the table are.
   */
  private static final String INSERT =
      """
      INSERT INTO ticket AS t (changed_in, derived_in, derived_at, wake_at, kept_until, created_at,
        updated_at, solved_at, first_reply_at, next_sla_due_at, rated_at, rating, source_id, gone,
        id, status, priority, channel, team, assignee, requester, organization, party, topic,
        contact, fields, history, ledger)
      """;

  private static final String ONE =
      """
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String INCOMING =
      """
      SELECT changed_in, derived_in, derived_at, wake_at, kept_until, created_at, updated_at,
        solved_at, first_reply_at, next_sla_due_at, rated_at, rating, source_id, gone, id, status,
        priority, channel, team, assignee, requester, organization, party, topic, contact, fields,
        history, ledger
      FROM incoming
      """;

  private static final String OR_CHANGE_CONTENT =
      """
      ON CONFLICT (source_id, id) DO UPDATE SET
        changed_in = excluded.changed_in,
        wake_at = excluded.wake_at,
        created_at = excluded.created_at,
        updated_at = excluded.updated_at,
        requester = excluded.requester,
        organization = excluded.organization,
        party = excluded.party,
        fields = excluded.fields,
        history = excluded.history
      """;

  /** Fields and history come only where they changed. */
  private static final String OR_CHANGE_DERIVED =
      """
      ON CONFLICT (source_id, id) DO UPDATE SET
        changed_in = excluded.changed_in,
        derived_in = excluded.derived_in,
        derived_at = excluded.derived_at,
        wake_at = excluded.wake_at,
        kept_until = excluded.kept_until,
        created_at = excluded.created_at,
        updated_at = excluded.updated_at,
        solved_at = excluded.solved_at,
        first_reply_at = excluded.first_reply_at,
        next_sla_due_at = excluded.next_sla_due_at,
        rated_at = excluded.rated_at,
        rating = excluded.rating,
        gone = excluded.gone,
        status = excluded.status,
        priority = excluded.priority,
        channel = excluded.channel,
        team = excluded.team,
        assignee = excluded.assignee,
        requester = excluded.requester,
        organization = excluded.organization,
        party = excluded.party,
        topic = excluded.topic,
        contact = excluded.contact,
        fields = coalesce(excluded.fields, t.fields),
        history = coalesce(excluded.history, t.history),
        ledger = excluded.ledger
      """;

  private static final String EMPTY_INCOMING =
      """
      TRUNCATE incoming
      """;

  /** Asked once only, so the driver would not come to think of fetching bytes as bytes. */
  private static final StatementCustomizer BINARY =
      new StatementCustomizer() {
        @Override
        public void beforeExecution(PreparedStatement statement, StatementContext context)
            throws SQLException {
          statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
        }
      };

  private final String sourceName;
  private final int source;

  TicketTable(String sourceName, int source) {
    this.sourceName = sourceName;
    this.source = source;
  }

  /** The rows that there are, in no order. */
  List<StoredTicket> byId(Handle handle, Collection<String> ids) {
    return handle
        .createQuery(BY_ID)
        .bind("source", source)
        .bindArray("ids", String.class, ids)
        .map((row, _) -> stored(row))
        .list();
  }

  /** Tickets that are dirty or whose time has come, the longest overdue first. */
  List<StoredTicket> due(Handle handle, Instant asOf, int limit) {
    return handle
        .createQuery(DUE)
        .bind("source", source)
        .bind("as_of", utc(asOf))
        .bind("limit", limit)
        .map((row, _) -> stored(row))
        .list();
  }

  /** Tickets derived up to a transaction, by id. */
  List<StoredTicket> derivedUpTo(Handle handle, long policyBatch, String after, int limit) {
    return handle
        .createQuery(OLDER_POLICY)
        .bind("source", source)
        .bind("after", after)
        .bind("policy_batch", policyBatch)
        .bind("limit", limit)
        .map((row, _) -> stored(row))
        .list();
  }

  /** All, by id, without their ledgers. */
  List<StoredTicket> after(Handle handle, String after, int limit) {
    return after(ALL_AFTER, handle, after, limit);
  }

  /** All, by id. */
  List<StoredTicket> withLedgersAfter(Handle handle, String after, int limit) {
    return after(ALL_WITH_LEDGERS_AFTER, handle, after, limit);
  }

  private List<StoredTicket> after(String sql, Handle handle, String after, int limit) {
    return handle
        .createQuery(sql)
        .bind("source", source)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, _) -> stored(row))
        .list();
  }

  Optional<byte[]> ledger(Handle handle, String id) {
    return handle
        .createQuery(LEDGER)
        .bind("source", source)
        .bind("id", id)
        .map((row, _) -> row.getBytes(1))
        .findOne();
  }

  /** As of when a ticket was last derived; empty if it never was. */
  Optional<Instant> derivedAt(Handle handle, String id) {
    return handle
        .createQuery(DERIVED_AT)
        .bind("source", source)
        .bind("id", id)
        .mapTo(OffsetDateTime.class)
        .findOne()
        .map(OffsetDateTime::toInstant);
  }

  /** The ids on both sides of one in their order, which need not be there itself. */
  List<String> idsAround(Handle handle, String id, int limitEach) {
    List<String> ids = new ArrayList<>();
    for (String sql : List.of(PREVIOUS_IDS, NEXT_IDS)) {
      ids.addAll(
          handle
              .createQuery(sql)
              .bind("source", source)
              .bind("id", id)
              .bind("limit", limitEach)
              .mapTo(String.class)
              .list());
    }
    return ids;
  }

  /** Receives a row of {@link #kept}. */
  interface LedgerConsumer {
    void accept(String id, byte[] ledger);
  }

  /** Streams the ledgers of tickets that are in a gauge or have an observation since an instant. */
  void kept(Handle handle, Instant since, int fetchSize, LedgerConsumer consumer) {
    handle
        .createQuery(KEPT)
        .bind("source", source)
        .bind("since", utc(since))
        .setFetchSize(fetchSize)
        .addCustomizer(BINARY)
        .map(
            (row, _) -> {
              consumer.accept(row.getString(1), row.getBytes(2));
              return source;
            })
        .forEach(_ -> {});
  }

  /** Marks tickets for derivation; says how many were not marked before. */
  int makeDirty(Handle handle, Collection<String> ids) {
    return handle
        .createUpdate(MAKE_DIRTY)
        .bind("source", source)
        .bindArray("ids", String.class, ids)
        .execute();
  }

  void regroup(Handle handle, Definitions.RepeatBy by) {
    String sql =
        switch (by) {
          case REQUESTER -> PARTY_IS_REQUESTER;
          case ORGANIZATION -> PARTY_IS_ORGANIZATION;
        };
    handle.createUpdate(sql).bind("source", source).execute();
  }

  void write(Handle handle, Collection<TicketWrite> writes) throws SQLException {
    List<TicketWrite> added = new ArrayList<>();
    List<TicketWrite> changed = new ArrayList<>();
    List<TicketWrite> derived = new ArrayList<>();
    for (TicketWrite write : writes) {
      boolean many = writes.size() >= MANY;
      if (!write.exists() && many) {
        added.add(write);
      } else if (write.derivation().isPresent()) {
        derived.add(write);
      } else {
        changed.add(write);
      }
    }
    Connection connection = handle.getConnection();
    if (!added.isEmpty()) {
      fill(new CopyIn(connection, COPY_NEW, COLUMNS), added);
    }
    upsert(handle, changed, OR_CHANGE_CONTENT);
    if (changed.size() >= MANY && derived.size() >= MANY) {
      handle.execute(EMPTY_INCOMING);
    }
    upsert(handle, derived, OR_CHANGE_DERIVED);
  }

  private void upsert(Handle handle, List<TicketWrite> writes, String onConflict)
      throws SQLException {
    if (writes.size() >= MANY) {
      fill(new CopyIn(handle.getConnection(), COPY_INCOMING, COLUMNS), writes);
      handle.execute(INSERT + INCOMING + onConflict);
    } else if (!writes.isEmpty()) {
      fill(new BatchIn(handle.getConnection(), INSERT + ONE + onConflict), writes);
    }
  }

  private void fill(RowSink sink, List<TicketWrite> writes) throws SQLException {
    for (TicketWrite write : writes) {
      row(write, sink);
    }
    sink.end();
  }

  /** In the order of the columns of the statements above. */
  private void row(TicketWrite write, RowSink sink) throws SQLException {
    Optional<TicketWrite.Outcome> outcome = write.derivation();
    Optional<TicketFacts> facts = outcome.map(TicketWrite.Outcome::facts);
    Optional<Ticket> ticket = write.content().ticket();
    sink.row();
    sink.number(OptionalLong.of(write.changedIn()));
    sink.number(outcome.isEmpty() ? OptionalLong.empty() : OptionalLong.of(outcome.get().batch()));
    sink.instant(outcome.map(TicketWrite.Outcome::asOf));
    sink.instant(write.wakeAt());
    sink.instant(outcome.flatMap(TicketWrite.Outcome::keptUntil));
    sink.instant(ticket.map(Ticket::createdAt));
    sink.instant(ticket.map(Ticket::updatedAt));
    sink.instant(outcome.flatMap(TicketWrite.Outcome::solvedAt));
    sink.instant(outcome.flatMap(TicketWrite.Outcome::firstReplyAt));
    sink.instant(outcome.flatMap(TicketWrite.Outcome::nextSlaDueAt));
    Optional<TicketFacts.Verdict> rating = outcome.flatMap(TicketWrite.Outcome::rating);
    sink.instant(rating.map(TicketFacts.Verdict::at));
    sink.smallNumber(rating.map(it -> OptionalInt.of(it.score())).orElse(OptionalInt.empty()));
    sink.smallNumber(OptionalInt.of(source));
    sink.truth(facts.map(TicketFacts::gone));
    sink.text(Optional.of(write.id()));
    sink.text(facts.map(known -> known.now().status().label()));
    sink.text(facts.map(known -> known.now().priority().label()));
    sink.text(facts.map(known -> known.channel().label()));
    sink.text(facts.map(known -> known.now().team()));
    sink.text(facts.flatMap(known -> known.now().assignee()));
    sink.text(ticket.flatMap(Ticket::requester));
    sink.text(ticket.flatMap(Ticket::organization));
    sink.text(write.party());
    sink.text(ticket.flatMap(known -> known.topics().stream().findFirst()));
    sink.octets(outcome.map(TicketWrite.Outcome::summary).orElse(null));
    boolean all = write.contentChanged();
    sink.octets(all ? ticket.map(TicketCodec::encode).orElse(null) : null);
    sink.octets(all ? HistoryCodec.encode(write.content().events()) : null);
    sink.octets(outcome.map(TicketWrite.Outcome::ledger).orElse(null));
  }

  private StoredTicket stored(ResultSet row) throws SQLException {
    String id = row.getString("id");
    long derivedIn = row.getLong("derived_in");
    boolean derived = !row.wasNull();
    byte @Nullable [] contact = row.getBytes("contact");
    byte @Nullable [] fields = row.getBytes("fields");
    byte @Nullable [] history = row.getBytes("history");
    Optional<Contact> summary =
        contact == null
            ? Optional.empty()
            : Optional.of(intact(id, "contact", () -> Summary.decode(id, contact)));
    Optional<Ticket> ticket =
        fields == null
            ? Optional.empty()
            : Optional.of(intact(id, "fields", () -> TicketCodec.decode(id, fields)));
    List<TicketEvent> events =
        history == null ? List.of() : intact(id, "history", () -> HistoryCodec.decode(history));
    return new StoredTicket(
        id,
        true,
        row.getLong("changed_in"),
        derived ? OptionalLong.of(derivedIn) : OptionalLong.empty(),
        OffsetDateTime.MIN.equals(row.getObject("wake_at", OffsetDateTime.class)),
        summary,
        new Content(ticket, events),
        row.getBytes("ledger"));
  }

  /** What {@code decode} gives, or an error that names the ticket. */
  <T> T intact(String id, String column, Supplier<T> decode) {
    try {
      return decode.get();
    } catch (BlobReader.Malformed | IllegalArgumentException e) {
      throw new StoreException.Corrupt(
          "source %s, ticket %s: column %s cannot be read: %s. Restore the row from a backup, or"
                  .formatted(sourceName, id, column, e.getMessage())
              + " delete it and read the source again from the start.",
          e);
    }
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
