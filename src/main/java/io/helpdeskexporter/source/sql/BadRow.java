package io.helpdeskexporter.source.sql;

/** A row that cannot be understood. Without a stack: it is a finding, not a failure. */
final class BadRow extends Exception {
  private static final long serialVersionUID = 1L;
  private final String reason;

  /**
   * @param reason a short constant, such as {@code bad_time}
   * @param detail what was expected and found, without a customer's words
   */
  BadRow(String reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
