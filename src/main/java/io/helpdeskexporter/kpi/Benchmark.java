package io.helpdeskexporter.kpi;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/**
 * What others reach, as somebody published it.
 *
 * @param level which of the others, such as median or top_quartile
 * @param value in the unit of the indicator
 * @param edition a year, or a year and a month
 */
public record Benchmark(
    Indicator indicator, String level, double value, String publisher, String edition) {

  /** What some of them show; no families if there are none. */
  public static List<MetricSnapshot> snapshots(List<Benchmark> benchmarks) {
    if (benchmarks.isEmpty()) {
      return List.of();
    }
    List<DataPointSnapshot> values =
        benchmarks.stream()
            .map(it -> point(it.value, "kpi", it.indicator.id(), "level", it.level))
            .toList();
    List<DataPointSnapshot> infos =
        benchmarks.stream()
            .map(
                it ->
                    Labels.of(
                        "edition", it.edition, "kpi", it.indicator.id(), "publisher", it.publisher))
            .distinct()
            .<DataPointSnapshot>map(labels -> new GaugeDataPointSnapshot(1, labels, null))
            .toList();
    return List.of(
        Snapshots.snapshot(Benchmarks.VALUE, values), Snapshots.snapshot(Benchmarks.INFO, infos));
  }

  private static DataPointSnapshot point(double value, String... labels) {
    return new GaugeDataPointSnapshot(value, Labels.of(labels), null);
  }
}
