package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.facts.TicketFacts;
import java.time.Instant;

/**
 * What a ticket, as it stands, adds to a gauge between two instants: so a ticket grows a day old,
 * at risk or breached without anybody looking at it again.
 *
 * @param detail value of the level's detail label; empty text if the level has none
 * @param value in parts of the level's unit; an instant in milliseconds
 * @param from inclusive
 * @param until exclusive; {@link Instant#MAX} if nothing ends it but a change of the ticket
 */
public record Contribution(
    Level level, Attribution attribution, String detail, long value, Instant from, Instant until) {
  private static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);
  private static final Instant ALWAYS = Instant.ofEpochMilli(Long.MIN_VALUE);

  /** With an instant as its value. */
  public Contribution(
      Level level,
      Attribution attribution,
      String detail,
      Instant value,
      Instant from,
      Instant until) {
    this(level, attribution, detail, millis(value), from, until);
  }

  /** Something that is true of a ticket until it changes. */
  static Contribution standing(Level level, TicketFacts facts, String detail, Instant value) {
    return between(level, facts, detail, value, facts.asOf(), Instant.MAX);
  }

  static Contribution between(
      Level level, TicketFacts facts, String detail, Instant value, Instant from, Instant until) {
    Attribution standing =
        new Attribution(facts.now().team(), facts.channel(), facts.now().priority());
    return new Contribution(level, standing, detail, value, from, until);
  }

  /** Instants that no clock will show are as good as the last and the first that can be counted. */
  static long millis(Instant at) {
    return at.isAfter(NEVER)
        ? Long.MAX_VALUE
        : at.isBefore(ALWAYS) ? Long.MIN_VALUE : at.toEpochMilli();
  }
}
