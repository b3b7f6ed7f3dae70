package io.helpdeskexporter.domain;

/**
 * Who acts, by the role they had when they acted: someone who has left since was an agent all the
 * same.
 */
public enum Actor {
  CUSTOMER,
  /** Human staff, light and collaborating roles included. */
  AGENT,
  BOT,
  /** Triggers, autoresponders, imports. */
  SYSTEM
}
