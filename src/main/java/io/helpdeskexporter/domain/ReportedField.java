package io.helpdeskexporter.domain;

/**
 * What a source computes itself, so that it is taken from {@link Reported} and not derived from
 * events.
 */
public enum ReportedField {
  FIRST_REPLY,
  /** The (last) solve. A ticket that is closed without one has no resolution time. */
  SOLVED,
  CLOSED,
  REOPENS,
  REASSIGNMENTS,
  AGENT_REPLIES,
  HANDLE_TIME,
  SLA
}
