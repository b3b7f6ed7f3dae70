/**
 * Looking ahead: how many tickets to expect and how sure that is, whether more come in than usual,
 * how long things will probably take, and how many promises will probably break. Pure: no clock, no
 * I/O, no ticket either, only counts and durations. Knows {@code calendar} only. Start at {@link
 * io.helpdeskexporter.forecast.Seasonal} for volumes and {@link
 * io.helpdeskexporter.forecast.Survival} for durations.
 */
@NullMarked
package io.helpdeskexporter.forecast;

import org.jspecify.annotations.NullMarked;
