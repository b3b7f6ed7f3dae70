package io.helpdeskexporter.store;

/** What PostgreSQL can hold as text. */
final class PgText {
  private PgText() {}

  /** The text without the one character that PostgreSQL refuses, NUL, which is replaced. */
  static String storable(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }
}
