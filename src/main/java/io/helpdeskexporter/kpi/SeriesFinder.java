package io.helpdeskexporter.kpi;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds the series that an observation or a contribution feeds, by giving it, alone, to an {@link
 * Engine}: what the engine then shows is what it adds, under the very names, labels, buckets and
 * windows of a scrape. Confined to one thread.
 */
public final class SeriesFinder {
  private static final String STAT = "stat";

  private final String source;
  private final List<Family> families;
  private final Reporting reporting;
  private final LabelBudget budget;
  private final Instant asOf;

  /**
   * @param families those that the source fills
   * @param budget of the source; values that are shown have been admitted already
   */
  public SeriesFinder(
      String source, List<Family> families, Reporting reporting, LabelBudget budget, Instant asOf) {
    this.source = source;
    this.families = List.copyOf(families);
    this.reporting = reporting;
    this.budget = budget;
    this.asOf = asOf;
  }

  /** What it added to counters and histograms when it was counted. */
  public List<FedSeries> ever(Observation observation) {
    return found(
        family ->
            family instanceof Family.Ever it
                && it.measure().name().equals(observation.measure().name()),
        new TicketDelta("", List.of(), List.of(), List.of(observation), List.of()),
        asOf);
  }

  /** What it adds to windows now. */
  public List<FedSeries> windows(Observation observation) {
    return found(
        family ->
            family instanceof Family.Report it
                && it.measure().name().equals(observation.measure().name()),
        new TicketDelta("", List.of(), List.of(observation), List.of(), List.of()),
        asOf);
  }

  /** What it adds to gauges now; or, if it has not begun, as soon as it begins. */
  public List<FedSeries> gauges(Contribution contribution) {
    return found(
        family ->
            family instanceof Family.Now it
                && it.level().name().equals(contribution.level().name()),
        new TicketDelta("", List.of(), List.of(), List.of(), List.of(contribution)),
        contribution.from().isAfter(asOf) ? contribution.from() : asOf);
  }

  private List<FedSeries> found(Predicate<Family> which, TicketDelta delta, Instant at) {
    List<Family> of = families.stream().filter(which).toList();
    if (of.isEmpty()) {
      return List.of();
    }
    Engine engine = new Engine(source, of, reporting, budget, at);
    SourceMetrics before = engine.evaluate();
    engine.apply(delta);
    SourceMetrics after = engine.evaluate();
    List<FedSeries> all = new ArrayList<>();
    for (Family family : of) {
      List<DataPointSnapshot> changed = new ArrayList<>(after.points().get(family.name()));
      changed.removeAll(before.points().get(family.name()));
      all.addAll(fed(family, changed));
    }
    return all;
  }

  private static List<FedSeries> fed(Family family, List<DataPointSnapshot> points) {
    return switch (family) {
      case Family.Counter _, Family.SumCounter _ -> amounts(family, FedSeries.Kind.COUNTER, points);
      case Family.Histogram _ -> points.stream().map(it -> histogram(family, it)).toList();
      case Family.WindowCount _, Family.WindowSum _ ->
          amounts(family, FedSeries.Kind.WINDOW, points);
      case Family.Gauge _, Family.Sum _ -> amounts(family, FedSeries.Kind.GAUGE, points);
      case Family.WindowDistinct _, Family.Earliest _ ->
          amounts(family, FedSeries.Kind.ONE_OF, points);
      case Family.WindowSeconds _ -> statistics(family, points);
      // About a person, whose share in a single ticket is nobody's business.
      case Family.AgentCounter _ -> List.of();
      case Family.Judged _, Family.Forecast _, Family.SlaTargets _ -> List.of();
    };
  }

  /** What adds nothing, such as an answer that is not positive to those that are, feeds nothing. */
  private static List<FedSeries> amounts(
      Family family, FedSeries.Kind kind, List<DataPointSnapshot> points) {
    return points.stream()
        .map(
            it ->
                new FedSeries(
                    family.name(),
                    labels(it.getLabels()),
                    List.of(),
                    kind,
                    BigDecimal.valueOf(value(it)),
                    OptionalDouble.empty()))
        .filter(it -> it.amount().signum() != 0)
        .toList();
  }

  private static FedSeries histogram(Family family, DataPointSnapshot point) {
    HistogramDataPointSnapshot histogram = (HistogramDataPointSnapshot) point;
    ClassicHistogramBuckets buckets = histogram.getClassicBuckets();
    double limit = Double.POSITIVE_INFINITY;
    for (int i = buckets.size() - 1; i >= 0; i--) {
      limit = buckets.getCount(i) > 0 ? buckets.getUpperBound(i) : limit;
    }
    return new FedSeries(
        family.name(),
        labels(point.getLabels()),
        List.of(),
        FedSeries.Kind.HISTOGRAM,
        BigDecimal.valueOf(histogram.getSum()),
        OptionalDouble.of(limit));
  }

  /** All statistics of one window together. */
  private static List<FedSeries> statistics(Family family, List<DataPointSnapshot> points) {
    Map<SortedMap<String, String>, List<String>> stats = new LinkedHashMap<>();
    Map<SortedMap<String, String>, Double> values = new HashMap<>();
    for (DataPointSnapshot point : points) {
      SortedMap<String, String> labels = labels(point.getLabels());
      String stat = labels.remove(STAT);
      stats.computeIfAbsent(labels, _ -> new ArrayList<>()).add(String.valueOf(stat));
      values.put(labels, value(point));
    }
    return stats.entrySet().stream()
        .map(
            it ->
                new FedSeries(
                    family.name(),
                    it.getKey(),
                    it.getValue(),
                    FedSeries.Kind.ONE_OF,
                    BigDecimal.valueOf(values.getOrDefault(it.getKey(), 0.0)),
                    OptionalDouble.empty()))
        .toList();
  }

  private static double value(DataPointSnapshot point) {
    return switch (point) {
      case GaugeDataPointSnapshot p -> p.getValue();
      case CounterDataPointSnapshot p -> p.getValue();
      default -> throw new IllegalStateException("neither gauge nor counter: " + point);
    };
  }

  private static SortedMap<String, String> labels(Labels of) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (Label label : of) {
      labels.put(label.getName(), label.getValue());
    }
    return labels;
  }
}
