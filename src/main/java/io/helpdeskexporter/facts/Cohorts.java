package io.helpdeskexporter.facts;

import io.helpdeskexporter.facts.SubjectFacts.Cohort;
import io.helpdeskexporter.facts.SubjectFacts.Spell;
import io.helpdeskexporter.facts.SubjectFacts.Stay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How help had been for a customer, at any time: by the worst rating of the last {@link
 * #LOOK_BACK}. Contact is a ticket that was created or solved; what staff opened towards the
 * customer is none, unless it was rated. Tickets that were merged or excluded are not there. Rule:
 * KPI definitions, "CSAT→churn link".
 */
final class Cohorts {
  static final Duration LOOK_BACK = Duration.ofDays(90);

  private Cohorts() {}

  static List<Stay> of(List<Spell> spells, List<Contact> contacts) {
    NavigableMap<Instant, Cohort> changes = changes(contacts);
    List<Stay> stays = new ArrayList<>();
    spells.forEach(spell -> add(spell, changes, stays));
    return stays;
  }

  /** From when on the customer is in which cohort. */
  private static NavigableMap<Instant, Cohort> changes(List<Contact> contacts) {
    NavigableMap<Instant, Map<Cohort, Integer>> turns = new TreeMap<>();
    turns.put(Instant.MIN, new EnumMap<>(Cohort.class));
    for (Contact contact : contacts) {
      if (contact.leftAt().isEmpty()) {
        if (!contact.proactive()) {
          remember(Cohort.NO_RESPONSE, contact.createdAt(), turns);
          contact.solves().forEach(at -> remember(Cohort.NO_RESPONSE, at, turns));
        }
        contact
            .rating()
            .ifPresent(
                rating ->
                    remember(
                        rating.positive() ? Cohort.POSITIVE_ONLY : Cohort.NEGATIVE,
                        rating.at(),
                        turns));
      }
    }
    NavigableMap<Instant, Cohort> changes = new TreeMap<>();
    Map<Cohort, Integer> remembered = new EnumMap<>(Cohort.class);
    turns.forEach(
        (at, turn) -> {
          turn.forEach((cohort, by) -> remembered.merge(cohort, by, Integer::sum));
          Cohort now = worst(remembered);
          if (changes.isEmpty() || changes.lastEntry().getValue() != now) {
            changes.put(at, now);
          }
        });
    return changes;
  }

  /** One more of a cohort's reasons begins, and is forgotten in time. */
  private static void remember(
      Cohort cohort, Instant at, Map<Instant, Map<Cohort, Integer>> turns) {
    turns.computeIfAbsent(at, _ -> new EnumMap<>(Cohort.class)).merge(cohort, 1, Integer::sum);
    turns
        .computeIfAbsent(at.plus(LOOK_BACK), _ -> new EnumMap<>(Cohort.class))
        .merge(cohort, -1, Integer::sum);
  }

  /** The first, in the order of the constants, that there is any reason for. */
  private static Cohort worst(Map<Cohort, Integer> remembered) {
    return remembered.entrySet().stream()
        .filter(each -> each.getValue() > 0)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(Cohort.NO_CONTACT);
  }

  /** The parts of a spell. */
  private static void add(Spell spell, NavigableMap<Instant, Cohort> changes, List<Stay> stays) {
    Instant begin = spell.joinedAt().orElse(Instant.MIN);
    Instant end = spell.lostAt().orElse(Instant.MAX);
    Instant from = begin;
    while (from.isBefore(end)) {
      Instant next = Optional.ofNullable(changes.higherKey(from)).orElse(Instant.MAX);
      Instant until = next.isBefore(end) ? next : end;
      stays.add(
          new Stay(
              changes.floorEntry(from).getValue(),
              Optional.of(from).filter(it -> it.isAfter(Instant.MIN)),
              Optional.of(until).filter(it -> it.isBefore(Instant.MAX)),
              spell.lostAt()));
      from = until;
    }
  }
}
