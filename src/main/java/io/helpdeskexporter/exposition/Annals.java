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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
   * Goes on at a later instant, of which nothing is known yet.
   *
   * @param next in whole seconds
   * @throws IllegalArgumentException if time does not rise
   */
  public void goOnAt(Instant next) {
    if (!next.isAfter(last) || next.getNano() != 0) {
      throw new IllegalArgumentException(
          "%s after %s; allowed: rising whole seconds".formatted(next, last));
    }
    last = next;
    times.add(bytes(" " + next.getEpochSecond() + "\n"));
  }

  /** Takes in what a family shows at the instant. */
  public void add(MetricSnapshot family) {
    add(family, family.getDataPoints());
  }

  /**
   * Takes in some of what a family shows at the instant.
   *
   * @param form of the family, with or without points of its own
   * @param points fastest in the order of the instant before
   * @throws IllegalArgumentException for kinds of metrics that KPIs are not shown as
   */
  public void add(MetricSnapshot form, List<? extends DataPointSnapshot> points) {
    if (!points.isEmpty()) {
      chapters
          .computeIfAbsent(form.getMetadata().getPrometheusName(), _ -> new Chapter(form))
          .add(points, times.size() - 1);
    }
  }

  /** Writes all that was added since the last call. Gives how many samples that were. */
  public long writeTo(OutputStream out) throws IOException {
    long samples = 0;
    for (Chapter chapter : chapters.values()) {
      samples += chapter.writeTo(out);
    }
    out.write(bytes("# EOF\n"));
    chapters.values().removeIf(chapter -> chapter.courses.isEmpty());
    times.clear();
    return samples;
  }

  /** One family. */
  private final class Chapter {
    private final String name;
    private final byte[] head;
    private final Map<Labels, Course> courses = new HashMap<>();

    /** Those of the instant before, whose order is mostly that of the next one, too. */
    private List<Course> before = List.of();

    private List<Course> now = new ArrayList<>();
    private int time;

    Chapter(MetricSnapshot family) {
      MetricMetadata metadata = family.getMetadata();
      name = metadata.getPrometheusName();
      head = bytes(head(metadata, kind(family)));
    }

    void add(List<? extends DataPointSnapshot> points, int at) {
      if (at != time) {
        before = now;
        now = new ArrayList<>(before.size());
        time = at;
      }
      for (DataPointSnapshot point : points) {
        int place = now.size();
        Course course =
            place < before.size() && before.get(place).isOf(point.getLabels())
                ? before.get(place)
                : courses.computeIfAbsent(point.getLabels(), Course::new);
        course.put(at, point);
        now.add(course);
      }
    }

    long writeTo(OutputStream out) throws IOException {
      courses.values().removeIf(course -> course.isOver());
      if (courses.isEmpty()) {
        return 0;
      }
      out.write(head);
      long samples = 0;
      for (Course course : new TreeMap<>(courses).values()) {
        samples += course.writeTo(name, out);
      }
      before = List.of();
      now = new ArrayList<>();
      return samples;
    }
  }

  /** One series, or the series of one histogram. */
  private final class Course {
    private final Labels labels;

    /** By time; absent where there is none. */
    private @Nullable DataPointSnapshot[] points = new DataPointSnapshot[24];

    /** Names and labels of the samples of a point, which are made out once. */
    private List<byte[]> heads = List.of();

    Course(Labels labels) {
      this.labels = labels;
    }

    /** Mostly it is the very same object, and only then is it known without a closer look. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(Labels others) {
      return labels == others;
    }

    void put(int time, DataPointSnapshot point) {
      if (time >= points.length) {
        points = Arrays.copyOf(points, Math.max(time + 1, 2 * points.length));
      }
      points[time] = point;
    }

    /** Whether there was nothing of it since the last writing. */
    boolean isOver() {
      return Arrays.stream(points).allMatch(Objects::isNull);
    }

    long writeTo(String family, OutputStream out) throws IOException {
      long samples = 0;
      @Nullable DataPointSnapshot before = null;
      List<byte[]> values = List.of();
      for (int time = 0; time < points.length; time++) {
        @Nullable DataPointSnapshot point = points[time];
        if (point != null) {
          if (isAnother(point, before)) {
            values = values(point);
            heads = heads.size() == values.size() ? heads : heads(family, point);
            before = point;
          }
          for (int i = 0; i < values.size(); i++) {
            out.write(heads.get(i));
            out.write(values.get(i));
            out.write(times.get(time));
          }
          samples += values.size();
        }
      }
      Arrays.fill(points, null);
      return samples;
    }

    /** What has not changed from one instant to the next is the same object. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isAnother(DataPointSnapshot point, @Nullable DataPointSnapshot before) {
      return point != before;
    }

    private List<byte[]> heads(String family, DataPointSnapshot point) {
      return switch (point) {
        case GaugeDataPointSnapshot _ -> List.of(head(family, ""));
        case CounterDataPointSnapshot _ -> List.of(head(family + "_total", ""));
        case HistogramDataPointSnapshot it -> {
          List<byte[]> all = new ArrayList<>();
          it.getClassicBuckets()
              .forEach(
                  bucket ->
                      all.add(
                          head(
                              family + "_bucket",
                              ",le=\"" + number(bucket.getUpperBound()) + '"')));
          all.add(head(family + "_count", ""));
          all.add(head(family + "_sum", ""));
          yield all;
        }
        default -> throw unknown(point);
      };
    }

    private byte[] head(String sample, String limit) {
      StringBuilder text = new StringBuilder(160).append(sample);
      char separator = '{';
      for (Label label : labels.merge(more)) {
        text.append(separator).append(label.getName()).append("=\"");
        escape(label.getValue(), text);
        text.append('"');
        separator = ',';
      }
      return bytes(text.append(limit).append("} ").toString());
    }
  }

  /** The samples of a point, cumulative in buckets, in the order of their heads. */
  private static List<byte[]> values(DataPointSnapshot point) {
    return switch (point) {
      case GaugeDataPointSnapshot it -> List.of(bytes(number(it.getValue())));
      case CounterDataPointSnapshot it -> List.of(bytes(number(it.getValue())));
      case HistogramDataPointSnapshot it -> {
        List<byte[]> all = new ArrayList<>(it.getClassicBuckets().size() + 2);
        long below = 0;
        for (int i = 0; i < it.getClassicBuckets().size(); i++) {
          below += it.getClassicBuckets().getCount(i);
          all.add(bytes(Long.toString(below)));
        }
        all.add(bytes(Long.toString(it.getCount())));
        all.add(bytes(number(it.getSum())));
        yield all;
      }
      default -> throw unknown(point);
    };
  }

  private static IllegalArgumentException unknown(DataPointSnapshot point) {
    return new IllegalArgumentException("not shown of any KPI: " + point);
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
