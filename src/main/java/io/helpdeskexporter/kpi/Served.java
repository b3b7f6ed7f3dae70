package io.helpdeskexporter.kpi;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The series of one family of one source, ordered by their labels. What has not changed since the
 * last look is the same object as then, so that a refresh makes only what is new.
 */
final class Served {
  private final String source;
  private final List<Series> all = new ArrayList<>();
  private boolean changed;
  private List<DataPointSnapshot> points = List.of();

  Served(String source) {
    this.source = source;
  }

  /**
   * A new series, absent at first.
   *
   * @param more names and values of labels beside the source and the group's
   */
  Series series(Cells.Group group, String... more) {
    List<String> names = new ArrayList<>(group.names());
    List<String> values = new ArrayList<>(group.values());
    names.add("source");
    values.add(source);
    for (int i = 0; i < more.length; i += 2) {
      names.add(more[i]);
      values.add(more[i + 1]);
    }
    Series series = new Series(Labels.of(names, values));
    int place = Collections.binarySearch(all, series, Comparator.comparing(s -> s.labels));
    if (place >= 0) {
      throw new IllegalStateException("two series " + series.labels);
    }
    all.add(-place - 1, series);
    return series;
  }

  /** Those that are not absent. */
  List<DataPointSnapshot> points() {
    if (changed) {
      List<DataPointSnapshot> present = new ArrayList<>(all.size());
      for (Series series : all) {
        if (series.point != null) {
          present.add(series.point);
        }
      }
      points = Collections.unmodifiableList(present);
      changed = false;
    }
    return points;
  }

  /** One series; absent, that is without a sample, until it is given a value. */
  final class Series {
    private final Labels labels;
    private @Nullable DataPointSnapshot point;

    private Series(Labels labels) {
      this.labels = labels;
    }

    void absent() {
      if (point != null) {
        show(null);
      }
    }

    void gauge(double value) {
      if (!(point instanceof GaugeDataPointSnapshot now) || differ(now.getValue(), value)) {
        show(new GaugeDataPointSnapshot(value, labels, null));
      }
    }

    void counter(double value, long sinceMillis) {
      if (!(point instanceof CounterDataPointSnapshot now)
          || differ(now.getValue(), value)
          || now.getCreatedTimestampMillis() != sinceMillis) {
        show(new CounterDataPointSnapshot(value, labels, null, sinceMillis));
      }
    }

    /**
     * @param bounds upper limits of the buckets, the last being infinite
     * @param counts of each bucket alone
     */
    void histogram(double[] bounds, long[] counts, double sum, long sinceMillis) {
      show(
          new HistogramDataPointSnapshot(
              ClassicHistogramBuckets.of(bounds, counts),
              sum,
              labels,
              Exemplars.EMPTY,
              sinceMillis));
    }

    private void show(@Nullable DataPointSnapshot next) {
      point = next;
      changed = true;
    }

    private static boolean differ(double a, double b) {
      return Double.compare(a, b) != 0;
    }
  }
}
