package io.helpdeskexporter.calendar;

import io.helpdeskexporter.domain.Status;
import java.time.Duration;
import java.util.Set;

/**
 * One promise of a policy.
 *
 * @param within the business time in which it is to be fulfilled; at least a millisecond
 * @param pauseOn the statuses during which the clock stands still; empty: none
 */
public record SlaTarget(Duration within, Set<Status> pauseOn) {
  public SlaTarget {
    if (within.toMillis() < 1) {
      throw new IllegalArgumentException("an SLA target must be more than 0, found " + within);
    }
    pauseOn = Set.copyOf(pauseOn);
  }

  /** A promise whose clock never pauses. */
  public static SlaTarget within(Duration within) {
    return new SlaTarget(within, Set.of());
  }
}
