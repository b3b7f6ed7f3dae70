package io.helpdeskexporter.reconcile;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the comparison of many tickets came to.
 *
 * @param tickets looked at
 * @param compared of these, those with a number to compare
 * @param figures in the order of their names
 * @param skipped tickets that were not compared, by why
 * @param differing numbers that differ in all
 * @param differences as many of them as were asked for, the most different first: times by how far
 *     they are apart, counts after them
 */
public record Summary(
    long tickets,
    long compared,
    List<Share> figures,
    Map<Skipped, Long> skipped,
    long differing,
    List<Difference> differences) {
  public Summary {
    figures = List.copyOf(figures);
    skipped = Map.copyOf(skipped);
    differences = List.copyOf(differences);
  }

  /** The share of the figure that agrees least, from 0 to 1; empty where nothing was compared. */
  public OptionalDouble leastAgreed() {
    return figures.stream().mapToDouble(Share::ratio).min();
  }
}
