package io.helpdeskexporter.source.api;

import java.time.Duration;

/**
 * How often a system may be asked, unless its answers say otherwise.
 *
 * @param name what is limited, such as {@code account} or {@code incremental exports}; one name is
 *     one budget
 */
public record Limit(String name, int calls, Duration per) {
  public Limit {
    if (calls < 1 || per.isNegative() || per.isZero()) {
      throw new IllegalArgumentException("a limit of " + calls + " calls in " + per);
    }
  }
}
