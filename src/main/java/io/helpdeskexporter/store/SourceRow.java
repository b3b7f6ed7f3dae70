package io.helpdeskexporter.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * The row of one source.
 *
 * @param batch number of the last writing transaction
 * @param policy fingerprint that all tickets are or will be derived under
 * @param policyBatch tickets derived up to this transaction follow an older policy
 * @param sweepAfter how far the pass over those has come; empty if none is under way
 * @param dirty tickets waiting because something was read
 */
record SourceRow(
    int id,
    String kind,
    String repeatBy,
    long batch,
    Optional<String> policy,
    long policyBatch,
    Optional<String> sweepAfter,
    long sweepLeft,
    Optional<Instant> watermark,
    long tickets,
    long events,
    long dirty) {

  private static final String ADD =
      """
      INSERT INTO source (name, kind, repeat_by) VALUES (:name, :kind, :repeat_by)
      ON CONFLICT (name) DO NOTHING
      """;
  private static final String READ =
      """
      SELECT id, kind, repeat_by, batch, policy, policy_batch, sweep_after, sweep_left, watermark,
        tickets, events, dirty
      FROM source
      WHERE name = :name
      """;
  private static final String TAKE =
      """
      UPDATE source SET batch = batch + 1
      WHERE id = :id
      RETURNING id, kind, repeat_by, batch, policy, policy_batch, sweep_after, sweep_left,
        watermark, tickets, events, dirty
      """;
  private static final String GIVE_BACK =
      """
      UPDATE source SET
        sweep_after = :sweep_after,
        sweep_left = :sweep_left,
        watermark = :watermark,
        policy = :policy,
        policy_batch = :policy_batch,
        repeat_by = :repeat_by,
        tickets = :tickets,
        events = :events,
        dirty = :dirty
      WHERE id = :id
      """;

  private static final RowMapper<SourceRow> MAPPER =
      (row, _) ->
          new SourceRow(
              row.getInt("id"),
              row.getString("kind"),
              row.getString("repeat_by"),
              row.getLong("batch"),
              Optional.ofNullable(row.getString("policy")),
              row.getLong("policy_batch"),
              Optional.ofNullable(row.getString("sweep_after")),
              row.getLong("sweep_left"),
              Optional.ofNullable(row.getObject("watermark", OffsetDateTime.class))
                  .map(OffsetDateTime::toInstant),
              row.getLong("tickets"),
              row.getLong("events"),
              row.getLong("dirty"));

  static SourceRow findOrAdd(Handle handle, String name, String kind, String repeatBy) {
    List<SourceRow> found = handle.createQuery(READ).bind("name", name).map(MAPPER).list();
    if (!found.isEmpty()) {
      return found.getFirst();
    }
    handle
        .createUpdate(ADD)
        .bind("name", name)
        .bind("kind", kind)
        .bind("repeat_by", repeatBy)
        .execute();
    return read(handle, name);
  }

  static SourceRow read(Handle handle, String name) {
    return handle.createQuery(READ).bind("name", name).map(MAPPER).one();
  }

  /** Begins to write: other writers of the source wait until this transaction has ended. */
  static SourceRow take(Handle handle, int id) {
    return handle.createQuery(TAKE).bind("id", id).map(MAPPER).one();
  }

  void giveBack(Handle handle) {
    handle
        .createUpdate(GIVE_BACK)
        .bind("id", id)
        .bind("sweep_after", sweepAfter)
        .bind("sweep_left", sweepLeft)
        .bind("watermark", watermark.map(TicketTable::utc))
        .bind("policy", policy)
        .bind("policy_batch", policyBatch)
        .bind("repeat_by", repeatBy)
        .bind("tickets", tickets)
        .bind("events", events)
        .bind("dirty", dirty)
        .execute();
  }

  SourceRow grownBy(long moreTickets, long moreEvents, long moreDirty) {
    return new SourceRow(
        id,
        kind,
        repeatBy,
        batch,
        policy,
        policyBatch,
        sweepAfter,
        sweepLeft,
        watermark,
        tickets + moreTickets,
        events + moreEvents,
        dirty + moreDirty);
  }

  SourceRow sweptTo(Optional<String> last, long left) {
    return new SourceRow(
        id,
        kind,
        repeatBy,
        batch,
        policy,
        policyBatch,
        last,
        left,
        watermark,
        tickets,
        events,
        dirty);
  }

  /** Everything is counted up to {@code asOf}. A watermark never goes back. */
  SourceRow completeUntil(Instant asOf) {
    Instant later = watermark.filter(asOf::isBefore).orElse(asOf);
    return new SourceRow(
        id,
        kind,
        repeatBy,
        batch,
        policy,
        policyBatch,
        sweepAfter,
        sweepLeft,
        Optional.of(later),
        tickets,
        events,
        dirty);
  }

  /** All tickets derived so far are to be derived anew, under another policy. */
  SourceRow following(String newPolicy) {
    return new SourceRow(
        id,
        kind,
        repeatBy,
        batch,
        Optional.of(newPolicy),
        batch,
        tickets == 0 ? Optional.empty() : Optional.of(""),
        tickets,
        watermark,
        tickets,
        events,
        dirty);
  }

  /** Parties are others: under whatever policy tickets were derived, it is none any more. */
  SourceRow regroupedBy(String newRepeatBy) {
    return new SourceRow(
        id,
        kind,
        newRepeatBy,
        batch,
        Optional.empty(),
        policyBatch,
        sweepAfter,
        sweepLeft,
        watermark,
        tickets,
        events,
        dirty);
  }
}
