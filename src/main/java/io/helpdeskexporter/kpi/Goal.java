package io.helpdeskexporter.kpi;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an indicator is to come to by when: specific, measurable, with a beginning and an end. All
 * its values are in the unit of the indicator.
 *
 * @param name of its own
 * @param team empty for all of the source
 * @param window the label of a window of the report families
 * @param start what the indicator was
 * @param startAt when it was that
 * @param target what it is to come to
 * @param deadline when the time is over: what happens in this instant is too late
 * @param owner who is to reach it; empty text if nobody is named
 */
public record Goal(
    String name,
    Indicator indicator,
    String source,
    Optional<String> team,
    String window,
    double start,
    Instant startAt,
    double target,
    Instant deadline,
    String owner) {
  /** Before a tenth of the time is over, a line through two points says nothing of its end. */
  private static final double PROJECTED_FROM = 0.1;

  public Goal {
    if (start == target || !Double.isFinite(start) || !Double.isFinite(target)) {
      throw new IllegalArgumentException(
          "goal %s: from %s to %s; allowed: two different numbers".formatted(name, start, target));
    }
    if (!startAt.isBefore(deadline)) {
      throw new IllegalArgumentException(
          "goal %s: starts %s and ends %s; allowed: a start before the end"
              .formatted(name, startAt, deadline));
    }
  }

  /** Which way the value is to go, whichever is the better one. */
  public enum Direction {
    UP,
    DOWN
  }

  public Direction direction() {
    return target > start ? Direction.UP : Direction.DOWN;
  }

  /** What it is measured in. */
  public Indicators.Scope scope() {
    return new Indicators.Scope(window, team);
  }

  boolean isOver(Instant t) {
    return !t.isBefore(deadline);
  }

  /** The last instant that counts. */
  public Instant lastInstant() {
    return deadline.minusMillis(1);
  }

  /** Whether it is reached, were this the value at the deadline. */
  public boolean isReachedBy(double value) {
    return switch (direction()) {
      case UP -> value >= target;
      case DOWN -> value <= target;
    };
  }

  /** 0 at the start, 1 at the target; below and above where it went further. */
  double progress(double value) {
    return (value - start) / (target - start);
  }

  /** The share of the time that is over, from 0 to 1. */
  double elapsed(Instant t) {
    double whole = Duration.between(startAt, deadline).toMillis();
    return Math.clamp(Duration.between(startAt, t).toMillis() / whole, 0, 1);
  }

  /**
   * Where the value will be at the deadline if it goes on as from the start to now, as far as such
   * a value can go; empty in the first tenth of the time.
   */
  OptionalDouble projected(double value, Instant t) {
    double elapsed = elapsed(t);
    return elapsed < PROJECTED_FROM
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Math.clamp(
                start + (value - start) / elapsed,
                indicator.scale().least(),
                indicator.scale().most()));
  }
}
