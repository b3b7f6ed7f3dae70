package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.Attribution;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;

/**
 * How many contributions one level has at present, the earliest of their values and what they add
 * up to, by group.
 */
final class LevelGauges {
  /** Parts of which one is made as shown. */
  private final double parts;

  private final Cells cells;
  private final List<Shown<Family.Now>> shown;

  // By group.
  private int[] counts = new int[0];
  private long[] sums = new long[0];
  private final BitSet dirty = new BitSet();

  /** By cell: the values of its contributions; not kept if no family asks for the earliest. */
  private Soonest[] values = new Soonest[0];

  /** Groups without labels come first: there is one or none. */
  private final int unlabelled;

  private boolean fed;

  private final boolean ordered;
  private final Soonest.Places places;

  /**
   * @param places those of all contributions, which are in one cell of one level each
   */
  LevelGauges(
      Level level,
      List<Family.Now> families,
      Function<Family, Served> served,
      LabelBudget budget,
      Soonest.Places places) {
    this.places = places;
    parts = level.unit().parts();
    cells = new Cells(budget, level.details(), families);
    shown = families.stream().map(f -> new Shown<>(f, cells.cutOf(f), served.apply(f))).toList();
    ordered = families.stream().anyMatch(Family.Earliest.class::isInstance);
    grow();
    unlabelled = cells.groups();
    if (!level.fedBySome()) {
      feed();
    }
  }

  /** It is known that there is something to contribute: what has no labels is shown as 0. */
  void feed() {
    if (!fed) {
      fed = true;
      dirty.set(0, unlabelled);
    }
  }

  int cell(Attribution attribution, String detail) {
    int cell = cells.cell(attribution, detail);
    grow();
    return cell;
  }

  /**
   * @param number of a contribution that begins to count
   */
  void begin(int cell, int number, long value) {
    count(cell, 1, value);
    if (ordered) {
      values[cell].add(number, value);
    }
  }

  /**
   * @param number of a contribution that no longer counts
   */
  void end(int cell, int number, long value) {
    count(cell, -1, -value);
    if (ordered) {
      values[cell].remove(number);
    }
  }

  void refresh() {
    for (Shown<Family.Now> each : shown) {
      switch (each.family) {
        case Family.Gauge _ -> showCounts(each);
        case Family.Sum _ -> showSums(each);
        case Family.Earliest _ -> showEarliest(each);
      }
    }
    dirty.clear();
  }

  private void showCounts(Shown<Family.Now> each) {
    showAmounts(each, group -> counts[group]);
  }

  private void showSums(Shown<Family.Now> each) {
    showAmounts(each, group -> sums[group] / parts);
  }

  /** Without labels, that there are none is a number; with them, a value without any vanishes. */
  private void showAmounts(Shown<Family.Now> each, IntToDoubleFunction amount) {
    for (int group = dirty.nextSetBit(0); group >= 0; group = dirty.nextSetBit(group + 1)) {
      Cells.Group labels = cells.group(group);
      if (labels.cut() == each.cut) {
        if (counts[group] > 0 || labels.values().isEmpty()) {
          each.series(group, labels).gauge(amount.applyAsDouble(group));
        } else {
          each.absent(group);
        }
      }
    }
  }

  private void showEarliest(Shown<Family.Now> each) {
    if (dirty.isEmpty()) {
      return;
    }
    long[] earliest = new long[cells.groups()];
    Arrays.fill(earliest, Long.MAX_VALUE);
    int[] groupOf = cells.groupOf(each.cut);
    for (int cell = 0; cell < cells.size(); cell++) {
      earliest[groupOf[cell]] = Math.min(earliest[groupOf[cell]], values[cell].soonest());
    }
    for (int group = dirty.nextSetBit(0); group >= 0; group = dirty.nextSetBit(group + 1)) {
      Cells.Group labels = cells.group(group);
      if (labels.cut() == each.cut) {
        if (counts[group] > 0) {
          each.series(group, labels).gauge(earliest[group] / parts);
        } else {
          each.absent(group);
        }
      }
    }
  }

  private void count(int cell, int by, long value) {
    for (int cut = 0; cut < cells.cuts(); cut++) {
      int group = cells.groupOf(cut)[cell];
      counts[group] += by;
      sums[group] += value;
      dirty.set(group);
    }
  }

  private void grow() {
    if (cells.groups() > counts.length) {
      int room = Math.max(cells.groups(), 2 * counts.length);
      counts = Arrays.copyOf(counts, room);
      sums = Arrays.copyOf(sums, room);
    }
    int known = values.length;
    if (ordered && cells.size() > known) {
      values = Arrays.copyOf(values, Math.max(cells.size(), 2 * known));
      for (int cell = known; cell < values.length; cell++) {
        values[cell] = new Soonest(places);
      }
    }
  }
}
