package io.helpdeskexporter.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Objectives as specifications of Pyrra. It has burn rates of its own, for services that never
 * close: good for its pages, and for alerts of a desk that is always open.
 */
final class Pyrra {
  private Pyrra() {}

  static List<RuleFile> files(List<Slo> slos) {
    return slos.stream()
        .map(slo -> new RuleFile("pyrra/%s.yml".formatted(slo.id()), specification(slo)))
        .toList();
  }

  private static String specification(Slo slo) {
    Map<String, Object> labels = new LinkedHashMap<>();
    labels.put("pyrra.dev/source", slo.objective().source());
    labels.put("pyrra.dev/sla_metric", slo.objective().metric().label());
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", slo.id().replace('_', '-'));
    metadata.put("labels", labels);
    Map<String, Object> ratio = new LinkedHashMap<>();
    ratio.put("errors", metric(slo, SloRules.BREACHES));
    ratio.put("total", metric(slo, SloRules.PROMISES));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("target", Decimals.percent(slo.objective().target()));
    spec.put("window", slo.period());
    spec.put("description", Sloth.description(slo));
    spec.put("indicator", Map.of("ratio", ratio));
    spec.put("alerting", alerting(slo));
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("apiVersion", "pyrra.dev/v1alpha1");
    yaml.put("kind", "ServiceLevelObjective");
    yaml.put("metadata", metadata);
    yaml.put("spec", spec);
    return YamlText.of(yaml);
  }

  private static Map<String, Object> metric(Slo slo, String counter) {
    return Map.of("metric", counter + Slo.selector(slo.scope()));
  }

  /** Where the desk closes, its alerts would come too late: those for Prometheus are there. */
  private static Map<String, Object> alerting(Slo slo) {
    Map<String, Object> alerting = new LinkedHashMap<>();
    alerting.put("name", SloRules.ALERT);
    if (!slo.hours().isRoundTheClock()) {
      alerting.put("burnrates", false);
    }
    return alerting;
  }
}
