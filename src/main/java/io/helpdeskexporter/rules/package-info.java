/**
 * Rules for Prometheus, made of the objectives of the configuration: what to record of each, and
 * when to warn that its error budget is spent too fast. Corrected for a support desk, which closes
 * at night and promises a few things an hour, not thousands a second. Pure: from values to text,
 * without a clock, files or a Prometheus; what cannot work is told, not written. Knows {@code
 * domain}, {@code calendar} and {@code kpi} only. Start at {@link
 * io.helpdeskexporter.rules.SloRules}.
 */
@NullMarked
package io.helpdeskexporter.rules;

import org.jspecify.annotations.NullMarked;
