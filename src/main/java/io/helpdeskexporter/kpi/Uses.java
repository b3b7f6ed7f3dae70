package io.helpdeskexporter.kpi;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the observations of each measure and the contributions to each level are for, by their
 * names. One that comes as the same object again, as nearly all do, is known by that.
 *
 * <p>Outlooks are told by bits, since a ticket concerns few of them.
 */
final class Uses {
  private static final Use NONE = new Use(null, null, 0);

  private final Map<String, Use> byName = new HashMap<>();
  private final IdentityHashMap<Measure, Use> byObject = new IdentityHashMap<>();
  private final Map<String, Integer> levelsByName = new HashMap<>();
  private final IdentityHashMap<Level, Integer> levelsByObject = new IdentityHashMap<>();

  /** By number of the ticket, the outlooks that what it adds now is for. */
  private int[] standing = new int[0];

  /**
   * What the observations of one measure are for.
   *
   * @param totals that grow by them; null if nothing shows these
   * @param windows that hold them; null if nothing shows these
   * @param outlooks that are fed by them, a bit for each
   */
  record Use(@Nullable Tally totals, @Nullable WindowedMeasure windows, int outlooks) {}

  void put(String measure, Use use) {
    byName.put(measure, use);
  }

  /** Nothing for what nobody asks about. */
  Use of(Measure measure) {
    Use known = byObject.get(measure);
    if (known != null) {
      return known;
    }
    Use named = byName.get(measure.name());
    if (named == null) {
      return NONE;
    }
    byObject.put(measure, named);
    return named;
  }

  /** What is added to a level is for an outlook. */
  void put(String level, int bit) {
    levelsByName.merge(level, bit, (one, other) -> one | other);
  }

  /**
   * The outlooks that what a ticket adds is for, or was until now.
   *
   * @param ticket its number; {@link Numbers#NONE} if it adds nothing, and added nothing
   */
  int replace(int ticket, List<Contribution> contributions) {
    if (ticket == Numbers.NONE) {
      return 0;
    }
    int now = 0;
    for (Contribution each : contributions) {
      now |= of(each.level());
    }
    if (ticket >= standing.length) {
      standing = Arrays.copyOf(standing, Math.max(ticket + 16, 2 * standing.length));
    }
    int both = now | standing[ticket];
    standing[ticket] = now;
    return both;
  }

  private int of(Level level) {
    Integer known = levelsByObject.get(level);
    if (known == null) {
      known = levelsByName.getOrDefault(level.name(), 0);
      levelsByObject.put(level, known);
    }
    return known;
  }
}
