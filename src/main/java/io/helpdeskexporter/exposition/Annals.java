package io.helpdeskexporter.exposition;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was shown at one instant after another, as one text in the OpenMetrics format with a time on
 * each sample, which {@code promtool tsdb create-blocks-from openmetrics} reads. No family is
 * interleaved with another, and within a series times rise:
 *
 * <pre>
 *   # TYPE helpdesk_tickets_unsolved gauge
 *   helpdesk_tickets_unsolved{instance="exporter:9853",job="helpdesk",source="acme"} 7.0 1772438400
 *   helpdesk_tickets_unsolved{instance="exporter:9853",job="helpdesk",source="acme"} 8.0 1772438700
 *   # EOF
 * </pre>
 *
 * <p>Neither when a counter began is told, because what a scrape tells of that is about the
 * process, nor native histograms, which promtool cannot store.
 */
public final class Annals {
  private final Labels more;
  private final Map<String, Chapter> chapters = new TreeMap<>();
  private final List<byte[]> times = new ArrayList<>();
  private Instant last = Instant.MIN;

  /**
   * Nothing yet.
   *
   * @param more labels that Prometheus would put on every series when it scrapes
   */
  public Annals(Labels more) {
    this.more = more;
  }

  /**
   * Goes on with what was shown at a later instant.
   *
   * @param at in whole seconds
   * @throws IllegalArgumentException if time does not rise, or for kinds of metrics that KPIs are
   *     not shown as
   */
  public void add(Instant at, MetricSnapshots shown) {
    if (!at.isAfter(last) || at.getNano() != 0) {
      throw new IllegalArgumentException(
          "%s after %s; allowed: rising whole seconds".formatted(at, last));
    }
    last = at;
    times.add(bytes(" " + at.getEpochSecond() + "\n"));
    for (MetricSnapshot family : shown) {
      chapters
          .computeIfAbsent(family.getMetadata().getPrometheusName(), _ -> new Chapter(family))
          .add(family, times.size() - 1);
    }
  }

  public boolean isEmpty() {
    return times.isEmpty();
  }

  /** Writes all of it. Gives how many samples that were. */
  public long writeTo(OutputStream out) throws IOException {
    long samples = 0;
    for (Chapter chapter : chapters.values()) {
      samples += chapter.writeTo(out);
    }
    out.write(bytes("# EOF\n"));
    return samples;
  }

  /** One family. */
  private final class Chapter {
    private final String name;
    private final byte[] head;
    private final Map<Labels, Course> courses = new HashMap<>();

    /** Those of the last instant in its order, which is mostly that of the next one, too. */
    private List<Course> order = List.of();

    Chapter(MetricSnapshot family) {
      MetricMetadata metadata = family.getMetadata();
      name = metadata.getPrometheusName();
      head = bytes(head(metadata, kind(family)));
    }

    void add(MetricSnapshot family, int time) {
      List<? extends DataPointSnapshot> points = family.getDataPoints();
      List<Course> next = new ArrayList<>(points.size());
      for (int i = 0; i < points.size(); i++) {
        DataPointSnapshot point = points.get(i);
        Course course =
            i < order.size() && order.get(i).labels == point.getLabels()
                ? order.get(i)
                : courses.computeIfAbsent(point.getLabels(), Course::new);
        course.put(time, point);
        next.add(course);
      }
      order = next;
    }

    long writeTo(OutputStream out) throws IOException {
      out.write(head);
      long samples = 0;
      for (Course course : new TreeMap<>(courses).values()) {
        samples += course.writeTo(name, out);
      }
      return samples;
    }
  }

  /** One series, or the series of one histogram. */
  private final class Course {
    private final Labels labels;

    /** By time; absent where there is none. */
    private @Nullable DataPointSnapshot[] points = new DataPointSnapshot[16];

    Course(Labels labels) {
      this.labels = labels;
    }

    void put(int time, DataPointSnapshot point) {
      if (time >= points.length) {
        points = Arrays.copyOf(points, Math.max(time + 1, 2 * points.length));
      }
      points[time] = point;
    }

    long writeTo(String family, OutputStream out) throws IOException {
      long samples = 0;
      @Nullable DataPointSnapshot before = null;
      List<byte[]> lines = List.of();
      for (int time = 0; time < points.length; time++) {
        DataPointSnapshot point = points[time];
        if (point != null) {
          if (point != before) {
            lines = lines(family, point);
            before = point;
          }
          for (byte[] line : lines) {
            out.write(line);
            out.write(times.get(time));
          }
          samples += lines.size();
        }
      }
      return samples;
    }

    /** The samples of a point without their time, which most points share with the next. */
    private List<byte[]> lines(String family, DataPointSnapshot point) {
      return switch (point) {
        case GaugeDataPointSnapshot it -> List.of(line(family, "", it.getValue()));
        case CounterDataPointSnapshot it -> List.of(line(family + "_total", "", it.getValue()));
        case HistogramDataPointSnapshot it -> histogram(family, it);
        default -> throw new IllegalArgumentException("not shown of any KPI: " + point);
      };
    }

    private List<byte[]> histogram(String family, HistogramDataPointSnapshot point) {
      List<byte[]> lines = new ArrayList<>(point.getClassicBuckets().size() + 2);
      long[] below = {0};
      point
          .getClassicBuckets()
          .forEach(
              bucket -> {
                below[0] += bucket.getCount();
                String limit = ",le=\"" + number(bucket.getUpperBound()) + '"';
                lines.add(line(family + "_bucket", limit, below[0]));
              });
      lines.add(line(family + "_count", "", point.getCount()));
      lines.add(line(family + "_sum", "", point.getSum()));
      return lines;
    }

    private byte[] line(String sample, String limit, double value) {
      StringBuilder text = new StringBuilder(160).append(sample);
      char separator = '{';
      for (Label label : labels.merge(more)) {
        text.append(separator).append(label.getName()).append("=\"");
        escape(label.getValue(), text);
        text.append('"');
        separator = ',';
      }
      text.append(limit).append("} ").append(number(value));
      return bytes(text.toString());
    }
  }

  // ---- the format

  private static String kind(MetricSnapshot family) {
    return switch (family) {
      case GaugeSnapshot _ -> "gauge";
      case CounterSnapshot _ -> "counter";
      case HistogramSnapshot _ -> "histogram";
      default ->
          throw new IllegalArgumentException(
              "not shown of any KPI: " + family.getMetadata().getName());
    };
  }

  private static String head(MetricMetadata metadata, String kind) {
    String name = metadata.getPrometheusName();
    StringBuilder text = new StringBuilder();
    text.append("# TYPE ").append(name).append(' ').append(kind).append('\n');
    if (metadata.getUnit() != null) {
      text.append("# UNIT ").append(name).append(' ').append(metadata.getUnit()).append('\n');
    }
    if (metadata.getHelp() != null) {
      text.append("# HELP ").append(name).append(' ');
      escape(metadata.getHelp(), text);
      text.append('\n');
    }
    return text.toString();
  }

  private static void escape(String value, StringBuilder text) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '"' -> text.append("\\\"");
        case '\n' -> text.append("\\n");
        default -> text.append(c);
      }
    }
  }

  /** As the format wants it; limits of buckets have to look as those of a scrape do. */
  private static String number(double value) {
    return value == Double.POSITIVE_INFINITY
        ? "+Inf"
        : value == Double.NEGATIVE_INFINITY ? "-Inf" : Double.toString(value);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
