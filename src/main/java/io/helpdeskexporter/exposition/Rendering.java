package io.helpdeskexporter.exposition;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Snapshots to bytes. A part is what another part of the same answer may follow. */
final class Rendering {

  private static final byte[] OPENMETRICS_END = "# EOF\n".getBytes(StandardCharsets.UTF_8);

  /** Our own names are plain already; this is for names that a library registers. */
  private static final EscapingScheme ESCAPING = EscapingScheme.UNDERSCORE_ESCAPING;

  private static final ExpositionFormatWriter TEXT =
      PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();

  private static final ExpositionFormatWriter OPENMETRICS =
      OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(true).build();

  private Rendering() {}

  /** All of an answer: in OpenMetrics it ends with {@code # EOF}. */
  static byte[] whole(Format format, MetricSnapshots snapshots) {
    return switch (format) {
      case TEXT -> write(TEXT, snapshots);
      case OPENMETRICS -> write(OPENMETRICS, snapshots);
      case PROTOBUF -> Protobuf.delimited(snapshots, ESCAPING);
    };
  }

  /** The beginning of an answer, which a {@link #whole} one must follow. */
  static byte[] beginning(Format format, MetricSnapshots snapshots) {
    byte[] bytes = whole(format, snapshots);
    return switch (format) {
      case TEXT, PROTOBUF -> bytes;
      case OPENMETRICS -> withoutEnd(bytes);
    };
  }

  private static byte[] withoutEnd(byte[] openMetrics) {
    int length = openMetrics.length - OPENMETRICS_END.length;
    if (length < 0
        || Arrays.mismatch(
                OPENMETRICS_END, Arrays.copyOfRange(openMetrics, length, openMetrics.length))
            >= 0) {
      throw new IllegalStateException("the OpenMetrics writer did not end with # EOF");
    }
    return Arrays.copyOf(openMetrics, length);
  }

  private static byte[] write(ExpositionFormatWriter writer, MetricSnapshots snapshots) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(32 * 1024);
    try {
      writer.write(out, snapshots, ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return out.toByteArray();
  }
}
