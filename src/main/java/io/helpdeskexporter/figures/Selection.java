package io.helpdeskexporter.figures;

import io.helpdeskexporter.kpi.Indicator;
import java.util.Optional;
import java.util.Set;

/**
 * Which figures are asked for; what is empty does not restrict.
 *
 * @param kpis ids of indicators
 * @param windows labels; what is about the present is in every one
 * @param teams names; the empty text stands for all of a source
 */
public record Selection(
    Set<String> sources, Set<String> kpis, Set<String> windows, Set<String> teams) {
  /** All of them. */
  public static final Selection ALL = new Selection(Set.of(), Set.of(), Set.of(), Set.of());

  public Selection {
    sources = Set.copyOf(sources);
    kpis = Set.copyOf(kpis);
    windows = Set.copyOf(windows);
    teams = Set.copyOf(teams);
  }

  /** Whether a source is asked for. */
  public boolean hasSource(String source) {
    return has(sources, source);
  }

  boolean hasKpi(Indicator indicator) {
    return has(kpis, indicator.id());
  }

  boolean hasWindow(String window) {
    return window.isEmpty() || has(windows, window);
  }

  boolean hasTeam(Optional<String> team) {
    return has(teams, team.orElse(""));
  }

  private static boolean has(Set<String> asked, String value) {
    return asked.isEmpty() || asked.contains(value);
  }
}
