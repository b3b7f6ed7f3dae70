package io.helpdeskexporter.kpi;

/**
 * The labels that a family may carry beside {@code source}. The last two are named by the measure
 * or level.
 */
public enum Label {
  TEAM,
  CHANNEL,
  PRIORITY,
  /** The first of the details. */
  DETAIL,
  SECOND_DETAIL
}
