package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.kpi.Numbers.NONE;

import java.util.Arrays;
import java.util.List;

/**
 * What each ticket adds to the gauges now and later. A contribution waits until it begins, counts
 * until it ends, and is forgotten when its ticket changes.
 */
final class Contributions {
  private final Uses uses;
  private final List<Window.Rolling> windows;

  /** By number of the ticket, its first contribution. */
  private int[] firsts = new int[0];

  /** By number of the ticket, the outlooks that what it adds is for. */
  private int[] outlooks = new int[0];

  private final Soonest deadlines = new Soonest(new Soonest.Places());

  // By contribution.
  private LevelGauges[] gauges = new LevelGauges[0];
  private int[] cells = new int[0];
  private long[] values = new long[0];
  private long[] untils = new long[0];
  private boolean[] counting = new boolean[0];
  private int[] nexts = new int[0];

  /** Free numbers, chained. */
  private int free = NONE;

  /** The last one added to the ticket in hand. */
  private int head = NONE;

  /** The first of those that the ticket in hand had and that were not found again yet. */
  private int rest = NONE;

  /**
   * @param uses of levels; contributions to others are of no interest
   * @param windows whose beginnings some levels are about
   */
  Contributions(Uses uses, List<Window.Rolling> windows) {
    this.uses = uses;
    this.windows = List.copyOf(windows);
  }

  /**
   * Puts the contributions of a ticket in the place of all that it had.
   *
   * @param ticket its number
   * @return the outlooks that these are for, or those were
   */
  int replace(int ticket, List<Contribution> contributions, long now) {
    firsts = Numbers.room(firsts, ticket);
    if (outlooks.length < firsts.length) {
      outlooks = Arrays.copyOf(outlooks, firsts.length);
    }
    rest = firsts[ticket];
    head = NONE;
    int concerned = 0;
    for (int i = 0; i < contributions.size(); i++) {
      Contribution contribution = contributions.get(i);
      Uses.Share share = uses.of(contribution.level());
      concerned |= share.outlooks();
      LevelGauges level = share.gauges();
      if (level != null) {
        level.feed();
        if (contribution.level().atStarts()) {
          addAtStarts(level, contribution, now);
        } else {
          add(
              level,
              contribution,
              contribution.detail(),
              contribution.value(),
              Contribution.millis(contribution.from()),
              Contribution.millis(contribution.until()),
              now);
        }
      }
    }
    while (rest != NONE) {
      int next = nexts[rest];
      forget(rest);
      rest = next;
    }
    firsts[ticket] = head;
    int before = outlooks[ticket];
    outlooks[ticket] = concerned;
    return concerned | before;
  }

  /**
   * What holds at an instant holds for a window from when that began at the instant; and for as
   * long, its value weighs one from when its instant has come.
   */
  private void addAtStarts(LevelGauges level, Contribution contribution, long now) {
    for (Window.Rolling window : windows) {
      long length = window.length().toMillis();
      long from = later(Contribution.millis(contribution.from()), length);
      long until = later(Contribution.millis(contribution.until()), length);
      long come = Math.clamp(contribution.value(), from, Math.max(from, until));
      String detail =
          contribution.level().details().size() == 1
              ? window.label()
              : Detail.of(contribution.detail(), window.label());
      add(level, contribution, detail, 0, from, come, now);
      add(level, contribution, detail, 1, come, until, now);
    }
  }

  private static long later(long at, long millis) {
    return at == Long.MIN_VALUE || at > Long.MAX_VALUE - millis ? at : at + millis;
  }

  private void add(
      LevelGauges level,
      Contribution contribution,
      String detail,
      long value,
      long from,
      long until,
      long now) {
    if (from < until && now < until) {
      int cell = level.cell(contribution.attribution(), detail);
      int number = kept(level, cell, value, from, until, now);
      if (number == NONE) {
        number = take();
        gauges[number] = level;
        cells[number] = cell;
        values[number] = value;
        untils[number] = until;
        if (from <= now) {
          begin(number);
        } else {
          deadlines.add(number, from);
        }
      }
      nexts[number] = head;
      head = number;
    }
  }

  /** One that the ticket had and still has: most of them, as a ticket goes on its way. */
  private int kept(LevelGauges level, int cell, long value, long from, long until, long now) {
    int before = NONE;
    for (int i = rest; i != NONE; i = nexts[i]) {
      if (gauges[i] == level
          && cells[i] == cell
          && values[i] == value
          && untils[i] == until
          && (counting[i] ? from <= now : deadlines.at(i) == from)) {
        if (before == NONE) {
          rest = nexts[i];
        } else {
          nexts[before] = nexts[i];
        }
        return i;
      }
      before = i;
    }
    return NONE;
  }

  void advance(long now) {
    while (deadlines.soonest() <= now) {
      int number = deadlines.poll();
      if (counting[number]) {
        end(number);
      } else {
        begin(number);
      }
    }
  }

  private void begin(int number) {
    counting[number] = true;
    gauges[number].begin(cells[number], number, values[number]);
    if (untils[number] != Long.MAX_VALUE) {
      deadlines.add(number, untils[number]);
    }
  }

  private void end(int number) {
    counting[number] = false;
    gauges[number].end(cells[number], number, values[number]);
  }

  private void forget(int number) {
    deadlines.remove(number);
    if (counting[number]) {
      end(number);
    }
    nexts[number] = free;
    free = number;
  }

  private int take() {
    if (free == NONE) {
      int known = nexts.length;
      int room = Math.max(16, known + known / 2);
      gauges = Arrays.copyOf(gauges, room);
      cells = Arrays.copyOf(cells, room);
      values = Arrays.copyOf(values, room);
      untils = Arrays.copyOf(untils, room);
      counting = Arrays.copyOf(counting, room);
      nexts = Arrays.copyOf(nexts, room);
      for (int i = room - 1; i >= known; i--) {
        nexts[i] = free;
        free = i;
      }
    }
    int number = free;
    free = nexts[number];
    return number;
  }
}
