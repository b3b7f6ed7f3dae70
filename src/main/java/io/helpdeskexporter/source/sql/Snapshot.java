package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.source.SourceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/** One state of the database, seen by all statements of a fetch. */
final class Snapshot {
  /** Rows that are fetched at a time: big enough for speed, small enough for memory. */
  private static final int FETCH_SIZE = 2_000;

  private final Connection connection;
  private final BoundPreset preset;
  private final Dialect.Start start;

  Snapshot(Connection connection, BoundPreset preset, Dialect.Start start) {
    this.connection = connection;
    this.preset = preset;
    this.start = start;
  }

  /** Takes rows one after the other. */
  @FunctionalInterface
  interface RowConsumer {
    void accept(Row row) throws SQLException;
  }

  /** The server's clock, from before this state. */
  Instant clock() {
    return start.clock();
  }

  Optional<Fence> fence() {
    return start.fence();
  }

  Horizon horizon(NamedSql newest) throws SQLException, SourceException {
    return new Horizon(clock(), number(newest).orElse(AppendedCursor.NOTHING), fence());
  }

  /** The first column of the first row; empty for NULL or no row. */
  OptionalLong number(NamedSql statement) throws SQLException, SourceException {
    long[] found = new long[1];
    boolean[] any = new boolean[1];
    query(
        statement,
        Map.of(),
        results -> {
          if (results.next()) {
            found[0] = results.getLong(1);
            any[0] = !results.wasNull();
          }
        });
    return any[0] ? OptionalLong.of(found[0]) : OptionalLong.empty();
  }

  void ids(NamedSql statement, Map<String, Object> parameters, LongConsumer consumer)
      throws SQLException, SourceException {
    query(
        statement,
        parameters,
        results -> {
          while (results.next()) {
            consumer.accept(results.getLong(1));
          }
        });
  }

  /** The first column as a word, the second as a number. */
  Map<String, Long> counts(NamedSql statement) throws SQLException, SourceException {
    Map<String, Long> counts = new LinkedHashMap<>();
    query(
        statement,
        Map.of(),
        results -> {
          while (results.next()) {
            String word = results.getString(1);
            if (word != null && !word.isBlank()) {
              counts.merge(word, results.getLong(2), Long::sum);
            }
          }
        });
    return counts;
  }

  Optional<String> text(NamedSql statement) throws SQLException, SourceException {
    List<String> found = new ArrayList<>();
    query(
        statement,
        Map.of(),
        results -> {
          if (results.next() && results.getString(1) != null) {
            found.add(results.getString(1));
          }
        });
    return found.stream().findFirst();
  }

  /**
   * @param layout looks at the columns before any row is read
   */
  Row.Layout rows(
      NamedSql statement, Map<String, Object> parameters, LayoutCheck layout, RowConsumer consumer)
      throws SQLException, SourceException {
    Row.Layout[] seen = new Row.Layout[1];
    boolean timestampsAreUtc = preset.dialect().timestampsAreUtc() && !preset.preset().serverZone();
    query(
        statement,
        parameters,
        results -> {
          seen[0] = new Row.Layout(results.getMetaData(), preset.times(), timestampsAreUtc);
          layout.check(seen[0]);
          while (results.next()) {
            consumer.accept(seen[0].read(results));
          }
        });
    return seen[0];
  }

  /** Refuses columns that no row could be understood by. */
  @FunctionalInterface
  interface LayoutCheck {
    void check(Row.Layout layout) throws SourceException;
  }

  List<String> columns(String table) throws SQLException {
    return preset.dialect().columns(connection, table);
  }

  private interface ResultConsumer {
    void accept(ResultSet results) throws SQLException, SourceException;
  }

  private void query(NamedSql statement, Map<String, Object> parameters, ResultConsumer consumer)
      throws SQLException, SourceException {
    Map<String, Optional<Object>> values = new HashMap<>(preset.parameters());
    parameters.forEach((name, value) -> values.put(name, asOptional(value)));
    NamedSql.Bound bound = statement.bind(values);
    try (PreparedStatement prepared = connection.prepareStatement(bound.sql())) {
      prepared.setFetchSize(FETCH_SIZE);
      for (int i = 0; i < bound.values().size(); i++) {
        preset.dialect().bind(prepared, i + 1, bound.values().get(i));
      }
      try (ResultSet results = prepared.executeQuery()) {
        consumer.accept(results);
      }
    } catch (SQLException e) {
      throw new StatementException(statement.place(), e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Optional<Object> asOptional(Object value) {
    return value instanceof Optional<?> optional ? (Optional<Object>) optional : Optional.of(value);
  }

  static List<String> strings(PreparedStatement statement) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (ResultSet results = statement.executeQuery()) {
      while (results.next()) {
        strings.add(results.getString(1));
      }
    }
    return strings;
  }

  /** An error of the database with the file of the statement that it answers. */
  static final class StatementException extends SQLException {
    private static final long serialVersionUID = 1L;
    private final String place;

    StatementException(String place, SQLException cause) {
      super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
      this.place = place;
    }

    String place() {
      return place;
    }
  }
}
