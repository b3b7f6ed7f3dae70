package io.helpdeskexporter.exposition;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_35_0.Metrics;
import io.prometheus.metrics.expositionformats.internal.PrometheusProtobufWriterImpl;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.shaded.com_google_protobuf_4_35_0.Timestamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Delimited protobuf with the created timestamps of histograms and summaries, which the client
 * library's own writer leaves out (it writes those of counters only). Without them Prometheus
 * cannot tell a fresh histogram from an old one and loses its first increments.
 *
 * <p>The package names carry the version of the shaded protobuf library: after an upgrade of the
 * client library that moves it, two imports change and nothing else.
 */
final class Protobuf {

  private static final PrometheusProtobufWriterImpl WRITER = new PrometheusProtobufWriterImpl();

  private Protobuf() {}

  static byte[] delimited(MetricSnapshots snapshots, EscapingScheme escaping) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
    for (MetricSnapshot snapshot : snapshots) {
      if (snapshot.getDataPoints().isEmpty()) {
        continue;
      }
      try {
        withCreated(WRITER.convert(snapshot, escaping), snapshot).writeDelimitedTo(out);
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory cannot fail", e);
      }
    }
    return out.toByteArray();
  }

  private static Metrics.MetricFamily withCreated(
      Metrics.MetricFamily family, MetricSnapshot snapshot) {
    boolean histogram = snapshot instanceof HistogramSnapshot;
    if (!histogram && !(snapshot instanceof SummarySnapshot)) {
      return family;
    }
    List<? extends DataPointSnapshot> points = snapshot.getDataPoints();
    if (points.size() != family.getMetricCount()) {
      throw new IllegalStateException(
          "%s: %d data points, but %d metrics"
              .formatted(family.getName(), points.size(), family.getMetricCount()));
    }
    Metrics.MetricFamily.Builder builder = family.toBuilder();
    for (int i = 0; i < points.size(); i++) {
      if (points.get(i).hasCreatedTimestamp()) {
        Timestamp created = timestamp(points.get(i).getCreatedTimestampMillis());
        Metrics.Metric.Builder metric = builder.getMetricBuilder(i);
        if (histogram) {
          metric.getHistogramBuilder().setCreatedTimestamp(created);
        } else {
          metric.getSummaryBuilder().setCreatedTimestamp(created);
        }
      }
    }
    return builder.build();
  }

  private static Timestamp timestamp(long millis) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(millis, 1000L))
        .setNanos((int) Math.floorMod(millis, 1000L) * 1_000_000)
        .build();
  }
}
