package io.helpdeskexporter.kpi;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What several sources show, as the metric families that Prometheus reads. A family of which they
 * show the same as the time before is the same object, so that whoever renders it need not do so
 * again. For one thread at a time.
 */
public final class Snapshots {
  private static final String TOTAL = "_total";

  private final List<Last> families;

  public Snapshots(List<Family> families) {
    this.families = families.stream().map(Last::new).toList();
  }

  /**
   * One family of each kind over all sources, by name, then by labels; families without any sample
   * are left out.
   */
  public MetricSnapshots of(List<SourceMetrics> sources) {
    return new MetricSnapshots(
        families.stream().flatMap(family -> family.next(sources).stream()).toList());
  }

  /** A family without any sample, as what it is served as. */
  public static MetricSnapshot empty(Family family) {
    return snapshot(family, List.of());
  }

  static MetricSnapshot snapshot(Family family, List<DataPointSnapshot> points) {
    MetricMetadata metadata = metadata(family);
    return switch (family) {
      case Family.Counter _, Family.SumCounter _, Family.AgentCounter _ ->
          new CounterSnapshot(metadata, of(CounterDataPointSnapshot.class, points));
      case Family.Histogram _ ->
          new HistogramSnapshot(metadata, of(HistogramDataPointSnapshot.class, points));
      case Family.Now _, Family.Report _, Family.Forecast _, Family.SlaTargets _, Family.Judged _ ->
          new GaugeSnapshot(metadata, of(GaugeDataPointSnapshot.class, points));
    };
  }

  /** The writers put {@code _total} on counters themselves, and the unit must end the name. */
  private static MetricMetadata metadata(Family family) {
    String name = family.name();
    boolean counter = family instanceof Family.Ever && !(family instanceof Family.Histogram);
    if (counter != name.endsWith(TOTAL)) {
      throw new IllegalArgumentException("family " + name + ": counters end in _total, no others");
    }
    String base = counter ? name.substring(0, name.length() - TOTAL.length()) : name;
    return base.endsWith("_seconds")
        ? new MetricMetadata(base, family.help(), Unit.SECONDS)
        : new MetricMetadata(base, family.help());
  }

  private static <P extends DataPointSnapshot> List<P> of(
      Class<P> kind, List<DataPointSnapshot> points) {
    return points.stream().map(kind::cast).toList();
  }

  /** A family as it was last shown. */
  private static final class Last {
    private final Family family;
    private List<DataPointSnapshot> points = List.of();
    private Optional<MetricSnapshot> snapshot = Optional.empty();

    Last(Family family) {
      this.family = family;
    }

    Optional<MetricSnapshot> next(List<SourceMetrics> sources) {
      List<DataPointSnapshot> shown = new ArrayList<>(points.size());
      sources.forEach(source -> shown.addAll(source.shown(family)));
      // A point is equal to none but itself, and does not change.
      if (!shown.equals(points)) {
        snapshot =
            shown.isEmpty() ? Optional.empty() : Optional.of(Snapshots.snapshot(family, shown));
        points = shown;
      }
      return snapshot;
    }
  }
}
