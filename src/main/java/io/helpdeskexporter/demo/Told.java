package io.helpdeskexporter.demo;

import io.helpdeskexporter.domain.Happening;
import java.util.List;

/**
 * Something that happens beside the tickets, and when the desk's application knows of it.
 *
 * @param due when its row is written, in milliseconds since 1970: shifts are planned, incidents are
 *     noticed
 * @param until when the row is written over, because an incident has ended or a shift was called
 *     off; {@link #FOR_EVER} where it stays as it is
 * @param again whether it takes the place of a row that is there
 */
record Told(Happening happening, long due, long until, boolean again) {
  static final long FOR_EVER = Long.MAX_VALUE;

  Told {
    if (until <= due) {
      throw new IllegalArgumentException(
          "%s: written over at %d, before it is written at %d"
              .formatted(happening.stamp().key(), until, due));
    }
  }

  /** Known at once, and for ever the same. */
  static Told atOnce(Happening happening) {
    return new Told(happening, happening.at().toEpochMilli(), FOR_EVER, false);
  }

  /** First the one and from an instant on the other, under the same key. */
  static List<Told> twice(Happening first, long due, Happening last, long from) {
    return List.of(new Told(first, due, from, false), new Told(last, from, FOR_EVER, true));
  }

  /** Whether its row is there at an instant. */
  boolean standsAt(long millis) {
    return due <= millis && millis < until;
  }
}
