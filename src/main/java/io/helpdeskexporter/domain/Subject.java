package io.helpdeskexporter.domain;

/**
 * Whom a {@link Happening} is about: all that is told of one subject is looked at together.
 *
 * @param id unique within the kind
 */
public record Subject(Kind kind, String id) {
  public Subject {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a subject's id is empty");
    }
  }

  /** What it is. */
  public enum Kind {
    /** Somebody of the staff. */
    AGENT,
    /** Somebody who pays. */
    CUSTOMER,
    /** A talk with a bot. */
    CONVERSATION,
    /** What stands for itself. */
    SINGLE
  }
}
