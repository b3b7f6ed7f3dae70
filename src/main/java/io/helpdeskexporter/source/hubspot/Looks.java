package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.api.Harvest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** When something that is not worth a look at each poll is looked at again. */
record Looks(Duration every, InstantSource clock) {
  /** A change is rarely found sooner; what is found later is looked back for. */
  static final Duration SETTLING = Duration.ofSeconds(30);

  boolean isDue(long lookedAt) {
    long now = now();
    return now >= lookedAt + every.toMillis() || now < lookedAt;
  }

  /** In milliseconds of the epoch. */
  long now() {
    return clock.instant().toEpochMilli();
  }

  /**
   * Nothing was looked for; what happened since comes late, which is better than to wait for it.
   */
  Page nothing(Cursor unmoved) {
    return Page.last(List.of(), unmoved, settled());
  }

  /** Nothing, for now: it is not in the plan, or the private app may not read it. */
  Page switchedOff(Cursor cursor) {
    return new Harvest().last(cursor, settled(), Map.of("switched_off", 1.0));
  }

  private Instant settled() {
    return clock.instant().minus(SETTLING);
  }
}
