package io.helpdeskexporter.kpi;

import java.util.Map;

/** How an indicator's value is made of the families that a source shows. */
public sealed interface Reading {

  /** One amount divided by another. */
  record Ratio(Amount part, Amount whole) implements Reading {}

  /** What is missing from one: 1 − part ÷ whole. */
  record Remainder(Amount part, Amount whole) implements Reading {}

  /** Two parts of one whole, the second taken from the first: (plus − minus) ÷ whole. */
  record Balance(Amount plus, Amount minus, Amount whole) implements Reading {}

  /**
   * One of the exact statistics of a window.
   *
   * @param family a {@link Family.WindowSeconds} without labels of its own
   * @param stat such as mean or p50, which are always there
   */
  record Statistic(String family, String stat) implements Reading {}

  /** An amount as it is. */
  record Count(Amount amount) implements Reading {}

  /** The median of a window. */
  static Reading median(String family) {
    return new Statistic(family, Quantile.MEDIAN.label());
  }

  /** The mean of a window. */
  static Reading mean(String family) {
    return new Statistic(family, "mean");
  }

  /** One window count divided by another, both without labels of their own. */
  static Reading ratio(String part, String whole) {
    return new Ratio(Amount.of(part), Amount.of(whole));
  }

  /**
   * What the series of a family add up to.
   *
   * @param family a {@link Family.WindowCount}, {@link Family.WindowSum}, {@link
   *     Family.WindowDistinct}, {@link Family.Gauge}, or {@link Family.Sum} of what {@linkplain
   *     Level#atStarts was at the start} of a window; its form by team is another family, {@code
   *     ..._by_team}, unless it has the label itself
   * @param where labels that the series must have
   */
  record Amount(String family, Map<String, String> where) {
    private static final String SECONDS = "_seconds";

    public Amount {
      where = Map.copyOf(where);
    }

    /** Of all series of a family. */
    public static Amount of(String family) {
      return new Amount(family, Map.of());
    }

    /** Of those series that have a label. */
    public static Amount of(String family, String label, String value) {
      return new Amount(family, Map.of(label, value));
    }

    /** The family that shows the same by team; the unit stays at the end. */
    static String byTeam(String family) {
      return family.endsWith(SECONDS)
          ? family.substring(0, family.length() - SECONDS.length()) + "_by_team" + SECONDS
          : family + "_by_team";
    }
  }
}
