package io.helpdeskexporter.source.salesforce;

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
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which objects and fields the account has and the user may read. A field that is not among them
 * fails a query as a whole, so nothing else is asked for. Asked again once a day, since fields are
 * added.
 */
final class Schema {
  static final String DATA = "/services/data/v62.0/";
  private static final Duration LASTS = Duration.ofDays(1);
  private static final int NOT_FOUND = 404;

  private final Api api;
  private final InstantSource clock;
  private final Map<String, Kept<Optional<Set<String>>>> types = new HashMap<>();

  Schema(Api api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  /** Names of fields; empty if there is no such object for this user. */
  Optional<Set<String>> fields(String type) throws SourceException, InterruptedException {
    return kept(type).get();
  }

  /** Something that it names was refused. */
  void forget(String type) {
    kept(type).forget();
  }

  private Kept<Optional<Set<String>>> kept(String type) {
    return types.computeIfAbsent(type, _ -> new Kept<>(LASTS, clock, () -> ask(type)));
  }

  private Optional<Set<String>> ask(String type) throws SourceException, InterruptedException {
    Answer answer =
        api.ask(
            Call.get("description of " + type, DATA + "sobjects/" + type + "/describe")
                .limitedBy(SalesforceManners.DAILY)
                .accepting(NOT_FOUND));
    if (answer.status() == NOT_FOUND) {
      return Optional.empty();
    }
    Set<String> names = new HashSet<>();
    for (Item field : Item.all(answer.json().path("fields"))) {
      try {
        names.add(field.requiredText("name"));
      } catch (BadItem e) {
        // Nothing can be asked of a field without a name.
      }
    }
    return Optional.of(names);
  }
}
