package io.helpdeskexporter.kpi;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where a goal stands.
 *
 * @param state empty where nothing can be said: its source has not been heard of, or it was not
 *     measured at its deadline
 * @param value of its indicator; empty while that has none
 * @param progress empty without a value
 * @param elapsed the share of the time that is over; empty if it is unknown what the time is
 * @param projected empty without a value, in the first tenth of the time and after the deadline
 * @param onTrack whether the projection reaches the target; empty without one
 */
public record Standing(
    Goal goal,
    Optional<State> state,
    OptionalDouble value,
    OptionalDouble progress,
    OptionalDouble elapsed,
    OptionalDouble projected,
    Optional<Boolean> onTrack) {

  /** What became of a goal. */
  public enum State {
    /** Its time is not over. */
    OPEN,
    REACHED,
    MISSED
  }

  /**
   * What an indicator was at the deadline of a goal, determined once and never again.
   *
   * @param value empty if it had none
   */
  public record Outcome(OptionalDouble value) {}

  /** Before the deadline. */
  static Standing open(Goal goal, SourceMetrics metrics, OptionalDouble value) {
    if (metrics.stale()) {
      return unknown(goal, OptionalDouble.empty());
    }
    OptionalDouble projected =
        value.isPresent()
            ? goal.projected(value.getAsDouble(), metrics.asOf())
            : OptionalDouble.empty();
    return new Standing(
        goal,
        Optional.of(State.OPEN),
        value,
        progress(goal, value),
        OptionalDouble.of(goal.elapsed(metrics.asOf())),
        projected,
        projected.isPresent()
            ? Optional.of(goal.isReachedBy(projected.getAsDouble()))
            : Optional.empty());
  }

  /** After the deadline; the same for ever. */
  static Standing over(Goal goal, Optional<Outcome> outcome) {
    OptionalDouble value = outcome.map(Outcome::value).orElse(OptionalDouble.empty());
    OptionalDouble all = OptionalDouble.of(1);
    return value.isEmpty()
        ? unknown(goal, all)
        : new Standing(
            goal,
            Optional.of(goal.isReachedBy(value.getAsDouble()) ? State.REACHED : State.MISSED),
            value,
            progress(goal, value),
            all,
            OptionalDouble.empty(),
            Optional.empty());
  }

  private static Standing unknown(Goal goal, OptionalDouble elapsed) {
    return new Standing(
        goal,
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        elapsed,
        OptionalDouble.empty(),
        Optional.empty());
  }

  private static OptionalDouble progress(Goal goal, OptionalDouble value) {
    return value.isPresent()
        ? OptionalDouble.of(goal.progress(value.getAsDouble()))
        : OptionalDouble.empty();
  }
}
