package io.helpdeskexporter.dashboards;

import java.util.Locale;

/** What the reader of a dashboard may narrow it to, in the order in which the choices stand. */
public enum Variable {
  SOURCE("Helpdesk", "helpdesk_up"),
  TEAM("Team", "helpdesk_tickets_created_total"),
  CHANNEL("Channel", "helpdesk_tickets_created_total"),
  PRIORITY("Priority", "helpdesk_tickets_created_total"),
  /** One period of the reports; never several, since periods overlap. */
  WINDOW("Period", "");

  private final String title;
  private final String metric;

  Variable(String title, String metric) {
    this.title = title;
    this.metric = metric;
  }

  /** The name of the variable, and of the label that it narrows. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What stands beside the choice. */
  public String title() {
    return title;
  }

  /** The metric whose label values are the choices. */
  String metric() {
    return metric;
  }
}
