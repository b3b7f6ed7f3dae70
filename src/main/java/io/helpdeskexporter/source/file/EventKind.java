package io.helpdeskexporter.source.file;

/** What a row of a file of events tells. */
public enum EventKind {
  /**
   * A message; the column {@code visible}, where there is one, says whether the customer sees it.
   */
  MESSAGE,
  /** An internal note. */
  NOTE,
  PUBLIC_NOTE,
  STATUS,
  PRIORITY,
  TEAM,
  ASSIGNEE,
  /** A bot gave the conversation to humans. */
  HANDED_OFF,
  /** Working time, in {@code seconds}. */
  TIME,
  /** {@code to} is the ticket that goes on. */
  MERGED,
  /** {@code to} says why: spam, deleted, test or internal. */
  EXCLUDED,
  RESTORED,
  /** {@code to} says how: functional or hierarchical. */
  ESCALATED,
  /** {@code due_at}, {@code metric}, and {@code seconds} for the promised time. */
  SLA_DEADLINE,
  /** The customer was asked: {@code survey}, and {@code name} where there are several of a kind. */
  SURVEY_SENT,
  /** The customer answered: {@code score}, and {@code scale} unless it is the usual one. */
  RATED,
  /** Known, and of no interest here. */
  IGNORED
}
