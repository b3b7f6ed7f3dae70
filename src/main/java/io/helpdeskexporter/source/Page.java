package io.helpdeskexporter.source;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Some changes and where to go on.
 *
 * @param next the cursor to give to the next fetch, also when there is no change
 * @param completeUntil present when the stream has nothing more to give at present: whatever
 *     happened up to this instant, by the source's clock, is in this page or an earlier one (late
 *     commits apart, which come later and are then taken in). While it is absent there is more to
 *     fetch at once.
 * @param remaining about how many changes are still to come, where the source can tell
 * @param readings what an operator may want to watch about the reading itself, such as {@code
 *     open_gaps}: numbers by name, with the unit in the name
 */
public record Page(
    List<Change> changes,
    Cursor next,
    Optional<Instant> completeUntil,
    List<Rejected> rejected,
    OptionalLong remaining,
    Map<String, Double> readings) {
  public Page {
    changes = List.copyOf(changes);
    rejected = List.copyOf(rejected);
    readings = Map.copyOf(readings);
  }

  /** A page of a source that has nothing to say about its reading. */
  public Page(
      List<Change> changes,
      Cursor next,
      Optional<Instant> completeUntil,
      List<Rejected> rejected,
      OptionalLong remaining) {
    this(changes, next, completeUntil, rejected, remaining, Map.of());
  }

  /** A page after which more is to be fetched. */
  public static Page more(List<Change> changes, Cursor next) {
    return new Page(changes, next, Optional.empty(), List.of(), OptionalLong.empty());
  }

  /** The last page for now. */
  public static Page last(List<Change> changes, Cursor next, Instant completeUntil) {
    return new Page(changes, next, Optional.of(completeUntil), List.of(), OptionalLong.of(0));
  }
}
