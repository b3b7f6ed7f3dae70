package io.helpdeskexporter.kpi;

import io.helpdeskexporter.domain.Priority;
import java.time.Instant;
import java.util.Comparator;

/**
 * A promise that runs and will be broken at its deadline if nothing is done.
 *
 * @param promise label of the SLA metric, such as first_response
 * @param priority as when the promise began
 * @param atRiskFrom from when on little of its time is left
 */
public record Due(
    String ticket,
    String promise,
    String team,
    Priority priority,
    Instant deadline,
    Instant atRiskFrom) {
  /** The soonest first; no two promises are equal in it. */
  static final Comparator<Due> SOONEST =
      Comparator.comparing(Due::deadline)
          .thenComparing(Due::ticket)
          .thenComparing(Due::promise)
          .thenComparing(Due::atRiskFrom);
}
