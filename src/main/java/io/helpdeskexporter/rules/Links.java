package io.helpdeskexporter.rules;

import java.util.Locale;

/**
 * Where the annotations of alerts point.
 *
 * @param runbooks the page of the runbooks, without an anchor
 * @param dashboards the root of Grafana, without a slash at the end
 */
public record Links(String runbooks, String dashboards) {
  /** Those that the committed rules have; whoever has other places names them. */
  public static final Links EXAMPLE =
      new Links("https://example.com/helpdesk-exporter/docs/runbooks.md", "http://localhost:3000");

  public Links {
    dashboards = dashboards.replaceAll("/+$", "");
  }

  String runbook(String alert) {
    return runbooks + "#alert-name-" + alert.toLowerCase(Locale.ROOT);
  }

  /**
   * @param variables as Grafana takes them in a URL, may hold templates of Prometheus
   */
  String dashboard(String uid, String variables) {
    return "%s/d/%s?%s".formatted(dashboards, uid, variables);
  }
}
