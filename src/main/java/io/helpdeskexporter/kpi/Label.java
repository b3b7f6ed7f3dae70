package io.helpdeskexporter.kpi;

/**
 * The labels that a family may carry beside {@code source}. {@link #DETAIL} is named by the measure
 * or level.
 */
public enum Label {
  TEAM,
  CHANNEL,
  PRIORITY,
  DETAIL
}
