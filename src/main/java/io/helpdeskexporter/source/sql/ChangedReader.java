package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads rows in the order of the time of their last change and then of their id.
 *
 * @param count how many rows there are
 * @param numbers whether the times are numbers
 */
record ChangedReader(
    RowStream rows, Optional<NamedSql> count, Times times, boolean numbers, SqlSettings settings)
    implements StreamReader {
  /** The columns that a row's place in the order is read from. */
  static final String AT = "cursor_at";

  static final String ID = "cursor_id";

  /** As early as all databases know a time. */
  static final LocalDateTime BEFORE_ANY = LocalDateTime.of(1000, 1, 1, 0, 0);

  @Override
  public Page read(Snapshot snapshot, Cursor from) throws SQLException, SourceException {
    ChangedCursor cursor = ChangedCursor.decoded(from.value());
    if (cursor.betweenSweeps()) {
      long expected =
          count.isPresent() && cursor.latest().isEmpty()
              ? snapshot.number(count.get()).orElse(0)
              : 0;
      cursor =
          cursor.begun(
              snapshot.clock(),
              snapshot.fence(),
              times,
              numbers ? new CursorValue.Whole(0) : new CursorValue.Local(BEFORE_ANY),
              settings.overlap(),
              settings.stuckAfter(),
              expected);
    }
    ChangedCursor.Position after = cursor.after().orElseThrow();
    for (int limit = settings.pageSize(); ; limit = Math.multiplyExact(limit, 2)) {
      List<Row> page = page(snapshot, after, limit);
      boolean full = page.size() == limit;
      int complete = full ? completeGroups(page) : page.size();
      if (full && complete == 0) {
        // More rows share one place in the order than fit a page: only a bigger one gets past them.
        continue;
      }
      Harvest harvest = new Harvest();
      page.subList(0, complete).forEach(row -> rows.take(row, harvest));
      return page(snapshot, cursor, page.subList(0, complete), full, harvest);
    }
  }

  private List<Row> page(Snapshot snapshot, ChangedCursor.Position after, int limit)
      throws SQLException, SourceException {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("after_at", after.at().jdbc());
    parameters.put("after_id", after.id().map(CursorValue::jdbc));
    parameters.put("limit", (long) limit);
    List<Row> page = new ArrayList<>();
    snapshot.rows(rows.statement(), parameters, rows::check, page::add);
    return page;
  }

  /**
   * How many rows of a full page can be kept: those before the last place in the order, of which
   * there may be more. Rows without a place belong to those after them.
   */
  private static int completeGroups(List<Row> page) {
    Optional<ChangedCursor.Position> last = position(page.getLast());
    int kept = page.size();
    while (kept > 0
        && (position(page.get(kept - 1)).isEmpty() || position(page.get(kept - 1)).equals(last))) {
      kept--;
    }
    return kept;
  }

  private static Optional<ChangedCursor.Position> position(Row row) {
    return row.cursor(AT)
        .flatMap(at -> row.cursor(ID).map(id -> new ChangedCursor.Position(at, Optional.of(id))));
  }

  private static Page page(
      Snapshot snapshot, ChangedCursor cursor, List<Row> page, boolean full, Harvest harvest) {
    Optional<ChangedCursor.Position> last =
        page.reversed().stream().map(ChangedReader::position).flatMap(Optional::stream).findFirst();
    ChangedCursor next =
        full && last.isPresent() ? cursor.readThrough(last.get(), page.size()) : cursor.swept(last);
    return new Page(
        harvest.changes(),
        new Cursor(next.encoded()),
        full ? Optional.empty() : Optional.of(snapshot.clock()),
        harvest.rejected(),
        full && next.remaining() == 0 ? OptionalLong.empty() : OptionalLong.of(next.remaining()),
        snapshot.fence().isPresent()
            ? Map.of("fence_age_seconds", next.waiting(snapshot.clock()).toMillis() / 1000.0)
            : Map.of());
  }
}
