package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Happening.Automation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a run of an automation failed. Rule: KPI definitions, "Automated task success". */
public final class AutomationFailure {
  /** What is undone later than so long after the run, the last moment included, had worked. */
  static final Duration UNDONE_WITHIN = Duration.ofHours(24);

  private AutomationFailure() {}

  /**
   * When the run turned out to have failed: at once if it says so, otherwise when it was rolled
   * back or a human did it again. May lie ahead of the facts' instant; empty if it worked.
   */
  public static Optional<Instant> at(Automation run) {
    return run.failed()
        ? Optional.of(run.at())
        : run.undoneAt()
            .filter(at -> !at.isBefore(run.at()) && !at.isAfter(run.at().plus(UNDONE_WITHIN)));
  }
}
