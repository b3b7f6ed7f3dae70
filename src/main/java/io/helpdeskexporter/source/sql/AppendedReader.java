package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads rows by ranges of growing ids. A page is a range of ids and never a number of rows, so one
 * id may give any number of rows, or none.
 *
 * @param newest the highest id
 * @param ids the ids after one, up to another, in their order, and no more than some
 */
record AppendedReader(RowStream rows, NamedSql newest, NamedSql ids, SqlSettings settings)
    implements StreamReader {
  /** Gaps that are nearer than this to each other are looked for together. */
  private static final long CLUSTER = 1_000;

  @Override
  public Page read(Snapshot snapshot, Cursor from) throws SQLException, SourceException {
    Horizon now = snapshot.horizon(newest);
    AppendedCursor cursor =
        AppendedCursor.decoded(from.value()).observed(now, settings.stuckAfter());
    Harvest harvest = new Harvest();
    if (cursor.canSettle()) {
      List<Long> present = present(snapshot, cursor.settled(), cursor.finalUpTo());
      boolean more = present.size() == settings.pageSize();
      long through = more ? present.getLast() : cursor.finalUpTo();
      rows(snapshot, cursor.settled(), through, present, harvest);
      cursor = cursor.settledThrough(through, present, now);
      if (more) {
        return more(cursor, now, harvest);
      }
    }
    long early = cursor.earlyFrom(settings.pageSize());
    if (early < now.newest()) {
      List<Long> present = present(snapshot, early, Long.MAX_VALUE);
      long through = present.isEmpty() ? early : present.getLast();
      rows(snapshot, early, through, present, harvest);
      cursor = cursor.readEarlyThrough(through);
      if (present.size() == settings.pageSize()) {
        return more(cursor, now, harvest);
      }
    }
    List<Long> found = found(snapshot, cursor.gaps(), harvest);
    cursor = cursor.rested(found, now.clock(), settings.gapMemory());
    return new Page(
        harvest.changes(),
        new Cursor(cursor.encoded()),
        Optional.of(now.clock()),
        harvest.rejected(),
        OptionalLong.of(0),
        readings(cursor, now));
  }

  private Page more(AppendedCursor cursor, Horizon now, Harvest harvest) {
    long done = cursor.canSettle() ? cursor.settled() : cursor.position();
    return new Page(
        harvest.changes(),
        new Cursor(cursor.encoded()),
        Optional.empty(),
        harvest.rejected(),
        OptionalLong.of(Math.max(0, now.newest() - Math.max(done, 0))),
        readings(cursor, now));
  }

  private static Map<String, Double> readings(AppendedCursor cursor, Horizon now) {
    return Map.of(
        "open_gaps",
        (double) cursor.openGaps(),
        "fence_age_seconds",
        cursor.waiting(now.clock()).toMillis() / 1000.0);
  }

  private List<Long> present(Snapshot snapshot, long after, long through)
      throws SQLException, SourceException {
    List<Long> present = new ArrayList<>();
    snapshot.ids(
        ids,
        Map.of("after", after, "through", through, "limit", (long) settings.pageSize()),
        present::add);
    return present;
  }

  private void rows(
      Snapshot snapshot, long after, long through, List<Long> present, Harvest harvest)
      throws SQLException, SourceException {
    if (!present.isEmpty()) {
      rows.read(snapshot, Map.of("after", after, "through", through), harvest, _ -> {});
    }
  }

  /** The ids out of gaps that have appeared; their rows are harvested. */
  private List<Long> found(Snapshot snapshot, List<AppendedCursor.Gap> gaps, Harvest harvest)
      throws SQLException, SourceException {
    List<AppendedCursor.Gap> sorted = new ArrayList<>(gaps);
    sorted.sort(java.util.Comparator.comparingLong(AppendedCursor.Gap::first));
    List<Long> found = new ArrayList<>();
    int at = 0;
    while (at < sorted.size()) {
      int end = at + 1;
      while (end < sorted.size() && sorted.get(end).last() - sorted.get(at).first() <= CLUSTER) {
        end++;
      }
      List<AppendedCursor.Gap> cluster = sorted.subList(at, end);
      List<Long> present =
          present(snapshot, cluster.getFirst().first() - 1, cluster.getLast().last());
      for (long id : present) {
        if (cluster.stream().anyMatch(gap -> gap.first() <= id && id <= gap.last())) {
          found.add(id);
          rows.read(snapshot, Map.of("after", id - 1, "through", id), harvest, _ -> {});
        }
      }
      at = end;
    }
    return found;
  }
}
