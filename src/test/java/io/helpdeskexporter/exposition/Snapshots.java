package io.helpdeskexporter.exposition;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.time.Instant;

/** KPI snapshots small enough to read. */
public final class Snapshots {

  private static final long CREATED = Instant.parse("2026-03-02T08:00:00.250Z").toEpochMilli();

  private Snapshots() {}

  /** One family of each kind the exporter has; two sources where a source matters. */
  public static MetricSnapshots ofEachKind() {
    return new MetricSnapshots(build(), unsolved(), replies(), firstResponse(), handling());
  }

  /** A gauge for each of so many sources, all with one value. */
  public static MetricSnapshots gauges(int count, double value) {
    return new MetricSnapshots(gauge("helpdesk_tickets_unsolved", count, value));
  }

  /** The same under another name, alone. */
  static MetricSnapshot gauge(String name, int count, double value) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help("Unsolved tickets.");
    for (int i = 0; i < count; i++) {
      gauge.dataPoint(gauge(value, "source", "s%04d".formatted(i)));
    }
    return gauge.build();
  }

  private static InfoSnapshot build() {
    return InfoSnapshot.builder()
        .name("helpdesk_exporter_build")
        .help("What was built.")
        .dataPoint(
            InfoSnapshot.InfoDataPointSnapshot.builder()
                .labels(Labels.of("version", "1.2.3"))
                .build())
        .build();
  }

  private static GaugeSnapshot unsolved() {
    return GaugeSnapshot.builder()
        .name("helpdesk_tickets_unsolved")
        .help("Unsolved tickets.")
        .dataPoint(gauge(7, "source", "acme", "team", "First \"line\"\nof support\\"))
        .dataPoint(gauge(3, "source", "globex", "team", "none"))
        .build();
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot gauge(double value, String... labels) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder()
        .labels(Labels.of(labels))
        .value(value)
        .build();
  }

  private static CounterSnapshot replies() {
    return CounterSnapshot.builder()
        .name("helpdesk_replies")
        .help("Public human replies.")
        .dataPoint(
            CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(Labels.of("source", "acme"))
                .value(42)
                .createdTimestampMillis(CREATED)
                .build())
        .build();
  }

  private static HistogramSnapshot firstResponse() {
    return HistogramSnapshot.builder()
        .name("helpdesk_ticket_first_response_seconds")
        .help("Time from creation to the first public human reply.")
        .dataPoint(
            HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .labels(Labels.of("source", "acme"))
                .classicHistogramBuckets(
                    ClassicHistogramBuckets.of(
                        new double[] {900, 3600, Double.POSITIVE_INFINITY}, new Number[] {2, 1, 0}))
                .sum(1830.5)
                .createdTimestampMillis(CREATED)
                .build())
        .build();
  }

  private static HistogramSnapshot handling() {
    return HistogramSnapshot.builder()
        .name("helpdesk_ticket_handling_seconds")
        .help("Time worked on a ticket, in both kinds of buckets.")
        .dataPoint(
            HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .labels(Labels.of("source", "globex"))
                .classicHistogramBuckets(
                    ClassicHistogramBuckets.of(
                        new double[] {60, Double.POSITIVE_INFINITY}, new Number[] {1, 1}))
                .nativeSchema(0)
                .nativeBucketsForPositiveValues(
                    NativeHistogramBuckets.of(new int[] {6, 7}, new long[] {1, 1}))
                .sum(150)
                .createdTimestampMillis(CREATED)
                .build())
        .build();
  }
}
