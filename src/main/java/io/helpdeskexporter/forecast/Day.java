package io.helpdeskexporter.forecast;

import java.time.LocalDate;

/**
 * The tickets of one local day.
 *
 * @param counts tickets by hour of the wall clock
 * @param hours how long each hour of the wall clock lasted: 1, but 0 or 2 where clocks change
 * @param off the hours that are holiday
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves the package
record Day(LocalDate date, int[] counts, double[] hours, boolean[] off, int total) {
  static final int HOURS = 24;

  /** Monday is 0. */
  int weekday() {
    return date.getDayOfWeek().ordinal();
  }

  /** Whether it tells how such a weekday usually is. */
  boolean ordinary() {
    double length = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      if (off[hour]) {
        return false;
      }
      length += hours[hour];
    }
    return length > 0;
  }
}
