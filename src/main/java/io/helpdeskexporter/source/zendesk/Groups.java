package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Kept;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What groups are called, deleted ones too. */
final class Groups {
  private final Kept<Map<String, String>> names;
  private final Set<String> missing = new HashSet<>();
  private Map<String, String> known = Map.of();

  Groups(Api api, Duration kept, InstantSource clock) {
    names = new Kept<>(kept, clock, () -> list(api));
  }

  /** Asks again if one of them is new. */
  void meet(Collection<String> ids) throws SourceException, InterruptedException {
    if (ids.isEmpty()) {
      return;
    }
    known = names.get();
    Set<String> strangers = new HashSet<>(ids);
    strangers.removeAll(known.keySet());
    strangers.removeAll(missing);
    if (!strangers.isEmpty()) {
      names.forget();
      known = names.get();
      strangers.removeAll(known.keySet());
      missing.addAll(strangers);
    }
  }

  /** The name, or the id of one that is gone for good. */
  String name(String id) {
    return Optional.ofNullable(known.get(id)).orElse("group " + id);
  }

  private static Map<String, String> list(Api api) throws SourceException, InterruptedException {
    Map<String, String> names = new HashMap<>();
    Call call =
        Call.get("groups", "/api/v2/groups")
            .with("exclude_deleted", false)
            .limitedBy(ZendeskManners.ACCOUNT);
    for (Answer page : Listing.all(api, call)) {
      for (Item group : Item.all(page.json().path("groups"))) {
        try {
          names.put(group.requiredKey("id"), group.requiredText("name"));
        } catch (BadItem e) {
          // One without a name goes by its id.
        }
      }
    }
    return names;
  }
}
