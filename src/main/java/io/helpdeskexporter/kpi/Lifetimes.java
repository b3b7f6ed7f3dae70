package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Numbers.NONE;

import io.helpdeskexporter.forecast.Survival;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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

  private final Level lasting;
  private final ToIntFunction<Observation> kindOfEnded;
  private final ToIntFunction<Contribution> kindOfLasting;
  private final ToLongFunction<Contribution> begunAt;
  private final Function<Contribution, Instant> seenUntil;
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
  private int[] nexts = new int[0];
  private int free = NONE;

  private long border;
  private long start;

  /** Once it is known that curves are other ones, nobody asks in what. */
  private boolean changed = true;

  // Of the ticket in hand: whether it concerned any life, and what it took away and brought.
  private boolean concerned;
  private final List<Seen> before = new ArrayList<>();
  private final List<Seen> after = new ArrayList<>();

  /** A stretch of a life, by its ages, as of the border. */
  private record Seen(int kind, long from, long to, boolean ended) {}

  /** An outlook whose measures are ends and whose levels are what lasts. */
  interface Told extends Outlook.State {
    Lifetimes lifetimes();

    @Override
    default void add(Observation observation) {
      lifetimes().add(observation);
    }

    @Override
    default void remove(Observation observation) {
      lifetimes().remove(observation);
    }

    @Override
    default void replace(int ticket, List<Contribution> contributions) {
      lifetimes().replace(ticket, contributions);
    }
  }

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
     * @param until when it is seen to last, epoch milliseconds
     */
    void visit(int kind, long began, long until);
  }

  /**
   * @param lasting what lasts
   * @param kindOfLasting {@link Numbers#NONE} of what is no life
   * @param begunAt when a life began, on its own clock, in epoch milliseconds
   * @param seenUntil when it can be seen to last, on the same clock
   * @param watchedSince by the full hour as of which it is: the beginning of the longest time that
   *     is asked about
   */
  Lifetimes(
      Level lasting,
      ToIntFunction<Observation> kindOfEnded,
      ToIntFunction<Contribution> kindOfLasting,
      ToLongFunction<Contribution> begunAt,
      Function<Contribution, Instant> seenUntil,
      UnaryOperator<Instant> watchedSince,
      Instant now) {
    this.lasting = lasting;
    this.kindOfEnded = kindOfEnded;
    this.kindOfLasting = kindOfLasting;
    this.begunAt = begunAt;
    this.seenUntil = seenUntil;
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

  /** Something has ended. Of what is {@linkplain Observation#UNTIMED untimed} nothing was seen. */
  void add(Observation end) {
    long at = end.at().toEpochMilli();
    if (at >= start) {
      int kind = kindOfEnded.applyAsInt(end);
      ends.add(at, kind, end.value());
      concerned = true;
      if (!changed) {
        watchEnd(at, kind, end.value(), start, border, adding(after));
      }
    }
  }

  /**
   * Something has not ended after all.
   *
   * @throws IllegalStateException if it was not said to
   */
  void remove(Observation end) {
    long at = end.at().toEpochMilli();
    if (at >= start) {
      int kind = kindOfEnded.applyAsInt(end);
      if (!ends.remove(at, kind, end.value())) {
        throw new IllegalStateException("taken back, but was never there: " + end);
      }
      concerned = true;
      if (!changed) {
        watchEnd(at, kind, end.value(), start, border, adding(before));
      }
    }
  }

  /**
   * Takes over what lasts of a ticket, after what of it has ended.
   *
   * @param ticket its number; {@link Numbers#NONE} if nothing of it lasts or has lasted until now
   * @return whether anything of the ticket's change concerned any life
   */
  boolean replace(int ticket, List<Contribution> contributions) {
    if (!lastsAsBefore(ticket, contributions)) {
      concerned = true;
      for (int i = first(ticket); i != NONE && !changed; i = nexts[i]) {
        watchLasting(kinds[i], begans[i], untils[i], start, border, adding(before));
      }
      forget(ticket);
      for (int i = contributions.size() - 1; i >= 0; i--) {
        int kind = kindOf(contributions.get(i));
        if (kind != NONE) {
          int number = prepend(ticket, kind, contributions.get(i));
          if (!changed) {
            watchLasting(
                kinds[number], begans[number], untils[number], start, border, adding(after));
          }
        }
      }
    }
    boolean was = concerned;
    if (concerned && !changed) {
      if (!before.isEmpty()) {
        after.removeIf(before::remove);
      }
      changed = !before.isEmpty() || !after.isEmpty();
      before.clear();
      after.clear();
    }
    concerned = false;
    return was;
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
        visitor.visit(kinds[i], begans[i], untils[i]);
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

  /** {@link Numbers#NONE} if it is no life. */
  private int kindOf(Contribution contribution) {
    return contribution.level().name().equals(lasting.name())
        ? kindOfLasting.applyAsInt(contribution)
        : NONE;
  }

  private boolean lastsAsBefore(int ticket, List<Contribution> contributions) {
    int i = first(ticket);
    for (int c = 0; c < contributions.size(); c++) {
      Contribution it = contributions.get(c);
      int kind = kindOf(it);
      if (kind != NONE) {
        if (i == NONE
            || kinds[i] != kind
            || begans[i] != begunAt.applyAsLong(it)
            || untils[i] != millis(seenUntil.apply(it))) {
          return false;
        }
        i = nexts[i];
      }
    }
    return i == NONE;
  }

  private int first(int ticket) {
    return ticket == NONE || ticket >= firsts.length ? NONE : firsts[ticket];
  }

  private void forget(int ticket) {
    int i = first(ticket);
    while (i != NONE) {
      int next = nexts[i];
      kinds[i] = NONE;
      nexts[i] = free;
      free = i;
      i = next;
    }
    firsts = Numbers.room(firsts, ticket);
    firsts[ticket] = NONE;
  }

  /** Puts a life before those that a ticket has; its number. */
  private int prepend(int ticket, int kind, Contribution life) {
    int number = take();
    kinds[number] = kind;
    begans[number] = begunAt.applyAsLong(life);
    untils[number] = millis(seenUntil.apply(life));
    nexts[number] = firsts[ticket];
    firsts[ticket] = number;
    return number;
  }

  private int take() {
    if (free == NONE) {
      int known = kinds.length;
      int room = Math.max(16, known + known / 2);
      kinds = Arrays.copyOf(kinds, room);
      begans = Arrays.copyOf(begans, room);
      untils = Arrays.copyOf(untils, room);
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
