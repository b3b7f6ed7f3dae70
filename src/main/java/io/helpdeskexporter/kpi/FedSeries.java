package io.helpdeskexporter.kpi;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A series that something feeds, as it is served, and what it adds.
 *
 * @param labels as served, the source among them, without those of statistics and buckets
 * @param stats which statistics there are, where the family has any
 * @param amount in the family's unit; what a histogram takes in
 * @param bucket of a histogram: the upper limit of the narrowest bucket, maybe infinite
 */
public record FedSeries(
    String family,
    SortedMap<String, String> labels,
    List<String> stats,
    Kind kind,
    BigDecimal amount,
    OptionalDouble bucket) {
  public FedSeries {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    stats = List.copyOf(stats);
  }

  /** How a series comes by its value. */
  public enum Kind {
    /** Ever-growing: the amounts add up to it. */
    COUNTER,
    /** Ever-growing: counts, sum and buckets add up. */
    HISTOGRAM,
    /** Of a window of time: the amounts in it add up. */
    WINDOW,
    /** Of the present: the amounts add up. */
    GAUGE,
    /** Percentiles, earliest instants and numbers of different ones: of many values this is one. */
    ONE_OF;

    /** Whether what tickets add makes up the series. */
    public boolean isAdditive() {
      return this != ONE_OF;
    }
  }

  /** Name and labels as a scrape shows them, the statistics as a regular expression. */
  public String series() {
    Map<String, String> all = new TreeMap<>(labels);
    StringBuilder out = new StringBuilder(family);
    char before = '{';
    for (Map.Entry<String, String> label : all.entrySet()) {
      out.append(before).append(label.getKey()).append("=\"");
      out.append(escaped(label.getValue())).append('"');
      before = ',';
    }
    if (!stats.isEmpty()) {
      out.append(before).append("stat=~\"").append(String.join("|", stats)).append('"');
      before = ',';
    }
    return before == '{' ? out.toString() : out.append('}').toString();
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
