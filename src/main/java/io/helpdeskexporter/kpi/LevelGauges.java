package io.helpdeskexporter.kpi;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** How many contributions one level has at present, and the earliest of their values, by group. */
final class LevelGauges {
  private static final double MILLIS = 1000;

  private final Cells cells;
  private final List<Shown<Family.Now>> shown;

  /** Whether a cut is asked for the earliest value, which costs more than a count. */
  private final boolean[] ordered;

  // By group.
  private int[] counts = new int[0];
  private Multiset[] values = new Multiset[0];
  private final BitSet dirty = new BitSet();

  LevelGauges(
      Level level, List<Family.Now> families, Function<Family, Served> served, LabelBudget budget) {
    cells = new Cells(budget, level.detail(), families);
    shown = families.stream().map(f -> new Shown<>(f, cells.cutOf(f), served.apply(f))).toList();
    ordered = new boolean[cells.cuts()];
    shown.forEach(each -> ordered[each.cut] |= each.family instanceof Family.Earliest);
    grow();
    dirty.set(0, cells.groups());
  }

  int cell(Contribution contribution) {
    int cell = cells.cell(contribution.attribution(), contribution.detail());
    grow();
    return cell;
  }

  void begin(int cell, long value) {
    for (int cut = 0; cut < ordered.length; cut++) {
      int group = cells.groupOf(cut)[cell];
      counts[group]++;
      if (ordered[cut]) {
        values[group].add(value);
      }
      dirty.set(group);
    }
  }

  void end(int cell, long value) {
    for (int cut = 0; cut < ordered.length; cut++) {
      int group = cells.groupOf(cut)[cell];
      counts[group]--;
      if (ordered[cut]) {
        values[group].remove(value);
      }
      dirty.set(group);
    }
  }

  void refresh() {
    for (int group = dirty.nextSetBit(0); group >= 0; group = dirty.nextSetBit(group + 1)) {
      for (Shown<Family.Now> each : shown) {
        if (each.cut == cells.group(group).cut()) {
          show(each, group);
        }
      }
    }
    dirty.clear();
  }

  /** Without labels, that there are none is a number; with them, a value without any vanishes. */
  private void show(Shown<Family.Now> each, int group) {
    boolean any = counts[group] > 0;
    Cells.Group labels = cells.group(group);
    switch (each.family) {
      case Family.Gauge _ when any || labels.values().isEmpty() ->
          each.series(group, labels).gauge(counts[group]);
      case Family.Earliest _ when any ->
          each.series(group, labels).gauge(values[group].least() / MILLIS);
      case Family.Gauge _, Family.Earliest _ -> each.absent(group);
    }
  }

  private void grow() {
    int known = counts.length;
    if (cells.groups() > known) {
      int room = Math.max(cells.groups(), 2 * known);
      counts = Arrays.copyOf(counts, room);
      values = Arrays.copyOf(values, room);
      for (int i = known; i < room; i++) {
        values[i] = new Multiset();
      }
    }
  }

  /** How often each value occurs. */
  private static final class Multiset {
    private final TreeMap<Long, Integer> times = new TreeMap<>();

    void add(long value) {
      times.merge(value, 1, Integer::sum);
    }

    void remove(long value) {
      times.merge(value, -1, (before, less) -> before == 1 ? null : before + less);
    }

    long least() {
      return times.firstKey();
    }
  }
}
