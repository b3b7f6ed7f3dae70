package io.helpdeskexporter.domain;

import java.util.Locale;

/** Where a ticket stands. The first four are unsolved. */
public enum Status implements StatusMeaning {
  NEW,
  OPEN,
  /** Waiting for the customer. */
  PENDING,
  /** Waiting for a third party. */
  ON_HOLD,
  SOLVED,
  CLOSED;

  private final String label = name().toLowerCase(Locale.ROOT);

  public boolean isUnsolved() {
    return this != SOLVED && this != CLOSED;
  }

  /** As a label value: lower case. */
  public String label() {
    return label;
  }
}
