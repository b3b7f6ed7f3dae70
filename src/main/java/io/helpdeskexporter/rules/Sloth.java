package io.helpdeskexporter.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Objectives as specifications of Sloth. It takes the period and the burn rates for a whole run, so
 * there is a file for each source and period, and one of windows to run it with, which holds the
 * opening hours. What it cannot take is left out: the least number of promises.
 */
final class Sloth {
  private static final String WINDOW = "[{{.window}}]";

  /** Sloth multiplies these percentages by period ÷ window to get our factors back. */
  private static final int DECIMALS = 4;

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal HOURS_PER_DAY = BigDecimal.valueOf(24);

  private Sloth() {}

  static List<RuleFile> files(List<Slo> slos, Links links) {
    Map<String, List<Slo>> runs = new LinkedHashMap<>();
    slos.forEach(
        slo ->
            runs.computeIfAbsent(
                    slo.objective().source() + "-" + slo.period(), _ -> new ArrayList<>())
                .add(slo));
    List<RuleFile> files = new ArrayList<>();
    runs.forEach(
        (name, run) -> {
          files.add(new RuleFile("sloth/%s.yml".formatted(name), specification(run, links)));
          files.add(new RuleFile("sloth/windows/%s.yml".formatted(name), windows(run.getFirst())));
        });
    return files;
  }

  private static String specification(List<Slo> run, Links links) {
    Slo any = run.getFirst();
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("version", "prometheus/v1");
    yaml.put("service", any.objective().source());
    yaml.put("labels", Map.of("source", any.objective().source()));
    yaml.put("slos", run.stream().map(slo -> slo(slo, links)).toList());
    String header =
        """
        # sloth generate -i %s.yml --default-slo-period=%s --slo-period-windows-path=windows
        """
            .formatted(any.objective().source() + "-" + any.period(), any.period());
    return header + YamlText.of(yaml);
  }

  private static Map<String, Object> slo(Slo slo, Links links) {
    Map<String, String> labels = slo.scope();
    labels.remove("source");
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("name", slo.objective().name());
    yaml.put("objective", new BigDecimal(Decimals.percent(slo.objective().target())));
    yaml.put("description", description(slo));
    yaml.put("labels", labels);
    yaml.put(
        "sli",
        Map.of(
            "events",
            ordered("error_query", query(slo, SloRules.BREACHES))
                .with("total_query", query(slo, SloRules.PROMISES))
                .map()));
    yaml.put(
        "alerting",
        ordered("name", SloRules.ALERT)
            .with("labels", Map.of("scope", "kpi"))
            .with(
                "annotations",
                ordered("summary", SloRules.SUMMARY)
                    .with("runbook_url", links.runbook(SloRules.ALERT))
                    .map())
            .with(
                "page_alert",
                Reach.of(slo).pages() ? severity(Severity.CRITICAL) : Map.of("disable", true))
            .with("ticket_alert", severity(Severity.WARNING))
            .map());
    return yaml;
  }

  static String description(Slo slo) {
    return "%s%% of the %s are kept, over %d days."
        .formatted(
            Decimals.percent(slo.objective().target()), slo.promises(), slo.objective().days());
  }

  private static Map<String, Object> severity(Severity severity) {
    return Map.of("labels", Map.of("severity", severity.label()));
  }

  private static String query(Slo slo, String counter) {
    return "sum(max without (instance, pod) (rate(%s%s%s)))"
        .formatted(counter, Slo.selector(slo.scope()), WINDOW);
  }

  private static String windows(Slo slo) {
    List<BurnRate> rates = BurnRate.of(slo.hours(), slo.objective().days());
    int row = 0;
    return YamlText.of(
        ordered("apiVersion", "sloth.slok.dev/v1")
            .with("kind", "AlertWindows")
            .with(
                "spec",
                ordered("sloPeriod", slo.period())
                    .with(
                        "page",
                        ordered("quick", window(rates.get(row++), slo))
                            .with("slow", window(rates.get(row++), slo))
                            .map())
                    .with(
                        "ticket",
                        ordered("quick", window(rates.get(row++), slo))
                            .with("slow", window(rates.get(row), slo))
                            .map())
                    .map())
            .map());
  }

  private static Map<String, Object> window(BurnRate rate, Slo slo) {
    BigDecimal percent =
        rate.factor()
            .multiply(HUNDRED)
            .multiply(BigDecimal.valueOf(rate.longHours()))
            .divide(
                HOURS_PER_DAY.multiply(BigDecimal.valueOf(slo.objective().days())),
                DECIMALS,
                RoundingMode.HALF_UP);
    return ordered("errorBudgetPercent", Decimals.plain(percent))
        .with("shortWindow", rate.shortWindow())
        .with("longWindow", rate.longWindow())
        .map();
  }

  private static Entries ordered(String key, Object value) {
    return new Entries(new LinkedHashMap<>()).with(key, value);
  }

  /** A map that keeps the order in which it is told. */
  private record Entries(Map<String, Object> map) {
    Entries with(String key, Object value) {
      map.put(key, value);
      return this;
    }
  }
}
