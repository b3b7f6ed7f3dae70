package io.helpdeskexporter.report;

import java.math.BigDecimal;
import java.util.OptionalDouble;

/**
 * Rows for spreadsheets, as RFC 4180 says. A text that a spreadsheet would take for a formula gets
 * an apostrophe before it, so that nothing that comes from a stranger is ever computed.
 */
public final class CsvWriter {
  private static final String END = "\r\n";

  /** What formulas begin with; a tab or a line break is skipped by some programs before one. */
  private static final String FORMULAS = "=+-@\t\r\n";

  private final char separator;
  private final StringBuilder out = new StringBuilder();
  private boolean first = true;

  /** Nothing written yet. */
  public CsvWriter(char separator) {
    this.separator = separator;
  }

  /** A cell with a text, which may be empty. */
  public CsvWriter text(String text) {
    boolean formula = !text.isEmpty() && FORMULAS.indexOf(text.charAt(0)) >= 0;
    return cell(formula ? "'" + text : text);
  }

  /** A cell with a number; empty where there is none. */
  public CsvWriter number(OptionalDouble value) {
    return cell(value.isPresent() ? plain(value.getAsDouble()).toPlainString() : "");
  }

  /** Ends the row. */
  public CsvWriter end() {
    out.append(END);
    first = true;
    return this;
  }

  /** The shortest number that is this value. */
  public static BigDecimal plain(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }

  private CsvWriter cell(String text) {
    if (!first) {
      out.append(separator);
    }
    first = false;
    boolean quoted =
        text.chars().anyMatch(c -> c == '"' || c == separator || c == '\n' || c == '\r');
    out.append(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
