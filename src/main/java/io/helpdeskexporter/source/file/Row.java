package io.helpdeskexporter.source.file;

import org.jspecify.annotations.Nullable;

/**
 * One row of a file: the text of each mapped column, without blanks around it, or null where the
 * row has no value. Null stays within this package: rows are read by the hundred thousand a second.
 */
final class Row {
  /** Stands between the items where a column holds a list. */
  static final char ITEM_END = '\u001f';

  private final @Nullable String[] values;
  private final long line;

  /**
   * @param values one for each of the columns, in the mapping's order; not copied
   * @param line the line on which the row begins, counted from 1
   */
  Row(@Nullable String[] values, long line) {
    this.values = values;
    this.line = line;
  }

  /**
   * @param slot the column's place, or {@link Mapping#NOT_MAPPED}
   */
  @Nullable String text(int slot) {
    return slot < 0 ? null : values[slot];
  }

  /** The same values, told to begin on another line. */
  Row on(long other) {
    return new Row(values, other);
  }

  long line() {
    return line;
  }
}
