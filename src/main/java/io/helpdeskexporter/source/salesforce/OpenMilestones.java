package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Position;
import io.helpdeskexporter.source.api.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the cases of all open milestones again: a target that moves on, because the clock of its
 * case stood still or its business hours were changed, leaves no trace in its row.
 */
final class OpenMilestones implements StreamReader {
  static final Duration EVERY = Duration.ofHours(1);

  /** So many cases are one call. */
  private static final int PER_PAGE = 300;

  private final Queries queries;
  private final Cases cases;
  private final Looks looks;
  private final int perPage;
  private final Refusals refusals = new Refusals();

  /**
   * @param after the id of the last milestone that was read; empty between two runs
   */
  record Walk(String after, Instant lookedAt) {}

  OpenMilestones(Queries queries, Cases cases, Looks looks, int perPage) {
    this.queries = queries;
    this.cases = cases;
    this.looks = looks;
    this.perPage = Math.min(perPage, PER_PAGE);
  }

  @Override
  public Page read(Cursor cursor) throws SourceException, InterruptedException {
    if (cursor.isStart()) {
      // All cases were read just now.
      return looks.nothing(Position.save(new Walk("", looks.now())), Instant.EPOCH);
    }
    Walk at = Position.read(cursor, Walk.class, new Walk("", Instant.EPOCH));
    if (at.after().isEmpty() && !looks.isDue(at.lookedAt())) {
      return looks.nothing(cursor, Instant.EPOCH);
    }
    Optional<Queries.Rows> answer =
        queries.read(
            MilestoneRows.TABLE,
            List.of(),
            "WHERE IsCompleted = false AND Id > %s ORDER BY Id LIMIT %d"
                .formatted(Soql.text(at.after()), perPage));
    if (answer.isEmpty()) {
      return looks.switchedOff(cursor);
    }
    List<Item> rows = answer.get().rows();
    Harvest harvest = new Harvest(refusals);
    cases.readByIds(ids(rows, "CaseId"), harvest);
    Set<String> read = ids(rows, "Id");
    if (read.isEmpty() || answer.get().isWhole() && rows.size() < perPage) {
      return harvest.last(
          Position.save(new Walk("", looks.now())),
          answer.get().answer().at().minus(looks.settlesAfter()));
    }
    String last = List.copyOf(read).getLast();
    return harvest.more(Position.save(new Walk(last, at.lookedAt())));
  }

  static Set<String> ids(List<Item> rows, String field) {
    Set<String> ids = new LinkedHashSet<>();
    for (Item row : rows) {
      try {
        row.key(field).ifPresent(ids::add);
      } catch (BadItem e) {
        // Nothing can be asked about it.
      }
    }
    return ids;
  }
}
