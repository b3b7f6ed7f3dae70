package io.helpdeskexporter.source.file;

/** Until when a file that has been read to its end is complete. */
public enum Watermark {
  /** Until the moment it was looked at: somebody keeps writing it, or replaces it. */
  NOW,
  /** Until the latest time read in it: a log that ended at some time in the past. */
  LAST_ROW
}
