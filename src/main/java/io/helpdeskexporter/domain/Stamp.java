package io.helpdeskexporter.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * Identity, order and time of an event.
 *
 * @param key the source's own key, unique within the ticket: reading an event twice changes nothing
 * @param sequence orders the events of one ticket as the source orders them (a transaction id, a
 *     modification count), because several carry the same second; a source that has no such number
 *     gives the time in milliseconds
 * @param at when it happened, kept to the millisecond
 */
public record Stamp(String key, long sequence, Instant at) implements Comparable<Stamp> {
  private static final Comparator<Stamp> ORDER =
      Comparator.comparingLong(Stamp::sequence).thenComparing(Stamp::at).thenComparing(Stamp::key);

  public Stamp {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("an event's key is empty");
    }
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }

  /** A stamp whose order is its time. */
  public static Stamp of(String key, Instant at) {
    return new Stamp(key, at.toEpochMilli(), at);
  }

  @Override
  public int compareTo(Stamp other) {
    return ORDER.compare(this, other);
  }
}
