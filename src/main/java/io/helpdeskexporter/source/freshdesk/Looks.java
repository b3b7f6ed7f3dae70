package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** When a list that is not worth a look at each poll is looked at again. */
record Looks(Duration every, InstantSource clock) {
  /** What changed within these seconds may change again in the same second, and waits. */
  static final Duration SETTLING = Duration.ofSeconds(5);

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
  Page nothing(Cursor unmoved) {
    return Page.last(List.of(), unmoved, clock.instant().minus(SETTLING));
  }
}
