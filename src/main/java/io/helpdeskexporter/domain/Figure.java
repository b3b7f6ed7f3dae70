package io.helpdeskexporter.domain;

import java.util.Locale;

/**
 * A number of a ticket that helpdesks compute themselves, so that ours can be compared with it. New
 * ones come last: what was counted is stored under their place.
 */
public enum Figure {
  /** From the creation to the first reply of a person. */
  FIRST_RESPONSE,
  /** From the creation to the first solve. */
  FIRST_RESOLUTION,
  /** From the creation to the last solve. */
  FULL_RESOLUTION,
  /** In statuses in which the customer waits: new, open and on hold. */
  REQUESTER_WAIT,
  /** In the status in which agents wait for the customer: pending. */
  AGENT_WAIT,
  ON_HOLD,
  /** How often it was reopened. */
  REOPENS,
  /** How many public replies agents gave. */
  AGENT_REPLIES;

  /** Whether it is a number of times and not a time. */
  public boolean isCount() {
    return this == REOPENS || this == AGENT_REPLIES;
  }

  /** As a label value: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
