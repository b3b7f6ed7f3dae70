package io.helpdeskexporter.reconcile;

import io.helpdeskexporter.facts.Compared;
import java.util.EnumMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Adds up what is found of one ticket after another. Confined to one thread. */
public final class Agreement {
  private final int most;
  private final Map<String, Counted> figures = new TreeMap<>();
  private final Map<Skipped, Long> skipped = new EnumMap<>(Skipped.class);

  /** The least different first, so that it is the one to go. */
  private final PriorityQueue<Difference> worst =
      new PriorityQueue<>(Difference.MOST_FIRST.reversed());

  private long tickets;
  private long compared;
  private long differing;

  /**
   * @param most differences that are kept, whatever their number
   */
  public Agreement(int most) {
    this.most = most;
  }

  private static final class Counted {
    private long compared;
    private long agreed;
    private final Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
  }

  public void add(Finding finding) {
    tickets++;
    switch (finding) {
      case Finding.Left(Skipped why) -> skipped.merge(why, 1L, Long::sum);
      case Finding.Found found -> {
        compared++;
        found.figures().forEach(this::add);
        found.differences().forEach(this::add);
      }
    }
  }

  private void add(Compared it) {
    Counted counted = figures.computeIfAbsent(it.label(), _ -> new Counted());
    counted.compared++;
    counted.agreed += it.agrees() ? 1 : 0;
  }

  private void add(Difference it) {
    differing++;
    figures
        .computeIfAbsent(it.compared().label(), _ -> new Counted())
        .reasons
        .merge(it.reason(), 1L, Long::sum);
    worst.add(it);
    if (worst.size() > most) {
      worst.remove();
    }
  }

  /** What has been found so far. */
  public Summary summary() {
    return new Summary(
        tickets,
        compared,
        figures.entrySet().stream()
            .map(
                it ->
                    new Share(
                        it.getKey(),
                        it.getValue().compared,
                        it.getValue().agreed,
                        it.getValue().reasons))
            .toList(),
        skipped,
        differing,
        worst.stream().sorted(Difference.MOST_FIRST).toList());
  }
}
