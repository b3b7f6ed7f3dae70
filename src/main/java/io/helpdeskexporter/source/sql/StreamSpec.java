package io.helpdeskexporter.source.sql;

import java.util.Optional;
import java.util.Set;

/**
 * One stream of a preset. Its statements are files named after it: {@code tickets.sql}, {@code
 * tickets-ids.sql}.
 *
 * @param snapshots when ticket rows are events too
 * @param ifTable a table or view without which the stream is empty; of happenings the option that
 *     names it, without which there is no such stream
 * @param everyOption the option that says how often the stream is read, where it is not always
 * @param otherColumns whether columns that mean nothing are left aside; an error otherwise
 */
record StreamSpec(
    String name,
    Gives gives,
    Reading reading,
    Snapshots snapshots,
    Optional<String> ifTable,
    Optional<String> everyOption,
    boolean otherColumns) {

  enum Gives {
    TICKETS,
    EVENTS,
    /** What is not part of a ticket; the stream's name says what. */
    HAPPENINGS,
    /** Tickets that were there at an earlier look and are not any more. */
    DELETIONS
  }

  /** How what is new is found. */
  enum Reading {
    /** By growing ids: {@link AppendedCursor}. */
    APPENDED(Set.of("after", "through")),
    /** By the time of the last change: {@link ChangedCursor}. */
    CHANGED(Set.of("after_at", "after_id", "limit")),
    /** All ids, now and then: {@link VanishedCursor}. */
    SCANNED(Set.of());

    private final Set<String> parameters;

    Reading(Set<String> parameters) {
      this.parameters = parameters;
    }

    /** What the statement that gives rows is given, and has to use. */
    Set<String> parameters() {
      return parameters;
    }
  }

  enum Snapshots {
    NEVER,
    ALWAYS,
    /** Where the table that another stream of events needs is missing. */
    WITHOUT_EVENTS
  }
}
