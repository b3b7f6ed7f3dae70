package io.helpdeskexporter.kpi;

import java.time.Duration;
import java.util.List;

/**
 * A kind of observation: something that happens and is counted, timed or weighed. Families show
 * measures; a measure is stored under its name, which therefore never changes its meaning.
 *
 * @param name lower snake case, unique in the catalogue
 * @param unit what a value of an observation is
 * @param bounds upper bucket limits, rising, in the same parts as values; empty for what is only
 *     counted or summed
 * @param details the labels that its details are shown under, such as {@code reason}; at most two
 * @param fedBySome whether only some desks have what feeds it: nothing is shown before the first
 *     observation, since what is not measured is absent and not 0
 * @param survivesDeparture whether it still stands in the windows after the ticket was merged or
 *     excluded
 * @param revocable whether what happens to the ticket later may take it back, or back-date it; so
 *     only windows can show it
 */
public record Measure(
    String name,
    Unit unit,
    List<Long> bounds,
    List<String> details,
    boolean fedBySome,
    boolean survivesDeparture,
    boolean revocable) {
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
    details = Detail.labels(details);
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "measure \"" + name + "\": lower-case letters, digits and _");
    }
  }

  /** Something counted, told apart by the details, if any. */
  public static Measure count(String name, String... details) {
    return new Measure(name, Unit.TIMES, List.of(), List.of(details), false, false, false);
  }

  /** Something of which there is more or less, shown as a sum. */
  public static Measure amount(String name, Unit unit, String... details) {
    return new Measure(name, unit, List.of(), List.of(details), false, false, false);
  }

  /** Something of which it matters how many different ones there are. */
  public static Measure identity(String name) {
    return new Measure(name, Unit.IDENTITY, List.of(), List.of(), false, false, false);
  }

  /** A duration, shown as a histogram. */
  public static Measure duration(String name, String... details) {
    return new Measure(name, Unit.SECONDS, DURATION_BOUNDS, List.of(details), false, false, false);
  }

  /** The same, staying in the windows after a departure. */
  public Measure survivingDeparture() {
    return new Measure(name, unit, bounds, details, fedBySome, true, revocable);
  }

  /** The same of something that only some desks have. */
  public Measure ofSomeDesks() {
    return new Measure(name, unit, bounds, details, true, survivesDeparture, revocable);
  }

  /** The same of something that only holds for the time being. */
  public Measure asLongAsItHolds() {
    return new Measure(name, unit, bounds, details, fedBySome, survivesDeparture, true);
  }
}
