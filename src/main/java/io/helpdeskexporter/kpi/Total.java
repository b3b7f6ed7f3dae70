package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.Attribution;
import java.time.Instant;
import java.util.List;

/**
 * What a measure has grown to for one combination of labels since the beginning. Lives in the
 * store, so that a restart continues it.
 *
 * @param sum of the values: milliseconds for durations
 * @param buckets how many observations are in each bucket alone, the last being above all bounds;
 *     empty for measures without bounds
 * @param since when the first of them was counted
 */
public record Total(
    Measure measure,
    Attribution attribution,
    String detail,
    long count,
    long sum,
    List<Long> buckets,
    Instant since) {
  public Total {
    buckets = List.copyOf(buckets);
  }
}
