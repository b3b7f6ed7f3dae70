package io.helpdeskexporter.dashboards;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All dashboards there are. */
public final class Dashboards {
  private Dashboards() {}

  /** In the order in which somebody would look at them. */
  public static List<Dashboard> all() {
    return List.of(
        Overview.dashboard(),
        ServiceLevels.dashboard(),
        Queue.dashboard(),
        Speed.dashboard(),
        Satisfaction.dashboard(),
        Channels.dashboard(),
        Business.dashboard(),
        Team.dashboard(),
        SelfService.dashboard(),
        Forecast.dashboard(),
        Wall.dashboard(),
        ExporterHealth.dashboard());
  }

  /** What Grafana loads, by the name of its file. */
  public static Map<String, String> files(Site site) {
    Map<String, String> files = new LinkedHashMap<>();
    for (Dashboard dashboard : all()) {
      files.put(dashboard.uid() + ".json", DashboardJson.of(dashboard, site));
    }
    return files;
  }
}
