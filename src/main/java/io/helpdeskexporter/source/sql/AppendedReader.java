package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
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
record AppendedReader(RowStream rows, NamedSql newest, NamedSql ids, Limits limits)
    implements StreamReader {
  /** Gaps that are nearer than this to each other are looked for together. */
  private static final long CLUSTER = 1_000;

  /**
   * @param pageSize how many ids are read at a time
   */
  record Limits(int pageSize, Duration stuckAfter, Duration gapMemory) {}

  /** A table in one state. */
  interface IdTable {
    /** The ids that are there, in their order, and not more than {@code limit}. */
    List<Long> present(long after, long through, int limit) throws SQLException, SourceException;

    /** Takes in what the rows with these ids tell. */
    void read(long after, long through) throws SQLException, SourceException;
  }

  /**
   * @param more whether there is more to read at once
   */
  record Outcome(AppendedCursor cursor, boolean more) {}

  @Override
  public Page read(Snapshot snapshot, Cursor from) throws SQLException, SourceException {
    Horizon now = snapshot.horizon(newest);
    Harvest harvest = new Harvest();
    Outcome outcome =
        read(AppendedCursor.decoded(from.value()), now, table(snapshot, harvest), limits);
    AppendedCursor cursor = outcome.cursor();
    long done = cursor.canSettle() ? cursor.settled() : cursor.position();
    return new Page(
        harvest.changes(),
        new Cursor(cursor.encoded()),
        outcome.more() ? Optional.empty() : Optional.of(now.clock()),
        harvest.rejected(),
        OptionalLong.of(outcome.more() ? Math.max(0, now.newest() - Math.max(done, 0)) : 0),
        Map.of(
            "open_gaps",
            (double) cursor.openGaps(),
            "fence_age_seconds",
            cursor.waiting(now.clock()).toMillis() / 1000.0));
  }

  private IdTable table(Snapshot snapshot, Harvest harvest) {
    return new IdTable() {
      @Override
      public List<Long> present(long after, long through, int limit)
          throws SQLException, SourceException {
        List<Long> present = new ArrayList<>();
        snapshot.ids(
            ids, Map.of("after", after, "through", through, "limit", (long) limit), present::add);
        return present;
      }

      @Override
      public void read(long after, long through) throws SQLException, SourceException {
        rows.read(snapshot, Map.of("after", after, "through", through), harvest);
      }
    };
  }

  /**
   * One page: what can be settled first, then what may still change, and at the end what had been
   * missing.
   */
  static Outcome read(AppendedCursor from, Horizon now, IdTable table, Limits limits)
      throws SQLException, SourceException {
    AppendedCursor cursor = from.observed(now, limits.stuckAfter());
    if (cursor.canSettle()) {
      List<Long> present = table.present(cursor.settled(), cursor.finalUpTo(), limits.pageSize());
      boolean more = present.size() == limits.pageSize();
      long through = more ? present.getLast() : cursor.finalUpTo();
      if (!present.isEmpty()) {
        table.read(cursor.settled(), through);
      }
      cursor = cursor.settledThrough(through, present, now);
      if (more) {
        return new Outcome(cursor, true);
      }
    }
    long early = cursor.earlyFrom(limits.pageSize());
    if (early < now.newest()) {
      List<Long> present = table.present(early, now.newest(), limits.pageSize());
      if (!present.isEmpty()) {
        table.read(early, present.getLast());
        cursor = cursor.readEarlyThrough(present.getLast());
      }
      if (present.size() == limits.pageSize()) {
        return new Outcome(cursor, true);
      }
    }
    List<Long> found = found(cursor.gaps(), table);
    return new Outcome(cursor.rested(found, now.clock(), limits.gapMemory()), false);
  }

  /** The ids out of gaps that have appeared, and have been taken in. */
  private static List<Long> found(List<AppendedCursor.Gap> gaps, IdTable table)
      throws SQLException, SourceException {
    List<AppendedCursor.Gap> sorted =
        gaps.stream().sorted(Comparator.comparingLong(AppendedCursor.Gap::first)).toList();
    List<Long> found = new ArrayList<>();
    int at = 0;
    while (at < sorted.size()) {
      int end = at + 1;
      while (end < sorted.size() && sorted.get(end).last() - sorted.get(at).first() <= CLUSTER) {
        end++;
      }
      List<AppendedCursor.Gap> cluster = sorted.subList(at, end);
      long after = cluster.getFirst().first() - 1;
      for (long id : table.present(after, cluster.getLast().last(), Integer.MAX_VALUE)) {
        if (cluster.stream().anyMatch(gap -> gap.first() <= id && id <= gap.last())) {
          found.add(id);
          table.read(id - 1, id);
        }
      }
      at = end;
    }
    return found;
  }
}
