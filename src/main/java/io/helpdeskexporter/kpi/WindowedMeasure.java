package io.helpdeskexporter.kpi;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What one measure amounts to within each window, by group. Counts and sums are kept as
 * observations come, go and are passed by the edges of windows; values at ranks are looked up in a
 * {@link Ranking} when asked for; how many different values there are comes from {@link
 * Occurrences}. A <em>slot</em> is a group in a window.
 */
final class WindowedMeasure {
  private static final String WINDOW = "window";
  private static final String STAT = "stat";

  private final Reporting reporting;

  /** Parts of which one is made as shown. */
  private final double parts;

  private final int windows;

  /** A bit for each window. */
  private final int all;

  private final Cells cells;
  private final List<Shown<Family.Report>> shown;
  private final TimeIndex index;

  /** Whether exact statistics are asked for, by cut and at all. */
  private final boolean[] ranked;

  private final boolean anyRanked;
  private final Ranking ranking;

  /** Whether different values are counted, by cut. */
  private final boolean[] distinguished;

  private final Occurrences occurrences;

  private Spans spans;

  /** What is older is in no window, nor will be. */
  private long horizon;

  // By slot.
  private long[] counts = new long[0];
  private long[] sums = new long[0];
  private int[] distinct = new int[0];

  // By group: the windows in which anything changed, how many observations any window holds, and
  // whether it shows even if there are none.
  private int[] dirty = new int[0];
  private boolean anyDirty;
  private int[] held = new int[0];
  private final BitSet lasting = new BitSet();

  /** Groups without labels come first: there is one or none. */
  private final int unlabelled;

  private boolean fed;

  /** Values of the label {@value #WINDOW}. */
  private final String[] labels;

  /** Values of the label {@value #STAT}. */
  private final String[] stats;

  WindowedMeasure(
      Measure measure,
      List<Family.Report> families,
      Function<Family, Served> served,
      LabelBudget budget,
      Reporting reporting,
      Spans spans) {
    this.reporting = reporting;
    parts = measure.unit().parts();
    this.spans = spans;
    horizon = spans.horizon();
    windows = reporting.windows().size();
    all = (1 << windows) - 1;
    cells = new Cells(budget, measure.details(), families);
    shown = families.stream().map(f -> new Shown<>(f, cells.cutOf(f), served.apply(f))).toList();
    ranked = new boolean[cells.cuts()];
    shown.forEach(each -> ranked[each.cut] |= each.family instanceof Family.WindowSeconds);
    anyRanked = shown.stream().anyMatch(each -> each.family instanceof Family.WindowSeconds);
    if (cells.capacity() > 1L << (Integer.SIZE - windows)) {
      throw new IllegalArgumentException(
          "measure %s: the label budgets allow %d combinations; at most %d with %d windows"
              .formatted(
                  measure.name(), cells.capacity(), 1L << (Integer.SIZE - windows), windows));
    }
    distinguished = new boolean[cells.cuts()];
    shown.forEach(each -> distinguished[each.cut] |= each.family instanceof Family.WindowDistinct);
    boolean anyDistinguished =
        shown.stream().anyMatch(each -> each.family instanceof Family.WindowDistinct);
    boolean anySummed = shown.stream().anyMatch(each -> each.family instanceof Family.WindowSum);
    index = new TimeIndex(anyRanked || anySummed || anyDistinguished);
    occurrences = new Occurrences(windows);
    ranking = new Ranking(cells, windows);
    labels = reporting.windows().stream().map(Window::label).toArray(String[]::new);
    stats =
        Stream.concat(Stream.of("mean"), reporting.quantiles().stream().map(Quantile::label))
            .toArray(String[]::new);
    grow();
    unlabelled = cells.groups();
    if (!measure.fedBySome()) {
      feed();
    }
  }

  /** It is known that there is something to observe: what has no labels is shown as 0. */
  void feed() {
    if (!fed) {
      fed = true;
      lasting.set(0, unlabelled);
      Arrays.fill(dirty, 0, unlabelled, all);
      anyDirty = true;
    }
  }

  /** What no window will ever hold is not kept. */
  void add(Observation observation) {
    feed();
    long at = observation.at().toEpochMilli();
    if (at >= horizon) {
      int cell = cell(observation);
      index.add(at, cell, observation.value());
      int in = spans.holding(at);
      if (in != 0) {
        enter(cell, observation.value(), in, in);
      }
    }
  }

  /**
   * @throws IllegalStateException if there is none such: what was counted and what is taken back
   *     must agree
   */
  void remove(Observation observation) {
    long at = observation.at().toEpochMilli();
    if (at >= horizon) {
      int cell = cell(observation);
      if (!index.remove(at, cell, observation.value())) {
        throw new IllegalStateException("taken back, but was never there: " + observation);
      }
      int in = spans.holding(at);
      if (in != 0) {
        leave(cell, observation.value(), in, in);
      }
    }
  }

  /** Time passes. */
  void move(Spans next, List<Spans.Passed> passed) {
    Spans before = spans;
    spans = next;
    for (Spans.Passed stretch : passed) {
      index.visit(
          stretch.from(),
          stretch.to(),
          (at, cell, value) -> change(cell, value, before.holding(at), next.holding(at)));
    }
    horizon = next.horizon();
    index.forgetBefore(horizon);
  }

  /** Shows the given combinations even while there is nothing in them. */
  void initialise(Combinations combinations) {
    for (int cut = 0; cut < cells.cuts(); cut++) {
      List<Integer> groups = cells.groups(cut, combinations);
      grow();
      for (int group : groups) {
        lasting.set(group);
        dirty[group] = all;
        anyDirty = true;
      }
    }
  }

  void refresh() {
    if (!anyDirty) {
      return;
    }
    int[] slots = changed();
    for (int slot : slots) {
      for (Shown<Family.Report> each : shown) {
        if (each.cut == cut(slot)) {
          switch (each.family) {
            case Family.WindowCount _ -> showAmount(each, slot, counts[slot]);
            case Family.WindowSum _ -> showAmount(each, slot, sums[slot] / parts);
            case Family.WindowDistinct _ -> showAmount(each, slot, distinct[slot]);
            case Family.WindowSeconds _ -> clearIfEmpty(each, slot);
          }
        }
      }
    }
    if (anyRanked) {
      showSeconds(
          Arrays.stream(slots).filter(slot -> ranked[cut(slot)] && counts[slot] > 0).toArray());
    }
  }

  /** The slots that changed since the last call. */
  private int[] changed() {
    int[] slots = new int[cells.groups() * windows];
    int n = 0;
    for (int group = 0; group < cells.groups(); group++) {
      for (int rest = dirty[group]; rest != 0; rest &= rest - 1) {
        slots[n++] = group * windows + Integer.numberOfTrailingZeros(rest);
      }
      dirty[group] = 0;
    }
    anyDirty = false;
    return Arrays.copyOf(slots, n);
  }

  /** That nothing happened is a number, as long as the label values occur in some window. */
  private void showAmount(Shown<Family.Report> each, int slot, double amount) {
    int group = slot / windows;
    if (held[group] > 0 || lasting.get(group)) {
      each.series(slot, cells.group(group), WINDOW, label(slot)).gauge(amount);
    } else {
      each.absent(slot);
    }
  }

  private void clearIfEmpty(Shown<Family.Report> each, int slot) {
    for (int stat = 0; counts[slot] == 0 && stat < stats.length; stat++) {
      each.absent(slot * stats.length + stat);
    }
  }

  private void showSeconds(int[] slots) {
    List<Quantile> quantiles = reporting.quantiles();
    int each = 2 * quantiles.size();
    long[] ranks = new long[slots.length * each];
    for (int i = 0; i < slots.length; i++) {
      long n = counts[slots[i]];
      for (int q = 0; q < quantiles.size(); q++) {
        long position = reporting.method().position(n, quantiles.get(q));
        ranks[i * each + 2 * q] = position / Quantile.ONE;
        ranks[i * each + 2 * q + 1] = Math.ceilDiv(position, Quantile.ONE);
      }
      Arrays.sort(ranks, i * each, (i + 1) * each);
    }
    long[] values = ranking.select(slots, ranks, each);
    double[] seconds = new double[stats.length];
    for (int i = 0; i < slots.length; i++) {
      long n = counts[slots[i]];
      seconds[0] = sums[slots[i]] / (n * parts);
      for (int q = 0; q < quantiles.size(); q++) {
        long position = reporting.method().position(n, quantiles.get(q));
        long low = values[indexOf(position / Quantile.ONE, ranks, i * each)];
        long high = values[indexOf(Math.ceilDiv(position, Quantile.ONE), ranks, i * each)];
        double part = position % Quantile.ONE / (double) Quantile.ONE;
        seconds[1 + q] = (low + (high - low) * part) / parts;
      }
      showSeconds(slots[i], seconds);
    }
  }

  private void showSeconds(int slot, double[] seconds) {
    for (Shown<Family.Report> each : shown) {
      if (each.cut == cut(slot) && each.family instanceof Family.WindowSeconds) {
        Cells.Group group = cells.group(slot / windows);
        for (int stat = 0; stat < stats.length; stat++) {
          each.series(slot * stats.length + stat, group, WINDOW, label(slot), STAT, stats[stat])
              .gauge(seconds[stat]);
        }
      }
    }
  }

  private static int indexOf(long rank, long[] ranks, int from) {
    int i = from;
    while (ranks[i] != rank) {
      i++;
    }
    return i;
  }

  /** Into some windows and out of others as these move on. */
  private void change(int cell, long value, int before, int after) {
    if (before == after) {
      return;
    }
    if (before != 0) {
      leave(cell, value, before, before & ~after);
    }
    if (after != 0) {
      enter(cell, value, after, after & ~before);
    }
  }

  /**
   * @param after the windows that hold it now
   * @param entered those of them that did not before
   */
  private void enter(int cell, long value, int after, int entered) {
    if (anyRanked) {
      ranking.add(value, cell, after);
    }
    for (int cut = 0; cut < cells.cuts(); cut++) {
      int group = cells.groupOf(cut)[cell];
      count(group, entered, 1, value);
      if (distinguished[cut]) {
        distinguish(group, value, entered, 1);
      }
      held[group] += after == entered ? 1 : 0;
      touch(group, entered);
    }
  }

  /**
   * @param before the windows that held it until now
   * @param left those of them that do not any more
   */
  private void leave(int cell, long value, int before, int left) {
    if (anyRanked) {
      ranking.remove(value, cell, before);
    }
    for (int cut = 0; cut < cells.cuts(); cut++) {
      int group = cells.groupOf(cut)[cell];
      count(group, left, -1, -value);
      if (distinguished[cut]) {
        distinguish(group, value, left, -1);
      }
      held[group] -= before == left ? 1 : 0;
      touch(group, left);
    }
  }

  /** All windows of a group appear with its first observation and vanish with its last. */
  private void touch(int group, int windowsConcerned) {
    dirty[group] |= held[group] <= 1 ? all : windowsConcerned;
    anyDirty = true;
  }

  private void count(int group, int in, int by, long value) {
    for (int rest = in; rest != 0; rest &= rest - 1) {
      int slot = group * windows + Integer.numberOfTrailingZeros(rest);
      counts[slot] += by;
      sums[slot] += value;
    }
  }

  private void distinguish(int group, long value, int in, int by) {
    for (int rest = occurrences.change(value, group, in, by); rest != 0; rest &= rest - 1) {
      distinct[group * windows + Integer.numberOfTrailingZeros(rest)] += by;
    }
  }

  private int cell(Observation observation) {
    int cell = cells.cell(observation.attribution(), observation.detail());
    grow();
    return cell;
  }

  private int cut(int slot) {
    return cells.group(slot / windows).cut();
  }

  private String label(int slot) {
    return labels[slot % windows];
  }

  private void grow() {
    int groups = cells.groups();
    if (groups > held.length) {
      int room = Math.max(groups, 2 * held.length);
      dirty = Arrays.copyOf(dirty, room);
      held = Arrays.copyOf(held, room);
      counts = Arrays.copyOf(counts, room * windows);
      sums = Arrays.copyOf(sums, room * windows);
      distinct = Arrays.copyOf(distinct, room * windows);
    }
  }
}
