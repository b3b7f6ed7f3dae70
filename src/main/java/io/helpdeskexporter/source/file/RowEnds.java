package io.helpdeskexporter.source.file;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Finds where rows end in bytes, so that a place in a file is a number of bytes whatever its
 * encoding. Knows just enough of CSV for that: a quote opens a field only at its beginning, and
 * within quotes a doubled quote and a line end belong to the field. Works on units of one, two or
 * four bytes; a unit with any other byte set is no mark.
 */
final class RowEnds {
  /** The row goes on beyond the bytes given. */
  static final int MORE = -1;

  private final int width;
  private final boolean bigEndian;
  private final boolean csv;
  private final int delimiter;
  private final int quote;
  private long lines;
  private boolean strange;

  RowEnds(Layout layout, Charset charset) {
    width = charset.name().startsWith("UTF-16") ? 2 : charset.name().startsWith("UTF-32") ? 4 : 1;
    bigEndian =
        !charset.equals(StandardCharsets.UTF_16LE) && !charset.equals(StandardCharsets.UTF_32LE);
    csv = layout.format() == Format.CSV;
    delimiter = layout.delimiter();
    quote = layout.quote();
  }

  /**
   * Where the row that starts at {@code from} ends, its line end included, or {@link #MORE}.
   *
   * @param last whether nothing follows {@code to}: then its last row needs no line end
   */
  int next(byte[] bytes, int from, int to, boolean last) {
    lines = 0;
    strange = false;
    return csv ? nextCsv(bytes, from, to, last) : nextLine(bytes, from, to, last);
  }

  /** How many line ends the row had that {@link #next} found. */
  long lines() {
    return lines;
  }

  /** Whether something follows a closing quote in that row, which no CSV has. */
  boolean isStrange() {
    return strange;
  }

  /**
   * Where the line that starts at {@code from} ends, whatever quotes are in it, or {@link #MORE}.
   */
  int nextLine(byte[] bytes, int from, int to, boolean last) {
    int at = from;
    while (at + width <= to) {
      int c = unit(bytes, at);
      at += width;
      if (c == '\n') {
        lines = 1;
        return at;
      }
    }
    return last && at > from ? to : MORE;
  }

  private int nextCsv(byte[] bytes, int from, int to, boolean last) {
    int at = from;
    boolean fieldStart = true;
    while (at + width <= to) {
      int c = unit(bytes, at);
      at += width;
      if (c == quote && fieldStart) {
        at = afterQuotes(bytes, at, to, last);
        if (at == MORE) {
          return MORE;
        }
        fieldStart = false;
        strange |= at + width <= to && !endsField(unit(bytes, at));
      } else if (c == delimiter) {
        fieldStart = true;
      } else if (c == '\n') {
        lines++;
        return at;
      } else if (c == '\r') {
        return afterReturn(bytes, at, to, last);
      } else {
        fieldStart = false;
      }
    }
    return last && at > from ? to : MORE;
  }

  private int afterQuotes(byte[] bytes, int from, int to, boolean last) {
    int at = from;
    while (at + width <= to) {
      int c = unit(bytes, at);
      at += width;
      if (c == quote) {
        if (at + width > to) {
          return last ? at : MORE;
        }
        if (unit(bytes, at) != quote) {
          return at;
        }
        at += width;
      } else if (c == '\n' || (c == '\r' && (at + width > to || unit(bytes, at) != '\n'))) {
        lines++;
      }
    }
    return MORE;
  }

  private int afterReturn(byte[] bytes, int at, int to, boolean last) {
    if (at + width > to) {
      lines++;
      return last ? to : MORE;
    }
    lines++;
    return unit(bytes, at) == '\n' ? at + width : at;
  }

  private boolean endsField(int c) {
    return c == delimiter || c == '\n' || c == '\r';
  }

  private int unit(byte[] bytes, int at) {
    if (width == 1) {
      return bytes[at];
    }
    int significant = bigEndian ? at + width - 1 : at;
    for (int i = at; i < at + width; i++) {
      if (i != significant && bytes[i] != 0) {
        return -1;
      }
    }
    return bytes[significant];
  }
}
