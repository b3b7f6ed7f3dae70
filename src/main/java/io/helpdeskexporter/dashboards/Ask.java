package io.helpdeskexporter.dashboards;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes PromQL that the variables of a dashboard narrow. Two exporters that read the same helpdesk
 * say the same twice, so each vector is first brought to one of each series.
 */
final class Ask {
  /** Behind a title: the period that the reader has chosen. */
  static final String PERIOD = ", ${window:text}";

  private final Set<Variable> variables;

  Ask(Variable... variables) {
    this.variables = EnumSet.noneOf(Variable.class);
    this.variables.addAll(List.of(variables));
  }

  /** The variables of the dashboard. */
  Set<Variable> variables() {
    return Set.copyOf(variables);
  }

  /**
   * A selector.
   *
   * @param where further matchers, such as {@code stat="p50"}
   */
  String selector(String sample, String... where) {
    List<String> matchers = new ArrayList<>(List.of("job=~\"$job\"", "instance=~\"$instance\""));
    Metric metric = Metric.of(sample);
    for (Variable variable : variables) {
      if (metric.variables().contains(variable)) {
        matchers.add("%s=~\"$%s\"".formatted(variable.label(), variable.label()));
      }
    }
    matchers.addAll(List.of(where));
    return sample + "{" + String.join(",", matchers) + "}";
  }

  /** How things stand. */
  String now(String gauge, String... where) {
    return once(selector(gauge, where));
  }

  /** How things stood a while ago, such as {@code 1d}: what was then expected of now. */
  String ago(String gauge, String how, String... where) {
    return once(selector(gauge, where) + " offset " + how);
  }

  /** What a report says of the period that the reader has chosen. */
  String report(String gauge, String... where) {
    return over("$window", gauge, where);
  }

  /** What a report says of a period of its own, whatever the reader has chosen. */
  String over(String window, String gauge, String... where) {
    List<String> all = new ArrayList<>(List.of(where));
    all.add("window=\"" + window + "\"");
    return now(gauge, all.toArray(String[]::new));
  }

  /** How fast a counter grows, in a second. */
  String rate(String counter, String... where) {
    return once("rate(" + selector(counter, where) + "[$__rate_interval])");
  }

  /** The same at the end of the time shown, for all of that time: to choose what to show. */
  String rateAtEnd(String counter, String... where) {
    return once("rate(" + selector(counter, where) + "[$__rate_interval] @ end())");
  }

  /** A part of a whole, as reports say of the period that the reader has chosen. */
  String part(String part, String whole, String... by) {
    return ratio(sum(report(part), by), sum(report(whole), by));
  }

  /** A part of a whole, step by step, as counters count both. */
  String partOverTime(String part, String whole, String... by) {
    return ratio(sum(rate(part), by), sum(rate(whole), by));
  }

  /** How much a counter grows in an hour. */
  String hourly(String counter, String... by) {
    return in(3_600, counter, by);
  }

  /** How much a counter grows in a day. */
  String daily(String counter, String... by) {
    return in(86_400, counter, by);
  }

  /** How much a counter grows in a week. */
  String weekly(String counter, String... by) {
    return in(604_800, counter, by);
  }

  private String in(int seconds, String counter, String... by) {
    return sum(rate(counter), by) + " * " + seconds;
  }

  private static String once(String vector) {
    return "max without (instance, pod) (" + vector + ")";
  }

  /** The sum, over everything but the labels that are named. */
  static String sum(String vector, String... by) {
    return "sum by (" + String.join(", ", by) + ") (" + vector + ")";
  }

  /** A part of a whole; absent, not NaN, while the whole is nothing. */
  static String ratio(String part, String whole) {
    return part + " / (" + whole + " > 0)";
  }

  /** A single number with a label that says another one, in whole numbers. */
  static String saying(String number, String label, String other) {
    return "%s * on () group_left (%s) count_values(\"%s\", round(%s))"
        .formatted(number, label, label, other);
  }

  /** A single part of a whole, with both as labels {@code part} and {@code whole}. */
  static String counted(String ratio, String part, String whole) {
    return saying(saying("(" + ratio + ")", "part", part), "whole", whole);
  }

  /** A vector, and 0 where it has nothing although another vector says that it is measured. */
  static String orZero(String vector, String measured) {
    return "(" + vector + " or 0 * " + measured + ")";
  }
}
