package io.helpdeskexporter.report;

import io.helpdeskexporter.kpi.Window;
import java.util.Locale;

/** How long a report's periods are, and so how often it is due. */
public enum Every {
  DAY(Window.Calendar.TODAY),
  WEEK(Window.Calendar.THIS_WEEK),
  MONTH(Window.Calendar.THIS_MONTH);

  private final Window window;

  Every(Window window) {
    this.window = window;
  }

  /** As the configuration and the store name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What covers a period, and nothing else, as of its {@linkplain Period#lastInstant end}. */
  public Window window() {
    return window;
  }
}
