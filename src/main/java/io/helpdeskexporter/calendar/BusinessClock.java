package io.helpdeskexporter.calendar;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A clock that runs only while the desk is open. Resolution is the millisecond: instants and
 * durations are truncated to it.
 *
 * <p>Business time is additive in any order of its ends ({@code between(a, c) = between(a, b) +
 * between(b, c)}), never runs backwards, and {@link #plus} is its inverse: {@code between(start,
 * plus(start, d)) = d}.
 *
 * <p>Every method is defined for every instant that fits in epoch milliseconds, and throws {@link
 * ArithmeticException} where instant, duration or result does not.
 */
public sealed interface BusinessClock permits AlwaysOpen, BusinessCalendar, ScheduleHistory {
  /** 24 hours a day, 7 days a week: plain elapsed time. */
  static BusinessClock alwaysOpen() {
    return AlwaysOpen.INSTANCE;
  }

  /**
   * Business milliseconds from the first instant to the second, both in epoch milliseconds;
   * negative where the second is the earlier one. Allocates nothing once the years between the two
   * have been asked about.
   */
  long millisBetween(long fromEpochMilli, long toEpochMilli);

  /** {@link #millisBetween} in the types that everything but inner loops should use. */
  default Duration between(Instant from, Instant to) {
    return Duration.ofMillis(millisBetween(from.toEpochMilli(), to.toEpochMilli()));
  }

  /**
   * The first instant at which {@code business} has passed since {@code start}. Where the desk is
   * closed at the start, time begins to run at the next opening; where the time is used up exactly
   * at closing, the answer is the closing, not the next opening. Nothing has passed at the start
   * itself, so a zero duration gives the start, open or not.
   *
   * @throws IllegalArgumentException if the duration is negative
   */
  Instant plus(Instant start, Duration business);

  /** Whether the clock runs at this instant. An opening belongs to the open time, a closing not. */
  boolean isOpen(Instant at);

  /**
   * What the clock does between two instants: stretches in which it runs or stands still, in their
   * order and without gaps, neighbours being different. None where {@code to} is not after {@code
   * from}.
   */
  List<Stretch> stretches(Instant from, Instant to);

  /** The first open instant not before {@code at}: {@code at} itself where the desk is open. */
  Instant nextOpening(Instant at);

  /**
   * The days on which the desk is closed although its hours say otherwise. Where hours were changed
   * over time, those of the last change.
   */
  Holidays holidays();
}
