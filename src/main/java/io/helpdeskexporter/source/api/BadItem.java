package io.helpdeskexporter.source.api;

/** An item of an answer that has to be left out; the rest goes on. */
public final class BadItem extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason a constant, such as {@code bad_date}
   * @param detail what was expected and found, without a customer's words
   */
  public BadItem(String reason, String detail) {
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
