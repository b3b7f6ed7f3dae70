package io.helpdeskexporter.calendar;

import io.helpdeskexporter.domain.SlaMetric;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is promised for some tickets.
 *
 * @param clock in whose time the targets are counted
 * @param targets at least one; a metric that is not in it is not promised
 */
public record SlaPolicy(
    String name,
    SlaMatch match,
    BusinessClock clock,
    Map<SlaMetric, SlaTarget> targets,
    AtRisk atRisk) {
  public SlaPolicy {
    targets = Map.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("SLA policy " + name + " has no target");
    }
  }

  /** The clock of a promise that starts now; empty where this policy does not promise it. */
  public Optional<SlaClock> start(SlaMetric metric, Instant at) {
    return Optional.ofNullable(targets.get(metric))
        .map(target -> SlaClock.start(clock, target, atRisk, at));
  }
}
