package io.helpdeskexporter.cli;

import io.helpdeskexporter.explain.Spans;
import io.helpdeskexporter.facts.Compared;
import io.helpdeskexporter.reconcile.Difference;
import io.helpdeskexporter.reconcile.Reason;
import io.helpdeskexporter.reconcile.Share;
import io.helpdeskexporter.reconcile.Skipped;
import io.helpdeskexporter.reconcile.Summary;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A comparison for a terminal: the shares first, then what differs most. */
final class ReconciledText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final Reconciled reconciled;
  private final Summary summary;
  private final DateTimeFormatter times;
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  private ReconciledText(Reconciled reconciled) {
    this.reconciled = reconciled;
    summary = reconciled.summary();
    times = TIME.withZone(reconciled.zone());
  }

  static String of(Reconciled reconciled) {
    return new ReconciledText(reconciled).told();
  }

  private String told() {
    out.printf(
        Locale.ROOT,
        "Source %s, as of %s (%s): %,d tickets, %,d of them compared.\n",
        reconciled.source(),
        time(reconciled.asOf()),
        reconciled.zone(),
        summary.tickets(),
        summary.compared());
    reconciled.notes().forEach(it -> out.printf("! %s\n", it));
    if (!summary.figures().isEmpty()) {
      out.printf("\n%-28s %9s %9s %8s  %s\n", "figure", "compared", "agreed", "share", "why not");
      summary.figures().forEach(this::share);
    }
    notCompared();
    if (!summary.differences().isEmpty()) {
      out.printf(
          Locale.ROOT,
          "\n%,d of %,d numbers that differ, the most different first:\n",
          summary.differences().size(),
          summary.differing());
      summary.differences().forEach(this::difference);
    }
    out.flush();
    return text.toString();
  }

  private void share(Share share) {
    String why =
        share.reasons().entrySet().stream()
            .map(it -> String.format(Locale.ROOT, "%s %,d", it.getKey().label(), it.getValue()))
            .collect(Collectors.joining(", "));
    out.println(
        String.format(
                Locale.ROOT,
                "%-28s %,9d %,9d %8s  %s",
                share.figure(),
                share.compared(),
                share.agreed(),
                perCent(share),
                why)
            .stripTrailing());
  }

  /** Cut and not rounded: only where all agree is it 100 %. */
  private static String perCent(Share share) {
    return BigDecimal.valueOf(share.agreed())
            .movePointRight(2)
            .divide(BigDecimal.valueOf(share.compared()), 1, RoundingMode.FLOOR)
        + " %";
  }

  private void notCompared() {
    List<Skipped> why =
        Arrays.stream(Skipped.values()).filter(summary.skipped()::containsKey).toList();
    if (!why.isEmpty()) {
      out.print("\nTickets that are not compared:\n");
    }
    why.forEach(
        it -> out.printf(Locale.ROOT, "  %,d: %s\n", summary.skipped().get(it), it.words()));
    if (!reconciled.believed().isEmpty()) {
      out.printf(
          "\nTaken over from the helpdesk, so that there is no other number: %s.\n",
          String.join(", ", reconciled.believed()));
    }
  }

  private void difference(Difference difference) {
    Compared compared = difference.compared();
    out.printf(
        "\n%s, %s, %s: ours %s, theirs %s\n",
        difference.ticket(),
        compared.label(),
        time(difference.at()),
        value(compared, compared.ours()),
        value(compared, OptionalLong.of(compared.theirs())));
    if (difference.whys().isEmpty()) {
      out.printf("  %s: no single change makes both agree\n", Reason.UNEXPLAINED.label());
    }
    difference.whys().forEach(it -> out.printf("  %s: %s\n", it.reason().label(), it.words()));
  }

  private static String value(Compared compared, OptionalLong value) {
    if (value.isEmpty()) {
      return "none";
    }
    return compared.figure().isCount()
        ? Long.toString(value.getAsLong())
        : Spans.text(value.getAsLong());
  }

  private String time(Instant at) {
    return times.format(at);
  }
}
