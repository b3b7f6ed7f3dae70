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
import java.util.Optional;

/** Who owns tickets, and what their teams are called: each owner names those that he is in. */
final class Teams {
  private static final Duration KEPT = Duration.ofHours(1);

  private final Kept<List<Item>> owners;

  Teams(Crm crm, InstantSource clock) {
    owners = new Kept<>(KEPT, clock, crm::owners);
  }

  /** Names by id; a team without an owner is known by its id alone. */
  Map<String, String> names() throws SourceException, InterruptedException {
    return of(owners.get());
  }

  /** By the ids of users: conversations name agents by these, and tickets by the ids of owners. */
  Map<String, String> ownersByUser() throws SourceException, InterruptedException {
    Map<String, String> byUser = new HashMap<>();
    for (Item owner : owners.get()) {
      try {
        Optional<String> user = owner.key("userId");
        if (user.isPresent()) {
          byUser.put(user.get(), owner.requiredKey("id"));
        }
      } catch (BadItem e) {
        // Who writes as this user is known by the user's id.
      }
    }
    return byUser;
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
