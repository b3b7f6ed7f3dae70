package io.helpdeskexporter.source.freshdesk;

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
import java.util.Set;

/**
 * What changes seldom: agents, groups, the labels of statuses. Asked for once in a while; what the
 * agent may not see is done without.
 */
final class Account {
  private static final Duration LASTS = Duration.ofHours(1);

  private final Kept<Optional<List<Item>>> agents;
  private final Kept<Optional<List<Item>>> groups;
  private final Kept<Optional<List<Item>>> fields;
  private final Set<String> bots;

  Account(Questions questions, Set<String> bots, InstantSource clock) {
    this.bots = bots;
    agents = new Kept<>(LASTS, clock, () -> questions.all("agents"));
    groups = new Kept<>(LASTS, clock, () -> questions.all("groups"));
    fields = new Kept<>(LASTS, clock, questions::ticketFields);
  }

  Staff staff() throws SourceException, InterruptedException {
    return Staff.of(agents.get().orElse(List.of()), bots);
  }

  /** Names by id; an id without a name stands for itself. */
  Map<String, String> groups() throws SourceException, InterruptedException {
    Map<String, String> names = new HashMap<>();
    for (Item group : groups.get().orElse(List.of())) {
      try {
        Optional<String> name = group.text("name");
        if (name.isPresent()) {
          names.put(group.requiredKey("id"), name.get());
        }
      } catch (BadItem e) {
        // Its id will do.
      }
    }
    return names;
  }

  Words words() throws SourceException, InterruptedException {
    return fields.get().map(Words::of).orElse(Words.USUAL);
  }

  /** The lists that the agent may not see, by what is asked for. */
  List<String> refused() throws SourceException, InterruptedException {
    return List.of(
            Map.entry("agents", agents.get()),
            Map.entry("groups", groups.get()),
            Map.entry("ticket_fields", fields.get()))
        .stream()
        .filter(list -> list.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }
}
