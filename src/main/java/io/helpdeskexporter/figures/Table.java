package io.helpdeskexporter.figures;

import io.helpdeskexporter.report.CsvWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows of flat cells for spreadsheets and programs. What there is none of is an empty cell, or
 * null; never zero.
 *
 * @param columns lower snake case; new ones only ever at the end
 */
public record Table(List<String> columns, List<List<Cell>> rows) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Cell> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "%d cells for %d columns".formatted(row.size(), columns.size()));
      }
    }
  }

  /** What is in a cell. */
  public sealed interface Cell {
    /** Words, names and instants. */
    record Text(String text) implements Cell {}

    /** A finite number in a base unit. */
    record Numeral(double value) implements Cell {}

    /** Nothing. */
    record Blank() implements Cell {}

    /** A text; blank if it is empty. */
    static Cell of(String text) {
      return text.isEmpty() ? new Blank() : new Text(text);
    }

    /** A number; blank if there is none. */
    static Cell of(OptionalDouble value) {
      return value.isPresent() && Double.isFinite(value.getAsDouble())
          ? new Numeral(value.getAsDouble())
          : new Blank();
    }
  }

  /** As comma-separated values, the names of the columns first. */
  public String csv(char separator) {
    CsvWriter out = new CsvWriter(separator);
    columns.forEach(out::text);
    out.end();
    for (List<Cell> row : rows) {
      for (Cell cell : row) {
        switch (cell) {
          case Cell.Text(String text) -> out.text(text);
          case Cell.Numeral(double value) -> out.number(OptionalDouble.of(value));
          case Cell.Blank _ -> out.text("");
        }
      }
      out.end();
    }
    return out.toString();
  }

  /** As one list of flat objects, each with all columns as keys. */
  public String json() {
    List<Map<String, @Nullable Object>> all = new ArrayList<>(rows.size());
    for (List<Cell> row : rows) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        object.put(
            columns.get(i),
            switch (row.get(i)) {
              case Cell.Text(String text) -> text;
              case Cell.Numeral(double value) -> CsvWriter.plain(value);
              case Cell.Blank _ -> null;
            });
      }
      all.add(object);
    }
    return JSON.writeValueAsString(all) + "\n";
  }
}
