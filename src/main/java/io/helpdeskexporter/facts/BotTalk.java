package io.helpdeskexporter.facts;

import io.helpdeskexporter.facts.Definitions.Deflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A customer's talk with a bot that came to a real answer. Rule: KPI definitions, "Deflection".
 *
 * @param began when the first real answer was given; where only the ticket is known, when the bot
 *     solved it or handed it off
 * @param handedOff when people took over
 * @param resolved absent until nothing was left for people to do, by {@link Deflection}
 */
public record BotTalk(Instant began, Optional<Instant> handedOff, Optional<Resolved> resolved) {
  /**
   * Nothing is left for people to do.
   *
   * @param at when that was known
   * @param confirmed whether the customer said so
   */
  public record Resolved(Instant at, boolean confirmed) {}

  /** How long after the last step a talk is over, and its verdict known. */
  static Duration overAfter(Deflection mode) {
    return switch (mode) {
      case RESOLUTION, CONTAINMENT -> Duration.ofHours(72);
      case SESSION_NO_TICKET_24H -> Duration.ofHours(24);
    };
  }

  /**
   * Whether the customer came to people all the same: with a ticket of their own, between two
   * instants.
   *
   * @param contacts the customer's other tickets
   * @param after exclusive
   * @param until inclusive; what had left the KPIs by then was no ticket
   */
  static boolean cameAnyway(Deflection mode, List<Contact> contacts, Instant after, Instant until) {
    return switch (mode) {
      case CONTAINMENT -> false;
      case RESOLUTION, SESSION_NO_TICKET_24H ->
          contacts.stream()
              .filter(it -> !it.proactive())
              .filter(it -> it.createdAt().isAfter(after) && !it.createdAt().isAfter(until))
              .anyMatch(it -> it.leftAt().filter(left -> !left.isAfter(until)).isEmpty());
    };
  }
}
