package io.helpdeskexporter.cli;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** How a delivery of Alertmanager reads in a terminal. */
final class PagerText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** Telling that all is well is for machines. */
  private static final String WATCHDOG = "HelpdeskWatchdog";

  private PagerText() {}

  /** Some lines for each alert; empty if there is nothing that people need to know. */
  static String of(JsonNode delivery) {
    StringBuilder text = new StringBuilder();
    for (JsonNode alert : delivery.path("alerts")) {
      if (!alert.path("labels").path("alertname").asString("").equals(WATCHDOG)) {
        text.append(alert(alert, delivery.path("receiver").asString("")));
      }
    }
    return text.toString();
  }

  private static String alert(JsonNode alert, String receiver) {
    JsonNode labels = alert.path("labels");
    JsonNode annotations = alert.path("annotations");
    boolean over = alert.path("status").asString("").equals("resolved");
    String head =
        over ? "OVER" : labels.path("severity").asString("firing").toUpperCase(Locale.ROOT);
    String since = time(alert.path(over ? "endsAt" : "startsAt").asString(""));
    StringBuilder text =
        new StringBuilder(
            "%n%s  %s  %s  (%s, to %s)%n"
                .formatted(
                    since,
                    head,
                    annotations.path("summary").asString(""),
                    labels.path("alertname").asString(""),
                    receiver));
    if (!over) {
      for (String key : new String[] {"description", "runbook_url", "dashboard_url"}) {
        String value = annotations.path(key).asString("");
        if (!value.isEmpty()) {
          text.append("          %s%n".formatted(value));
        }
      }
    }
    return text.toString();
  }

  private static String time(String timestamp) {
    try {
      return TIME.format(OffsetDateTime.parse(timestamp).atZoneSameInstant(ZoneId.systemDefault()));
    } catch (DateTimeParseException e) {
      return timestamp;
    }
  }
}
