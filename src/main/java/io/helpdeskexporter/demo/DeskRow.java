package io.helpdeskexporter.demo;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Survey;
import java.util.Optional;

/** A row that the desk's application writes about a ticket after it was opened. */
sealed interface DeskRow {
  /** No two rows of a ticket share one; from 1. */
  int ordinal();

  /** When it is written, in milliseconds since 1970; no two rows of a ticket share one. */
  long at();

  enum Sender {
    CUSTOMER,
    AGENT,
    BOT,
    SYSTEM
  }

  enum Field {
    STATE,
    PRIORITY,
    TEAM,
    ASSIGNEE,
    /** From the bot to a human. */
    HANDLER,
    /** Drawn in besides the assignee; always a manager. */
    ESCALATED_TO
  }

  enum Flag {
    SPAM,
    DELETED
  }

  /**
   * A message, or a note that the customer does not see.
   *
   * @param agent 0 where no agent wrote
   */
  record Message(int ordinal, long at, Sender sender, int agent, boolean internal)
      implements DeskRow {}

  /** A field has another value. */
  record Changed(
      int ordinal,
      long at,
      Field field,
      Optional<String> from,
      Optional<String> to,
      Sender by,
      int agent)
      implements DeskRow {}

  record Worked(int ordinal, long at, int agent, int seconds) implements DeskRow {}

  record Merged(int ordinal, long at, long into) implements DeskRow {}

  record Flagged(int ordinal, long at, Flag flag) implements DeskRow {}

  /** The customer is asked. */
  record Surveyed(int ordinal, long at, Survey survey) implements DeskRow {}

  /** The customer answers: of 5 stars, 10 points of recommendation, 7 points of ease. */
  record Answered(int ordinal, long at, Survey survey, int score) implements DeskRow {}

  /**
   * What comes of it for the business, in a table of its own: a review, an offer, a customer who
   * leaves. The ticket itself stays as it is.
   */
  record Followed(int ordinal, long at, Happening happening) implements DeskRow {}
}
