package io.helpdeskexporter.store;

import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.Level;
import io.helpdeskexporter.kpi.Measure;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The measures and levels that this version of the program knows. The store keeps them by name;
 * what it finds stored under a name that is no longer known stays stored and is not shown.
 */
public final class Known {
  private final Map<String, Measure> measures = new HashMap<>();
  private final Map<String, Level> levels = new HashMap<>();

  /** Names of the measures that nothing shows for ever; those given by name are all shown. */
  private final Set<String> passing = new HashSet<>();

  /**
   * @throws IllegalArgumentException if a name stands for two things
   */
  public Known(Collection<Measure> measures, Collection<Level> levels) {
    measures.forEach(measure -> put(this.measures, measure.name(), measure));
    levels.forEach(level -> put(this.levels, level.name(), level));
  }

  /** All that the families show. */
  public static Known of(Collection<? extends Family> families) {
    Known known = new Known(List.of(), List.of());
    for (Family family : families) {
      switch (family) {
        case Family.Ever shown -> known.add(shown.measure());
        case Family.Report shown -> known.add(shown.measure());
        case Family.Now shown -> put(known.levels, shown.level().name(), shown.level());
        case Family.Forecast shown -> {
          shown.outlook().measures().forEach(known::add);
          shown.outlook().levels().forEach(level -> put(known.levels, level.name(), level));
        }
        case Family.SlaTargets _, Family.Judged _ -> {}
      }
    }
    known.measures.forEach(
        (name, measure) -> {
          if (!measure.fedBySome() && families.stream().noneMatch(it -> isEver(it, name))) {
            known.passing.add(name);
          }
        });
    return known;
  }

  private static boolean isEver(Family family, String measure) {
    return family instanceof Family.Ever ever && ever.measure().name().equals(measure);
  }

  /**
   * Whether its totals are asked for after a restart: by counters, or to know that a desk has it.
   * Of what only windows and forecasts show, the ledgers are enough. A measure that gets its first
   * counter later must get another name with it, since its past was not added up.
   */
  boolean isAddedUp(Measure measure) {
    return !passing.contains(measure.name());
  }

  Optional<Measure> measure(String name) {
    return Optional.ofNullable(measures.get(name));
  }

  Optional<Level> level(String name) {
    return Optional.ofNullable(levels.get(name));
  }

  private void add(Measure measure) {
    put(measures, measure.name(), measure);
  }

  private static <T> void put(Map<String, T> known, String name, T what) {
    T before = known.putIfAbsent(name, what);
    if (before != null && !before.equals(what)) {
      throw new IllegalArgumentException(name + " is both " + before + " and " + what);
    }
  }
}
