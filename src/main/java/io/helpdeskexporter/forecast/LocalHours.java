package io.helpdeskexporter.forecast;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Cuts a stretch of time at the full hours of a zone's wall clocks. Where clocks go forward an hour
 * of the day is missing, where they go back it comes twice.
 */
final class LocalHours {
  static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private LocalHours() {}

  /** Takes what lies in one hour of a local day. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param epochDay of the local date
     * @param from epoch milliseconds, inclusive
     * @param to epoch milliseconds, exclusive
     */
    void visit(long epochDay, int hour, long from, long to);
  }

  static void visit(ZoneId zone, long from, long to, Visitor visitor) {
    ZoneRules rules = zone.getRules();
    for (long at = from; at < to; ) {
      long offset = offset(rules, at);
      long local = at + offset;
      long end = at + HOUR - Math.floorMod(local, HOUR);
      if (offset(rules, end - 1) != offset) {
        ZoneOffsetTransition change = rules.nextTransition(Instant.ofEpochMilli(at));
        end = change == null ? end : Math.min(end, change.getInstant().toEpochMilli());
      }
      end = Math.min(end, to);
      visitor.visit(Math.floorDiv(local, DAY), (int) (Math.floorMod(local, DAY) / HOUR), at, end);
      at = end;
    }
  }

  private static long offset(ZoneRules rules, long at) {
    return rules.getOffset(Instant.ofEpochMilli(at)).getTotalSeconds() * 1000L;
  }
}
