package io.helpdeskexporter.kpi;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Small numbers for the tickets that add to gauges, so that what is kept of each is in arrays. A
 * number that is given back is given again.
 */
final class Numbers {
  static final int NONE = -1;

  private final Map<String, Integer> byTicket = new HashMap<>();
  private int[] returned = new int[16];
  private int returning;
  private int next;

  /** The ticket's number, from now on if it had none. */
  int of(String ticket) {
    return byTicket.computeIfAbsent(ticket, _ -> fresh());
  }

  /** Forgets a ticket. Its number, {@link #NONE} if it had none, is its own until given back. */
  int forget(String ticket) {
    Integer number = byTicket.remove(ticket);
    return number == null ? NONE : number;
  }

  void giveBack(int number) {
    if (returning == returned.length) {
      returned = Arrays.copyOf(returned, 2 * returning);
    }
    returned[returning++] = number;
  }

  private int fresh() {
    return returning > 0 ? returned[--returning] : next++;
  }

  /** The values with room for that of a number, in which what was never set is {@link #NONE}. */
  static int[] room(int[] values, int number) {
    int known = values.length;
    if (number < known) {
      return values;
    }
    int[] more = Arrays.copyOf(values, Math.max(number + 16, known + known / 2));
    Arrays.fill(more, known, more.length, NONE);
    return more;
  }
}
