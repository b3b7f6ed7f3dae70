package io.helpdeskexporter.source.file;

/** What a row of a file of tickets is. */
public enum RowsAre {
  /** The ticket as it is now: history, where there is any, is told by events. */
  CURRENT,
  /** The ticket as it stood at {@code updated_at}: each row is a point of its history too. */
  SNAPSHOTS
}
