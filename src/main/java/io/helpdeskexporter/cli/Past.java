package io.helpdeskexporter.cli;

import io.helpdeskexporter.exposition.Annals;
import io.helpdeskexporter.kpi.Engine;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.Goal;
import io.helpdeskexporter.kpi.Judge;
import io.helpdeskexporter.kpi.Observation;
import io.helpdeskexporter.kpi.Snapshots;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.kpi.SourceMetrics.Sample;
import io.helpdeskexporter.kpi.Standing.Outcome;
import io.helpdeskexporter.kpi.Sweep;
import io.helpdeskexporter.kpi.TicketDelta;
import io.helpdeskexporter.kpi.Total;
import io.helpdeskexporter.store.Archive;
import io.helpdeskexporter.store.Ledger;
import io.helpdeskexporter.store.SourceStore;
import io.helpdeskexporter.store.Store;
import io.helpdeskexporter.sync.SelfMetrics;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a scrape would have shown of some sources at one instant after another, had they always been
 * read in time: their KPIs, what is judged of them under the configuration of today, and what the
 * configuration says. What an exporter does (its polls, its requests, whether a source answered) is
 * not here: nobody did it then.
 */
final class Past {
  private final List<Sweep> sweeps;
  private final Judge judge;
  private final Map<Goal, Outcome> outcomes;
  private final Map<Family, MetricSnapshot> forms = new LinkedHashMap<>();
  private final List<MetricSnapshot> always;
  private final Predicate<String> wanted;
  private final List<String> remarks;

  private Past(
      List<Sweep> sweeps,
      Wiring wiring,
      Map<Goal, Outcome> outcomes,
      Predicate<String> wanted,
      List<String> remarks) {
    this.sweeps = sweeps;
    judge = wiring.judge();
    this.outcomes = outcomes;
    families(wiring).stream()
        .filter(it -> wanted.test(it.name()))
        .forEach(it -> forms.put(it, Snapshots.empty(it)));
    always =
        Facts.about(wiring).stream()
            .filter(it -> wanted.test(it.getMetadata().getPrometheusName()))
            .toList();
    this.wanted = wanted;
    this.remarks = List.copyOf(remarks);
  }

  /**
   * Reads all that is stored of the sources.
   *
   * @param sources each read up to {@code last} at least
   * @param outcomes of goals whose time is over
   * @param wanted names of families; others are left out
   */
  static Past of(
      Wiring wiring,
      Store store,
      List<ConfiguredSource<?>> sources,
      Map<Goal, Outcome> outcomes,
      Predicate<String> wanted,
      Instant first,
      Instant last) {
    List<String> remarks = new ArrayList<>();
    List<Sweep> sweeps = new ArrayList<>();
    for (ConfiguredSource<?> source : sources) {
      SourceStore stored = wiring.stored(store, source);
      sweeps.add(
          stored.archive(
              archive -> sweep(wiring, source, stored.teams(), archive, first, last, remarks)));
    }
    return new Past(sweeps, wiring, outcomes, wanted, remarks);
  }

  private static Sweep sweep(
      Wiring wiring,
      ConfiguredSource<?> source,
      List<String> teams,
      Archive archive,
      Instant first,
      Instant last,
      List<String> remarks) {
    Collection<Total> totals = archive.totals();
    Sweep sweep =
        new Sweep(
            wiring.engineOfThePast(source, teams, totals, first),
            wiring.catalogue().derivation(wiring.policies(source)),
            first,
            last,
            archive.watermark().orElseThrow());
    Engine sum = wiring.engineOfThePast(source, teams, totals, first);
    archive.forEachTicket(
        (timeline, ledger) -> {
          List<Observation> counted = counted(ledger);
          sweep.add(timeline, counted);
          count(timeline.ticket().id(), counted, sum);
        });
    archive.forEachSubject(
        (biography, ledger) -> {
          List<Observation> counted = counted(ledger);
          sweep.add(biography, counted);
          count(biography.subject().toString(), counted, sum);
        });
    Engine continued = wiring.engineOfThePast(source, teams, totals, first);
    continued.restore(totals);
    apart(sum.evaluate(), continued.evaluate(), families(wiring))
        .forEach(it -> remarks.add("source " + source.name() + ": " + it));
    return sweep;
  }

  private static List<Observation> counted(Ledger ledger) {
    return ledger.entries().stream().map(Ledger.Entry::counted).toList();
  }

  private static void count(String id, List<Observation> counted, Engine sum) {
    sum.apply(new TicketDelta(id, List.of(), List.of(), counted, List.of()));
  }

  /**
   * A sentence for each counter whose history does not end where a scrape goes on, which would be
   * seen as a jump or a reset.
   */
  private static List<String> apart(
      SourceMetrics counted, SourceMetrics continued, List<Family> families) {
    List<Family> ever = families.stream().filter(Family.Ever.class::isInstance).toList();
    Map<String, Double> ends = values(counted, ever);
    Map<String, Double> goesOn = values(continued, ever);
    List<String> all = new ArrayList<>();
    for (String series : new TreeSet<>(goesOn.keySet())) {
      double end = ends.getOrDefault(series, 0.0);
      double on = goesOn.getOrDefault(series, 0.0);
      if (Double.compare(end, on) != 0) {
        all.add("%s ends at %s and goes on at %s".formatted(series, end, on));
      }
    }
    return all;
  }

  private static Map<String, Double> values(SourceMetrics metrics, List<Family> families) {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.samples(families).forEach(it -> values.put(series(it), it.value()));
    return values;
  }

  private static String series(Sample sample) {
    return sample.family() + sample.labels();
  }

  /** Those about single agents are served elsewhere, to whoever may see them. */
  private static List<Family> families(Wiring wiring) {
    return wiring.catalogue().families().stream()
        .filter(it -> !(it instanceof Family.AgentCounter))
        .toList();
  }

  /** What is to be told of it before it is used: for each oddity a sentence. */
  List<String> remarks() {
    return remarks;
  }

  /**
   * Adds what was shown at an instant.
   *
   * @param t not before the last one asked for
   * @param annals that are at this instant
   */
  void addTo(Annals annals, Instant t) {
    always.forEach(annals::add);
    Map<String, Instant> watermarks = new LinkedHashMap<>();
    for (Sweep sweep : sweeps) {
      sweep.advance(t);
      SourceMetrics shown = judge.over(sweep.evaluate(), outcomes);
      forms.forEach((family, form) -> annals.add(form, shown.shown(family)));
      watermarks.put(shown.source(), t);
    }
    MetricSnapshot upTo = SelfMetrics.watermarks(watermarks);
    if (wanted.test(upTo.getMetadata().getPrometheusName())) {
      annals.add(upTo);
    }
  }
}
