package io.helpdeskexporter.domain;

import java.util.Locale;

/** Why a ticket is left out of every KPI (and counted as excluded). */
public enum Exclusion implements StatusMeaning {
  SPAM,
  DELETED,
  TEST,
  INTERNAL;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** As a label value: lower case. */
  public String label() {
    return label;
  }
}
