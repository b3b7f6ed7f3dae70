package io.helpdeskexporter.kpi;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/**
 * What one measure has grown to since the beginning, for each group of label values that a counter
 * or histogram shows. It only grows.
 */
final class Tally {
  private final Measure measure;
  private final Cells cells;
  private final List<Shown<Family.Ever>> shown;

  /** Parts of which one is made as shown. */
  private final double parts;

  /** Upper limits of the buckets in parts, and as shown with the infinite one. */
  private final long[] limits;

  private final double[] bounds;

  // By group.
  private long[] counts = new long[0];
  private long[] sums = new long[0];
  private long[] since = new long[0];
  private long[] buckets = new long[0];
  private int groups;
  private final BitSet dirty = new BitSet();

  /**
   * @param families the counters and histograms of the measure
   * @param startMillis since when what starts at 0 has been 0
   */
  Tally(
      Measure measure,
      List<Family.Ever> families,
      Function<Family, Served> served,
      LabelBudget budget,
      long startMillis) {
    this.measure = measure;
    cells = new Cells(budget, measure.details(), families);
    shown = families.stream().map(f -> new Shown<>(f, cells.cutOf(f), served.apply(f))).toList();
    parts = measure.unit().parts();
    limits = measure.bounds().stream().mapToLong(Long::longValue).toArray();
    bounds = new double[limits.length + 1];
    Arrays.setAll(bounds, i -> i < limits.length ? limits[i] / parts : Double.POSITIVE_INFINITY);
    grow(startMillis);
    if (!measure.fedBySome()) {
      dirty.set(0, groups);
    }
  }

  void count(Observation observation, long nowMillis) {
    int cell = cells.cell(observation.attribution(), observation.detail());
    grow(nowMillis);
    int bucket = Arrays.binarySearch(limits, observation.value());
    for (int cut = 0; cut < cells.cuts(); cut++) {
      int group = cells.groupOf(cut)[cell];
      counts[group]++;
      sums[group] += observation.amount();
      buckets[group * bounds.length + (bucket < 0 ? -bucket - 1 : bucket)]++;
      dirty.set(group);
    }
  }

  void restore(Total total) {
    int expected = limits.length == 0 ? 0 : bounds.length;
    if (total.buckets().size() != expected) {
      throw new IllegalArgumentException(
          "stored total of measure %s has %d buckets; the measure has %d"
              .formatted(measure.name(), total.buckets().size(), expected));
    }
    int cell = cells.cell(total.attribution(), total.detail());
    long sinceMillis = total.since().toEpochMilli();
    grow(sinceMillis);
    for (int cut = 0; cut < cells.cuts(); cut++) {
      int group = cells.groupOf(cut)[cell];
      counts[group] += total.count();
      sums[group] += total.sum();
      since[group] = Math.min(since[group], sinceMillis);
      for (int i = 0; i < expected; i++) {
        buckets[group * bounds.length + i] += total.buckets().get(i);
      }
      dirty.set(group);
    }
  }

  void initialise(Combinations combinations, long startMillis) {
    for (int cut = 0; cut < cells.cuts(); cut++) {
      cells.groups(cut, combinations).forEach(dirty::set);
    }
    grow(startMillis);
  }

  void refresh() {
    for (int group = dirty.nextSetBit(0); group >= 0; group = dirty.nextSetBit(group + 1)) {
      for (Shown<Family.Ever> each : shown) {
        if (each.cut == cells.group(group).cut()) {
          show(each, group);
        }
      }
    }
    dirty.clear();
  }

  private void show(Shown<Family.Ever> each, int group) {
    Cells.Group labels = cells.group(group);
    switch (each.family) {
      case Family.Counter _, Family.AgentCounter _ ->
          each.series(group, labels).counter(counts[group], since[group]);
      case Family.SumCounter _ ->
          each.series(group, labels).counter(sums[group] / parts, since[group]);
      case Family.Histogram _ -> {
        if (counts[group] > 0) {
          int first = group * bounds.length;
          long[] own = Arrays.copyOfRange(buckets, first, first + bounds.length);
          each.series(group, labels).histogram(bounds, own, sums[group] / parts, since[group]);
        }
      }
    }
  }

  /** A group begins when it is first counted. */
  private void grow(long sinceMillis) {
    int now = cells.groups();
    if (now > counts.length) {
      int room = Math.max(now, 2 * counts.length);
      counts = Arrays.copyOf(counts, room);
      sums = Arrays.copyOf(sums, room);
      since = Arrays.copyOf(since, room);
      buckets = Arrays.copyOf(buckets, room * bounds.length);
    }
    Arrays.fill(since, groups, now, sinceMillis);
    groups = now;
  }
}
