package io.helpdeskexporter.rules;

import io.helpdeskexporter.rules.Rule.Alert;
import io.helpdeskexporter.rules.Rule.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of some objectives, as a file of Prometheus. */
public final class SloRules {
  static final String ALERT = "HelpdeskSlaErrorBudgetBurn";
  static final String SUMMARY = "The error budget of an SLA objective is spent too fast.";
  static final String BREACHES = "helpdesk_sla_breaches_total";
  static final String PROMISES = "helpdesk_sla_promises_ended_total";
  private static final String DASHBOARD = "helpdesk-sla";

  /** With fewer, one ticket would be a tenth of all: that is what the direct alerts are for. */
  private static final int MIN_PROMISES = 10;

  private static final int MIN_BREACHES = 2;

  /** A period of weeks is looked at in steps of so much: each raw sample of it would be costly. */
  private static final String STEP = "15m";

  /** Over which the present speed is told: within minutes, few desks end any promise. */
  private static final String PRESENT = "1h";

  private static final String HEADER =
      """
      # Made by `helpdesk-exporter rules` of the objectives in the configuration; change those, not this.
      # docs/alerting.md tells how the numbers come about.
      """;

  private final Links links;

  private SloRules(Links links) {
    this.links = links;
  }

  /**
   * All groups of rules, in the order of the objectives.
   *
   * @param slos whose alerts are not dead: see {@link Reach}
   */
  public static String prometheus(List<Slo> slos, Links links) {
    SloRules rules = new SloRules(links);
    List<Map<String, Object>> groups =
        slos.stream().flatMap(slo -> rules.groups(slo).stream()).toList();
    return HEADER + YamlText.of(Map.of("groups", groups));
  }

  private List<Map<String, Object>> groups(Slo slo) {
    return List.of(
        group(slo, "sli", "1m", indicators(slo)),
        group(slo, "meta", "2m", metadata(slo)),
        group(slo, "alerts", "1m", alerts(slo)));
  }

  private static Map<String, Object> group(
      Slo slo, String part, String interval, List<? extends Rule> rules) {
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("name", "helpdesk-slo-%s-%s".formatted(slo.id(), part));
    group.put("interval", interval);
    group.put("rules", rules.stream().map(Rule::yaml).toList());
    return group;
  }

  // ---- what is recorded

  private static List<Recording> indicators(Slo slo) {
    List<Recording> all = new ArrayList<>();
    for (String window : windows(slo)) {
      all.addAll(indicator(slo, window, "[%s]".formatted(window)));
    }
    return all;
  }

  /** The short ones first; those of rows that are out of reach too, for the dashboards. */
  private static List<String> windows(Slo slo) {
    return BurnRate.of(slo.hours(), slo.objective().days()).stream()
        .flatMap(rate -> Stream.of(rate.shortWindow(), rate.longWindow()))
        .distinct()
        .sorted(Comparator.comparing(window -> Duration.parse(iso(window))))
        .toList();
  }

  private static String iso(String window) {
    String upper = window.toUpperCase(Locale.ROOT);
    return upper.endsWith("D") ? "P" + upper : "PT" + upper;
  }

  /** How many were broken, how many ended, and which part that is: absent where none ended. */
  private static List<Recording> indicator(Slo slo, String window, String range) {
    String identity = slo.selector();
    String breaches = "slo:sli_breaches:increase" + window;
    String promises = "slo:sli_promises:increase" + window;
    return List.of(
        new Recording(breaches, increase(slo, BREACHES, range), slo.labels()),
        new Recording(promises, increase(slo, PROMISES, range), slo.labels()),
        new Recording(
            "slo:sli_error:ratio_rate" + window,
            "%s%s\n/\n(%s%s > 0)\n".formatted(breaches, identity, promises, identity),
            slo.labels()));
  }

  /** Two exporters that read the same helpdesk count the same: the greater of them is it. */
  private static String increase(Slo slo, String counter, String range) {
    String increase = "increase(%s%s%s)".formatted(counter, Slo.selector(slo.scope()), range);
    return slo.addedUp().isEmpty()
        ? "max without (instance, pod) (\n  %s\n)\n".formatted(increase)
        : """
        sum without (%s) (
          max without (instance, pod) (
            %s
          )
        )
        """
            .formatted(slo.addedUp(), increase);
  }

  private static List<Recording> metadata(Slo slo) {
    String identity = slo.selector();
    String budget = " / on (slo_id) group_left () slo:error_budget:ratio" + identity;
    List<Recording> all = new ArrayList<>();
    all.add(constant("slo:objective:ratio", slo.objective().target().toPlainString(), slo));
    all.add(constant("slo:error_budget:ratio", slo.budget().toPlainString(), slo));
    all.add(constant("slo:time_period:days", String.valueOf(slo.objective().days()), slo));
    all.addAll(indicator(slo, slo.period(), "[%s:%s]".formatted(slo.period(), STEP)));
    all.add(
        new Recording(
            "slo:current_burn_rate:ratio",
            "slo:sli_error:ratio_rate" + PRESENT + identity + budget,
            slo.labels()));
    all.add(
        new Recording(
            "slo:period_burn_rate:ratio",
            "slo:sli_error:ratio_rate" + slo.period() + identity + budget,
            slo.labels()));
    all.add(
        new Recording(
            "slo:period_error_budget_remaining:ratio",
            "1 - slo:period_burn_rate:ratio" + identity,
            slo.labels()));
    Map<String, String> info = slo.labels();
    info.put("slo_objective", Decimals.percent(slo.objective().target()));
    info.put("slo_period", slo.period());
    all.add(new Recording("helpdesk_slo_info", "vector(1)", info));
    return all;
  }

  private static Recording constant(String name, String value, Slo slo) {
    return new Recording(name, "vector(%s)".formatted(value), slo.labels());
  }

  // ---- what people are told

  private List<Alert> alerts(Slo slo) {
    return Reach.of(slo).kept().stream().map(rate -> alert(slo, rate)).toList();
  }

  private Alert alert(Slo slo, BurnRate rate) {
    String identity = slo.selector();
    String tooFast = " > (%s * %s)".formatted(rate.factor(), slo.budget().toPlainString());
    String longWindow = rate.longWindow() + identity;
    String expr =
        """
        slo:sli_error:ratio_rate%s%s
        and
        slo:sli_error:ratio_rate%s%s
        and
        slo:sli_promises:increase%s >= %d
        and
        slo:sli_breaches:increase%s >= %d
        """
            .formatted(
                longWindow,
                tooFast,
                rate.shortWindow() + identity,
                tooFast,
                longWindow,
                MIN_PROMISES,
                longWindow,
                MIN_BREACHES);
    Map<String, String> labels = slo.identity();
    labels.put("severity", rate.severity().label());
    labels.put("scope", "kpi");
    labels.put("long_window", rate.longWindow());
    labels.put("short_window", rate.shortWindow());
    return new Alert(ALERT, expr, rate.pending(), labels, annotations(slo, rate));
  }

  private Map<String, String> annotations(Slo slo, BurnRate rate) {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put("summary", SUMMARY);
    annotations.put(
        "description",
        ("{{ $labels.source }}: {{ $value | humanizePercentage }} of the %s that ended in the last"
                + " %s were broken. The objective %s allows %s%%; so the error budget of %d days"
                + " goes at least %s times as fast as it may.")
            .formatted(
                slo.promises(),
                rate.longWindow(),
                slo.objective().name(),
                Decimals.percent(slo.budget()),
                slo.objective().days(),
                rate.factor()));
    annotations.put("runbook_url", links.runbook(ALERT));
    annotations.put("dashboard_url", dashboard(slo));
    return annotations;
  }

  private String dashboard(Slo slo) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("var-source", "{{ $labels.source }}");
    slo.objective()
        .team()
        .ifPresent(_ -> variables.put("var-team", "{{ $labels.team | urlquery }}"));
    return links.dashboard(
        DASHBOARD,
        variables.entrySet().stream()
            .map(it -> it.getKey() + "=" + it.getValue())
            .collect(Collectors.joining("&")));
  }
}
