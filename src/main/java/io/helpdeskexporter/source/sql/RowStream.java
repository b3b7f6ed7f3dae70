package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.SourceException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The statement of a stream with the meaning of its rows.
 *
 * @param engineColumns what the way of reading needs besides
 * @param otherColumns whether columns that mean nothing are left aside
 */
record RowStream(
    NamedSql statement, RowMapper mapper, Set<String> engineColumns, boolean otherColumns) {

  void read(Snapshot snapshot, Map<String, Object> parameters, Harvest harvest)
      throws SQLException, SourceException {
    snapshot.rows(statement, parameters, this::check, row -> take(row, harvest));
  }

  /** A row that cannot be understood is left out, and said so; the others go on. */
  void take(Row row, Harvest harvest) {
    try {
      mapper.map(row, harvest);
    } catch (BadRow bad) {
      harvest.reject(new Rejected(place(row), bad.reason(), bad.detail()));
    } catch (IllegalArgumentException refused) {
      harvest.reject(new Rejected(place(row), "bad_row", String.valueOf(refused.getMessage())));
    }
  }

  private String place(Row row) {
    String id =
        row.text("id").or(() -> row.text("key")).map(key -> " " + key).orElse(" without a key");
    String ticket = row.text("ticket_id").map(t -> " of ticket " + t).orElse("");
    return statement.place() + ":" + id + ticket;
  }

  void check(Row.Layout layout) throws SourceException {
    Set<String> needed = new TreeSet<>(mapper.required());
    needed.addAll(engineColumns);
    for (String column : needed) {
      if (!layout.names().contains(column)) {
        throw new SourceException.Misconfigured(
            "%s: its result has no column %s; found: %s"
                .formatted(statement.place(), column, String.join(", ", layout.names())));
      }
    }
    if (!otherColumns) {
      List<String> unknown = unknown(layout);
      if (!unknown.isEmpty()) {
        throw new SourceException.Misconfigured(
            "%s: its result has the column %s, which means nothing%s; allowed: %s"
                .formatted(
                    statement.place(),
                    unknown.getFirst(),
                    Words.suggestion(unknown.getFirst(), mapper.columns()),
                    String.join(", ", new TreeSet<>(mapper.columns()))));
      }
    }
  }

  /** Columns of the result that nothing is done with. */
  List<String> unknown(Row.Layout layout) {
    return layout.names().stream()
        .filter(column -> !mapper.columns().contains(column) && !engineColumns.contains(column))
        .toList();
  }
}
