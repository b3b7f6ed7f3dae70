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

  private final String label = name().toLowerCase(Locale.ROOT);

  /** As a label value: lower case. */
  public String label() {
    return label;
  }
}
