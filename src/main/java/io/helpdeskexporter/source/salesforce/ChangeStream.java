package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Position;
import io.helpdeskexporter.source.api.Refusals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The rows of a table in the order in which they changed. Those of the last minutes are read again
 * with each run: a row carries the time of its change and can be seen only after its commit.
 */
final class ChangeStream implements StreamReader {
  private static final int LEAST_PER_PAGE = 100;

  private final Table table;
  private final Fields select;
  private final Queries queries;
  private final Looks looks;
  private final Instant since;
  private final Supplier<Instant> begin;
  private final int perPage;
  private final RowReader reader;
  private final Refusals refusals = new Refusals();

  /** Fewer than there could be after a query that Salesforce did not manage. */
  private int rows;

  /** What is asked for beside the table's own fields. */
  @FunctionalInterface
  interface Fields {
    List<String> get() throws SourceException, InterruptedException;
  }

  /**
   * @param since rows of earlier times are never asked for
   * @param begin where the first run begins
   */
  ChangeStream(
      Table table,
      Fields select,
      Queries queries,
      Looks looks,
      Instant since,
      Supplier<Instant> begin,
      int perPage,
      RowReader reader) {
    this.table = table;
    this.select = select;
    this.queries = queries;
    this.looks = looks;
    this.since = since;
    this.begin = begin;
    this.perPage = perPage;
    this.rows = perPage;
    this.reader = reader;
  }

  @Override
  public Page read(Cursor cursor) throws SourceException, InterruptedException {
    Keyset at = Position.read(cursor, Keyset.class, Keyset.start(begin.get()));
    if (!at.isUnderWay() && !looks.isDue(at.lookedAt())) {
      return looks.nothing(cursor, at.complete());
    }
    int asked = rows;
    Optional<Queries.Rows> answer = ask(at, asked);
    if (answer.isEmpty()) {
      return looks.switchedOff(cursor);
    }
    Queries.Rows page = answer.get();
    Harvest harvest = new Harvest(refusals);
    reader.read(page.rows(), harvest);
    Instant settled = page.answer().at().minus(looks.settlesAfter());
    if (page.isWhole() && page.rows().size() < asked) {
      rows = perPage;
      Keyset end = at.ended(since, settled, looks);
      return harvest.last(Position.save(end), end.complete(), readings());
    }
    return harvest.more(Position.save(next(at, page, settled)));
  }

  private Map<String, Double> readings() throws SourceException, InterruptedException {
    return Map.of("switched_off", 0.0, "missing_fields", (double) queries.missing(table).size());
  }

  private Optional<Queries.Rows> ask(Keyset at, int most)
      throws SourceException, InterruptedException {
    String condition =
        at.condition(table.changed())
            + table.condition().map(beside -> " AND " + beside).orElse("");
    try {
      return queries.read(
          table,
          select.get(),
          "WHERE %s ORDER BY %s, Id LIMIT %d".formatted(condition, table.changed(), most));
    } catch (SourceException.Unavailable e) {
      rows = Math.min(rows, Math.max(LEAST_PER_PAGE, rows / 2));
      throw e;
    }
  }

  private Keyset next(Keyset at, Queries.Rows page, Instant settled) throws SourceException {
    if (page.rows().isEmpty()) {
      throw new SourceException.Nonsense(
          "Salesforce says that there are more rows of " + table.type() + " and gives none");
    }
    Item last = page.rows().getLast();
    try {
      Instant time = last.requiredTime(table.changed());
      String id = last.requiredKey("Id");
      if (time.isBefore(at.from()) || time.equals(at.from()) && id.equals(at.after())) {
        throw new SourceException.Nonsense(
            "Salesforce gives rows of " + table.type() + " in another order than was asked for");
      }
      return at.goneOn(time, id, settled, looks);
    } catch (BadItem e) {
      throw new SourceException.Nonsense(
          "a row of %s has no time or no id, so that nobody knows where to go on"
              .formatted(table.type()),
          e);
    }
  }
}
