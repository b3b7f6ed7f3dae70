package io.helpdeskexporter.facts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Another ticket of the same requester, as far as repeat contacts need it.
 *
 * @param solves when it was solved, oldest first
 * @param leftAt when it was merged or excluded
 */
public record Contact(
    String ticket,
    Instant createdAt,
    List<Instant> solves,
    Optional<String> topic,
    boolean proactive,
    Optional<Instant> leftAt) {
  public Contact {
    solves = List.copyOf(solves);
  }
}
