package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values that a property had, the first one first. */
final class History {
  /** A value that is set with its object is dated a little after it. */
  private static final Duration WITH_CREATION = Duration.ofSeconds(2);

  /**
   * One of the values.
   *
   * @param value empty where the property was cleared
   * @param key unique within the property
   * @param before the value before; empty where there was none, or HubSpot has forgotten it
   * @param isFirst whether it is the one that the object was created with
   */
  record Entry(
      Optional<String> value,
      Instant at,
      String key,
      Optional<String> before,
      boolean isFirst,
      Actor by) {
    Stamp stamp() {
      return Stamp.of(key, at);
    }

    boolean isChange() {
      return !isFirst && !before.equals(value);
    }
  }

  private History() {}

  /**
   * @param created when the object was
   */
  static List<Entry> of(Item object, String property, Instant created) throws BadItem {
    List<Item> rows = new ArrayList<>(object.item("propertiesWithHistory").items(property));
    // The newest comes first; of two of one instant, the one that is told last happened first.
    Collections.reverse(rows);
    Map<Item, Instant> times = new HashMap<>();
    for (Item row : rows) {
      times.put(row, row.requiredTime("timestamp"));
    }
    rows.sort(Comparator.comparing(times::get));
    List<Entry> entries = new ArrayList<>();
    Optional<String> before = Optional.empty();
    for (Item row : rows) {
      Instant at = row.requiredTime("timestamp");
      boolean isFirst = entries.isEmpty() && !at.isAfter(created.plus(WITH_CREATION));
      long earlier = entries.stream().filter(entry -> entry.at().equals(at)).count();
      String key = property + "/" + at.toEpochMilli() + (earlier == 0 ? "" : "/" + earlier);
      Optional<String> value = row.text("value");
      entries.add(new Entry(value, at, key, before, isFirst, by(row)));
      before = value;
    }
    return entries;
  }

  /** A user's name stands beside what a user did; all else is done by workflows and programs. */
  private static Actor by(Item row) throws BadItem {
    return row.key("updatedByUserId").isPresent() ? Actor.AGENT : Actor.SYSTEM;
  }
}
