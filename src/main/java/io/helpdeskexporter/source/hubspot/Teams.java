package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Kept;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What teams are called: each owner names those that he is in. */
final class Teams {
  private static final Duration KEPT = Duration.ofHours(1);

  private final Kept<Map<String, String>> names;

  Teams(Crm crm, InstantSource clock) {
    names = new Kept<>(KEPT, clock, () -> of(crm.owners()));
  }

  /** Names by id; a team without an owner is known by its id alone. */
  Map<String, String> names() throws SourceException, InterruptedException {
    return names.get();
  }

  static Map<String, String> of(List<Item> owners) {
    Map<String, String> names = new HashMap<>();
    for (Item owner : owners) {
      try {
        for (Item team : owner.items("teams")) {
          names.put(team.requiredKey("id"), team.requiredText("name"));
        }
      } catch (BadItem e) {
        // The names of his teams come with another owner, or not at all.
      }
    }
    return names;
  }
}
