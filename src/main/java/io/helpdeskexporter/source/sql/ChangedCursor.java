package io.helpdeskexporter.source.sql;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How far a table has been read whose rows carry the time of their last change. It is read in
 * sweeps, each in the order of (time, id), so that any number of rows may share a time and a row
 * that changes meanwhile comes again further on.
 *
 * <p>A change is stamped by the application and becomes visible when its transaction commits, so an
 * earlier time can appear after a later one. Each sweep therefore begins before the end of the last
 * one: an overlap earlier than the latest change seen, and where the database tells which
 * transactions were under way, an overlap earlier than the last instant whose transactions have all
 * ended. Rows that come again change nothing.
 *
 * <p>The latest change seen counts as at most the database's clock, because a row stamped in the
 * future would hide all others until then, and as at least an hour before it, because after a bulk
 * change at closing time each poll would read all of it again until the next morning.
 *
 * @param after where the present sweep has come to; absent between sweeps
 * @param latest the latest change that the last sweep saw
 * @param sweptAt the database's clock when the last sweep began
 * @param endedBefore all transactions that were under way then have ended, and what they wrote has
 *     been within a sweep since
 * @param watched an instant whose transactions may still be under way
 * @param remaining about how many rows are left; 0 when it is not known
 */
record ChangedCursor(
    Optional<Position> after,
    Optional<CursorValue> latest,
    Optional<Instant> sweptAt,
    Optional<Instant> endedBefore,
    Optional<Watched> watched,
    long remaining) {

  static final ChangedCursor START =
      new ChangedCursor(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0);

  /** By how much the application's clock may lag behind the database's. */
  static final Duration CLOCK_SKEW = Duration.ofHours(1);

  private static final String KIND = "changed";

  /**
   * @param id absent at the beginning of a sweep: before all rows that are later than {@code at}
   */
  record Position(CursorValue at, Optional<CursorValue> id) {}

  /**
   * @param next the number of the next transaction then
   */
  record Watched(Instant at, long next) {}

  boolean betweenSweeps() {
    return after.isEmpty();
  }

  /**
   * A new sweep begins.
   *
   * @param first before any time, in the type of the column; used where nothing has been read yet
   * @param rows about how many rows it will give, where it is the first
   */
  ChangedCursor begun(
      Instant clock,
      Optional<Fence> fence,
      Times times,
      CursorValue first,
      Duration overlap,
      Duration stuckAfter,
      long rows) {
    Position from =
        latest
            .flatMap(
                seen ->
                    sweptAt.map(
                        swept ->
                            times.like(
                                seen,
                                floor(times.instant(seen), swept, clock, fence, stuckAfter)
                                    .minus(overlap)
                                    .minus(times.repeated()))))
            .map(at -> new Position(at, Optional.empty()))
            .orElse(new Position(first, Optional.empty()));
    // This sweep reads what those transactions wrote, so only the next may begin after them.
    Optional<Watched> ended =
        watched.filter(w -> fence.isPresent() && fence.get().oldest() >= w.next());
    return new ChangedCursor(
        Optional.of(from),
        latest,
        Optional.of(clock),
        ended.map(Watched::at).or(() -> endedBefore),
        ended.isPresent() || watched.isEmpty()
            ? fence.map(now -> new Watched(clock, now.next()))
            : watched,
        rows);
  }

  private Instant floor(
      Instant seen, Instant swept, Instant clock, Optional<Fence> fence, Duration stuckAfter) {
    Instant latestChange = earlier(swept, later(seen, swept.minus(CLOCK_SKEW)));
    if (fence.isEmpty()) {
      return latestChange;
    }
    Instant patience = clock.minus(stuckAfter);
    return earlier(latestChange, endedBefore.map(at -> later(at, patience)).orElse(patience));
  }

  /** A page was read, and there is more. */
  ChangedCursor readThrough(Position position, int rows) {
    return new ChangedCursor(
        Optional.of(position),
        Optional.of(position.at()),
        sweptAt,
        endedBefore,
        watched,
        Math.max(0, remaining - rows));
  }

  /**
   * The sweep is over.
   *
   * @param last the last row of its last page
   */
  ChangedCursor swept(Optional<Position> last) {
    return new ChangedCursor(
        Optional.empty(),
        last.map(Position::at).or(() -> latest),
        sweptAt,
        endedBefore,
        watched,
        0);
  }

  /** For how long transactions have been waited for. */
  Duration waiting(Instant clock) {
    return watched
        .map(w -> Duration.between(w.at(), clock))
        .filter(age -> !age.isNegative())
        .orElse(Duration.ZERO);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  String encoded() {
    return new CursorText(KIND)
        .with("at", after.map(Position::at).map(CursorValue::encoded))
        .with("id", after.flatMap(Position::id).map(CursorValue::encoded))
        .with("latest", latest.map(CursorValue::encoded))
        .with("swept", sweptAt.map(Instant::toEpochMilli))
        .with("ended", endedBefore.map(Instant::toEpochMilli))
        .with("watched", watched.map(w -> w.at().toEpochMilli() + "," + w.next()))
        .with("remaining", remaining)
        .toString();
  }

  /**
   * @throws CursorText.Unknown if the text is none of these
   */
  static ChangedCursor decoded(String text) {
    return text.isEmpty() ? START : CursorText.read(KIND, text, ChangedCursor::from);
  }

  private static ChangedCursor from(Map<String, String> fields) {
    return new ChangedCursor(
        value(fields, "at").map(at -> new Position(at, value(fields, "id"))),
        value(fields, "latest"),
        instant(fields, "swept"),
        instant(fields, "ended"),
        Optional.ofNullable(fields.get("watched"))
            .map(text -> text.split(","))
            .map(
                parts ->
                    new Watched(
                        Instant.ofEpochMilli(Long.parseLong(parts[0])), Long.parseLong(parts[1]))),
        Long.parseLong(fields.getOrDefault("remaining", "0")));
  }

  private static Optional<CursorValue> value(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.get(name)).map(CursorValue::decoded);
  }

  private static Optional<Instant> instant(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.get(name)).map(Long::parseLong).map(Instant::ofEpochMilli);
  }
}
