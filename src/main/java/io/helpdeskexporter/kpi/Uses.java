package io.helpdeskexporter.kpi;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the observations of each measure and the contributions to each level are for, by their
 * names. One that comes as the same object again, as nearly all do, is known by that.
 *
 * <p>Outlooks are told by bits, since a ticket concerns few of them.
 */
final class Uses {
  private static final Use NO_USE = new Use(null, null, 0);
  private static final Share NO_SHARE = new Share(null, 0);

  private final Map<String, Use> byName = new HashMap<>();
  private final IdentityHashMap<Measure, Use> byObject = new IdentityHashMap<>();
  private final Map<String, Share> sharesByName = new HashMap<>();
  private final IdentityHashMap<Level, Share> sharesByObject = new IdentityHashMap<>();

  /**
   * What the observations of one measure are for.
   *
   * @param totals that grow by them; null if nothing shows these
   * @param windows that hold them; null if nothing shows these
   * @param outlooks that are fed by them, a bit for each
   */
  record Use(@Nullable Tally totals, @Nullable WindowedMeasure windows, int outlooks) {}

  /**
   * What the contributions to one level are for.
   *
   * @param gauges that show them; null if nothing does
   * @param outlooks that are fed by them, a bit for each
   */
  record Share(@Nullable LevelGauges gauges, int outlooks) {}

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
      return NO_USE;
    }
    byObject.put(measure, named);
    return named;
  }

  void put(String level, Share share) {
    sharesByName.put(level, share);
  }

  /** Nothing for what nobody asks about. */
  Share of(Level level) {
    Share known = sharesByObject.get(level);
    if (known != null) {
      return known;
    }
    Share named = sharesByName.get(level.name());
    if (named == null) {
      return NO_SHARE;
    }
    sharesByObject.put(level, named);
    return named;
  }
}
