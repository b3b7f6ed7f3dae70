package io.helpdeskexporter.source.hubspot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How far a search for changes got. It goes on from the last time it has seen all of, and within
 * one millisecond that fills a page by id. Never by an offset: that ends at 10,000 rows, and skips
 * a row for each that changes while pages are turned.
 *
 * @param from rows of this millisecond of last modification and later ones are to come
 * @param afterId present while rows of this very millisecond are gone through by id: those up to
 *     this one have been seen
 */
record Walk(long from, OptionalLong afterId) {
  /** A row that a search found. */
  record Found(String id, long number, long modified) {}

  /**
   * What to make of a page.
   *
   * @param rows those to be read: of the others there may be more on the next page
   * @param next empty when the search is at its end
   */
  record Step(List<Found> rows, Optional<Walk> next) {
    Step {
      rows = List.copyOf(rows);
    }
  }

  static Walk from(long millis) {
    return new Walk(millis, OptionalLong.empty());
  }

  /**
   * @param page in whatever order, perhaps with repetitions
   * @param hasMore whether the search has more than this page
   */
  Step after(List<Found> page, boolean hasMore) {
    List<Found> rows = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Found row : page) {
      if (ids.add(row.id())) {
        rows.add(row);
      }
    }
    if (afterId.isPresent()) {
      return new Step(rows, Optional.of(afterIds(rows, hasMore)));
    }
    if (!hasMore || rows.isEmpty()) {
      return new Step(rows, Optional.empty());
    }
    long newest = rows.stream().mapToLong(Found::modified).max().orElseThrow();
    List<Found> whole = rows.stream().filter(row -> row.modified() < newest).toList();
    return whole.isEmpty()
        ? new Step(List.of(), Optional.of(new Walk(newest, OptionalLong.of(0))))
        : new Step(whole, Optional.of(from(newest)));
  }

  private Walk afterIds(List<Found> rows, boolean hasMore) {
    return hasMore && !rows.isEmpty()
        ? new Walk(
            from, OptionalLong.of(rows.stream().mapToLong(Found::number).max().orElseThrow()))
        : from(from + 1);
  }
}
