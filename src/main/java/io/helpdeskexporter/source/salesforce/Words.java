package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Kept;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an account calls things: its statuses and its queues. */
final class Words {
  private static final Duration LASTS = Duration.ofHours(1);
  private static final String STATUSES =
      "SELECT ApiName,MasterLabel,IsClosed FROM CaseStatus LIMIT 2000";
  private static final String QUEUES =
      "SELECT Id,Name FROM Group WHERE Type = 'Queue' ORDER BY Id LIMIT 2000";

  private final Queries queries;
  private final Kept<StatusWords> words;
  private final Kept<Map<String, String>> queues;
  private final Set<String> missing = new HashSet<>();
  private Map<String, String> names = Map.of();

  Words(Queries queries, Set<String> solvedStatuses, InstantSource clock) {
    this.queries = queries;
    words =
        new Kept<>(
            LASTS, clock, () -> StatusWords.of(rows("CaseStatus", STATUSES), solvedStatuses));
    queues = new Kept<>(LASTS, clock, this::listQueues);
  }

  StatusWords statuses() throws SourceException, InterruptedException {
    return words.get();
  }

  /** Asks again if one of these owners is a queue that is new. */
  void meet(Collection<String> owners) throws SourceException, InterruptedException {
    Set<String> strangers = new HashSet<>(owners);
    strangers.removeIf(owner -> !Ids.isQueue(owner));
    if (strangers.isEmpty()) {
      return;
    }
    names = queues.get();
    strangers.removeAll(names.keySet());
    strangers.removeAll(missing);
    if (!strangers.isEmpty()) {
      queues.forget();
      names = queues.get();
      strangers.removeAll(names.keySet());
      missing.addAll(strangers);
    }
  }

  /** The name of a queue, or the id of one that is gone or cannot be read. */
  String queue(String id) {
    return names.getOrDefault(id, "queue " + id);
  }

  private Map<String, String> listQueues() throws SourceException, InterruptedException {
    Map<String, String> listed = new HashMap<>();
    for (Item row : rows("Group", QUEUES)) {
      try {
        listed.put(Ids.whole(row.requiredKey("Id")), row.requiredText("Name"));
      } catch (BadItem e) {
        // One without a name goes by its id.
      }
    }
    return listed;
  }

  private List<Item> rows(String type, String soql) throws SourceException, InterruptedException {
    return queries.read(type, soql).map(Queries.Rows::rows).orElseGet(List::of);
  }
}
