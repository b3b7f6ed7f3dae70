package io.helpdeskexporter.kpi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A kind of observation: something that happens to tickets and is counted or timed. Families show
 * measures; a measure is stored under its name, which therefore never changes its meaning.
 *
 * @param name lower snake case, unique in the catalogue
 * @param bounds upper bucket limits in milliseconds, rising; empty for what is only counted or
 *     summed
 * @param detail the label that its detail is shown under, such as {@code reason}; empty if it has
 *     none
 * @param survivesDeparture whether it still stands in the windows after the ticket was merged or
 *     excluded
 */
public record Measure(
    String name, List<Long> bounds, Optional<String> detail, boolean survivesDeparture) {
  /** The project's buckets for durations, in milliseconds. Changing them is a breaking change. */
  public static final List<Long> DURATION_BOUNDS =
      List.of(
              15L, 60L, 300L, 900L, 1800L, 3600L, 7200L, 14400L, 28800L, 86400L, 172800L, 259200L,
              604800L, 1209600L, 2592000L)
          .stream()
          .map(seconds -> Duration.ofSeconds(seconds).toMillis())
          .toList();

  public Measure {
    bounds = List.copyOf(bounds);
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "measure \"" + name + "\": lower-case letters, digits and _");
    }
  }

  /** Something counted. */
  public static Measure count(String name) {
    return new Measure(name, List.of(), Optional.empty(), false);
  }

  /** Something counted, told apart by a detail. */
  public static Measure count(String name, String detail) {
    return new Measure(name, List.of(), Optional.of(detail), false);
  }

  /** A duration, shown as a histogram. */
  public static Measure duration(String name) {
    return new Measure(name, DURATION_BOUNDS, Optional.empty(), false);
  }

  /** The same, staying in the windows after a departure. */
  public Measure survivingDeparture() {
    return new Measure(name, bounds, detail, true);
  }
}
