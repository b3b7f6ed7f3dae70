package io.helpdeskexporter.kpi;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that one source shows as of one instant. Immutable.
 *
 * @param stale not heard of for too long: what it says of the present is then not shown
 * @param points by name of the family, ordered by their labels; empty for families that are absent
 * @param overflowing how many values did not fit, by label
 * @param due tickets whose promises are broken next, the soonest first; empty unless asked for
 */
public record SourceMetrics(
    String source,
    Instant asOf,
    boolean stale,
    Map<String, List<DataPointSnapshot>> points,
    Map<String, Integer> overflowing,
    List<Due> due) {
  public SourceMetrics {
    points = Collections.unmodifiableMap(points);
    overflowing = Map.copyOf(overflowing);
    due = List.copyOf(due);
  }

  /** Of one that was not asked what is due. */
  public SourceMetrics(
      String source,
      Instant asOf,
      boolean stale,
      Map<String, List<DataPointSnapshot>> points,
      Map<String, Integer> overflowing) {
    this(source, asOf, stale, points, overflowing, List.of());
  }

  /** The same, not heard of for too long. */
  public SourceMetrics staled() {
    return new SourceMetrics(source, asOf, true, points, overflowing, due);
  }

  /** The same with more series. */
  SourceMetrics with(Map<String, List<DataPointSnapshot>> more) {
    Map<String, List<DataPointSnapshot>> all = new LinkedHashMap<>(points);
    all.putAll(more);
    return new SourceMetrics(source, asOf, stale, all, overflowing, due);
  }

  /** How many series Prometheus stores of it. */
  public int series(List<Family> families) {
    return families.stream().flatMap(f -> shown(f).stream()).mapToInt(SourceMetrics::width).sum();
  }

  /**
   * One value of a family.
   *
   * @param family its name; of histograms, there are {@code _count} and {@code _sum}
   */
  public record Sample(String family, Map<String, String> labels, double value) {}

  /** All values of some families, without the buckets of histograms. */
  public Stream<Sample> samples(List<Family> families) {
    return families.stream().flatMap(f -> shown(f).stream().flatMap(p -> samples(f.name(), p)));
  }

  /** What a family shows, now that the source is or is not heard of. */
  public List<DataPointSnapshot> shown(Family family) {
    boolean absent =
        stale
            && (family instanceof Family.Now
                || family instanceof Family.Report
                || family instanceof Family.Forecast);
    return absent ? List.of() : points.getOrDefault(family.name(), List.of());
  }

  private static Stream<Sample> samples(String name, DataPointSnapshot point) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (Label label : point.getLabels()) {
      labels.put(label.getName(), label.getValue());
    }
    return switch (point) {
      case GaugeDataPointSnapshot p -> Stream.of(new Sample(name, labels, p.getValue()));
      case CounterDataPointSnapshot p -> Stream.of(new Sample(name, labels, p.getValue()));
      case HistogramDataPointSnapshot p ->
          Stream.of(
              new Sample(name + "_count", labels, p.getCount()),
              new Sample(name + "_sum", labels, p.getSum()));
      default -> throw new IllegalStateException("neither gauge, counter nor histogram: " + point);
    };
  }

  private static int width(DataPointSnapshot point) {
    return point instanceof HistogramDataPointSnapshot p ? p.getClassicBuckets().size() + 2 : 1;
  }
}
