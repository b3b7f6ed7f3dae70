package io.helpdeskexporter.dashboards;

import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.Label;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A metric that dashboards may ask for: one of the catalogue, or one that the exporter tells of
 * itself.
 *
 * @param variables those that narrow it: whose label it has
 */
record Metric(String name, Set<Variable> variables) {
  private static final Map<String, Metric> ALL = all();

  Metric {
    variables = Set.copyOf(variables);
  }

  /**
   * The metric of a sample.
   *
   * @param sample a metric's name; of a histogram, with {@code _bucket}, {@code _sum} or {@code
   *     _count}
   * @throws IllegalArgumentException if there is no such metric
   */
  static Metric of(String sample) {
    return Optional.ofNullable(ALL.get(sample))
        .or(() -> Optional.ofNullable(ALL.get(sample.replaceFirst("_(bucket|sum|count)$", ""))))
        .orElseThrow(() -> new IllegalArgumentException("no metric has samples " + sample));
  }

  private static Map<String, Metric> all() {
    Map<String, Metric> all = new HashMap<>();
    for (Family family : Catalogue.of(Definitions.DEFAULT).families()) {
      put(all, family.name(), variables(family));
    }
    Own.OF_A_SOURCE.forEach(name -> put(all, name, Set.of(Variable.SOURCE)));
    Own.OF_THE_EXPORTER.forEach(name -> put(all, name, Set.of()));
    return Map.copyOf(all);
  }

  private static void put(Map<String, Metric> all, String name, Set<Variable> variables) {
    all.put(name, new Metric(name, variables));
  }

  private static Set<Variable> variables(Family family) {
    EnumSet<Variable> variables = EnumSet.of(Variable.SOURCE);
    if (family.labels().contains(Label.TEAM)) {
      variables.add(Variable.TEAM);
    }
    if (family.labels().contains(Label.CHANNEL)) {
      variables.add(Variable.CHANNEL);
    }
    if (family.labels().contains(Label.PRIORITY)) {
      variables.add(Variable.PRIORITY);
    }
    return variables;
  }

  /** What is not in the catalogue, since it is not about customer support. */
  private static final class Own {
    static final Set<String> OF_A_SOURCE =
        Set.of(
            "helpdesk_up",
            "helpdesk_source_info",
            "helpdesk_source_reading",
            "helpdesk_data_watermark_timestamp_seconds",
            "helpdesk_last_successful_poll_timestamp_seconds",
            "helpdesk_poll_duration_seconds",
            "helpdesk_poll_interval_seconds",
            "helpdesk_tickets_stored",
            "helpdesk_coverage_ratio",
            "helpdesk_import_remaining_changes",
            "helpdesk_polls_total",
            "helpdesk_poll_failures_total",
            "helpdesk_api_requests_total",
            "helpdesk_api_request_failures_total",
            "helpdesk_api_throttled_seconds_total",
            "helpdesk_api_rate_limit_remaining",
            "helpdesk_rejected_rows_total",
            "helpdesk_exporter_series",
            "helpdesk_label_overflow_total");

    static final Set<String> OF_THE_EXPORTER =
        Set.of(
            "helpdesk_exporter_build_info",
            "helpdesk_exporter_leader",
            "helpdesk_exporter_series_budget",
            "helpdesk_kpi_definition_info",
            "helpdesk_report_last_success_timestamp_seconds",
            "helpdesk_report_deliveries_total",
            "helpdesk_report_delivery_failures_total",
            // These three are in the catalogue, but not about a source.
            "helpdesk_benchmark_value",
            "helpdesk_benchmark_info",
            "helpdesk_cost_currency_info",
            "process_start_time_seconds",
            "process_cpu_seconds_total",
            "jvm_memory_used_bytes",
            "scrape_duration_seconds");

    private Own() {}
  }
}
