package io.helpdeskexporter.source.salesforce;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the rows of a table were read, in the order of their times and ids.
 *
 * @param from rows of this time or later are asked for
 * @param after of those with just this time, rows with greater ids; empty at the start of a run
 * @param unsettled up to when all rows could be seen when the first page was read that came near
 *     the present; empty before. What was seen later and carries an earlier time may have been
 *     missed by this run, and is read by the next.
 * @param complete up to when everything was told
 * @param lookedAt by this machine's clock, when the last run ended
 */
record Keyset(
    Instant from, String after, Optional<Instant> unsettled, Instant complete, Instant lookedAt) {
  static Keyset start(Instant since) {
    return new Keyset(since, "", Optional.empty(), Instant.EPOCH, Instant.EPOCH);
  }

  boolean isUnderWay() {
    return !after.isEmpty();
  }

  /** Those rows. */
  String condition(String time) {
    String literal = Soql.time(from);
    return isUnderWay()
        ? "((%1$s = %2$s AND Id > %3$s) OR %1$s > %2$s)".formatted(time, literal, Soql.text(after))
        : "%s >= %s".formatted(time, literal);
  }

  /**
   * After a page that is not the last.
   *
   * @param settled up to when all rows could be seen in it
   */
  Keyset goneOn(Instant time, String id, Instant settled, Looks looks) {
    boolean near = time.isAfter(settled.minus(looks.overlap()));
    return new Keyset(
        time,
        id,
        unsettled.isPresent() || !near ? unsettled : Optional.of(settled),
        complete,
        lookedAt);
  }

  /** After the last page. */
  Keyset ended(Instant since, Instant settled, Looks looks) {
    Instant known = unsettled.orElse(settled);
    return new Keyset(
        Looks.later(since, known.minus(looks.overlap())),
        "",
        Optional.empty(),
        Looks.later(complete, known),
        looks.now());
  }
}
