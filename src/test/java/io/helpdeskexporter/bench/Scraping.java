package io.helpdeskexporter.bench;

import io.helpdeskexporter.exposition.Exposition;
import io.helpdeskexporter.exposition.Format;
import io.helpdeskexporter.exposition.RuntimeMeters;
import io.helpdeskexporter.exposition.Scrape;
import io.micrometer.core.instrument.Clock;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * What an answer to Prometheus costs this process, beside a plain client library that holds the
 * same families and renders and compresses them each time.
 */
final class Scraping {
  private static final int WARM_UP = 300;
  private static final int TIMES = 300;

  private Scraping() {}

  /**
   * @param millis wall-clock, median
   * @param cpuMillis of the thread that answers, mean
   * @param bytes on the wire
   */
  record Cost(double millis, double cpuMillis, long bytes) {}

  /** From the snapshot as published; the runtime metrics, which are rendered anew, included. */
  static Cost ours(MetricSnapshots kpis) throws IOException {
    Exposition exposition = new Exposition(Clock.SYSTEM);
    try (RuntimeMeters _ = RuntimeMeters.bind(exposition.meters())) {
      exposition.publish(kpis);
      return cost(
          out -> exposition.scrape(Format.TEXT, Scrape.Encoding.GZIP).orElseThrow().writeTo(out));
    }
  }

  static Cost clientLibrary(MetricSnapshots kpis) throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    kpis.stream().forEach(family -> register(family, registry));
    PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    return cost(
        out -> {
          try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
            writer.write(zipped, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
          }
        });
  }

  /** Answers one scrape. */
  private interface Answer {
    void writeTo(OutputStream out) throws IOException;
  }

  private static Cost cost(Answer answer) throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Measured wall = new Measured();
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20);
    long cpuNanos = 0;
    for (int i = 0; i < WARM_UP + TIMES; i++) {
      out.reset();
      long cpuStart = threads.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      answer.writeTo(out);
      if (i >= WARM_UP) {
        wall.add(System.nanoTime() - start);
        cpuNanos += threads.getCurrentThreadCpuTime() - cpuStart;
      }
    }
    return new Cost(wall.medianMillis(), cpuNanos / 1e6 / TIMES, out.size());
  }

  // ---- the same families in the client library's own metrics

  private static void register(MetricSnapshot family, PrometheusRegistry registry) {
    String name = family.getMetadata().getName();
    String help = String.valueOf(family.getMetadata().getHelp());
    String[] labels = labelNames(family);
    switch (family) {
      case GaugeSnapshot f -> {
        Gauge gauge =
            Gauge.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
        f.getDataPoints().forEach(p -> gauge.labelValues(labelValues(p)).set(p.getValue()));
      }
      case CounterSnapshot f -> {
        Counter counter =
            Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
        f.getDataPoints().forEach(p -> counter.labelValues(labelValues(p)).inc(p.getValue()));
      }
      case HistogramSnapshot f -> {
        Histogram histogram =
            Histogram.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .classicOnly()
                .withoutExemplars()
                .classicUpperBounds(bounds(f))
                .register(registry);
        f.getDataPoints().forEach(p -> fill(p, histogram));
      }
      default -> throw new IllegalArgumentException("a family of another kind: " + name);
    }
  }

  /** One observation in each bucket will do: digits in a count hardly matter. */
  private static void fill(
      HistogramSnapshot.HistogramDataPointSnapshot point, Histogram histogram) {
    for (int i = 0; i < point.getClassicBuckets().size() - 1; i++) {
      histogram.labelValues(labelValues(point)).observe(point.getClassicBuckets().getUpperBound(i));
    }
  }

  private static double[] bounds(HistogramSnapshot family) {
    return family.getDataPoints().getFirst().getClassicBuckets().stream()
        .mapToDouble(bucket -> bucket.getUpperBound())
        .filter(Double::isFinite)
        .toArray();
  }

  private static String[] labelNames(MetricSnapshot family) {
    Labels labels = family.getDataPoints().getFirst().getLabels();
    return labels.stream().map(Label::getName).toArray(String[]::new);
  }

  private static String[] labelValues(DataPointSnapshot point) {
    return point.getLabels().stream().map(Label::getValue).toArray(String[]::new);
  }

  /** How many series Prometheus stores of some families. */
  static int series(MetricSnapshots families) {
    return families.stream()
        .map(MetricSnapshot::getDataPoints)
        .flatMap(List::stream)
        .mapToInt(
            point ->
                point instanceof HistogramSnapshot.HistogramDataPointSnapshot histogram
                    ? histogram.getClassicBuckets().size() + 2
                    : 1)
        .sum();
  }
}
