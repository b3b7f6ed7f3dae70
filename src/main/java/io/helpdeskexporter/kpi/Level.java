package io.helpdeskexporter.kpi;

import java.util.List;
import java.util.stream.Stream;

/**
 * A kind of contribution made to gauges for as long as something is true.
 *
 * @param name unique in the catalogue
 * @param unit what a value of a contribution is; an instant is in seconds
 * @param details the labels that its details are shown under; at most two
 * @param fedBySome whether only some desks have what feeds it: nothing is shown before the first
 *     contribution, since what is not measured is absent and not 0
 * @param atStarts whether it is about the beginnings of the rolling windows and not about the
 *     present, see {@link #atStarts}
 */
public record Level(
    String name, Unit unit, List<String> details, boolean fedBySome, boolean atStarts) {
  static final String WINDOW = "window";

  public Level {
    details = Detail.labels(details);
  }

  /** Something that is true at present. */
  public static Level of(String name, String... details) {
    return new Level(name, Unit.SECONDS, List.of(details), false, false);
  }

  /** Something of which there is more or less at present. */
  public static Level amount(String name, Unit unit, String... details) {
    return new Level(name, unit, List.of(details), false, false);
  }

  /**
   * Something that was true just before a rolling window began: each window has what held then, and
   * the label {@value #WINDOW} comes last. The value of a contribution is an instant: a {@link
   * Family.Sum} shows of how many it has come.
   *
   * @param details the other labels; at most one
   */
  public static Level atStarts(String name, String... details) {
    List<String> all = Stream.concat(Stream.of(details), Stream.of(WINDOW)).toList();
    return new Level(name, Unit.TIMES, all, false, true);
  }

  /** The same of something that only some desks have. */
  public Level ofSomeDesks() {
    return new Level(name, unit, details, true, atStarts);
  }
}
