package io.helpdeskexporter.store;

import io.helpdeskexporter.facts.Definitions;
import java.time.Duration;

/**
 * Which other tickets a ticket's facts may depend on: those of the same party, created or solved
 * within a window around its own creation and solves.
 *
 * @param window at least as long as the longest time that a repeat contact is looked for
 * @param by who is a party
 */
public record RepeatRule(Duration window, Definitions.RepeatBy by) {
  public RepeatRule {
    if (window.isNegative()) {
      throw new IllegalArgumentException("a window of " + window);
    }
  }

  /** What the definitions ask for. */
  public static RepeatRule of(Definitions definitions) {
    return new RepeatRule(definitions.repeatWindow(), definitions.repeatBy());
  }
}
