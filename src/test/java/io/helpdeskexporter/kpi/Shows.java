package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.Definitions;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a source shows, said gauge by gauge. */
final class Shows {
  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final Map<String, List<DataPointSnapshot>> points = new LinkedHashMap<>();
  private Instant asOf = NOON;

  /** Of a source that has all families of the catalogue, and nothing in them. */
  static Shows nothing() {
    Shows shows = new Shows();
    Catalogue.of(Definitions.DEFAULT)
        .families()
        .forEach(family -> shows.points.put(family.name(), new ArrayList<>()));
    return shows;
  }

  /** The source does not have a family at all. */
  Shows without(String family) {
    points.remove(family);
    return this;
  }

  Shows with(String family, double value, String... labels) {
    points
        .computeIfAbsent(family, _ -> new ArrayList<>())
        .add(
            new GaugeDataPointSnapshot(
                value, Labels.of(labels).merge(Labels.of("source", "acme")), null));
    return this;
  }

  /** A median of all of the source. */
  Shows median(String family, String window, double seconds) {
    return with(family, seconds, "stat", "p50", "window", window)
        .with(family, 99 * seconds, "stat", "p90", "window", window);
  }

  /** A count of all of the source. */
  Shows count(String family, String window, double count) {
    return with(family, count, "window", window);
  }

  Shows asOf(Instant t) {
    asOf = t;
    return this;
  }

  SourceMetrics metrics() {
    return new SourceMetrics("acme", asOf, false, new LinkedHashMap<>(points), Map.of());
  }
}
