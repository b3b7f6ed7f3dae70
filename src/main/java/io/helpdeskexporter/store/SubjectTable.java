package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Subject;
import io.helpdeskexporter.facts.Contact;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * What is not a ticket, of one source. All methods work within the caller's transaction, which
 * holds the source's row if it writes.
 */
final class SubjectTable {
  private static final String BY_ID =
      """
      SELECT s.kind, s.id, s.happenings, s.ledger
      FROM unnest(CAST(:kinds AS text[]), CAST(:ids AS text[])) AS given (kind, id)
      JOIN subject AS s
        ON s.source_id = :source AND s.kind = given.kind AND s.id = given.id COLLATE "C"
      """;
  private static final String DUE =
      """
      SELECT kind, id, happenings, ledger
      FROM subject
      WHERE source_id = :source AND wake_at <= :as_of
      ORDER BY wake_at
      LIMIT :limit
      """;
  private static final String AFTER =
      """
      SELECT kind, id, happenings, NULL::bytea AS ledger
      FROM subject
      WHERE source_id = :source AND (kind, id) > (:kind, :id COLLATE "C")
      ORDER BY kind, id
      LIMIT :limit
      """;
  private static final String WITH_LEDGERS_AFTER =
      """
      SELECT kind, id, happenings, ledger
      FROM subject
      WHERE source_id = :source AND (kind, id) > (:kind, :id COLLATE "C")
      ORDER BY kind, id
      LIMIT :limit
      """;
  private static final String KEPT =
      """
      SELECT kind, id, ledger FROM subject WHERE source_id = :source AND kept_until > :since
      """;
  private static final String LEDGER =
      """
      SELECT ledger FROM subject
      WHERE source_id = :source AND kind = :kind AND id = :id AND ledger IS NOT NULL
      """;
  private static final String WAKE_ALL =
      """
      UPDATE subject SET wake_at = '-infinity'
      WHERE source_id = :source AND wake_at IS DISTINCT FROM '-infinity'
      """;
  private static final String WAKE =
      """
      UPDATE subject SET wake_at = '-infinity'
      WHERE source_id = :source AND party = ANY (CAST(:parties AS text[]))
        AND wake_at IS DISTINCT FROM '-infinity'
      """;

  /** Only desks that have subjects with a party ask for the tickets of a party. */
  private static final List<String> INDEXES =
      List.of(
          """
          CREATE INDEX IF NOT EXISTS ticket_requester ON ticket (source_id, requester)
          WHERE requester IS NOT NULL
          """,
          """
          CREATE INDEX IF NOT EXISTS ticket_organization ON ticket (source_id, organization)
          WHERE organization IS NOT NULL
          """);

  private static final String CONTACTS =
      """
      SELECT requester AS party, id, contact FROM ticket
      WHERE source_id = :source AND requester = ANY (CAST(:parties AS text[]))
        AND contact IS NOT NULL
      UNION
      SELECT organization AS party, id, contact FROM ticket
      WHERE source_id = :source AND organization = ANY (CAST(:parties AS text[]))
        AND contact IS NOT NULL
      """;
  private static final String WRITE =
      """
      INSERT INTO subject (source_id, wake_at, kept_until, kind, id, party, happenings, ledger)
      VALUES (?, ?, ?, ?, ?, ?, CAST(? AS jsonb), ?)
      ON CONFLICT (source_id, kind, id) DO UPDATE SET
        wake_at = excluded.wake_at,
        kept_until = excluded.kept_until,
        party = excluded.party,
        happenings = excluded.happenings,
        ledger = excluded.ledger
      """;

  private final String sourceName;
  private final int source;

  /** Whether the indexes are known to be there. */
  private volatile boolean indexed;

  SubjectTable(String sourceName, int source) {
    this.sourceName = sourceName;
    this.source = source;
  }

  /**
   * What is to be written.
   *
   * @param wakeAt {@link Instant#MIN} for what waits for derivation
   */
  record Write(StoredSubject row, Optional<Instant> wakeAt, Optional<Instant> keptUntil) {}

  List<StoredSubject> byId(Handle handle, Collection<Subject> subjects) {
    return handle
        .createQuery(BY_ID)
        .bind("source", source)
        .bindArray("kinds", String.class, subjects.stream().map(it -> kind(it.kind())).toList())
        .bindArray("ids", String.class, subjects.stream().map(Subject::id).toList())
        .map((row, _) -> stored(row))
        .list();
  }

  /** Those that wait or whose time has come, the longest overdue first. */
  List<StoredSubject> due(Handle handle, Instant asOf, int limit) {
    return handle
        .createQuery(DUE)
        .bind("source", source)
        .bind("as_of", TicketTable.utc(asOf))
        .bind("limit", limit)
        .map((row, _) -> stored(row))
        .list();
  }

  /** All, in an order of their own, without their ledgers. */
  List<StoredSubject> after(Handle handle, Optional<Subject> last, int limit) {
    return after(AFTER, handle, last, limit);
  }

  /** All, in an order of their own. */
  List<StoredSubject> withLedgersAfter(Handle handle, Optional<Subject> last, int limit) {
    return after(WITH_LEDGERS_AFTER, handle, last, limit);
  }

  private List<StoredSubject> after(String sql, Handle handle, Optional<Subject> last, int limit) {
    return handle
        .createQuery(sql)
        .bind("source", source)
        .bind("kind", last.map(it -> kind(it.kind())).orElse(""))
        .bind("id", last.map(Subject::id).orElse(""))
        .bind("limit", limit)
        .map((row, _) -> stored(row))
        .list();
  }

  Optional<byte[]> ledger(Handle handle, Subject subject) {
    return handle
        .createQuery(LEDGER)
        .bind("source", source)
        .bind("kind", kind(subject.kind()))
        .bind("id", subject.id())
        .map((row, _) -> row.getBytes(1))
        .findOne();
  }

  /** Receives a row of {@link #kept}. */
  interface LedgerConsumer {
    void accept(Subject subject, byte[] ledger);
  }

  /** Streams the ledgers of what is in a gauge or has an observation since an instant. */
  void kept(Handle handle, Instant since, int fetchSize, LedgerConsumer consumer) {
    handle
        .createQuery(KEPT)
        .bind("source", source)
        .bind("since", TicketTable.utc(since))
        .setFetchSize(fetchSize)
        .map(
            (row, _) -> {
              consumer.accept(subject(row), row.getBytes("ledger"));
              return source;
            })
        .forEach(_ -> {});
  }

  /** All are to be derived anew. */
  void wakeAll(Handle handle) {
    handle.createUpdate(WAKE_ALL).bind("source", source).execute();
  }

  /** What became of tickets of these parties may matter. */
  void wake(Handle handle, Collection<String> parties) {
    if (!parties.isEmpty()) {
      handle
          .createUpdate(WAKE)
          .bind("source", source)
          .bindArray("parties", String.class, parties)
          .execute();
    }
  }

  /** The tickets of each party as of their last derivation, oldest first. */
  Map<String, List<Contact>> contacts(
      Handle handle, Collection<String> parties, TicketTable tickets) {
    if (parties.isEmpty()) {
      return Map.of();
    }
    Map<String, List<Contact>> all = new HashMap<>();
    handle
        .createQuery(CONTACTS)
        .bind("source", source)
        .bindArray("parties", String.class, parties)
        .map(
            (row, _) -> {
              String id = row.getString("id");
              byte[] bytes = row.getBytes("contact");
              return all.computeIfAbsent(row.getString("party"), _ -> new ArrayList<>())
                  .add(tickets.intact(id, "contact", () -> Summary.decode(id, bytes)));
            })
        .list();
    all.values()
        .forEach(
            list ->
                list.sort(Comparator.comparing(Contact::createdAt).thenComparing(Contact::ticket)));
    return all;
  }

  void write(Handle handle, Collection<Write> writes) throws SQLException {
    if (writes.isEmpty()) {
      return;
    }
    if (!indexed && writes.stream().anyMatch(write -> write.row().party().isPresent())) {
      INDEXES.forEach(handle::execute);
      indexed = true;
    }
    RowSink sink = new BatchIn(handle.getConnection(), WRITE);
    for (Write write : writes) {
      StoredSubject row = write.row();
      sink.row();
      sink.smallNumber(OptionalInt.of(source));
      sink.instant(write.wakeAt());
      sink.instant(write.keptUntil());
      sink.text(Optional.of(kind(row.subject().kind())));
      sink.text(Optional.of(row.subject().id()));
      sink.text(row.party());
      sink.text(Optional.of(HappeningCodec.encode(row.happenings())));
      sink.octets(row.ledger());
    }
    sink.end();
  }

  private StoredSubject stored(ResultSet row) throws SQLException {
    Subject subject = subject(row);
    String happenings = row.getString("happenings");
    return new StoredSubject(
        subject,
        intact(subject, "happenings", () -> HappeningCodec.decode(happenings)),
        row.getBytes("ledger"));
  }

  private static Subject subject(ResultSet row) throws SQLException {
    String kind = row.getString("kind").toUpperCase(Locale.ROOT);
    return new Subject(Subject.Kind.valueOf(kind), row.getString("id"));
  }

  private static String kind(Subject.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** What {@code decode} gives, or an error that names the row. */
  <T> T intact(Subject subject, String column, Supplier<T> decode) {
    try {
      return decode.get();
    } catch (BlobReader.Malformed | IllegalArgumentException e) {
      throw new StoreException.Corrupt(
          "source %s, %s %s: column %s of table subject cannot be read: %s. Restore the row from a"
                  .formatted(sourceName, kind(subject.kind()), subject.id(), column, e.getMessage())
              + " backup, or delete it and feed it again.",
          e);
    }
  }
}
