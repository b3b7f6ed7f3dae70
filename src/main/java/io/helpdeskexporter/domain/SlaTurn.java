package io.helpdeskexporter.domain;

import java.time.Duration;
import java.util.Optional;

/** What becomes of a clock of a source's own. */
public sealed interface SlaTurn {
  /** It runs from now on. */
  record Runs() implements SlaTurn {}

  /** It stands still from now on, for a while or for good. */
  record StandsStill() implements SlaTurn {}

  /**
   * So much is promised from now on, in place of what was promised before; what the clock has run
   * counts.
   *
   * @param hours in which the clock runs; empty where it keeps the ticket's
   */
  record Promises(Duration within, Optional<ServiceHours> hours) implements SlaTurn {
    public Promises {
      if (within.isNegative()) {
        throw new IllegalArgumentException("a promise within " + within);
      }
    }
  }
}
