package io.helpdeskexporter.exposition;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The KPI families of one refresh, checked, and the cuts of them that requests ask for. */
record Kpis(MetricSnapshots families) {

  /** Whatever starts with this belongs to the KPI snapshot, and the snapshot holds nothing else. */
  static final String PREFIX = "helpdesk_";

  private static final String SOURCE = "source";

  Kpis {
    requireReservedNames(families);
    requireDistinctSampleNames(families);
  }

  /** The families whose name passes. */
  MetricSnapshots named(Predicate<String> name) {
    return new MetricSnapshots(
        families.stream()
            .filter(family -> name.test(family.getMetadata().getPrometheusName()))
            .toList());
  }

  /** The data points of one source; families without any are left out. */
  MetricSnapshots of(String source) {
    return new MetricSnapshots(
        families.stream()
            .map(family -> of(source, family))
            .filter(family -> !family.getDataPoints().isEmpty())
            .toList());
  }

  private static MetricSnapshot of(String source, MetricSnapshot family) {
    return switch (family) {
      case CounterSnapshot f -> new CounterSnapshot(f.getMetadata(), of(source, f.getDataPoints()));
      case GaugeSnapshot f -> new GaugeSnapshot(f.getMetadata(), of(source, f.getDataPoints()));
      case HistogramSnapshot f ->
          new HistogramSnapshot(
              f.isGaugeHistogram(), f.getMetadata(), of(source, f.getDataPoints()));
      case SummarySnapshot f -> new SummarySnapshot(f.getMetadata(), of(source, f.getDataPoints()));
      case InfoSnapshot f -> new InfoSnapshot(f.getMetadata(), of(source, f.getDataPoints()));
      case StateSetSnapshot f ->
          new StateSetSnapshot(f.getMetadata(), of(source, f.getDataPoints()));
      case UnknownSnapshot f -> new UnknownSnapshot(f.getMetadata(), of(source, f.getDataPoints()));
      // The library's hierarchy is closed in fact but not declared sealed.
      default -> throw new IllegalArgumentException("unknown kind of family: " + family.getClass());
    };
  }

  private static <P extends DataPointSnapshot> List<P> of(String source, Collection<P> points) {
    return points.stream().filter(p -> source.equals(p.getLabels().get(SOURCE))).toList();
  }

  private static void requireReservedNames(MetricSnapshots families) {
    for (MetricSnapshot family : families) {
      String name = family.getMetadata().getPrometheusName();
      if (!name.startsWith(PREFIX)) {
        throw new IllegalArgumentException(
            "family %s: a KPI family's name starts with %s; other names belong to the runtime metrics"
                .formatted(name, PREFIX));
      }
    }
  }

  /**
   * Two families may not expose a sample of one name, as a gauge {@code x_total} beside a counter
   * {@code x} would.
   */
  private static void requireDistinctSampleNames(MetricSnapshots families) {
    Map<String, String> owners = new HashMap<>();
    for (MetricSnapshot family : families) {
      String name = family.getMetadata().getPrometheusName();
      for (String suffix : suffixes(family)) {
        String owner = owners.putIfAbsent(name + suffix, name);
        if (owner != null) {
          throw new IllegalArgumentException(
              "families %s and %s both expose %s".formatted(owner, name, name + suffix));
        }
      }
    }
  }

  private static List<String> suffixes(MetricSnapshot family) {
    return switch (family) {
      case CounterSnapshot f -> List.of("", "_total", "_created");
      case HistogramSnapshot f -> List.of("", "_bucket", "_count", "_sum", "_created");
      case SummarySnapshot f -> List.of("", "_count", "_sum", "_created");
      case InfoSnapshot f -> List.of("", "_info");
      default -> List.of("");
    };
  }
}
