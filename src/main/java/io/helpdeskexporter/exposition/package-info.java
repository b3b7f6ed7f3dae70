/**
 * Turns the KPI snapshot of a refresh into the bytes a scrape copies: Prometheus text 0.0.4,
 * OpenMetrics 1.0.0 and delimited protobuf, plain and gzip. Each is rendered and compressed at most
 * once per refresh, and what a refresh leaves alone no second time; the few runtime metrics (JVM,
 * process, HTTP, pools) are rendered for every scrape and joined on, as one gzip stream. It never
 * computes a KPI, knows no source and no HTTP server, and a reader of it never waits for a
 * publisher. Start at {@link io.helpdeskexporter.exposition.Exposition}.
 */
@NullMarked
package io.helpdeskexporter.exposition;

import org.jspecify.annotations.NullMarked;
