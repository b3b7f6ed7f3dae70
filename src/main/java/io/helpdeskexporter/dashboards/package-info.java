/**
 * The Grafana dashboards, as data: what each shows, and how that reads as the JSON that Grafana
 * loads. Pure: writes no file and asks no Prometheus. Knows the catalogue of {@code kpi}, from
 * which a query learns which variables narrow it.
 *
 * <p>To add a dashboard, write a class with a method that returns a {@link
 * io.helpdeskexporter.dashboards.Dashboard}, as {@link io.helpdeskexporter.dashboards.Queue} has
 * one, and name it in {@link io.helpdeskexporter.dashboards.Dashboards#all}. Its parts: an {@link
 * io.helpdeskexporter.dashboards.Ask} with the variables writes selectors that these narrow and
 * that two replicas do not double; {@link io.helpdeskexporter.dashboards.Panel} has a factory for
 * each kind of panel that looks as all others do; an {@link io.helpdeskexporter.dashboards.Aim}
 * colours a number by the goal or objective that is configured, so that no dashboard contains a
 * target; {@link io.helpdeskexporter.dashboards.Row} places panels on lines of 24 columns; the
 * trust row comes by itself. Then run the tests of this package with {@code -Dgolden.rewrite=true}
 * and look at what {@code grafana/dashboards} has become, in Grafana, wide and narrow.
 */
@NullMarked
package io.helpdeskexporter.dashboards;

import org.jspecify.annotations.NullMarked;
