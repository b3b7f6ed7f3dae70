package io.helpdeskexporter.source.sql;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * How far a table whose rows are only ever added, with growing ids, has been read.
 *
 * <p>An id is handed out when a row is inserted and becomes visible when its transaction commits,
 * so a lower id can appear after a higher one. Reading on from the highest id seen would lose it
 * for ever. Therefore ids are <em>settled</em> only once nothing below them can appear any more:
 *
 * <ol>
 *   <li>A {@link Candidate} is the highest id visible at some poll. Whoever holds a lower id has
 *       taken it before.
 *   <li>At a later poll, at least {@link #HAIR} on, the candidate gets its fence: the number of the
 *       next transaction. Between taking an id and being numbered a transaction spends less than
 *       that, so whoever holds a lower id now has a number below the fence.
 *   <li>When all transactions below the fence have ended, everything at or below the candidate that
 *       will ever be visible is visible: it is read (again) and settled. Ids that are missing then
 *       belong to transactions that were rolled back.
 * </ol>
 *
 * <p>A transaction that does not end holds the fence. After a while the candidate is settled all
 * the same, and the ids missing below it are remembered as {@link Gap}s, which are looked for again
 * for some hours. Databases without a fence always work that way.
 *
 * <p>Rows above the settled id are delivered early, at every poll again: telling a thing twice
 * changes nothing.
 *
 * @param settled everything at or below it has been delivered, gaps apart
 * @param position how far rows have been delivered early
 * @param atRest whether the last fetch found nothing more
 * @param finalUpTo rows up to here can be settled as they are read; never below {@code settled}
 * @param leavesGaps whether ids that are missing up to there may still appear
 */
record AppendedCursor(
    long settled,
    long position,
    boolean atRest,
    long finalUpTo,
    boolean leavesGaps,
    Optional<Candidate> candidate,
    List<Gap> gaps) {

  /** Less than any id. */
  static final long NOTHING = -1;

  static final AppendedCursor START =
      new AppendedCursor(NOTHING, NOTHING, false, NOTHING, false, Optional.empty(), List.of());

  /**
   * Much longer than any transaction needs from taking an id to being numbered, which happen within
   * one statement.
   */
  static final Duration HAIR = Duration.ofSeconds(1);

  /** So that a cursor stays small. With more gaps than these, the oldest are given up. */
  static final int MOST_GAPS = 500;

  /** Older holes than so many ids ago are not waited for: they were there when reading began. */
  static final long GAP_REACH = 10_000;

  private static final String KIND = "appended";

  AppendedCursor {
    gaps = List.copyOf(gaps);
    if (settled > position || settled > finalUpTo) {
      throw new IllegalArgumentException(
          "settled id %d is above position %d or final id %d"
              .formatted(settled, position, finalUpTo));
    }
  }

  /**
   * An id that waits to be settled.
   *
   * @param fence once it is set, all transactions below it have to end
   */
  record Candidate(long newest, Instant seenAt, OptionalLong fence) {}

  /** Ids that were missing when those around them were settled. */
  record Gap(long first, long last, Instant seenAt) {}

  /** What {@code now} shows, before anything is read. */
  AppendedCursor observed(Horizon now, Duration stuckAfter) {
    if (now.newest() < settled) {
      // Rows at the end were deleted or an older state was restored: new rows take ids from there.
      return new AppendedCursor(
          now.newest(), now.newest(), true, now.newest(), false, Optional.empty(), List.of());
    }
    if (now.fence().isEmpty()) {
      return withFinal(Math.max(finalUpTo, now.newest()), true).withCandidate(Optional.empty());
    }
    Fence fence = now.fence().get();
    if (candidate.isEmpty()) {
      return nominated(now);
    }
    Candidate waiting = candidate.get();
    if (waiting.fence().isPresent() && fence.oldest() >= waiting.fence().getAsLong()) {
      return withFinal(Math.max(finalUpTo, waiting.newest()), false).nominated(now);
    }
    if (!waiting.seenAt().plus(stuckAfter).isAfter(now.clock())) {
      return withFinal(Math.max(finalUpTo, waiting.newest()), true).nominated(now);
    }
    if (waiting.fence().isEmpty() && !waiting.seenAt().plus(HAIR).isAfter(now.clock())) {
      return withCandidate(
          Optional.of(
              new Candidate(waiting.newest(), waiting.seenAt(), OptionalLong.of(fence.next()))));
    }
    return this;
  }

  /** Whether rows are to be read that can be settled at once: those up to {@link #finalUpTo}. */
  boolean canSettle() {
    return settled < finalUpTo;
  }

  /** Where reading rows early begins: a little before where it ended last time. */
  long earlyFrom(int reread) {
    return Math.max(settled, atRest ? position - reread : position);
  }

  /**
   * The rows up to {@code through} were read, and can be settled.
   *
   * @param present the ids that were there
   */
  AppendedCursor settledThrough(long through, List<Long> present, Horizon now) {
    List<Gap> all = new ArrayList<>(gaps);
    if (leavesGaps) {
      long next = Math.max(0, Math.max(settled, now.newest() - GAP_REACH)) + 1;
      for (long id : present) {
        if (id > next) {
          all.add(new Gap(next, id - 1, now.clock()));
        }
        next = Math.max(next, id + 1);
      }
      if (through >= next) {
        all.add(new Gap(next, through, now.clock()));
      }
    }
    return new AppendedCursor(
        through,
        Math.max(position, through),
        false,
        finalUpTo,
        leavesGaps && through < finalUpTo,
        candidate,
        youngest(all));
  }

  AppendedCursor readEarlyThrough(long through) {
    return new AppendedCursor(
        settled, Math.max(settled, through), false, finalUpTo, leavesGaps, candidate, gaps);
  }

  /** Nothing more to read at present; {@code found} are ids out of gaps that have appeared. */
  AppendedCursor rested(List<Long> found, Instant clock, Duration gapMemory) {
    List<Gap> left = new ArrayList<>();
    for (Gap gap : gaps) {
      if (gap.seenAt().plus(gapMemory).isAfter(clock)) {
        left.addAll(without(gap, found));
      }
    }
    return new AppendedCursor(settled, position, true, finalUpTo, leavesGaps, candidate, left);
  }

  /** How many ids are missing and may still appear. */
  long openGaps() {
    return gaps.stream().mapToLong(gap -> gap.last() - gap.first() + 1).sum();
  }

  /** For how long the present candidate has been waiting; zero without one. */
  Duration waiting(Instant clock) {
    return candidate
        .map(waiting -> Duration.between(waiting.seenAt(), clock))
        .filter(age -> !age.isNegative())
        .orElse(Duration.ZERO);
  }

  private AppendedCursor nominated(Horizon now) {
    return withCandidate(
        now.newest() > finalUpTo
            ? Optional.of(new Candidate(now.newest(), now.clock(), OptionalLong.empty()))
            : Optional.empty());
  }

  private AppendedCursor withFinal(long id, boolean withGaps) {
    return new AppendedCursor(
        settled, position, atRest, id, withGaps || leavesGaps && canSettle(), candidate, gaps);
  }

  private AppendedCursor withCandidate(Optional<Candidate> other) {
    return new AppendedCursor(settled, position, atRest, finalUpTo, leavesGaps, other, gaps);
  }

  private static List<Gap> youngest(List<Gap> gaps) {
    return gaps.stream()
        .sorted(Comparator.comparing(Gap::seenAt).thenComparing(Gap::first))
        .skip(Math.max(0, gaps.size() - MOST_GAPS))
        .toList();
  }

  private static List<Gap> without(Gap gap, List<Long> found) {
    List<Gap> left = new ArrayList<>();
    long next = gap.first();
    for (long id : found) {
      if (id >= next && id <= gap.last()) {
        if (id > next) {
          left.add(new Gap(next, id - 1, gap.seenAt()));
        }
        next = id + 1;
      }
    }
    if (next <= gap.last()) {
      left.add(new Gap(next, gap.last(), gap.seenAt()));
    }
    return left;
  }

  String encoded() {
    CursorText text =
        new CursorText(KIND)
            .with("settled", settled)
            .with("position", position)
            .with("rest", atRest)
            .with("final", finalUpTo)
            .with("leaves_gaps", leavesGaps);
    candidate.ifPresent(
        waiting ->
            text.with(
                "candidate",
                waiting.newest()
                    + ","
                    + waiting.seenAt().toEpochMilli()
                    + (waiting.fence().isPresent() ? "," + waiting.fence().getAsLong() : "")));
    if (!gaps.isEmpty()) {
      text.with(
          "gaps",
          gaps.stream()
              .map(gap -> gap.first() + "-" + gap.last() + "@" + gap.seenAt().getEpochSecond())
              .collect(Collectors.joining(",")));
    }
    return text.toString();
  }

  /**
   * @throws CursorText.Unknown if the text is none of these
   */
  static AppendedCursor decoded(String text) {
    return text.isEmpty() ? START : CursorText.read(KIND, text, AppendedCursor::from);
  }

  private static AppendedCursor from(Map<String, String> fields) {
    return new AppendedCursor(
        number(fields, "settled"),
        number(fields, "position"),
        Boolean.parseBoolean(fields.get("rest")),
        number(fields, "final"),
        Boolean.parseBoolean(fields.get("leaves_gaps")),
        Optional.ofNullable(fields.get("candidate")).map(AppendedCursor::candidate),
        Optional.ofNullable(fields.get("gaps")).stream()
            .flatMap(all -> Arrays.stream(all.split(",")))
            .map(AppendedCursor::gap)
            .toList());
  }

  private static Candidate candidate(String text) {
    long[] parts = Arrays.stream(text.split(",")).mapToLong(Long::parseLong).toArray();
    return new Candidate(
        parts[0],
        Instant.ofEpochMilli(parts[1]),
        parts.length > 2 ? OptionalLong.of(parts[2]) : OptionalLong.empty());
  }

  private static Gap gap(String text) {
    String[] parts = text.split("[-@]");
    return new Gap(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Instant.ofEpochSecond(Long.parseLong(parts[2])));
  }

  private static long number(Map<String, String> fields, String name) {
    return Long.parseLong(fields.getOrDefault(name, "?"));
  }
}
