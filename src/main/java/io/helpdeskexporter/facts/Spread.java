package io.helpdeskexporter.facts;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An amount that accrues evenly over a time and is known hour by hour. All hours add up to the
 * amount: what is rounded off one of them is in a later one.
 *
 * @param amount in whole parts
 * @param from when the time begins, and its first hour
 * @param until when the time ends; exclusive
 * @param partFrom when the part of it begins that is looked at
 * @param partUntil when that ends; exclusive
 */
public record Spread(
    long amount, Instant from, Instant until, Instant partFrom, Instant partUntil) {
  private static final long HOUR = Duration.ofHours(1).toMillis();

  public Spread {
    if (!from.isBefore(until) || partFrom.isBefore(from) || partUntil.isAfter(until)) {
      throw new IllegalArgumentException(
          "from %s until %s, of which from %s until %s"
              .formatted(from, until, partFrom, partUntil));
    }
  }

  /**
   * What accrues within an hour.
   *
   * @param number of the hour, from 1
   * @param at its last millisecond, which dates it: so an hour is in the day that it belongs to
   */
  public record Hour(int number, Instant at, long amount) {}

  /** All of an amount. */
  public static Spread over(long amount, Instant from, Instant until) {
    return new Spread(amount, from, until, from, until);
  }

  /** The part of it that lies within a time; empty if none does. */
  public Optional<Spread> within(Instant begin, Instant end) {
    Instant first = begin.isAfter(partFrom) ? begin : partFrom;
    Instant last = end.isBefore(partUntil) ? end : partUntil;
    return first.isBefore(last)
        ? Optional.of(new Spread(amount, from, until, first, last))
        : Optional.empty();
  }

  /**
   * The hours of the part that are dated after an instant and not after another.
   *
   * @param after exclusive
   * @param upTo inclusive
   */
  public List<Hour> hours(Instant after, Instant upTo) {
    List<Hour> hours = new ArrayList<>();
    Optional<Hour> next = next(after);
    while (next.isPresent() && !next.get().at().isAfter(upTo)) {
      hours.add(next.get());
      next = next(next.get().at());
    }
    return hours;
  }

  /** The first hour of the part that is dated after an instant; empty if there is none. */
  public Optional<Hour> next(Instant after) {
    Instant within = after.isBefore(partFrom) ? partFrom : after.plusMillis(1);
    if (!within.isBefore(partUntil)) {
      return Optional.empty();
    }
    long number = Duration.between(from, within).toMillis() / HOUR;
    Instant begin = from.plusMillis(number * HOUR);
    Instant end = begin.plusMillis(HOUR);
    Instant partEnd = end.isBefore(partUntil) ? end : partUntil;
    long accrued = accrued(partEnd) - accrued(begin.isAfter(partFrom) ? begin : partFrom);
    return Optional.of(new Hour(Math.toIntExact(number + 1), partEnd.minusMillis(1), accrued));
  }

  /** What the hours of the part amount to that are dated up to an instant, inclusive. */
  public long upTo(Instant t) {
    Instant end =
        next(t).map(hour -> from.plusMillis((hour.number() - 1) * HOUR)).orElse(partUntil);
    return end.isAfter(partFrom) ? accrued(end) - accrued(partFrom) : 0;
  }

  /** What the whole has come to at an instant. */
  private long accrued(Instant t) {
    return BigInteger.valueOf(amount)
        .multiply(BigInteger.valueOf(Duration.between(from, t).toMillis()))
        .divide(BigInteger.valueOf(Duration.between(from, until).toMillis()))
        .longValueExact();
  }
}
