package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.source.Cursor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which states were read lately, so that looking back costs a search and not the tickets over
 * again. What was read on a page counts as read only when the cursor of that page comes back: then
 * it was saved.
 */
final class Known {
  /** More than change in any time that is looked back; of older ones, the first are forgotten. */
  private static final int MOST = 50_000;

  private final Map<String, Long> saved = new LinkedHashMap<>();
  private final Map<String, Long> read = new HashMap<>();
  private Optional<Cursor> begun = Optional.empty();
  private Optional<Cursor> given = Optional.empty();

  /** Before a page: what the one before told is saved if its cursor is where this one begins. */
  void begin(Cursor cursor) {
    if (cursor.isStart()) {
      saved.clear();
    } else if (given.equals(Optional.of(cursor))) {
      read.forEach(
          (id, modified) -> {
            saved.remove(id);
            saved.put(id, modified);
          });
      while (saved.size() > MOST) {
        saved.remove(saved.keySet().iterator().next());
      }
    }
    read.clear();
    begun = Optional.of(cursor);
    given = Optional.empty();
  }

  boolean isNews(Walk.Found row) {
    return saved.getOrDefault(row.id(), Long.MIN_VALUE) < row.modified();
  }

  /** What was read of it, which may be newer than what the search found. */
  void read(String id, long modified) {
    read.put(id, modified);
  }

  /** After a page. A cursor that did not move cannot show whether the page was saved. */
  void end(Cursor next) {
    given = Optional.of(next).filter(it -> !begun.equals(Optional.of(it)));
  }
}
