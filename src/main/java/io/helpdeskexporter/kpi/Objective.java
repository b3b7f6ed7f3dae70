package io.helpdeskexporter.kpi;

import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.SlaMetric;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Which part of a source's promises is to be kept.
 *
 * @param name of its own in the configuration
 * @param team empty for all of them
 * @param priority empty for all of them
 * @param target above 0, below 1
 * @param days of the rolling period over which it is to be met
 */
public record Objective(
    String name,
    String source,
    SlaMetric metric,
    Optional<String> team,
    Optional<Priority> priority,
    BigDecimal target,
    int days) {
  public Objective {
    if (target.signum() <= 0 || target.compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException(
          "objective %s: the target %s is not between 0 and 1".formatted(name, target));
    }
    if (days < 1) {
      throw new IllegalArgumentException("objective %s: a period of %d days".formatted(name, days));
    }
  }

  /**
   * Whether it says what an indicator is to come to: the part that is kept of the promises of its
   * kind, of all priorities. Its own period is not looked at, since a part is to be kept of the
   * promises of any.
   */
  public boolean isAbout(Indicator indicator, Optional<String> ofTeam) {
    return indicator.id().equals(Sla.complianceOf(metric))
        && team.equals(ofTeam)
        && priority.isEmpty();
  }
}
