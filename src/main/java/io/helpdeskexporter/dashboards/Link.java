package io.helpdeskexporter.dashboards;

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
}
