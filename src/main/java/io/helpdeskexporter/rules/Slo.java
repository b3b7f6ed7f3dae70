package io.helpdeskexporter.rules;

import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.kpi.Objective;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An objective of a desk.
 *
 * @param hours when the desk is open
 */
public record Slo(Objective objective, OpeningHours hours) {
  /** Labels by which the ended promises are told apart, and an objective need not be. */
  private static final List<String> CUTS = List.of("team", "priority");

  /** Unique: names are of their own, and sources' names too. */
  String id() {
    return objective.source() + "-" + objective.name();
  }

  /** What may go wrong: from 1 down to the target. */
  BigDecimal budget() {
    return Decimals.plain(BigDecimal.ONE.subtract(objective.target()));
  }

  /** As PromQL writes it. */
  String period() {
    return objective.days() + "d";
  }

  /** Which series of the promises it is about. */
  Map<String, String> scope() {
    Map<String, String> scope = new LinkedHashMap<>();
    scope.put("source", objective.source());
    scope.put("sla_metric", objective.metric().label());
    objective.team().ifPresent(team -> scope.put("team", team));
    objective.priority().map(Priority::label).ifPresent(it -> scope.put("priority", it));
    return scope;
  }

  /** What tells one objective from all others. */
  Map<String, String> identity() {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("slo_id", id());
    identity.put("slo_service", objective.source());
    identity.put("slo_name", objective.name());
    return identity;
  }

  /** What each recorded series of it has. */
  Map<String, String> labels() {
    Map<String, String> labels = identity();
    labels.putAll(scope());
    return labels;
  }

  /** The labels of the promises that it adds up, in PromQL. */
  String addedUp() {
    return CUTS.stream().filter(it -> !scope().containsKey(it)).collect(Collectors.joining(", "));
  }

  /** Its promises in words. */
  String promises() {
    return objective.metric().label().replace('_', ' ')
        + " promises"
        + objective.team().map(team -> " of the team " + team).orElse("")
        + objective.priority().map(it -> " for %s tickets".formatted(it.label())).orElse("");
  }

  /** What is recorded of it, in PromQL. */
  String selector() {
    return selector(Map.of("slo_id", id()));
  }

  /** A selector of PromQL. */
  static String selector(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> "%s=\"%s\"".formatted(label.getKey(), escaped(label.getValue())))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
