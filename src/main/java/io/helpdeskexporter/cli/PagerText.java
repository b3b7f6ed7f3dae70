package io.helpdeskexporter.cli;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How a delivery of Alertmanager reads in a terminal. */
final class PagerText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** Telling that all is well is for machines. */
  private static final String WATCHDOG = "HelpdeskWatchdog";

  private PagerText() {}

  /**
   * Some lines for each rule of which alerts are delivered, since what is wrong and what to do is
   * then the same; empty if there is nothing that people need to know.
   */
  static String of(JsonNode delivery) {
    Map<String, List<JsonNode>> byHead = new LinkedHashMap<>();
    for (JsonNode alert : delivery.path("alerts")) {
      if (!alert.path("labels").path("alertname").asString("").equals(WATCHDOG)) {
        byHead
            .computeIfAbsent(
                head(alert, delivery.path("receiver").asString("")), head -> new ArrayList<>())
            .add(alert);
      }
    }
    StringBuilder text = new StringBuilder();
    byHead.forEach((head, alerts) -> text.append(text(head, alerts)));
    return text.toString();
  }

  private static String text(String head, List<JsonNode> alerts) {
    String since =
        alerts.stream()
            .map(alert -> alert.path(over(alert) ? "endsAt" : "startsAt").asString(""))
            .sorted()
            .findFirst()
            .map(PagerText::time)
            .orElse("");
    StringBuilder text = new StringBuilder("%n%s  %s%n".formatted(since, head));
    for (String key : List.of("description", "runbook_url", "dashboard_url")) {
      alerts.stream()
          .filter(alert -> !over(alert))
          .map(alert -> alert.path("annotations").path(key).asString(""))
          .filter(line -> !line.isEmpty())
          .distinct()
          .forEach(line -> text.append("          %s%n".formatted(line)));
    }
    return text.toString();
  }

  private static String head(JsonNode alert, String receiver) {
    JsonNode labels = alert.path("labels");
    return "%s  %s  (%s, to %s)"
        .formatted(
            over(alert)
                ? "OVER"
                : labels.path("severity").asString("firing").toUpperCase(Locale.ROOT),
            alert.path("annotations").path("summary").asString(""),
            labels.path("alertname").asString(""),
            receiver);
  }

  private static boolean over(JsonNode alert) {
    return alert.path("status").asString("").equals("resolved");
  }

  private static String time(String timestamp) {
    try {
      return TIME.format(OffsetDateTime.parse(timestamp).atZoneSameInstant(ZoneId.systemDefault()));
    } catch (DateTimeParseException e) {
      return timestamp;
    }
  }
}
