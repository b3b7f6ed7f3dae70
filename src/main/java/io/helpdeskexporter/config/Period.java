package io.helpdeskexporter.config;

import java.util.Set;

/**
 * Over how many days an objective is to be met. Four whole weeks hold as many Mondays as Sundays;
 * thirty days are what many contracts say.
 */
public record Period(int days) {
  private static final Set<Integer> ALLOWED = Set.of(28, 30);

  public Period {
    if (!ALLOWED.contains(days)) {
      throw new IllegalArgumentException("a period is of 28 or 30 days");
    }
  }

  /** Reads {@code 28d} or {@code 30d}. */
  @FromText(allowed = "28d or 30d")
  public static Period parse(String text) {
    if (!text.matches("\\d{2}d")) {
      throw new IllegalArgumentException("not a period");
    }
    return new Period(Integer.parseInt(text.substring(0, 2)));
  }
}
