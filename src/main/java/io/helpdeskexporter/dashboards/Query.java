package io.helpdeskexporter.dashboards;

/**
 * What a panel asks Prometheus.
 *
 * @param refId a letter or word, unique in the panel
 * @param legend what a series is called, such as {@code {{team}}}; empty for Prometheus' own words
 */
public record Query(String refId, String promql, String legend, Shape shape) {
  /** How the answer comes. */
  public enum Shape {
    /** Series over the time shown. */
    SERIES,
    /** Series with the value as of now. */
    LATEST,
    /** A row for each series, with the value as of now. */
    ROWS,
    /** Buckets of a histogram over the time shown. */
    BUCKETS
  }

  static Query series(String refId, String promql, String legend) {
    return new Query(refId, promql, legend, Shape.SERIES);
  }

  static Query latest(String refId, String promql, String legend) {
    return new Query(refId, promql, legend, Shape.LATEST);
  }

  static Query rows(String refId, String promql) {
    return new Query(refId, promql, "", Shape.ROWS);
  }

  static Query buckets(String refId, String promql) {
    return new Query(refId, promql, "{{le}}", Shape.BUCKETS);
  }
}
