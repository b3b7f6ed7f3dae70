package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the values of SLA properties mean. They are numbers that stand for labels, which the
 * account's properties tell.
 *
 * @param labels by property and value, with a space between
 */
record Verdicts(Map<String, String> labels) {
  /** Where the properties may not be read. */
  private static final Map<String, String> USUAL =
      Map.of(
          "0", "Active SLA",
          "1", "Overdue",
          "2", "Due soon",
          "3", "Completed on time",
          "4", "Completed late");

  static Verdicts of(List<Item> properties) {
    Map<String, String> labels = new HashMap<>();
    for (Item property : properties) {
      try {
        String name = property.text("name").orElse("");
        if (name.contains("_sla_")) {
          for (Item option : property.items("options")) {
            labels.put(name + " " + option.requiredText("value"), option.requiredText("label"));
          }
        }
      } catch (BadItem e) {
        // The usual labels hold.
      }
    }
    return new Verdicts(Map.copyOf(labels));
  }

  /** Whether a promise was kept; empty while it is open, and where the label says neither. */
  Optional<Boolean> isMet(String property, String value) {
    String label = label(property, value);
    if (label.contains("late") || label.contains("overdue") || label.contains("breach")) {
      return Optional.of(false);
    }
    return label.contains("on time") || label.equals("met") ? Optional.of(true) : Optional.empty();
  }

  boolean isPaused(String property, String value) {
    String label = label(property, value);
    return label.contains("paused") && !label.contains("not ") && !label.contains("un");
  }

  private String label(String property, String value) {
    String label = labels.getOrDefault(property + " " + value, USUAL.getOrDefault(value, value));
    return label.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
