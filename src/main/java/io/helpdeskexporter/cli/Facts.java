package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.DurationText;
import io.helpdeskexporter.config.KpiConfig;
import io.helpdeskexporter.exposition.BuildInfo;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Definitions.FirstContactProfile;
import io.helpdeskexporter.kpi.Benchmark;
import io.helpdeskexporter.kpi.Catalogue;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What does not change while the exporter runs: the build, which definitions are in force, what
 * money is counted in, and what others reach.
 */
final class Facts {
  private Facts() {}

  static List<MetricSnapshot> about(BuildInfo build, Wiring wiring) {
    List<MetricSnapshot> all = new ArrayList<>();
    all.add(build(build));
    all.addAll(about(wiring));
    return all;
  }

  /** The same without the build: what the configuration says of the numbers. */
  static List<MetricSnapshot> about(Wiring wiring) {
    List<MetricSnapshot> all = new ArrayList<>();
    all.add(definitions(wiring.config().kpi()));
    wiring.config().kpi().currency().map(Catalogue::currency).ifPresent(all::add);
    all.addAll(Benchmark.snapshots(wiring.benchmarks()));
    return all;
  }

  private static GaugeSnapshot build(BuildInfo build) {
    return info(
        "helpdesk_exporter_build_info",
        "The build that runs.",
        List.of(
            Labels.of(
                "java_version",
                Runtime.version().toString(),
                "revision",
                build.revision(),
                "version",
                build.version())));
  }

  /** One line per KPI whose definition has a choice. */
  private static GaugeSnapshot definitions(KpiConfig kpi) {
    Definitions chosen = kpi.definitions(Optional.empty());
    Map<String, String> profiles = new TreeMap<>();
    profiles.put("all", word(kpi.profile()));
    profiles.put("backlog", "age_from_" + word(chosen.ageFrom()));
    profiles.put(
        "ces",
        "easy_from_" + chosen.surveys().easyFrom() + "_on_" + word(chosen.surveys().effortScale()));
    profiles.put("csat", "neutral_" + word(chosen.surveys().neutral()));
    profiles.put("deflection", word(chosen.deflection()));
    profiles.put(
        "first_contact_resolution",
        word(chosen.firstContact().profile())
            + (chosen.firstContact().profile() == FirstContactProfile.WITHIN
                ? "_" + DurationText.format(chosen.firstContact().within())
                : "")
            + (chosen.firstContact().netExcludeTopics().isEmpty() ? "" : "_net")
            + (chosen.firstContact().ignoreThanks() ? "_thanks_ignored" : ""));
    profiles.put(
        "first_response",
        "from_"
            + word(chosen.firstResponseStart())
            + (chosen.botReplyCounts() ? "_bots_count" : "")
            + (chosen.publicNoteCounts() ? "" : "_notes_left_out"));
    String staffs = chosen.agentCreatedHandled() ? "" : "_without_agent_created";
    profiles.put("handle_time", "recorded" + staffs);
    profiles.put("handle_time_estimated", word(chosen.handleProxy()) + staffs);
    profiles.put("repeat_contacts", "by_" + word(chosen.repeatBy()));
    profiles.put("resolution", "to_" + word(chosen.resolutionEnd()) + pauses(chosen));
    profiles.put("topics", chosen.topics().byWord().isEmpty() ? "as_told" : "mapped");
    profiles.put("upsell", chosen.influence().topics().isEmpty() ? "any_ticket" : "of_topics");
    return info(
        "helpdesk_kpi_definition_info",
        "The definition in force for each KPI whose definition has a choice.",
        profiles.entrySet().stream()
            .map(entry -> Labels.of("kpi", entry.getKey(), "profile", entry.getValue()))
            .toList());
  }

  private static String pauses(Definitions chosen) {
    return chosen.resolutionPausesOn().stream()
        .sorted()
        .map(Facts::word)
        .map("_pausing_on_"::concat)
        .collect(Collectors.joining());
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static GaugeSnapshot info(String name, String help, List<Labels> all) {
    GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
    all.forEach(
        labels ->
            family.dataPoint(GaugeDataPointSnapshot.builder().labels(labels).value(1).build()));
    return family.build();
  }
}
