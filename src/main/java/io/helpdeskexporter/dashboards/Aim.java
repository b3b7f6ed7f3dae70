package io.helpdeskexporter.dashboards;

/**
 * What a number is to come to: the goal, the objective or the benchmark that is configured. It is
 * asked for like any number, so no dashboard contains it.
 *
 * @param better which numbers are good
 * @param promql the target in the unit of the panel with a label {@code aim} that names it, such as
 *     "goal ≥ 88 %"; no sample if nothing is configured
 */
public record Aim(Better better, String promql) {
  /** Which numbers are good. */
  public enum Better {
    HIGHER("≥"),
    LOWER("≤");

    private final String sign;

    Better(String sign) {
      this.sign = sign;
    }
  }

  /** What the target is in. */
  private enum Scale {
    RATIO,
    SECONDS,
    POINTS,
    /** From -100 to 100, where the indicator is from -1 to 1. */
    SCORE
  }

  /** Of an indicator that is a ratio: its open goal, and without one what half of others reach. */
  static Aim ratio(Ask ask, Better better, String kpi) {
    return goalOrBenchmark(ask, better, Scale.RATIO, kpi);
  }

  /** The same of an indicator in seconds. */
  static Aim seconds(Ask ask, Better better, String kpi) {
    return goalOrBenchmark(ask, better, Scale.SECONDS, kpi);
  }

  /** The same of an indicator that is a plain number. */
  static Aim points(Ask ask, Better better, String kpi) {
    return goalOrBenchmark(ask, better, Scale.POINTS, kpi);
  }

  /** The same of an indicator from -1 to 1 that is shown as points up to 100. */
  static Aim score(Ask ask, Better better, String kpi) {
    return goalOrBenchmark(ask, better, Scale.SCORE, kpi);
  }

  /** The same of an indicator in money, its name telling the currency. */
  static Aim money(Ask ask, Better better, String kpi) {
    Aim points = goalOrBenchmark(ask, better, Scale.POINTS, kpi);
    return new Aim(
        better,
        "label_join((%s) * on () group_left (currency) (topk(1, %s) or on () vector(1)), \"aim\", \" \", \"aim\", \"currency\")"
            .formatted(points.promql(), ask.now("helpdesk_cost_currency_info")));
  }

  /** The same, its name following that of the number: "First reply · goal ≤ 35 min". */
  Aim of(String number) {
    return new Aim(
        better,
        "label_replace(%s, \"aim\", \"%s · $1\", \"aim\", \"(.+)\")".formatted(promql, number));
  }

  private static Aim goalOrBenchmark(Ask ask, Better better, Scale scale, String kpi) {
    return new Aim(
        better,
        named(goal(ask, kpi), "goal", better, scale)
            + " or on () "
            + named(benchmark(ask, kpi), "benchmark", better, scale));
  }

  /** The number of an indicator's goal for the whole desk that is still open, if there is one. */
  static String goal(Ask ask, String kpi) {
    return "max(%s * on (job, source, goal) group_left () %s and on (job, source, goal) %s == 1)"
        .formatted(
            ask.now("helpdesk_goal_target_value"),
            ask.now("helpdesk_goal_info", "kpi=\"" + kpi + "\"", "team=\"\""),
            ask.now("helpdesk_goal_state", "state=\"open\""));
  }

  /** The number that half of others reach in an indicator, if one is configured. */
  static String benchmark(Ask ask, String kpi) {
    return "max(%s)"
        .formatted(ask.now("helpdesk_benchmark_value", "kpi=\"" + kpi + "\"", "level=\"median\""));
  }

  private static String named(String target, String what, Better better, Scale scale) {
    return switch (scale) {
      case RATIO -> named(target, "round(" + target + " * 100, 0.1)", what, better, " %");
      case SCORE ->
          named("(100 * " + target + ")", "round(100 * " + target + ")", what, better, "");
      case POINTS -> named(target, "round(" + target + ", 0.01)", what, better, "");
      case SECONDS ->
          "("
              + named(target, "(round(" + target + " / 60) < 120)", what, better, " min")
              + " or on () "
              + named(target, "round(" + target + " / 3600, 0.1)", what, better, " h")
              + ")";
    };
  }

  /** The target, with a label made of what people call it. */
  private static String named(
      String target, String shown, String what, Better better, String unit) {
    return "%s * on () group_left (aim) label_replace(count_values(\"aim\", %s), \"aim\", \"%s %s $1%s\", \"aim\", \"(.+)\")"
        .formatted(target, shown, what, better.sign, unit);
  }
}
