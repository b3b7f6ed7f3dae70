package io.helpdeskexporter.source;

/** One sequence of changes with a cursor of its own, such as "tickets" or "events". */
public record Stream(String name) {
  public Stream {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "stream name \"" + name + "\": lower-case letters, digits and _");
    }
  }
}
