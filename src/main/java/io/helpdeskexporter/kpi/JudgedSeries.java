package io.helpdeskexporter.kpi;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The series that one source gets by judging what it shows. */
final class JudgedSeries {
  private final String source;
  private final Map<String, List<DataPointSnapshot>> points = new LinkedHashMap<>();

  JudgedSeries(String source) {
    this.source = source;
  }

  /**
   * @param labels names and values beside the source's
   */
  void add(Family.Judged family, double value, String... labels) {
    points
        .computeIfAbsent(family.name(), _ -> new ArrayList<>())
        .add(
            new GaugeDataPointSnapshot(
                value, Labels.of(labels).merge(Labels.of("source", source)), null));
  }

  /** By name of the family, ordered by their labels. */
  Map<String, List<DataPointSnapshot>> points() {
    points.values().forEach(it -> it.sort(Comparator.comparing(DataPointSnapshot::getLabels)));
    return points;
  }
}
