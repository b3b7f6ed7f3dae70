package io.helpdeskexporter.kpi;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the observations of each measure are for, by its name. A measure that comes as the same
 * object again, as nearly all do, is known by that.
 */
final class Uses {
  private static final Use NONE = new Use(null, null, List.of());

  private final Map<String, Use> byName = new HashMap<>();
  private final IdentityHashMap<Measure, Use> byObject = new IdentityHashMap<>();

  /**
   * What the observations of one measure are for.
   *
   * @param totals that grow by them; null if nothing shows these
   * @param windows that hold them; null if nothing shows these
   * @param outlooks that are fed by them
   */
  record Use(
      @Nullable Tally totals, @Nullable WindowedMeasure windows, List<Outlook.State> outlooks) {}

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
}
