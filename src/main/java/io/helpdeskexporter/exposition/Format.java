package io.helpdeskexporter.exposition;

/**
 * The exposition formats on offer. OpenMetrics 2.0 is not: it is a release candidate, and nothing
 * here depends on it.
 */
public enum Format {
  /** The default. It has no place for created timestamps, so it carries none. */
  TEXT("text/plain; version=0.0.4; charset=utf-8"),
  /** Carries {@code _created} for counters and histograms, and ends with {@code # EOF}. */
  OPENMETRICS("application/openmetrics-text; version=1.0.0; charset=utf-8"),
  /** Length-delimited {@code MetricFamily} messages; the only format with native histograms. */
  PROTOBUF(
      "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
          + " encoding=delimited");

  private final String contentType;

  Format(String contentType) {
    this.contentType = contentType;
  }

  /** The value of the {@code Content-Type} header of an answer in this format. */
  public String contentType() {
    return contentType;
  }
}
