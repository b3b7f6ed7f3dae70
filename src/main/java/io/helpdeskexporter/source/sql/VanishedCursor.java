package io.helpdeskexporter.source.sql;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which tickets were there at the last look, so that the next look sees which have vanished.
 *
 * @param scannedAt the database's clock at the last look; absent before the first
 * @param present the ids that were there
 * @param gone the ids that were there once and vanished
 */
record VanishedCursor(Optional<Instant> scannedAt, IdSet present, IdSet gone) {
  static final VanishedCursor START =
      new VanishedCursor(Optional.empty(), IdSet.EMPTY, IdSet.EMPTY);

  private static final String KIND = "vanished";

  boolean isDue(Instant clock, Duration every) {
    return scannedAt.map(at -> !at.plus(every).isAfter(clock)).orElse(true);
  }

  String encoded() {
    return new CursorText(KIND)
        .with("scanned", scannedAt.map(Instant::toEpochMilli))
        .with("present", present.encoded())
        .with("gone", gone.encoded())
        .toString();
  }

  /**
   * @throws CursorText.Unknown if the text is none of these
   */
  static VanishedCursor decoded(String text) {
    return text.isEmpty() ? START : CursorText.read(KIND, text, VanishedCursor::from);
  }

  private static VanishedCursor from(Map<String, String> fields) {
    return new VanishedCursor(
        Optional.ofNullable(fields.get("scanned")).map(Long::parseLong).map(Instant::ofEpochMilli),
        IdSet.decoded(fields.getOrDefault("present", "")),
        IdSet.decoded(fields.getOrDefault("gone", "")));
  }
}
