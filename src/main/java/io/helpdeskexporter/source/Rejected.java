package io.helpdeskexporter.source;

/**
 * Something that could not be understood and was left out while the rest went on.
 *
 * @param where the place, such as {@code tickets.csv:17}
 * @param reason a short constant for a label, such as {@code bad_date}
 * @param detail what was expected and found, without a customer's words
 */
public record Rejected(String where, String reason, String detail) {}
