package io.helpdeskexporter.calendar;

import java.time.Duration;

/**
 * When an open promise counts as at risk: from the moment on at which the business time left is at
 * most {@code atLeast} or {@code share} of the target, whichever is more.
 *
 * @param share from 0 to 1
 */
public record AtRisk(Duration atLeast, double share) {
  /** 15 minutes or a fifth of the target. */
  public static final AtRisk DEFAULT = new AtRisk(Duration.ofMinutes(15), 0.2);

  public AtRisk {
    if (atLeast.isNegative()) {
      throw new IllegalArgumentException("at risk: at_least is negative: " + atLeast);
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("at risk: share is not from 0 to 1: " + share);
    }
  }

  /**
   * The business time left at which a promise with this target begins to be at risk; may be more
   * than it.
   */
  public Duration threshold(Duration target) {
    Duration shareOfTarget = Duration.ofMillis(Math.round(target.toMillis() * share));
    return atLeast.compareTo(shareOfTarget) > 0 ? atLeast : shareOfTarget;
  }
}
