package io.helpdeskexporter.calendar;

import io.helpdeskexporter.domain.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The clock of one promise to one ticket. It runs in business time, stands still while paused, and
 * is overdue for good once its deadline has passed while it ran. Immutable: each change gives the
 * next clock. The deadline itself is still in time.
 *
 * <p>A promise that is met or cancelled simply ends; asking its clock about later instants is then
 * meaningless.
 */
public final class SlaClock {
  private final BusinessClock clock;
  private final SlaTarget target;
  private final AtRisk atRisk;
  private final State state;

  private SlaClock(BusinessClock clock, SlaTarget target, AtRisk atRisk, State state) {
    this.clock = clock;
    this.target = target;
    this.atRisk = atRisk;
    this.state = state;
  }

  /** Where the clock stands since its last change, and the business time used up by then. */
  private sealed interface State {
    Instant since();

    record Running(Instant since, Duration used) implements State {}

    record Paused(Instant since, Duration used) implements State {}

    /** The deadline passed; pauses and resumptions since then changed nothing. */
    record Overdue(Instant since, Instant deadline) implements State {}
  }

  /** A clock that begins to run. */
  public static SlaClock start(BusinessClock clock, SlaTarget target, AtRisk atRisk, Instant at) {
    return new SlaClock(clock, target, atRisk, new State.Running(at, Duration.ZERO));
  }

  /** The clock after a change of the ticket's status, which pauses or resumes it or neither. */
  public SlaClock on(Status status, Instant at) {
    return target.pauseOn().contains(status) ? pause(at) : resume(at);
  }

  /**
   * The clock standing still from an instant on; no change where it stands still already.
   *
   * @throws IllegalArgumentException if the instant is before the last change
   */
  public SlaClock pause(Instant at) {
    requireInOrder(at);
    return switch (state) {
      case State.Running running -> {
        Instant deadline = deadline(running);
        yield at.isAfter(deadline)
            ? with(new State.Overdue(at, deadline))
            : with(new State.Paused(at, used(running, at)));
      }
      case State.Paused paused -> this;
      case State.Overdue overdue -> this;
    };
  }

  /**
   * The clock running again from an instant on; no change where it runs already.
   *
   * @throws IllegalArgumentException if the instant is before the last change
   */
  public SlaClock resume(Instant at) {
    requireInOrder(at);
    return switch (state) {
      case State.Running running -> this;
      case State.Paused paused -> with(new State.Running(at, paused.used()));
      case State.Overdue overdue -> this;
    };
  }

  /**
   * When the promise breaks, or broke, if nothing happens: the instant at which a breach counts.
   * Empty while paused, for then it has no date.
   */
  public Optional<Instant> deadline() {
    return switch (state) {
      case State.Running running -> Optional.of(deadline(running));
      case State.Paused paused -> Optional.empty();
      case State.Overdue overdue -> Optional.of(overdue.deadline());
    };
  }

  /**
   * The business time left at an instant that is not before the last change; negative once overdue,
   * by the business time since the deadline.
   */
  public Duration remaining(Instant at) {
    requireInOrder(at);
    return switch (state) {
      case State.Running running -> target.within().minus(used(running, at));
      case State.Paused paused -> target.within().minus(paused.used());
      case State.Overdue overdue -> clock.between(at, overdue.deadline());
    };
  }

  /**
   * The first instant of the present run at which the promise is at risk, at the latest its
   * deadline. Empty while paused and once a pause has shown it overdue.
   */
  public Optional<Instant> atRiskFrom() {
    return switch (state) {
      case State.Running running -> Optional.of(atRiskFrom(running));
      case State.Paused paused -> Optional.empty();
      case State.Overdue overdue -> Optional.empty();
    };
  }

  /** Whether little time is left, though some: neither paused nor overdue. */
  public boolean isAtRisk(Instant at) {
    requireInOrder(at);
    return !isOverdue(at) && atRiskFrom().map(from -> !at.isBefore(from)).orElse(false);
  }

  /** Whether the deadline has passed. */
  public boolean isOverdue(Instant at) {
    requireInOrder(at);
    return deadline().map(at::isAfter).orElse(false);
  }

  /** The target that was promised. */
  public SlaTarget target() {
    return target;
  }

  private Instant atRiskFrom(State.Running running) {
    Duration threshold = atRisk.threshold(target.within());
    Duration untilRisk = target.within().minus(threshold).minus(running.used());
    return untilRisk.isPositive() ? clock.plus(running.since(), untilRisk) : running.since();
  }

  private Instant deadline(State.Running running) {
    return clock.plus(running.since(), target.within().minus(running.used()));
  }

  private Duration used(State.Running running, Instant at) {
    return running.used().plus(clock.between(running.since(), at));
  }

  private void requireInOrder(Instant at) {
    if (at.isBefore(state.since())) {
      throw new IllegalArgumentException(
          "an SLA clock that last changed at %s was asked about %s, which is earlier"
              .formatted(state.since(), at));
    }
  }

  private SlaClock with(State next) {
    return new SlaClock(clock, target, atRisk, next);
  }
}
