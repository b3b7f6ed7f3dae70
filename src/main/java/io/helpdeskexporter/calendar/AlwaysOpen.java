package io.helpdeskexporter.calendar;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Plain elapsed time. */
enum AlwaysOpen implements BusinessClock {
  INSTANCE;

  @Override
  public long millisBetween(long fromEpochMilli, long toEpochMilli) {
    return Math.subtractExact(toEpochMilli, fromEpochMilli);
  }

  @Override
  public Instant plus(Instant start, Duration business) {
    long millis = requireNotNegative(business);
    return Instant.ofEpochMilli(Math.addExact(start.toEpochMilli(), millis));
  }

  /** The duration in milliseconds, refused where it is negative. */
  static long requireNotNegative(Duration business) {
    if (business.isNegative()) {
      throw new IllegalArgumentException(
          "a deadline needs a business time of at least 0, found " + business);
    }
    return business.toMillis();
  }

  @Override
  public boolean isOpen(Instant at) {
    return true;
  }

  @Override
  public List<Stretch> stretches(Instant from, Instant to) {
    return from.isBefore(to) ? List.of(new Stretch(from, to, Optional.empty())) : List.of();
  }

  @Override
  public Instant nextOpening(Instant at) {
    return at;
  }

  @Override
  public Holidays holidays() {
    return Holidays.none();
  }

  @Override
  public String toString() {
    return "24x7";
  }
}
