package io.helpdeskexporter.cli;

import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Family;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one answer of {@code /metrics} says about tickets, and up to when. Series are named as in
 * the text, labels included.
 *
 * @param counters every series of the KPI families that only ever grows: counters, buckets, counts
 *     and sums
 * @param gauges all other series of the KPI families
 * @param watermark everything up to here is in it; empty before the first time
 * @param up whether the latest poll succeeded
 */
record Exposed(
    Map<String, Double> counters,
    Map<String, Double> gauges,
    Optional<Instant> watermark,
    boolean up) {
  private static final Set<String> COUNTERS = new TreeSet<>();
  private static final Set<String> GAUGES = new TreeSet<>();

  static {
    for (Family family : Catalogue.of(Definitions.DEFAULT).families()) {
      switch (family) {
        case Family.Counter it -> COUNTERS.add(it.name());
        case Family.SumCounter it -> COUNTERS.add(it.name());
        case Family.Histogram it -> {
          COUNTERS.add(it.name() + "_bucket");
          COUNTERS.add(it.name() + "_count");
          COUNTERS.add(it.name() + "_sum");
        }
        case Family.AgentCounter _ -> {}
        case Family.Now it -> GAUGES.add(it.name());
        case Family.Report it -> GAUGES.add(it.name());
        case Family.Forecast it -> GAUGES.add(it.name());
        case Family.SlaTargets it -> GAUGES.add(it.name());
        case Family.Judged it -> GAUGES.add(it.name());
      }
    }
  }

  static Exposed of(String text) {
    Map<String, Double> counters = new TreeMap<>();
    Map<String, Double> gauges = new TreeMap<>();
    Optional<Instant> watermark = Optional.empty();
    boolean up = false;
    for (String line : text.split("\n", -1)) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int space = line.lastIndexOf(' ');
      String series = line.substring(0, space);
      double value = Double.parseDouble(line.substring(space + 1));
      String name = series.contains("{") ? series.substring(0, series.indexOf('{')) : series;
      if (COUNTERS.contains(name)) {
        counters.put(series, value);
      } else if (GAUGES.contains(name)) {
        gauges.put(series, value);
      } else if (name.equals("helpdesk_data_watermark_timestamp_seconds")) {
        watermark = Optional.of(Instant.ofEpochMilli(Math.round(value * 1000)));
      } else if (name.equals("helpdesk_up")) {
        up = value == 1;
      }
    }
    return new Exposed(counters, gauges, watermark, up);
  }

  /** Whether it is complete up to an instant, and nothing is left out as out of date. */
  boolean isUpTo(Instant instant) {
    return up && watermark.filter(it -> !it.isBefore(instant)).isPresent();
  }

  /** Every series that is not the same, with both values; a series that is missing has none. */
  List<String> differencesFrom(Exposed other) {
    List<String> differences = new ArrayList<>();
    compare(counters, other.counters, differences);
    compare(gauges, other.gauges, differences);
    return differences;
  }

  private static void compare(
      Map<String, Double> found, Map<String, Double> expected, List<String> differences) {
    Set<String> all = new TreeSet<>(found.keySet());
    all.addAll(expected.keySet());
    for (String series : all) {
      Optional<Double> is = Optional.ofNullable(found.get(series));
      Optional<Double> was = Optional.ofNullable(expected.get(series));
      if (!is.equals(was)) {
        differences.add(series + ": " + is + " instead of " + was);
      }
    }
  }

  /** The sum over all series of a counter. */
  double sum(String name) {
    return counters.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(name + "{"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
