/**
 * The KPIs: one file each, one catalogue, and the engine that keeps every number current as tickets
 * change and time passes. Pure: no I/O, and "now" is an argument. Knows {@code domain}, {@code
 * calendar}, {@code facts} and {@code forecast}. Start at {@link io.helpdeskexporter.kpi.Kpi} and
 * {@link io.helpdeskexporter.kpi.Catalogue}.
 */
@NullMarked
package io.helpdeskexporter.kpi;

import org.jspecify.annotations.NullMarked;
