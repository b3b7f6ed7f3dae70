package io.helpdeskexporter.domain;

import java.util.Locale;

/**
 * Why a ticket was escalated: to more skill, or to more authority. An SLA breach is not an
 * escalation.
 */
public enum Escalation {
  FUNCTIONAL,
  HIERARCHICAL;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** As a label value: lower case. */
  public String label() {
    return label;
  }
}
