package io.helpdeskexporter.rules;

import java.util.List;

/**
 * Which burn rates of an objective can ever be reached. A desk that keeps not a single promise
 * burns its budget at 1 ÷ (1 − target) times the allowed speed: an alert above that is dead, and
 * would only look like one.
 */
public final class Reach {
  private final Slo slo;
  private final List<BurnRate> rates;

  private Reach(Slo slo) {
    this.slo = slo;
    rates = BurnRate.of(slo.hours(), slo.objective().days());
  }

  public static Reach of(Slo slo) {
    return new Reach(slo);
  }

  /** The fastest first. */
  List<BurnRate> kept() {
    return rates.stream().filter(rate -> rate.isReachable(slo.budget())).toList();
  }

  /** Whether no alert could ever fire. */
  public boolean isDead() {
    return kept().isEmpty();
  }

  /** Whether one that pages can fire. */
  boolean pages() {
    return kept().stream().anyMatch(rate -> rate.severity() == Severity.CRITICAL);
  }

  /** A sentence for each alert that is left out. */
  public List<String> warnings() {
    return rates.stream()
        .filter(rate -> !rate.isReachable(slo.budget()))
        .map(
            rate ->
                ("objective %s: the %s alert over %s is left out: it would need more than %s times"
                        + " %s%% of the promises broken, which is %s%%. Without it the alerts come"
                        + " later; a target above %s%% brings it back.")
                    .formatted(
                        slo.objective().name(),
                        rate.severity().label(),
                        rate.longWindow(),
                        rate.factor(),
                        Decimals.percent(slo.budget()),
                        Decimals.percent(rate.factor().multiply(slo.budget())),
                        Decimals.percent(rate.targetNeeded())))
        .toList();
  }
}
