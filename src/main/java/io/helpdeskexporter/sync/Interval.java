package io.helpdeskexporter.sync;

import io.helpdeskexporter.source.Pace;
import java.time.Duration;

/**
 * How far apart polls begin.
 *
 * @param configured if nothing else demands more
 * @param pace what the source demands
 */
public record Interval(Duration configured, Pace pace) {
  /** As long as nothing is known to be scarce. */
  public static Interval of(Duration configured) {
    return new Interval(configured, Pace.FREE);
  }

  public Interval at(Pace next) {
    return new Interval(configured, next);
  }

  /** From the start of one poll to the start of the next, unless something is hinted at. */
  public Duration inForce() {
    return isStretched() ? pace.interval() : configured;
  }

  public boolean isStretched() {
    return pace.interval().compareTo(configured) > 0;
  }

  /**
   * Whether the pace is clearly no slower than what is configured. One about as slow would be told
   * again and again.
   */
  boolean isAmple() {
    return pace.interval().multipliedBy(10).compareTo(configured.multipliedBy(9)) <= 0;
  }

  /** After a poll that took so long. A hint ends it sooner, but not before the pace permits. */
  Rest after(Duration took) {
    return new Rest(pace.interval().minus(took), inForce().minus(took));
  }
}
