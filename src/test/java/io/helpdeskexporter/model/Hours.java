package io.helpdeskexporter.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When the desk is open: a list of all openings of the years in question, each from an instant to
 * another.
 *
 * @param openings in milliseconds, in order; none at all means always open
 */
record Hours(List<long[]> openings) {
  static final Hours ALWAYS = new Hours(List.of());

  /** One stretch of an ordinary day; the minute 1440 is the midnight that ends it. */
  record Stretch(int fromMinute, int untilMinute) {}

  static Hours of(ZoneId zone, Map<DayOfWeek, List<Stretch>> week, Set<LocalDate> closed) {
    List<long[]> openings = new ArrayList<>();
    LocalDate last = LocalDate.of(2027, 12, 31);
    for (LocalDate day = LocalDate.of(2025, 12, 1); day.isBefore(last); day = day.plusDays(1)) {
      if (!closed.contains(day)) {
        for (Stretch stretch : week.getOrDefault(day.getDayOfWeek(), List.of())) {
          openings.add(
              new long[] {
                millis(zone, day, stretch.fromMinute()), millis(zone, day, stretch.untilMinute())
              });
        }
      }
    }
    return new Hours(List.copyOf(openings));
  }

  private static long millis(ZoneId zone, LocalDate day, int minute) {
    return (minute == 1440
            ? day.plusDays(1).atStartOfDay(zone)
            : day.atTime(LocalTime.ofSecondOfDay(60L * minute)).atZone(zone))
        .toInstant()
        .toEpochMilli();
  }

  /** Open milliseconds from one instant to a later one. */
  long between(Instant from, Instant to) {
    long a = from.toEpochMilli();
    long b = to.toEpochMilli();
    if (openings.isEmpty()) {
      return b - a;
    }
    long sum = 0;
    for (long[] opening : openings) {
      sum += Math.max(0, Math.min(b, opening[1]) - Math.max(a, opening[0]));
    }
    return sum;
  }

  /** The first instant at which so much open time has passed. */
  Instant after(Instant from, long millis) {
    if (openings.isEmpty() || millis == 0) {
      return from.plusMillis(millis);
    }
    long left = millis;
    for (long[] opening : openings) {
      long begin = Math.max(from.toEpochMilli(), opening[0]);
      long part = opening[1] - begin;
      if (part > 0) {
        if (part >= left) {
          return Instant.ofEpochMilli(begin + left);
        }
        left -= part;
      }
    }
    throw new IllegalStateException("later than the last opening");
  }
}
