package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Numbers.NONE;

import io.helpdeskexporter.forecast.Survival;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * How long something lasts, from what ended within a time and from what still lasts, as of the last
 * full hour. What ended after that hour still lasted at it, so that a ticket that goes on its way
 * changes nothing until the next hour.
 *
 * <p>Of what began before the time only the later part was watched.
 */
final class Lifetimes {
  private static final Duration LATELY = Duration.ofDays(28);
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final Measure ended;
  private final Level lasting;
  private final ToIntFunction<Observation> kindOfEnded;
  private final ToIntFunction<Contribution> kindOfLasting;
  private final ToLongFunction<Contribution> begunAt;
  private final UnaryOperator<Instant> watchedSince;

  /** By instant of the end, with the kind and how long it had lasted. */
  private final TimeIndex ends = new TimeIndex(true);

  /** By number of the ticket, the first of its lives that last. */
  private int[] firsts = new int[0];

  // By number of what lasts; kind NONE if the number is free. Those of a ticket are chained, and so
  // are the free ones.
  private int[] kinds = new int[0];
  private long[] begans = new long[0];
  private long[] untils = new long[0];
  private long[] values = new long[0];
  private int[] nexts = new int[0];
  private int free = NONE;

  private long border;
  private long start;
  private boolean changed = true;

  /** Something that lasts, as its ticket told it. */
  private record Life(int kind, long began, long until, long value) {}

  /** A stretch of a life, by its ages, as of the border. */
  private record Seen(int kind, long from, long to, boolean ended) {}

  /** Takes a stretch of a life. */
  @FunctionalInterface
  private interface Watcher {
    void watch(int kind, long from, long to, boolean ended);
  }

  /** Takes something that lasts. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param began epoch milliseconds, on the clock of the life
     * @param value of the contribution, epoch milliseconds
     */
    void visit(int kind, long began, long value);
  }

  /**
   * @param ended its values are how long it had lasted, in milliseconds
   * @param lasting until when a life can be seen to last, on its own clock
   * @param begunAt when that began, on the same clock, in epoch milliseconds
   * @param watchedSince by the full hour as of which it is: the beginning of the longest time that
   *     is asked about
   */
  Lifetimes(
      Measure ended,
      Level lasting,
      ToIntFunction<Observation> kindOfEnded,
      ToIntFunction<Contribution> kindOfLasting,
      ToLongFunction<Contribution> begunAt,
      UnaryOperator<Instant> watchedSince,
      Instant now) {
    this.ended = ended;
    this.lasting = lasting;
    this.kindOfEnded = kindOfEnded;
    this.kindOfLasting = kindOfLasting;
    this.begunAt = begunAt;
    this.watchedSince = watchedSince;
    border = border(now).toEpochMilli();
    start = watchedSince.apply(border(now)).toEpochMilli();
  }

  /** The last full hour. */
  static Instant border(Instant now) {
    return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), HOUR) * HOUR);
  }

  /** The last 28 days, for what looks ahead. */
  static Instant lately(Instant border) {
    return border.minus(LATELY);
  }

  /** Lives that can be seen since they began. */
  static long fromOf(Contribution lasting) {
    return millis(lasting.from());
  }

  /**
   * Whether it concerned any life.
   *
   * @param ticket its number; {@link Numbers#NONE} if nothing of it lasts or has lasted until now
   */
  boolean apply(int ticket, TicketDelta delta) {
    List<Seen> before = new ArrayList<>(2);
    List<Seen> after = new ArrayList<>(2);
    boolean concerned = false;
    for (Observation observation : delta.removed()) {
      if (isEnd(observation)) {
        concerned = true;
        int kind = kindOfEnded.applyAsInt(observation);
        long at = observation.at().toEpochMilli();
        if (!ends.remove(at, kind, observation.value())) {
          throw new IllegalStateException("taken back, but was never there: " + observation);
        }
        watchEnd(at, kind, observation.value(), start, border, adding(before));
      }
    }
    for (Observation observation : delta.added()) {
      if (isEnd(observation)) {
        concerned = true;
        int kind = kindOfEnded.applyAsInt(observation);
        long at = observation.at().toEpochMilli();
        ends.add(at, kind, observation.value());
        watchEnd(at, kind, observation.value(), start, border, adding(after));
      }
    }
    List<Life> now = lives(delta.contributions());
    List<Life> then = lives(ticket);
    if (!now.equals(then)) {
      concerned = true;
      replace(ticket, now);
      then.forEach(
          it -> watchLasting(it.kind(), it.began(), it.until(), start, border, adding(before)));
      now.forEach(
          it -> watchLasting(it.kind(), it.began(), it.until(), start, border, adding(after)));
    }
    after.removeIf(before::remove);
    changed |= !before.isEmpty() || !after.isEmpty();
    return concerned;
  }

  void advance(Instant now) {
    Instant next = border(now);
    if (next.toEpochMilli() > border) {
      border = next.toEpochMilli();
      start = watchedSince.apply(next).toEpochMilli();
      changed = true;
      ends.forgetBefore(start);
    }
  }

  /** Whether the curves are other ones than at the last call. */
  boolean changed() {
    boolean was = changed;
    changed = false;
    return was;
  }

  void visitLasting(Visitor visitor) {
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] != NONE) {
        visitor.visit(kinds[i], begans[i], values[i]);
      }
    }
  }

  /**
   * By group, the curve of all kinds in it, of all that was watched.
   *
   * @param groups how many there are
   * @param groupsOf by some cuts: the group of each kind
   */
  List<Survival> curves(int groups, List<int[]> groupsOf) {
    return curves(groups, groupsOf, Instant.ofEpochMilli(start), Instant.ofEpochMilli(border));
  }

  /**
   * The same of a part of the time.
   *
   * @param from inclusive, not before what is watched
   * @param to inclusive, not after the last full hour
   */
  List<Survival> curves(int groups, List<int[]> groupsOf, Instant from, Instant to) {
    long first = from.toEpochMilli();
    long last = to.toEpochMilli();
    List<Survival.Watched> watched = new ArrayList<>(groups);
    for (int group = 0; group < groups; group++) {
      watched.add(new Survival.Watched());
    }
    Watcher watcher =
        (kind, entry, exit, over) ->
            groupsOf.forEach(of -> watched.get(of[kind]).add(entry, exit, over));
    ends.visit(
        first,
        Long.MAX_VALUE,
        (at, kind, lasted) -> watchEnd(at, kind, lasted, first, last, watcher));
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] != NONE) {
        watchLasting(kinds[i], begans[i], untils[i], first, last, watcher);
      }
    }
    return watched.stream().map(Survival.Watched::curve).toList();
  }

  private boolean isEnd(Observation observation) {
    return observation.measure().name().equals(ended.name())
        && observation.at().toEpochMilli() >= start;
  }

  private static Watcher adding(List<Seen> all) {
    return (kind, from, to, over) -> all.add(new Seen(kind, from, to, over));
  }

  private static void watchEnd(
      long at, int kind, long lasted, long first, long last, Watcher watcher) {
    boolean over = at <= last;
    watch(kind, lasted - (at - first), over ? lasted : lasted - (at - last), over, watcher);
  }

  private static void watchLasting(
      int kind, long began, long until, long first, long last, Watcher watcher) {
    watch(kind, first - began, Math.min(last, until) - began, false, watcher);
  }

  private static void watch(int kind, long from, long to, boolean over, Watcher watcher) {
    long entered = Math.max(0, from);
    if (entered < to || (over && entered == to)) {
      watcher.watch(kind, entered, to, over);
    }
  }

  private List<Life> lives(List<Contribution> contributions) {
    List<Life> all = new ArrayList<>(2);
    for (Contribution it : contributions) {
      if (it.level().name().equals(lasting.name())) {
        all.add(
            new Life(
                kindOfLasting.applyAsInt(it),
                begunAt.applyAsLong(it),
                millis(it.until()),
                it.value()));
      }
    }
    return all;
  }

  /** Those that a ticket has, in their order. */
  private List<Life> lives(int ticket) {
    List<Life> all = new ArrayList<>(2);
    for (int i = first(ticket); i != NONE; i = nexts[i]) {
      all.addFirst(new Life(kinds[i], begans[i], untils[i], values[i]));
    }
    return all;
  }

  private int first(int ticket) {
    return ticket == NONE || ticket >= firsts.length ? NONE : firsts[ticket];
  }

  /** Puts the lives of a ticket in the place of those that it had. */
  private void replace(int ticket, List<Life> lives) {
    for (int i = first(ticket); i != NONE; ) {
      int next = nexts[i];
      kinds[i] = NONE;
      nexts[i] = free;
      free = i;
      i = next;
    }
    int head = NONE;
    for (Life life : lives) {
      int number = take();
      kinds[number] = life.kind();
      begans[number] = life.began();
      untils[number] = life.until();
      values[number] = life.value();
      nexts[number] = head;
      head = number;
    }
    firsts = Numbers.room(firsts, ticket);
    firsts[ticket] = head;
  }

  private int take() {
    if (free == NONE) {
      int known = kinds.length;
      int room = Math.max(16, known + known / 2);
      kinds = Arrays.copyOf(kinds, room);
      begans = Arrays.copyOf(begans, room);
      untils = Arrays.copyOf(untils, room);
      values = Arrays.copyOf(values, room);
      nexts = Arrays.copyOf(nexts, room);
      for (int i = room - 1; i >= known; i--) {
        kinds[i] = NONE;
        nexts[i] = free;
        free = i;
      }
    }
    int number = free;
    free = nexts[number];
    return number;
  }

  /** Instants beyond all clocks are cut off where ages can still be counted. */
  private static long millis(Instant at) {
    long limit = Long.MAX_VALUE / 1_000_000;
    return Math.clamp(at.getEpochSecond(), -limit, limit) * 1000 + at.getNano() / 1_000_000;
  }
}
