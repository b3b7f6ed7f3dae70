package io.helpdeskexporter.source.file;

import org.jspecify.annotations.Nullable;

/**
 * Some whole rows.
 *
 * @param text the rows, decoded
 * @param firstLine the line on which they begin, counted from 1
 * @param rows how many there are, empty lines included
 * @param stop why no more of them were taken
 */
record Block(String text, long firstLine, int rows, Stop stop) {
  enum Stop {
    /** As many as were asked for. */
    FULL,
    /** The file has nothing more at present. */
    END,
    /** In the row that follows something stands behind a closing quote. */
    BAD_QUOTE,
    /** What follows is longer than any row may be. */
    TOO_LONG,
    /** The file has ended within quotes. */
    UNCLOSED,
    /** The gzip data stop before their end, and no more are to come. */
    CUT
  }

  /** Reads the rows of a block one after the other. */
  interface Rows {
    /** The next row; null after the last one. */
    @Nullable Row next() throws BadRow;

    /** The line on which the row begins that {@link #next} gave or refused. */
    long line();
  }
}
