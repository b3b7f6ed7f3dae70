package io.helpdeskexporter.kpi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many series a source can come to, before any of its tickets is read: each combination of the
 * values that a label can have. Of what is judged by goals and the like nothing is said, as it is
 * one series for each of them.
 */
public final class SeriesEstimate {
  /**
   * What labels have that are about no list of the operator's; others have what a budget allows.
   */
  private static final Map<String, Integer> VALUES =
      Map.ofEntries(
          Map.entry("sla_metric", 3),
          Map.entry("age_bucket", 6),
          Map.entry("group", 3),
          Map.entry("survey", 2),
          Map.entry("reviewer_class", 4),
          Map.entry("status", 6),
          Map.entry("reason", 4),
          Map.entry("severity", 3),
          Map.entry("history", 2),
          Map.entry("vote", 2),
          Map.entry("field", 4),
          Map.entry("state", 5),
          Map.entry("confirmation", 2),
          Map.entry("cohort", 4),
          Map.entry("sentiment", 4),
          Map.entry("score", 8));

  private static final int MANY = 25;

  /** How far forecasts look ahead, at most. */
  private static final long HORIZONS = 3;

  private SeriesEstimate() {}

  /**
   * What the source's own words come to.
   *
   * @param teams those that are known
   * @param channels likewise
   * @param priorities likewise
   */
  public record Breadth(int teams, int channels, int priorities) {}

  /** At most so many, by the family's name, in the order given. */
  public static Map<String, Long> atMost(
      List<Family> families, Breadth breadth, Reporting reporting) {
    Map<String, Long> all = new LinkedHashMap<>();
    for (Family family : families) {
      all.put(family.name(), combinations(family, breadth, reporting) * width(family, reporting));
    }
    return all;
  }

  /** Series of one combination of labels. */
  private static long width(Family family, Reporting reporting) {
    long windows = reporting.windows().size();
    return switch (family) {
      case Family.Histogram histogram -> histogram.measure().bounds().size() + 3L;
      case Family.WindowSeconds _ -> windows * (reporting.quantiles().size() + 1L);
      case Family.Report _ -> windows;
      case Family.Forecast forecast -> width(forecast.more(), windows, reporting);
      case Family.Judged _ -> 0;
      case Family.Ever _, Family.Now _, Family.SlaTargets _ -> 1;
    };
  }

  private static long width(List<String> labels, long windows, Reporting reporting) {
    long width = 1;
    for (String label : labels) {
      width *=
          switch (label) {
            case "window" -> windows;
            case "stat" -> reporting.quantiles().size() + 1L;
            default -> HORIZONS;
          };
    }
    return width;
  }

  private static long combinations(Family family, Breadth breadth, Reporting reporting) {
    long combinations = 1;
    for (Label label : family.labels()) {
      combinations *=
          switch (label) {
            case TEAM -> breadth.teams() + 1L;
            case CHANNEL -> Math.max(1, breadth.channels());
            case PRIORITY -> breadth.priorities() + 1L;
            case DETAIL -> values(details(family), 0, reporting);
            case SECOND_DETAIL -> values(details(family), 1, reporting);
          };
    }
    return combinations;
  }

  private static List<String> details(Family family) {
    return switch (family) {
      case Family.Ever ever -> ever.measure().details();
      case Family.Report report -> report.measure().details();
      case Family.Now now -> now.level().details();
      case Family.SlaTargets _ -> List.of("sla_metric");
      case Family.Forecast _, Family.Judged _ -> List.of();
    };
  }

  private static long values(List<String> details, int which, Reporting reporting) {
    if (which >= details.size()) {
      return 1;
    }
    String label = details.get(which);
    return label.equals(Level.WINDOW)
        ? reporting.rolling().size()
        : VALUES.getOrDefault(label, MANY);
  }
}
