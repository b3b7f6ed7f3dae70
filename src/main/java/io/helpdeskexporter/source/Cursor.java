package io.helpdeskexporter.source;

/**
 * How far a stream has been read: small, and meant for the source that made it only. It is saved
 * with the page it came with.
 */
public record Cursor(String value) {
  /** Nothing read yet. */
  public static final Cursor START = new Cursor("");

  public boolean isStart() {
    return value.isEmpty();
  }
}
