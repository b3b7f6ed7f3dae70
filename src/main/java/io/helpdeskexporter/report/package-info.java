/**
 * Scheduled reports: which period is due when, what a report says of it, and how that reads as
 * Markdown, CSV and JSON. Pure: computes no KPI of its own, delivers nothing and has no clock.
 * Knows {@code kpi} only. Start at {@link io.helpdeskexporter.report.Plan#due} and {@link
 * io.helpdeskexporter.report.Report}.
 */
@NullMarked
package io.helpdeskexporter.report;

import org.jspecify.annotations.NullMarked;
