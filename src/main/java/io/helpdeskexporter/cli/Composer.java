package io.helpdeskexporter.cli;

import io.helpdeskexporter.kpi.Goal;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.kpi.Standing;
import io.helpdeskexporter.kpi.Standing.Outcome;
import io.helpdeskexporter.report.Period;
import io.helpdeskexporter.report.Plan;
import io.helpdeskexporter.report.Report;
import io.helpdeskexporter.report.Report.Section;
import io.helpdeskexporter.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Computes reports from what is stored, by the same computation as live: each source as of the last
 * instant of the period, and as of the last one of the period before.
 */
final class Composer {
  private final Wiring wiring;
  private final Store store;

  Composer(Wiring wiring, Store store) {
    this.wiring = wiring;
    this.store = store;
  }

  /**
   * Takes a pass over all tickets for each period, and one for the goals.
   *
   * @param watermarks by source; of one that is not there, nothing was read
   * @param outcomes of goals whose time is over
   */
  Report compose(
      Plan plan, Period period, Map<String, Instant> watermarks, Map<Goal, Outcome> outcomes) {
    Period before = plan.schedule().previous(period);
    return new Report(
        plan.name(),
        period,
        before,
        plan.schedule().zone(),
        wiring.config().kpi().profile().name().toLowerCase(Locale.ROOT),
        wiring.config().kpi().currency(),
        plan.sources().stream()
            .map(
                it ->
                    section(it, period, before, Optional.ofNullable(watermarks.get(it)), outcomes))
            .toList());
  }

  private Section section(
      String source,
      Period period,
      Period before,
      Optional<Instant> watermark,
      Map<Goal, Outcome> outcomes) {
    return new Section(
        source,
        watermark,
        Report.lines(
            wiring.catalogue().indicators(),
            period.every(),
            metrics(source, period, watermark),
            metrics(source, before, watermark),
            wiring.config().reporting().minSamples()),
        standings(source, period, watermark, outcomes));
  }

  /** Of a period that was not even begun to be read nothing is known, and that is not 0. */
  private Optional<SourceMetrics> metrics(
      String source, Period period, Optional<Instant> watermark) {
    return watermark
        .filter(it -> it.isAfter(period.from()))
        .map(_ -> wiring.asOf(store, source, period.lastInstant(), period.every().window()));
  }

  /** At the instant at which it is over, so that a goal for its end is reached or missed. */
  private List<Standing> standings(
      String source, Period period, Optional<Instant> watermark, Map<Goal, Outcome> outcomes) {
    boolean any = wiring.goals().stream().anyMatch(it -> it.source().equals(source));
    return any && watermark.filter(it -> it.isAfter(period.from())).isPresent()
        ? wiring.judge().standings(wiring.asOf(store, source, period.to()), outcomes)
        : List.of();
  }
}
