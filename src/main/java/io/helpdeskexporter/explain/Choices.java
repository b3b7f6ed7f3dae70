package io.helpdeskexporter.explain;

import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.kpi.Kpi;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The definitions in force, by the keys of the configuration. */
final class Choices {
  private final Map<String, String> values;

  /**
   * @param profile whose definitions hold where nothing else is chosen
   */
  Choices(Definitions definitions, String profile) {
    values =
        Map.ofEntries(
            Map.entry("kpi.profile", profile),
            Map.entry("kpi.reply.public_note_counts", yes(definitions.publicNoteCounts())),
            Map.entry("kpi.frt.start", word(definitions.firstResponseStart())),
            Map.entry("kpi.frt.count_bot", yes(definitions.botReplyCounts())),
            Map.entry(
                "kpi.resolution.pause_on",
                definitions.resolutionPausesOn().stream()
                    .sorted()
                    .map(it -> it.label())
                    .collect(Collectors.joining(", ", "[", "]"))),
            Map.entry("kpi.resolution.end", word(definitions.resolutionEnd())),
            Map.entry("kpi.settle_after", Spans.text(definitions.settleAfter().toMillis())),
            Map.entry("kpi.repeat_window", Spans.text(definitions.repeatWindow().toMillis())),
            Map.entry("kpi.repeat_by", word(definitions.repeatBy())),
            Map.entry("kpi.fcr.profile", firstContact(definitions)),
            Map.entry("kpi.fcr.within", Spans.text(definitions.firstContact().within().toMillis())),
            Map.entry(
                "kpi.fcr.net_exclude_topics",
                definitions.firstContact().netExcludeTopics().stream()
                    .sorted()
                    .collect(Collectors.joining(", ", "[", "]"))),
            Map.entry("kpi.fcr.ignore_thanks", yes(definitions.firstContact().ignoreThanks())),
            Map.entry("kpi.backlog.age_from", word(definitions.ageFrom())),
            Map.entry(
                "kpi.tiers",
                definitions.tiers().isEmpty()
                    ? "none"
                    : new TreeMap<>(definitions.tiers())
                        .entrySet().stream()
                            .map(it -> it.getKey() + ": " + it.getValue())
                            .collect(Collectors.joining(", "))),
            Map.entry("kpi.csat.neutral", word(definitions.surveys().neutral())),
            Map.entry("kpi.ces.threshold", Integer.toString(definitions.surveys().easyFrom())),
            Map.entry("kpi.ces.scale", word(definitions.surveys().effortScale())),
            Map.entry(
                "kpi.topics",
                definitions.topics().byWord().isEmpty()
                    ? "as the source tells"
                    : definitions.topics().byWord().size() + " words mapped"),
            Map.entry(
                "kpi.aht.agent_created", definitions.agentCreatedHandled() ? "include" : "exclude"),
            Map.entry("kpi.aht.proxy", word(definitions.handleProxy())),
            Map.entry("kpi.deflection.mode", word(definitions.deflection())));
  }

  /**
   * Those that decide about a KPI, its profile first.
   *
   * @throws IllegalArgumentException if it names one that is not known here
   */
  List<Choice> of(Kpi kpi) {
    List<Choice> all = new ArrayList<>();
    if (!kpi.choices().isEmpty()) {
      all.add(choice("kpi.profile"));
    }
    kpi.choices().forEach(key -> all.add(choice(key)));
    return all;
  }

  private Choice choice(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no definition is known as " + key);
    }
    return new Choice(key, value);
  }

  private static String firstContact(Definitions definitions) {
    return switch (definitions.firstContact().profile()) {
      case WITHIN -> "within_minutes";
      case DEFAULT, ONE_TOUCH, NO_FOLLOWUP, ONE_TEAMMATE, SURVEY ->
          word(definitions.firstContact().profile());
    };
  }

  private static String yes(boolean value) {
    return Boolean.toString(value);
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
