package io.helpdeskexporter.kpi;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each ticket adds to the gauges now and later. A contribution waits until it begins, counts
 * until it ends, and is forgotten when its ticket changes.
 */
final class Contributions {
  private static final int NONE = -1;
  private static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);
  private static final Instant ALWAYS = Instant.ofEpochMilli(Long.MIN_VALUE);

  private final Map<String, LevelGauges> levels;

  /** First contribution of each ticket that has any. */
  private final Map<String, Integer> firsts = new HashMap<>();

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

  /**
   * @param levels by name; contributions to others are of no interest
   */
  Contributions(Map<String, LevelGauges> levels) {
    this.levels = levels;
  }

  /** Puts the contributions of a ticket in the place of all that it had. */
  void replace(String ticket, List<Contribution> contributions, long now) {
    Integer first = firsts.remove(ticket);
    for (int i = first == null ? NONE : first; i != NONE; ) {
      int next = nexts[i];
      forget(i);
      i = next;
    }
    int head = NONE;
    for (Contribution contribution : contributions) {
      LevelGauges level = levels.get(contribution.level().name());
      long from = millis(contribution.from());
      long until = millis(contribution.until());
      if (level != null && from < until && now < until) {
        int number = take();
        gauges[number] = level;
        cells[number] = level.cell(contribution);
        values[number] = millis(contribution.value());
        untils[number] = until;
        nexts[number] = head;
        head = number;
        if (from <= now) {
          begin(number);
        } else {
          deadlines.add(number, from);
        }
      }
    }
    if (head != NONE) {
      firsts.put(ticket, head);
    }
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
    gauges[number].end(cells[number], number);
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

  /** Instants that no clock will show are as good as the last and the first that can be counted. */
  private static long millis(Instant at) {
    return at.isAfter(NEVER)
        ? Long.MAX_VALUE
        : at.isBefore(ALWAYS) ? Long.MIN_VALUE : at.toEpochMilli();
  }
}
