package io.helpdeskexporter.calendar;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of time in which a {@link BusinessClock} runs, or stands still for one reason.
 *
 * @param to exclusive, after {@code from}
 * @param closed why it stands still; empty while it runs
 */
public record Stretch(Instant from, Instant to, Optional<Closed> closed) {
  public Stretch {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("a stretch from %s to %s".formatted(from, to));
    }
  }

  /**
   * The desk is closed.
   *
   * @param calendar by name
   * @param holiday what it is called; empty outside the hours of any day
   */
  public record Closed(String calendar, Optional<String> holiday) {}

  /** The same course with neighbours that do not differ made one. */
  static List<Stretch> joined(List<Stretch> stretches) {
    List<Stretch> all = new ArrayList<>(stretches.size());
    for (Stretch next : stretches) {
      if (!all.isEmpty() && all.getLast().closed.equals(next.closed)) {
        all.add(new Stretch(all.removeLast().from, next.to, next.closed));
      } else {
        all.add(next);
      }
    }
    return List.copyOf(all);
  }
}
