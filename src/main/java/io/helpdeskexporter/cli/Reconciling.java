package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.Words;
import io.helpdeskexporter.domain.Figure;
import io.helpdeskexporter.domain.Measured.Hours;
import io.helpdeskexporter.explain.Unanswerable;
import io.helpdeskexporter.explain.Unanswerable.Problem;
import io.helpdeskexporter.facts.Compared;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.reconcile.Agreement;
import io.helpdeskexporter.reconcile.Finding;
import io.helpdeskexporter.reconcile.Reconciler;
import io.helpdeskexporter.store.SourceStore;
import io.helpdeskexporter.store.Store;
import io.helpdeskexporter.store.TicketState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Compares what is stored of a source, as of its watermark. Changes nothing. */
final class Reconciling {
  private final Wiring wiring;
  private final Store store;

  Reconciling(Wiring wiring, Store store) {
    this.wiring = wiring;
    this.store = store;
  }

  /**
   * What is to be compared.
   *
   * @param ticket one only
   * @param figure with its clock, one only
   * @param since of tickets that settled then or later
   * @param until of tickets that settled before
   * @param most differences that are told
   */
  record Wanted(
      Optional<String> ticket,
      Optional<String> figure,
      Optional<Instant> since,
      Optional<Instant> until,
      int most) {
    private boolean isWanted(Finding.Found found) {
      return since.filter(found.at()::isBefore).isEmpty()
          && until.filter(end -> !found.at().isBefore(end)).isEmpty();
    }
  }

  /** All figures, each on each of its clocks. */
  static List<String> figures() {
    return Arrays.stream(Figure.values())
        .flatMap(
            figure ->
                Stream.of(Hours.values())
                    .filter(hours -> hours == Hours.CALENDAR || !figure.isCount())
                    .map(hours -> Compared.label(figure, hours)))
        .toList();
  }

  /**
   * @param progress told from time to time how many tickets have been compared
   */
  Reconciled answer(ConfiguredSource<?> source, Wanted wanted, LongConsumer progress)
      throws Unanswerable {
    SourceStore stored = wiring.stored(store, source);
    Instant asOf = stored.holdings().watermark().orElseThrow(() -> notRead(source));
    List<String> notes = new ArrayList<>();
    if (wiring.isOutdated(source, stored)) {
      notes.add(
          "What is stored was counted under other definitions than are configured now; this"
              + " compares by those of now.");
    }
    Agreement agreement = new Agreement(wanted.most());
    if (wanted.ticket().isPresent()) {
      TicketState ticket =
          stored
              .ticket(wanted.ticket().get())
              .orElseThrow(() -> Explaining.unknownTicket(stored, wanted.ticket().get()));
      compare(
          new Reconciler(wiring.policies(source), wiring.clocks(), asOf),
          ticket.timeline(),
          wanted,
          agreement);
    } else {
      asOf = compareAll(source, stored, wanted, agreement, progress, asOf);
    }
    return new Reconciled(
        source.name(),
        asOf,
        wiring.reporting().zone(),
        agreement.summary(),
        believed(wiring.policies(source)),
        notes);
  }

  private Instant compareAll(
      ConfiguredSource<?> source,
      SourceStore stored,
      Wanted wanted,
      Agreement agreement,
      LongConsumer progress,
      Instant before) {
    return stored.archive(
        archive -> {
          Instant asOf = archive.watermark().orElse(before);
          Reconciler reconciler = new Reconciler(wiring.policies(source), wiring.clocks(), asOf);
          long[] done = new long[1];
          archive.forEachTicket(
              (timeline, _) -> {
                compare(reconciler, timeline, wanted, agreement);
                progress.accept(++done[0]);
              });
          return asOf;
        });
  }

  /** Of what settled outside the time that is asked for, nothing is told. */
  private static void compare(
      Reconciler reconciler, Timeline timeline, Wanted wanted, Agreement agreement) {
    Predicate<Compared> figure =
        it -> wanted.figure().filter(name -> !name.equals(it.label())).isEmpty();
    Finding finding = reconciler.of(timeline, figure);
    boolean within =
        switch (finding) {
          case Finding.Left _ -> true;
          case Finding.Found found -> wanted.isWanted(found);
        };
    if (within) {
      agreement.add(finding);
    }
  }

  private static List<String> believed(Policies policies) {
    return Arrays.stream(Figure.values()).filter(policies::believes).map(Figure::label).toList();
  }

  private static Unanswerable notRead(ConfiguredSource<?> source) {
    return new Unanswerable(
        Problem.NOT_READ_YET,
        "source %s has not been read to its end yet, so there is nothing to compare"
            .formatted(source.name()));
  }

  /**
   * A figure by its name.
   *
   * @throws Refusal.Told if there is none, with what there is
   */
  static String figure(String word) throws Refusal.Told {
    if (figures().contains(word)) {
      return word;
    }
    throw new Refusal.Told(
        "--figure: found %s%s; allowed: %s"
            .formatted(
                Words.quoted(word),
                Words.nearest(word, figures()).map(it -> " (did you mean " + it + "?)").orElse(""),
                String.join(", ", figures())));
  }
}
