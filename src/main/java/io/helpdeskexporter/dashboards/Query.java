package io.helpdeskexporter.dashboards;

/** What a panel asks. */
public sealed interface Query {
  /** A letter or word, unique in the panel. */
  String refId();

  /** The question, in the language of whom it asks. */
  String text();

  /** Whether the choice of a variable changes the answer. */
  default boolean narrowedBy(Variable variable) {
    return text().contains("$" + variable.label()) || text().contains("${" + variable.label());
  }

  /**
   * Asked of Prometheus: how many.
   *
   * @param text PromQL
   * @param legend what a series is called, such as {@code {{team}}}; empty for Prometheus' own
   *     words
   */
  record Metrics(String refId, String text, String legend, Shape shape) implements Query {}

  /**
   * Asked of the exporter's database: which tickets.
   *
   * @param text SQL that reads one of the views in the schema {@code helpdesk}
   */
  record Tickets(String refId, String text) implements Query {}

  /** How the answer of Prometheus comes. */
  enum Shape {
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
    return new Metrics(refId, promql, legend, Shape.SERIES);
  }

  static Query latest(String refId, String promql, String legend) {
    return new Metrics(refId, promql, legend, Shape.LATEST);
  }

  static Query rows(String refId, String promql) {
    return new Metrics(refId, promql, "", Shape.ROWS);
  }

  static Query buckets(String refId, String promql) {
    return new Metrics(refId, promql, "{{le}}", Shape.BUCKETS);
  }
}
