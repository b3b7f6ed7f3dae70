package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.SourceException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks now and then which tickets are still there. One that vanished was deleted; one that comes
 * back is restored.
 *
 * @param ids the ids of all tickets, in their order
 */
record VanishedReader(NamedSql ids, Duration every) implements StreamReader {
  /** More than this part of all tickets is not deleted between two looks. */
  private static final int SUSPICIOUS_PART = 10;

  /** Up to so many are believed in any case. */
  private static final long NEVER_SUSPICIOUS = 100;

  /** So that a cursor stays small; ids with so many holes are not ids of a sequence. */
  private static final int MOST_RUNS = 5_000;

  @Override
  public Page read(Snapshot snapshot, Cursor from) throws SQLException, SourceException {
    VanishedCursor cursor = VanishedCursor.decoded(from.value());
    Instant clock = snapshot.clock();
    if (!cursor.isDue(clock, every)) {
      return Page.last(List.of(), from, clock);
    }
    IdSet.Builder builder = new IdSet.Builder();
    snapshot.ids(ids, Map.of(), builder::add);
    IdSet present = builder.build();
    IdSet vanished = cursor.present().minus(present);
    Harvest harvest = new Harvest();
    if (present.runs().size() > MOST_RUNS) {
      harvest.reject(
          new Rejected(
              ids.place(),
              "sparse_ids",
              "expected ids of a sequence, found %d runs of them: deletions are not seen"
                  .formatted(present.runs().size())));
      return page(new VanishedCursor(Optional.of(clock), IdSet.EMPTY, IdSet.EMPTY), clock, harvest);
    }
    if (vanished.size() > NEVER_SUSPICIOUS
        && vanished.size() * SUSPICIOUS_PART > cursor.present().size()) {
      harvest.reject(
          new Rejected(
              ids.place(),
              "too_many_vanished",
              "%d of %d tickets are missing at once: this looks like another database or a copy"
                  .formatted(vanished.size(), cursor.present().size())));
      return page(
          new VanishedCursor(Optional.of(clock), cursor.present(), cursor.gone()), clock, harvest);
    }
    IdSet stillGone = cursor.gone().minus(present);
    vanished.forEach(id -> harvest.add(event(id, "vanished", clock)));
    cursor.gone().minus(stillGone).forEach(id -> harvest.add(event(id, "returned", clock)));
    return page(
        new VanishedCursor(Optional.of(clock), present, stillGone.plus(vanished)), clock, harvest);
  }

  private static Change event(long id, String what, Instant clock) {
    Stamp stamp = Stamp.of(what + "@" + clock.toEpochMilli(), clock);
    return new Change.EventSeen(
        Long.toString(id),
        what.equals("vanished")
            ? new TicketEvent.Excluded(stamp, Exclusion.DELETED)
            : new TicketEvent.Restored(stamp));
  }

  private static Page page(VanishedCursor cursor, Instant clock, Harvest harvest) {
    return new Page(
        harvest.changes(),
        new Cursor(cursor.encoded()),
        Optional.of(clock),
        harvest.rejected(),
        OptionalLong.of(0));
  }
}
