package io.helpdeskexporter.dashboards;

import java.util.List;
import java.util.Optional;

/**
 * What a dashboard has to know of where it is shown.
 *
 * @param zone the reporting zone, such as {@code Europe/Berlin}; empty for what Grafana's
 *     preferences say
 * @param windows the periods of the reports, such as {@code 7d} or {@code this_month}, as
 *     configured; the first is the one that is shown first
 * @param tickets the uid of Grafana's data source for the views of tickets; empty leaves the tables
 *     of tickets out
 */
public record Site(String zone, List<String> windows, Optional<String> tickets) {
  /** The data source that {@code grafana/provisioning} makes. */
  public static final String TICKETS = "helpdesk-postgres";

  /** For whoever has changed neither the periods nor the zone. */
  public static final Site DEFAULT =
      new Site(
          "",
          List.of("7d", "today", "1d", "this_week", "this_month", "30d", "90d"),
          Optional.of(TICKETS));

  public Site {
    windows = List.copyOf(windows);
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("a site without windows has no reports");
    }
  }

  /** What people call a period: "last 7 days". */
  static String words(String window) {
    return switch (window) {
      case "1d" -> "last 24 hours";
      case "today", "yesterday" -> window;
      case "this_week", "last_week", "this_month", "last_month" -> window.replace('_', ' ');
      default ->
          "last "
              + window.replaceFirst("^(\\d+)d$", "$1 days").replaceFirst("^(\\d+)h$", "$1 hours");
    };
  }
}
