package io.helpdeskexporter.reconcile;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often both numbers of one figure agree.
 *
 * @param figure with its clock, as in the metric's label
 * @param reasons of those that do not: how many tickets of each, in the order of reasons
 */
public record Share(String figure, long compared, long agreed, Map<Reason, Long> reasons) {
  public Share {
    Map<Reason, Long> ordered = new EnumMap<>(Reason.class);
    ordered.putAll(reasons);
    reasons = Collections.unmodifiableMap(ordered);
  }

  /** From 0 to 1. */
  public double ratio() {
    return (double) agreed / compared;
  }
}
