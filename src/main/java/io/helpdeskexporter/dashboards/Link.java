package io.helpdeskexporter.dashboards;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A way from a panel to where there is more to see.
 *
 * @param url within Grafana, or of something else
 */
public record Link(String title, String url) {
  /** To another dashboard, taking the time and the choices along. */
  static Link to(String uid, String title) {
    return new Link(title, "/d/" + uid + "?${__url_time_range}&${__all_variables}");
  }

  /** To another dashboard, narrowed to the team of the row. */
  static Link toTeam(String uid, String title) {
    return new Link(
        title,
        "/d/"
            + uid
            + "?${__url_time_range}&${datasource:queryparam}&${job:queryparam}"
            + "&${instance:queryparam}&${source:queryparam}&var-team=${__data.fields.team}");
  }

  /** A column with teams that leads to what a dashboard shows of each. */
  static Map<String, @Nullable Object> team(int width, String uid, String title) {
    return Node.of(
        "custom.width",
        width,
        "links",
        List.of(
            Node.of(
                "title",
                title,
                "url",
                "/d/"
                    + uid
                    + "?${__url_time_range}&${source:queryparam}&${window:queryparam}"
                    + "&var-team=${__value.text}")));
  }
}
