package io.helpdeskexporter.source.file;

/** How rows are written. */
public enum Format {
  /** Comma-separated values (or any other delimiter) under a header row. */
  CSV,
  /** One JSON object on each line. */
  JSONL
}
