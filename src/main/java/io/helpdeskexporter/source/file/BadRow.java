package io.helpdeskexporter.source.file;

/**
 * A row that has to be left out. It carries no stack: it is an outcome of reading, not a failure of
 * the program.
 */
final class BadRow extends Exception {
  private static final long serialVersionUID = 1L;

  /** Longer texts are not dates or numbers but something that a customer may have written. */
  private static final int LONGEST_SHOWN = 32;

  private final String reason;

  /**
   * @param reason a constant, such as {@code bad_date}
   * @param detail what was expected and found, without a customer's words
   */
  BadRow(String reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  static BadRow expected(String reason, Column column, String expected, String found) {
    return new BadRow(
        reason, "column %s: expected %s, found %s".formatted(column, expected, shown(found)));
  }

  static BadRow missing(String reason, Column column, String expected) {
    return new BadRow(reason, "column %s: expected %s, found nothing".formatted(column, expected));
  }

  /** Like {@link #expected} for columns in which words of people may stand: they are not shown. */
  static BadRow hidden(String reason, Column column, String expected, String found) {
    return new BadRow(
        reason,
        "column %s: expected %s, found %d characters of text"
            .formatted(column, expected, found.length()));
  }

  String reason() {
    return reason;
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  private static String shown(String text) {
    return text.length() <= LONGEST_SHOWN && text.chars().noneMatch(Character::isISOControl)
        ? "\"" + text + "\""
        : text.length() + " characters of text";
  }
}
