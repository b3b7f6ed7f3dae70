package io.helpdeskexporter.domain;

import java.util.Locale;

/** What an SLA promises. */
public enum SlaMetric {
  FIRST_RESPONSE,
  NEXT_RESPONSE,
  RESOLUTION,
  OTHER;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** As a label value: lower case. */
  public String label() {
    return label;
  }
}
