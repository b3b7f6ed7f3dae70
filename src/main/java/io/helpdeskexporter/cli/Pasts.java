package io.helpdeskexporter.cli;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.kpi.Engine;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.Indicator;
import io.helpdeskexporter.kpi.Reporting;
import io.helpdeskexporter.kpi.Retrospect;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.kpi.Window;
import io.helpdeskexporter.store.SourceStore;
import io.helpdeskexporter.store.Store;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** What sources showed at the end of each of some days, from what is stored. */
final class Pasts {
  private final Wiring wiring;
  private final Store store;

  Pasts(Wiring wiring, Store store) {
    this.wiring = wiring;
    this.store = store;
  }

  /**
   * What some indicators are made of, at the end of each day or at the watermark if that is
   * earlier; days that had not begun by then, and days before there was anything, are left out.
   * Takes one pass over all that is stored of the source.
   *
   * @param windows labels of those that are asked for
   * @param days rising
   * @param wanted asked at every ticket: whether anybody still waits for it
   * @throws CancellationException once nobody does
   */
  List<SourceMetrics> of(
      ConfiguredSource<?> source,
      Collection<Indicator> indicators,
      Collection<String> windows,
      List<LocalDate> days,
      Instant watermark,
      BooleanSupplier wanted) {
    List<Instant> instants = instants(days, watermark);
    if (instants.isEmpty()) {
      return List.of();
    }
    Policies policies = wiring.policies(source);
    Set<String> names = new LinkedHashSet<>();
    indicators.forEach(it -> names.addAll(wiring.catalogue().indicators().families(it)));
    List<Family> families = Retrospect.families(wiring.catalogue().families(policies), names);
    Reporting usual = wiring.reporting();
    Reporting reporting =
        new Reporting(
            usual.zone(),
            usual.weekStart(),
            windows.stream().filter(it -> !it.isEmpty()).distinct().map(Window::of).toList(),
            usual.quantiles(),
            usual.method());
    SourceStore stored = wiring.stored(store, source);
    Retrospect past =
        new Retrospect(
            wiring.catalogue().derivation(policies, families), families, instants, reporting);
    stored.forEachTimeline(
        timeline -> {
          requireWanted(wanted);
          past.add(timeline);
        });
    stored.forEachBiography(
        biography -> {
          requireWanted(wanted);
          past.add(biography);
        });
    List<SourceMetrics> all = new ArrayList<>();
    Engine engine =
        wiring.engine(source, policies, families, instants.getFirst(), stored.teams(), reporting);
    Retrospect.occurring(stored.teams(), engine);
    past.forEach(
        engine,
        metrics -> {
          requireWanted(wanted);
          all.add(metrics);
        });
    return all;
  }

  private static void requireWanted(BooleanSupplier wanted) {
    if (!wanted.getAsBoolean()) {
      throw new CancellationException("nobody waits for the past any more");
    }
  }

  private List<Instant> instants(List<LocalDate> days, Instant watermark) {
    ZoneId zone = wiring.reporting().zone();
    return days.stream()
        .filter(day -> !day.atStartOfDay(zone).toInstant().isAfter(watermark))
        .map(
            day -> {
              Instant end = day.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1);
              return end.isAfter(watermark) ? watermark : end;
            })
        .distinct()
        .toList();
  }
}
