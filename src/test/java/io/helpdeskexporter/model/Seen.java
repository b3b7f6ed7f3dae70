package io.helpdeskexporter.model;

import java.time.Instant;
import java.util.Map;

/**
 * One thing that a KPI counts.
 *
 * @param what is counted
 * @param of the ticket, or whatever it is about
 * @param number tells it from others of the kind on the same ticket: a counter takes it once
 * @param labels all that it could be shown under
 * @param value in thousandths of seconds, millionths of money, or 1
 * @param inWindows whether the reports have it
 */
record Seen(
    String what,
    String of,
    String number,
    Instant at,
    Map<String, String> labels,
    long value,
    boolean inWindows) {

  /** What makes it the same thing again. */
  record Key(String what, String of, String number) {}

  Key key() {
    return new Key(what, of, number);
  }

  Seen outsideWindows() {
    return new Seen(what, of, number, at, labels, value, false);
  }
}
