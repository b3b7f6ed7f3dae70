package io.helpdeskexporter.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.ConfigLoader;
import io.helpdeskexporter.exposition.BuildInfo;
import io.helpdeskexporter.fixtures.Database;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsTest {
  private static final Database NEVER_ASKED = new Database("jdbc:postgresql://nowhere/", "x", "");

  @TempDir private Path directory;

  @Test
  void everyChoiceThatChangesANumberIsTold() throws Exception {
    String choices =
        """
        kpi:
          profile: zammad
          frt: {count_bot: true}
          aht: {proxy: open_assigned, agent_created: exclude}
          resolution: {pause_on: [on_hold, pending], end: last_reply}
          fcr: {within: 30m, net_exclude_topics: [login], ignore_thanks: true}
          repeat_by: organization
          backlog: {age_from: last_customer_message}
          csat: {neutral: exclude}
          deflection: {mode: containment}
          ces: {threshold: 6, scale: v1_reversed}
          topics: {Password: login}
          upsell: {topics: [login]}
        sources:
          - {name: desk, kind: file, tickets: {path: t.csv, columns: {id: id, created_at: at}}}
        """;
    Path file = Reading.config(directory, NEVER_ASKED, choices);
    Wiring wiring = new Wiring(new ConfigLoader(Kinds.settings(), Map.of()).load(file).value());

    assertThat(definitions(wiring))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                entry("all", "zammad"),
                entry("backlog", "age_from_last_customer_message"),
                entry("ces", "easy_from_6_on_v1_reversed"),
                entry("csat", "neutral_exclude"),
                entry("deflection", "containment"),
                entry("first_contact_resolution", "within_30m_net_thanks_ignored"),
                entry("first_response", "from_creation_bots_count_notes_left_out"),
                entry("handle_time", "recorded_without_agent_created"),
                entry("handle_time_estimated", "open_assigned_without_agent_created"),
                entry("repeat_contacts", "by_organization"),
                entry("resolution", "to_last_reply_pausing_on_pending_pausing_on_on_hold"),
                entry("topics", "mapped"),
                entry("upsell", "of_topics")));
    assertThat(wiring.catalogue().families())
        .filteredOn(family -> family.name().equals("helpdesk_backlog_tickets"))
        .singleElement()
        .satisfies(family -> assertThat(family.help()).contains("the customer's last message"));
  }

  @Test
  void whatOthersReachIsToldWithWhoSaysSo() throws Exception {
    String benchmarks =
        """
        benchmarks:
          - {kpi: csat, level: median, value: 85%, publisher: Institute, edition: 2025-03}
          - {kpi: csat, level: top_quartile, value: 0.93, publisher: Institute, edition: 2025-03}
          - {kpi: first_response, level: median, value: 4h, publisher: Other, edition: 2025}
        sources:
          - {name: desk, kind: file, tickets: {path: t.csv, columns: {id: id, created_at: at}}}
        """;
    Path file = Reading.config(directory, NEVER_ASKED, benchmarks);
    Wiring wiring = new Wiring(Wiring.loader(Map.of()).load(file).value());

    assertThat(series("helpdesk_benchmark_value", wiring))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "{kpi=\"csat\",level=\"median\"}", 0.85,
                "{kpi=\"csat\",level=\"top_quartile\"}", 0.93,
                "{kpi=\"first_response\",level=\"median\"}", 14400.0));
    assertThat(series("helpdesk_benchmark_info", wiring))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "{edition=\"2025-03\",kpi=\"csat\",publisher=\"Institute\"}", 1.0,
                "{edition=\"2025\",kpi=\"first_response\",publisher=\"Other\"}", 1.0));
  }

  @Test
  void whatMoneyIsInIsToldIfItIsConfigured() throws Exception {
    String source =
        """
        sources:
          - {name: desk, kind: file, tickets: {path: t.csv, columns: {id: id, created_at: at}}}
        """;
    Path file = Reading.config(directory, NEVER_ASKED, "kpi: {currency: CHF}\n" + source);
    Wiring wiring = new Wiring(Wiring.loader(Map.of()).load(file).value());
    assertThat(series("helpdesk_cost_currency_info", wiring))
        .isEqualTo(Map.of("{currency=\"CHF\"}", 1.0));

    Path other = Reading.config(directory, NEVER_ASKED, source);
    Wiring untold = new Wiring(Wiring.loader(Map.of()).load(other).value());
    assertThat(series("helpdesk_cost_currency_info", untold)).isEmpty();
  }

  private static Map<String, Double> series(String family, Wiring wiring) {
    return Facts.about(BuildInfo.read(), wiring).stream()
        .filter(it -> it.getMetadata().getName().equals(family))
        .flatMap(it -> it.getDataPoints().stream())
        .collect(
            Collectors.toMap(
                point -> point.getLabels().toString(),
                point -> ((GaugeDataPointSnapshot) point).getValue()));
  }

  private static Map<String, String> definitions(Wiring wiring) {
    Map<String, String> profiles = new TreeMap<>();
    for (MetricSnapshot family : Facts.about(BuildInfo.read(), wiring)) {
      if (family.getMetadata().getName().equals("helpdesk_kpi_definition_info")) {
        family
            .getDataPoints()
            .forEach(
                point ->
                    profiles.put(point.getLabels().get("kpi"), point.getLabels().get("profile")));
      }
    }
    return profiles;
  }
}
