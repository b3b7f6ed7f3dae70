package io.helpdeskexporter.sync;

import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many series each source has, beside how many it should have at most. The budget takes no
 * series away: which ones would depend on what came first, and a counter that moved to another
 * label would fall. It says when labels, windows or quantiles are to be fewer.
 */
final class SeriesBudget {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesBudget.class);

  private final int limit;
  private final List<Family> families;
  private final Set<String> over = new HashSet<>();

  /**
   * @param limit series of one source
   */
  SeriesBudget(int limit, List<Family> families) {
    this.limit = limit;
    this.families = List.copyOf(families);
  }

  /** The use, by source, and the budget; logs once when a source comes to exceed it. */
  List<GaugeSnapshot> of(List<SourceMetrics> metrics) {
    GaugeSnapshot.Builder used =
        GaugeSnapshot.builder()
            .name("helpdesk_exporter_series")
            .help(
                "Series that a source's KPI families have at present, buckets included, cached,"
                    + " refreshed every poll.");
    for (SourceMetrics source : metrics) {
      int series = source.series(families);
      warn(source.source(), series);
      used.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(Labels.of("source", source.source()))
              .value(series)
              .build());
    }
    GaugeSnapshot budget =
        GaugeSnapshot.builder()
            .name("helpdesk_exporter_series_budget")
            .help("Series that one source should have at most, as configured.")
            .dataPoint(GaugeDataPointSnapshot.builder().value(limit).build())
            .build();
    return List.of(used.build(), budget);
  }

  private void warn(String source, int series) {
    if (series <= limit) {
      over.remove(source);
    } else if (over.add(source)) {
      LOG.warn(
          "source {}: {} series, which is more than labels.max_series_per_source ({}); fewer"
              + " reporting.windows or reporting.quantiles, or a lower labels.max_teams, make them"
              + " fewer",
          source,
          series,
          limit);
    }
  }
}
