package io.helpdeskexporter.domain;

import java.util.Locale;

/**
 * How urgent a ticket is. {@link #NONE} where it has no priority, {@link #OTHER} where its own word
 * for it is not mapped.
 */
public enum Priority {
  URGENT,
  HIGH,
  NORMAL,
  LOW,
  NONE,
  OTHER;

  /** As a label value: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
