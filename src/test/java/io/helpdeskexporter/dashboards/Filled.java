package io.helpdeskexporter.dashboards;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Queries as Grafana sends them: with values in the place of variables, everything chosen. */
public final class Filled {
  private static final Pattern RATE =
      Pattern.compile("rate\\(([a-z0-9_]+\\{[^}]*})\\[1m]( @ end\\(\\))?\\)");
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), ([a-z_]+)\\)");

  private static final Pattern CHOICE = Pattern.compile("\\$\\{([a-z]+):regex}");

  private Filled() {}

  /** A query of a panel or of a variable. */
  public static String in(String query) {
    return query
        .replace("$__rate_interval", "1m")
        .replace("${window:text}", "last 7 days")
        .replace("$window", "7d")
        .replace("$job", ".+")
        .replace("$instance", ".+")
        .replaceAll("\\$(source|team|channel|priority)", ".*");
  }

  /**
   * A query of the exporter's database, with what Grafana puts into the place of a choice of all.
   */
  public static String sql(String query) {
    return sql(query, Map.of());
  }

  /**
   * The same, with what it puts there for some choices.
   *
   * @param chosen by the name of the variable
   */
  public static String sql(String query, Map<String, List<String>> chosen) {
    return CHOICE
        .matcher(query)
        .replaceAll(
            choice ->
                Matcher.quoteReplacement(
                    chosen.containsKey(choice.group(1))
                        ? regex(chosen.get(choice.group(1)))
                        : ".*"))
        .replaceAll("\\$__timeFilter\\((\\w+)\\)", "$1 BETWEEN '1970-01-01' AND now()");
  }

  /** As Grafana writes values as a regular expression. */
  private static String regex(List<String> values) {
    List<String> escaped =
        values.stream().map(it -> it.replaceAll("[\\\\^$*+?.()|\\[\\]{}/]", "\\\\$0")).toList();
    return escaped.size() == 1 ? escaped.getFirst() : "(" + String.join("|", escaped) + ")";
  }

  /**
   * A query, with what counters have counted in the place of how fast they do. It has an answer
   * whenever there is anything to compute a rate of, also where nothing happens for a minute, and
   * whatever was not yet there a day ago.
   */
  public static String counted(String query) {
    return RATE.matcher(in(query)).replaceAll("$1").replaceAll(" offset [0-9a-z]+", "");
  }

  /** The series that a variable takes its choices from, and the label that these are values of. */
  public static Choices choices(String labelValues) {
    Matcher matcher = LABEL_VALUES.matcher(in(labelValues));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not label_values(...): " + labelValues);
    }
    return new Choices(matcher.group(1), matcher.group(2));
  }

  /**
   * What a variable asks for.
   *
   * @param selector PromQL
   * @param label of the series
   */
  public record Choices(String selector, String label) {}
}
