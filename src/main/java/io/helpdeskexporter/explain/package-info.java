/**
 * Tells of one ticket what it counted as and why: its history, the course of each of its clocks,
 * the definitions that applied, the series it feeds and what is not counted. Pure: no I/O and no
 * clock. It has no rules of its own: facts come from the derivation, series from the engine,
 * reasons from the KPIs, so that it cannot say other than what is counted. It never tells a
 * customer's words or anybody's name. Knows {@code domain}, {@code calendar}, {@code facts} and
 * {@code kpi}. Start at {@link io.helpdeskexporter.explain.Explainer#explain}.
 */
@NullMarked
package io.helpdeskexporter.explain;

import org.jspecify.annotations.NullMarked;
