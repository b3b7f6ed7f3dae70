package io.helpdeskexporter.rules;

import java.util.LinkedHashMap;
import java.util.Map;

/** A rule of Prometheus. */
sealed interface Rule {
  String expr();

  /** In the order in which people expect the keys. */
  Map<String, Object> yaml();

  /** What is recorded. */
  record Recording(String name, String expr, Map<String, String> labels) implements Rule {
    @Override
    public Map<String, Object> yaml() {
      Map<String, Object> yaml = new LinkedHashMap<>();
      yaml.put("record", name);
      yaml.put("expr", expr);
      yaml.put("labels", labels);
      return yaml;
    }
  }

  /**
   * What people are told.
   *
   * @param pending for how long it has to be so before
   */
  record Alert(
      String name,
      String expr,
      String pending,
      Map<String, String> labels,
      Map<String, String> annotations)
      implements Rule {
    @Override
    public Map<String, Object> yaml() {
      Map<String, Object> yaml = new LinkedHashMap<>();
      yaml.put("alert", name);
      yaml.put("expr", expr);
      yaml.put("for", pending);
      yaml.put("labels", labels);
      yaml.put("annotations", annotations);
      return yaml;
    }
  }
}
