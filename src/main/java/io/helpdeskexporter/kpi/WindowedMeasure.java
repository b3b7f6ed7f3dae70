package io.helpdeskexporter.kpi;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What one measure amounts to within each window, by group. Counts and sums are kept as
 * observations come, go and are passed by the edges of windows; values at ranks are looked up in a
 * {@link Ranking} when asked for. A <em>slot</em> is a group in a window.
 */
final class WindowedMeasure {
  private static final double MILLIS = 1000;
  private static final String WINDOW = "window";
  private static final String STAT = "stat";

  private final Reporting reporting;
  private final int windows;
  private final Cells cells;
  private final List<Shown<Family.Report>> shown;
  private final TimeIndex index;

  /** Whether exact statistics are asked for, by cut and at all. */
  private final boolean[] ranked;

  private final boolean anyRanked;
  private final Ranking ranking;

  private Spans spans;

  // By slot.
  private long[] counts = new long[0];
  private long[] sums = new long[0];
  private final BitSet dirty = new BitSet();

  // By group: how many observations any window holds, and whether it shows even if there are none.
  private int[] held = new int[0];
  private final BitSet lasting = new BitSet();

  private final int[] scratch;

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
    this.spans = spans;
    windows = reporting.windows().size();
    cells = new Cells(budget, measure.detail(), families);
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
    index = new TimeIndex(anyRanked);
    ranking = new Ranking(cells, windows);
    scratch = new int[cells.cuts() * windows];
    stats =
        Stream.concat(Stream.of("mean"), reporting.quantiles().stream().map(Quantile::label))
            .toArray(String[]::new);
    grow();
    lasting.set(0, cells.groups());
    dirty.set(0, cells.groups() * windows);
  }

  /** What no window will ever hold is not kept. */
  void add(Observation observation) {
    long at = observation.at().toEpochMilli();
    if (at >= spans.horizon()) {
      int cell = cell(observation);
      index.add(at, cell, observation.value());
      change(cell, observation.value(), 0, spans.holding(at));
    }
  }

  /**
   * @throws IllegalStateException if there is none such: what was counted and what is taken back
   *     must agree
   */
  void remove(Observation observation) {
    long at = observation.at().toEpochMilli();
    if (at >= spans.horizon()) {
      int cell = cell(observation);
      if (!index.remove(at, cell, observation.value())) {
        throw new IllegalStateException("taken back, but was never there: " + observation);
      }
      change(cell, observation.value(), spans.holding(at), 0);
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
    index.forgetBefore(next.horizon());
  }

  /** Shows the given combinations even while there is nothing in them. */
  void initialise(Combinations combinations) {
    for (int cut = 0; cut < cells.cuts(); cut++) {
      for (int group : cells.groups(cut, combinations)) {
        lasting.set(group);
        dirty.set(group * windows, (group + 1) * windows);
      }
    }
    grow();
  }

  void refresh() {
    for (int slot = dirty.nextSetBit(0); slot >= 0; slot = dirty.nextSetBit(slot + 1)) {
      for (Shown<Family.Report> each : shown) {
        if (each.cut == cut(slot)) {
          switch (each.family) {
            case Family.WindowCount _ -> showCount(each, slot);
            case Family.WindowSeconds _ -> clearIfEmpty(each, slot);
          }
        }
      }
    }
    if (anyRanked) {
      showSeconds(dirty.stream().filter(slot -> ranked[cut(slot)] && counts[slot] > 0).toArray());
    }
    dirty.clear();
  }

  /** That nothing happened is a number, as long as the label values occur in some window. */
  private void showCount(Shown<Family.Report> each, int slot) {
    int group = slot / windows;
    if (held[group] > 0 || lasting.get(group)) {
      each.series(slot, cells.group(group), WINDOW, label(slot)).gauge(counts[slot]);
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
      seconds[0] = sums[slots[i]] / (n * MILLIS);
      for (int q = 0; q < quantiles.size(); q++) {
        long position = reporting.method().position(n, quantiles.get(q));
        long low = values[indexOf(position / Quantile.ONE, ranks, i * each)];
        long high = values[indexOf(Math.ceilDiv(position, Quantile.ONE), ranks, i * each)];
        double part = position % Quantile.ONE / (double) Quantile.ONE;
        seconds[1 + q] = (low + (high - low) * part) / MILLIS;
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

  private void change(int cell, long value, int before, int after) {
    if (before == after) {
      return;
    }
    if (anyRanked && before != 0) {
      ranking.remove(value, cell << windows | before, scratch, slots(cell, before));
    }
    if (anyRanked && after != 0) {
      ranking.add(value, cell << windows | after, scratch, slots(cell, after));
    }
    count(slots(cell, before & ~after), -1, value);
    count(slots(cell, after & ~before), 1, value);
    if (before == 0 || after == 0) {
      hold(cell, before == 0 ? 1 : -1);
    }
  }

  /** Counts a value in the first {@code n} slots of the scratch, or takes it back. */
  private void count(int n, int by, long value) {
    for (int i = 0; i < n; i++) {
      counts[scratch[i]] += by;
      sums[scratch[i]] += by * value;
      dirty.set(scratch[i]);
    }
  }

  private void hold(int cell, int by) {
    for (int cut = 0; cut < cells.cuts(); cut++) {
      int group = cells.groupOf(cut)[cell];
      boolean none = held[group] == 0;
      held[group] += by;
      if (none || held[group] == 0) {
        dirty.set(group * windows, (group + 1) * windows);
      }
    }
  }

  /** Fills the scratch with the slots of a cell in some windows. */
  private int slots(int cell, int in) {
    int n = 0;
    for (int cut = 0; cut < cells.cuts(); cut++) {
      int first = cells.groupOf(cut)[cell] * windows;
      for (int rest = in; rest != 0; rest &= rest - 1) {
        scratch[n++] = first + Integer.numberOfTrailingZeros(rest);
      }
    }
    return n;
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
    return reporting.windows().get(slot % windows).label();
  }

  private void grow() {
    int groups = cells.groups();
    if (groups > held.length) {
      int room = Math.max(groups, 2 * held.length);
      held = Arrays.copyOf(held, room);
      counts = Arrays.copyOf(counts, room * windows);
      sums = Arrays.copyOf(sums, room * windows);
    }
  }
}
