package io.helpdeskexporter.rules;

import java.util.Locale;

/** How soon somebody has to act. */
public enum Severity {
  /** Now: it pages. */
  CRITICAL,
  /** In working hours. */
  WARNING;

  /** As a label value: lower case. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
