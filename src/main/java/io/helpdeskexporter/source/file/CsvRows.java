package io.helpdeskexporter.source.file;

import static java.util.stream.Collectors.joining;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.helpdeskexporter.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of one CSV file, as its header names them, and the way to read its rows. */
final class CsvRows {
  private final Layout layout;
  private final int width;
  private final int[][] slotsOfField;
  private final int slots;

  private CsvRows(Layout layout, int width, int[][] slotsOfField, int slots) {
    this.layout = layout;
    this.width = width;
    this.slotsOfField = slotsOfField;
    this.slots = slots;
  }

  /**
   * @param header the header row, decoded
   * @throws SourceException.Misconfigured if a mapped column is not in it, or in it twice
   */
  static CsvRows under(String header, String file, Layout layout, Mapping mapping)
      throws SourceException {
    List<String> names = names(header, layout);
    List<List<Integer>> slotsOfField = new ArrayList<>();
    names.forEach(_ -> slotsOfField.add(new ArrayList<>()));
    List<String> problems = new ArrayList<>();
    List<Column> columns = mapping.columns();
    for (int slot = 0; slot < columns.size(); slot++) {
      Column column = columns.get(slot);
      int field = names.indexOf(column.name());
      if (field < 0 && !column.needed()) {
        continue;
      }
      if (field < 0) {
        problems.add(
            "no column %s%s"
                .formatted(
                    column,
                    Similar.to(column.name(), names)
                        .map(name -> " (did you mean \"" + name + "\"?)")
                        .orElse("")));
      } else if (names.lastIndexOf(column.name()) != field) {
        problems.add("column %s is there twice".formatted(column));
      } else {
        slotsOfField.get(field).add(slot);
      }
    }
    if (!problems.isEmpty()) {
      throw new SourceException.Misconfigured(
          "%s: %s; its header has: %s. Correct columns, or the delimiter if the header looks like one"
                  .formatted(
                      file, String.join("; ", problems), names.stream().collect(joining(", ")))
              + " column.");
    }
    return new CsvRows(
        layout,
        names.size(),
        slotsOfField.stream()
            .map(each -> each.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new),
        columns.size());
  }

  Block.Rows read(Block block) {
    Fields fields = new Fields(slotsOfField, slots, layout.missing());
    CloseableIterator<Row> rows = reader(layout).build(fields, block.text()).iterator();
    return new Block.Rows() {
      private long line;

      @Override
      public @Nullable Row next() throws BadRow {
        if (!rows.hasNext()) {
          return null;
        }
        Row row = rows.next();
        line = block.firstLine() + row.line() - 1;
        if (fields.count < width || fields.lastFilled >= width) {
          throw new BadRow(
              "bad_columns",
              "expected %d columns as in the header, found %d".formatted(width, fields.count));
        }
        return row.on(line);
      }

      @Override
      public long line() {
        return line;
      }
    };
  }

  private static List<String> names(String header, Layout layout) {
    List<String> names = new ArrayList<>();
    for (var row : reader(layout).ofCsvRecord(header)) {
      row.getFields().forEach(name -> names.add(name.strip()));
    }
    return names;
  }

  /**
   * Takes any number of fields, because one strange row must not stop the others; the number is
   * checked here, and quotes by {@link RowEnds}.
   */
  private static CsvReader.CsvReaderBuilder reader(Layout layout) {
    return CsvReader.builder()
        .fieldSeparator(layout.delimiter())
        .quoteCharacter(layout.quote())
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
  }

  /** Keeps the fields that are mapped; the others never become strings. */
  private static final class Fields extends AbstractBaseCsvCallbackHandler<Row> {
    private final int[][] slotsOfField;
    private final Set<String> missing;

    /** What the row before had there: rows of one ticket differ little. */
    private final @Nullable String[] before;

    private @Nullable String[] values;
    private int count;
    private int lastFilled;

    Fields(int[][] slotsOfField, int slots, Set<String> missing) {
      this.slotsOfField = slotsOfField;
      this.missing = missing;
      this.before = new @Nullable String[slots];
      this.values = new @Nullable String[slots];
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
      values = new @Nullable String[before.length];
      lastFilled = -1;
    }

    @Override
    protected void handleField(int field, char[] buffer, int offset, int length, boolean quoted) {
      count = field + 1;
      int from = offset;
      int to = offset + length;
      while (from < to && buffer[from] <= ' ') {
        from++;
      }
      while (to > from && buffer[to - 1] <= ' ') {
        to--;
      }
      if (from == to) {
        return;
      }
      lastFilled = field;
      if (field < slotsOfField.length) {
        for (int slot : slotsOfField[field]) {
          values[slot] = value(slot, buffer, from, to);
        }
      }
    }

    private @Nullable String value(int slot, char[] buffer, int from, int to) {
      String text = before[slot];
      if (text == null || !is(text, buffer, from, to)) {
        text = new String(buffer, from, to - from);
        before[slot] = text;
      }
      return missing.contains(text) ? null : text;
    }

    private static boolean is(String text, char[] buffer, int from, int to) {
      if (text.length() != to - from) {
        return false;
      }
      for (int i = text.length() - 1; i >= 0; i--) {
        if (text.charAt(i) != buffer[from + i]) {
          return false;
        }
      }
      return true;
    }

    @Override
    protected Row buildRecord() {
      return new Row(values, getStartingLineNumber());
    }
  }
}
