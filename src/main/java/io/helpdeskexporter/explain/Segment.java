package io.helpdeskexporter.explain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A part of a clock's course in which it goes on in one way.
 *
 * @param to exclusive, after {@code from}
 * @param off why time does not count, or not on the business clock; empty while both clocks run
 */
public record Segment(Instant from, Instant to, Optional<Off> off) {
  public Segment {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("a segment from %s to %s".formatted(from, to));
    }
  }

  /** Why a clock stands still. */
  public sealed interface Off {
    /** In words that begin small and have no full stop. */
    String why();

    /** The desk is closed, which stops the business clock alone. */
    record OutsideHours(String calendar) implements Off {
      @Override
      public String why() {
        return "outside business hours of " + calendar;
      }
    }

    /** As {@link OutsideHours}, on a day on which it would be open. */
    record Holiday(String calendar, String name) implements Off {
      @Override
      public String why() {
        return "holiday in " + calendar + ": " + name;
      }
    }

    /** By a rule, which stops both clocks. */
    record Paused(String why) implements Off {}
  }

  /** Whether it counts in calendar time. */
  public boolean onCalendar() {
    return !(off.isPresent() && off.get() instanceof Off.Paused);
  }

  /** Whether it counts in business time. */
  public boolean onBusiness() {
    return off.isEmpty();
  }

  public long millis() {
    return Duration.between(from, to).toMillis();
  }
}
