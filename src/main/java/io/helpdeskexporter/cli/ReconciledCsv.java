package io.helpdeskexporter.cli;

import io.helpdeskexporter.facts.Compared;
import io.helpdeskexporter.reconcile.Difference;
import io.helpdeskexporter.reconcile.Why;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What differs as CSV, a line for each number: lengths of time are seconds. */
final class ReconciledCsv {
  private ReconciledCsv() {}

  static String of(Reconciled reconciled) {
    StringBuilder csv = new StringBuilder("source,ticket,figure,at,ours,theirs,reason,why\r\n");
    for (Difference it : reconciled.summary().differences()) {
      Compared compared = it.compared();
      csv.append(
              List.of(
                      reconciled.source(),
                      it.ticket(),
                      compared.label(),
                      it.at().toString(),
                      value(compared, compared.ours()),
                      value(compared, OptionalLong.of(compared.theirs())),
                      it.reason().label(),
                      it.whys().stream().map(Why::words).collect(Collectors.joining("; ")))
                  .stream()
                  .map(ReconciledCsv::field)
                  .collect(Collectors.joining(",")))
          .append("\r\n");
    }
    return csv.toString();
  }

  /** Quoted where it must be; what a spreadsheet would take for a formula is text. */
  private static String field(String text) {
    String plain = text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : text;
    return plain.matches("(?s).*[,\"\r\n].*") ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
  }

  private static String value(Compared compared, OptionalLong value) {
    if (value.isEmpty()) {
      return "";
    }
    return compared.figure().isCount()
        ? Long.toString(value.getAsLong())
        : BigDecimal.valueOf(value.getAsLong(), 3).stripTrailingZeros().toPlainString();
  }
}
