package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The agents' switch of availability, as it stands at each look. Freshdesk tells since when an
 * agent is available, not since when one is not.
 */
final class AvailabilityList implements StreamReader {
  static final String REFUSED = "agents_refused";

  /** So that the cursor stays small; of more than these, the state is told again at each look. */
  private static final int MOST = 200;

  /**
   * @param available ids of those who were, at the last look
   */
  record Availability(List<String> available, Instant lookedAt) {}

  private final Questions questions;
  private final Account account;
  private final Looks looks;

  AvailabilityList(Questions questions, Account account, Looks looks) {
    this.questions = questions;
    this.account = account;
    this.looks = looks;
  }

  @Override
  public Page read(Cursor cursor) throws SourceException, InterruptedException {
    Availability from =
        Position.read(cursor, Availability.class, new Availability(List.of(), Instant.EPOCH));
    if (!looks.isDue(from.lookedAt())) {
      return looks.nothing(cursor);
    }
    Instant now = looks.now();
    Harvest harvest = new Harvest();
    Optional<List<Item>> agents = questions.all("agents");
    Map<String, String> groups = account.groups();
    Set<String> before = new HashSet<>(from.available());
    List<String> available = new ArrayList<>();
    harvest.each(
        "agent",
        "id",
        agents.orElse(List.of()),
        agent -> {
          String id = agent.requiredKey("id");
          boolean is = agent.isTrue("available");
          if (is) {
            available.add(id);
          }
          if (cursor.isStart() || is != before.contains(id)) {
            Optional<Instant> since =
                agent.time("available_since").filter(it -> is && it.isAfter(from.lookedAt()));
            Instant at = since.orElse(now);
            harvest.happening(
                new Happening.Presence(
                    Stamp.of("availability/" + id + "/" + at.getEpochSecond() + "/" + is, at),
                    id,
                    team(agent, groups),
                    is ? Happening.Presence.State.AVAILABLE : Happening.Presence.State.OFFLINE));
          }
        });
    List<String> kept = available.subList(0, Math.min(MOST, available.size()));
    return harvest.last(
        Position.save(new Availability(kept, now)),
        now.minus(Looks.SETTLING),
        Map.of(REFUSED, agents.isPresent() ? 0.0 : 1.0));
  }

  /** An agent of several groups works for none of them in particular. */
  private static Optional<String> team(Item agent, Map<String, String> groups) throws BadItem {
    List<String> ids = agent.texts("group_ids");
    return ids.size() == 1
        ? Optional.of(groups.getOrDefault(ids.getFirst(), ids.getFirst()))
        : Optional.empty();
  }
}
