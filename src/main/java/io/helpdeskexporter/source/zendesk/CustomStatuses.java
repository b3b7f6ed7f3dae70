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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which of Zendesk's own statuses an account's custom statuses stand for. */
final class CustomStatuses {
  private final Kept<Map<String, String>> categories;
  private Map<String, String> known = Map.of();

  CustomStatuses(Api api, Duration kept, InstantSource clock) {
    categories = new Kept<>(kept, clock, () -> list(api));
  }

  void load() throws SourceException, InterruptedException {
    known = categories.get();
  }

  /** Such as {@code pending}; empty for one that is not known. */
  Optional<String> category(String id) {
    return Optional.ofNullable(known.get(id));
  }

  private static Map<String, String> list(Api api) throws SourceException, InterruptedException {
    // Not every plan has them.
    Answer answer =
        api.ask(
            Call.get("custom statuses", "/api/v2/custom_statuses")
                .limitedBy(ZendeskManners.ACCOUNT)
                .accepting(403, 404));
    Map<String, String> categories = new HashMap<>();
    for (Item status : Item.all(answer.json().path("custom_statuses"))) {
      try {
        categories.put(status.requiredKey("id"), status.requiredText("status_category"));
      } catch (BadItem e) {
        // One without a category changes no status.
      }
    }
    return categories;
  }
}
