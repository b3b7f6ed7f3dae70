package io.helpdeskexporter.sync;

import java.util.OptionalLong;

/**
 * Told how a long import comes along. Called from the loop of the source, some times a second at
 * most.
 */
public interface Progress {
  /**
   * Changes are being read.
   *
   * @param stream which of its streams is being read
   * @param done read of it so far
   * @param remaining still to come, where the source can tell
   */
  void reading(String source, String stream, long done, OptionalLong remaining);

  /** All is read; facts are being derived. */
  void deriving(String source, long done, long remaining);

  /** The import is over. */
  void finished(String source, long changes);
}
