package io.helpdeskexporter.calendar;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A clock whose schedule was changed over time: at each moment the one then in force counts.
 *
 * @param changes the schedules in the order in which they came into force; the first holds for all
 *     time before it too, since nobody knows an earlier one
 */
public record ScheduleHistory(List<Change> changes) implements BusinessClock {
  /** From an instant on, until the next change, this clock holds. */
  public record Change(Instant from, BusinessClock clock) {
    public Change {
      if (clock instanceof ScheduleHistory) {
        throw new IllegalArgumentException("a change of schedule at " + from + " is to a history");
      }
    }
  }

  public ScheduleHistory {
    changes = List.copyOf(changes);
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("a history of schedules is empty; it needs at least one");
    }
    for (int i = 1; i < changes.size(); i++) {
      if (startOf(changes, i) <= startOf(changes, i - 1)) {
        throw new IllegalArgumentException(
            "schedules must come into force one after the other; found %s after %s"
                .formatted(changes.get(i).from(), changes.get(i - 1).from()));
      }
    }
  }

  /** One schedule, never changed. */
  public static ScheduleHistory of(BusinessClock clock) {
    return new ScheduleHistory(List.of(new Change(Instant.EPOCH, clock)));
  }

  @Override
  public long millisBetween(long fromEpochMilli, long toEpochMilli) {
    if (fromEpochMilli > toEpochMilli) {
      return -millisBetween(toEpochMilli, fromEpochMilli);
    }
    long sum = 0;
    for (int i = inForce(fromEpochMilli); i < changes.size(); i++) {
      long begins = Math.max(fromEpochMilli, begins(i));
      if (begins >= toEpochMilli) {
        break;
      }
      sum += clock(i).millisBetween(begins, Math.min(toEpochMilli, ends(i)));
    }
    return sum;
  }

  @Override
  public Instant plus(Instant start, Duration business) {
    long left = AlwaysOpen.requireNotNegative(business);
    long at = start.toEpochMilli();
    for (int i = inForce(at); i < changes.size() - 1; i++) {
      long available = clock(i).millisBetween(at, ends(i));
      if (left <= available) {
        return clock(i).plus(Instant.ofEpochMilli(at), Duration.ofMillis(left));
      }
      left -= available;
      at = ends(i);
    }
    return changes.getLast().clock().plus(Instant.ofEpochMilli(at), Duration.ofMillis(left));
  }

  @Override
  public boolean isOpen(Instant at) {
    return clock(inForce(at.toEpochMilli())).isOpen(at);
  }

  @Override
  public List<Stretch> stretches(Instant from, Instant to) {
    List<Stretch> all = new ArrayList<>();
    for (int i = inForce(from.toEpochMilli()); i < changes.size(); i++) {
      Instant begins = i == 0 || begins(i) < from.toEpochMilli() ? from : changes.get(i).from();
      Instant ends = ends(i) < to.toEpochMilli() ? Instant.ofEpochMilli(ends(i)) : to;
      all.addAll(clock(i).stretches(begins, ends));
    }
    return Stretch.joined(all);
  }

  @Override
  public Instant nextOpening(Instant at) {
    Instant begins = at;
    for (int i = inForce(at.toEpochMilli()); i < changes.size() - 1; i++) {
      Instant opening = clock(i).nextOpening(begins);
      if (opening.toEpochMilli() < ends(i)) {
        return opening;
      }
      begins = Instant.ofEpochMilli(ends(i));
    }
    return changes.getLast().clock().nextOpening(begins);
  }

  @Override
  public Holidays holidays() {
    return changes.getLast().clock().holidays();
  }

  /** A history is short and mostly asked about its end. */
  private int inForce(long at) {
    int i = changes.size() - 1;
    while (begins(i) > at) {
      i--;
    }
    return i;
  }

  private BusinessClock clock(int i) {
    return changes.get(i).clock();
  }

  private long begins(int i) {
    return i == 0 ? Long.MIN_VALUE : startOf(changes, i);
  }

  private long ends(int i) {
    return i == changes.size() - 1 ? Long.MAX_VALUE : startOf(changes, i + 1);
  }

  private static long startOf(List<Change> changes, int i) {
    return changes.get(i).from().toEpochMilli();
  }
}
