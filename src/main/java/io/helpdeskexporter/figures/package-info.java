/**
 * What people read of indicators without Prometheus: the table that spreadsheets take, as it is now
 * and as it was, and the boards on a wall. Pure: it says what a figure is, what it is compared with
 * and how it is written, and neither serves nor computes anything again. Knows {@code kpi} and how
 * {@code report} writes rows. Start at {@link io.helpdeskexporter.figures.Figures}.
 */
@NullMarked
package io.helpdeskexporter.figures;

import org.jspecify.annotations.NullMarked;
