package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Happening;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a biography amounts to, as of an instant. */
public sealed interface SubjectFacts {
  Instant asOf();

  /** The next instant at which, with nothing new from the source, any of this changes. */
  Optional<Instant> changesAt();

  /**
   * An agent's time. Hours are those of the clock in UTC, and one is known {@link
   * AgentHours#KNOWN_AFTER} after it has ended, because presence is often told a little late.
   *
   * @param now the last state told; empty before the first
   * @param team whom the agent works for by the last state told
   * @param available ready for the next ticket, by hour
   * @param scheduled planned and not called off, by hour
   * @param adherent scheduled and available or busy, by hour
   */
  record AgentFacts(
      Instant asOf,
      Optional<Happening.Presence> now,
      String team,
      List<Spent> available,
      List<Spent> scheduled,
      List<Spent> adherent,
      Optional<Instant> changesAt)
      implements SubjectFacts {
    public AgentFacts {
      available = List.copyOf(available);
      scheduled = List.copyOf(scheduled);
      adherent = List.copyOf(adherent);
    }
  }

  /**
   * Time spent for a team within an hour.
   *
   * @param hour since 1970
   * @param part tells apart the teams of one hour, from 0 to {@link #PARTS}, and is a team's own
   *     whichever others are told of later
   */
  record Spent(int hour, int part, String team, long millis) {
    /** So few that hours and parts make a number until the year 2200. */
    public static final int PARTS = 1024;

    /** Its last millisecond, which dates it: so an hour is in the day that it belongs to. */
    public Instant at() {
      return Instant.ofEpochSecond((hour + 1L) * 3600).minusMillis(1);
    }
  }

  /**
   * A conversation with a bot.
   *
   * @param talks oldest first; empty if none came to an answer
   */
  record ConversationFacts(Instant asOf, List<BotTalk> talks, Optional<Instant> changesAt)
      implements SubjectFacts {
    public ConversationFacts {
      talks = List.copyOf(talks);
    }
  }

  /**
   * A customer.
   *
   * @param spells when they were a customer, oldest first; not empty
   * @param stays how help had been for them at any time of their spells, oldest first
   */
  record CustomerFacts(
      Instant asOf, List<Spell> spells, List<Stay> stays, Optional<Instant> changesAt)
      implements SubjectFacts {
    public CustomerFacts {
      spells = List.copyOf(spells);
      stays = List.copyOf(stays);
    }
  }

  /**
   * A time during which somebody was a customer.
   *
   * @param joinedAt empty if it began before anything was told
   * @param lostAt empty while it lasts
   * @param monthly what they pay a month, or paid last; empty if it was never told
   */
  record Spell(
      Optional<Instant> joinedAt, Optional<Instant> lostAt, Optional<BigDecimal> monthly) {}

  /**
   * A time during which a customer was in one cohort.
   *
   * @param from inclusive; empty if it began before anything was told
   * @param until exclusive; empty while it lasts
   * @param lostAt when the customer was lost, then or later; empty while they are one
   */
  record Stay(
      Cohort cohort, Optional<Instant> from, Optional<Instant> until, Optional<Instant> lostAt) {}

  /** How help had been for a customer in the last {@link Cohorts#LOOK_BACK}. */
  enum Cohort {
    /** They were dissatisfied at least once. */
    NEGATIVE,
    /** They were satisfied whenever they said so. */
    POSITIVE_ONLY,
    /** They asked for help, and said neither. */
    NO_RESPONSE,
    /** They did not ask for any. */
    NO_CONTACT
  }

  /**
   * What stands for itself.
   *
   * @param happening its team, if any, by the name that it has on tickets
   * @param contacts the tickets of its party up to the instant
   */
  record SingleFacts(
      Instant asOf, Happening happening, List<Contact> contacts, Optional<Instant> changesAt)
      implements SubjectFacts {
    public SingleFacts {
      contacts = List.copyOf(contacts);
    }
  }

  /**
   * What a customer answered to a survey that is about no ticket.
   *
   * @param verdict empty as long as the answer may change, and if it is no point of its scale
   * @param unmapped the score if it is none
   */
  record AnswerFacts(
      Instant asOf,
      Optional<TicketFacts.Verdict> verdict,
      Optional<TicketFacts.Unmapped> unmapped,
      Optional<Instant> changesAt)
      implements SubjectFacts {}

  /** Nothing has happened yet. */
  record NothingYet(Instant asOf, Optional<Instant> changesAt) implements SubjectFacts {}
}
