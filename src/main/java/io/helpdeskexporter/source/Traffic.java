package io.helpdeskexporter.source;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the requests of a source came to since it was opened.
 *
 * @param requests made, those that failed included
 * @param failures of them, by reason: a constant such as {@code 429}
 * @param waited for its turn, because of limits that the system sets
 * @param remaining what the system said was left of each of its limits, by the limit's name
 */
public record Traffic(
    long requests, Map<String, Long> failures, Duration waited, Map<String, Integer> remaining) {
  public Traffic {
    failures = Map.copyOf(failures);
    remaining = Map.copyOf(remaining);
  }

  /** With the requests of others, such as those that logged in. Waits and limits are the same. */
  public Traffic withRequestsOf(Traffic others) {
    Map<String, Long> all = new TreeMap<>(failures);
    others.failures.forEach((reason, count) -> all.merge(reason, count, Long::sum));
    return new Traffic(requests + others.requests, all, waited, remaining);
  }
}
