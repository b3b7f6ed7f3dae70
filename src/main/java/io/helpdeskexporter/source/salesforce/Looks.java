package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * How often a stream is worth a look, and how long it takes until what happened can be seen.
 *
 * @param settlesAfter how late a row may be seen
 * @param overlap how much more is read again
 */
record Looks(Duration every, Duration settlesAfter, Duration overlap, InstantSource clock) {
  Looks every(Duration other) {
    return new Looks(other, settlesAfter, overlap, clock);
  }

  boolean isDue(Instant lookedAt) {
    Instant now = clock.instant();
    return !now.isBefore(lookedAt.plus(every)) || now.isBefore(lookedAt);
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * Nothing was looked for; what happened since comes late, which is better than to wait for it.
   */
  Page nothing(Cursor unmoved, Instant complete) {
    return Page.last(List.of(), unmoved, later(complete, now().minus(settlesAfter)));
  }

  /** There is nothing to look at in this account. */
  Page switchedOff(Cursor unmoved) {
    Page nothing = nothing(unmoved, Instant.EPOCH);
    return new Page(
        List.of(),
        unmoved,
        nothing.completeUntil(),
        List.of(),
        nothing.remaining(),
        Map.of("switched_off", 1.0));
  }

  static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
