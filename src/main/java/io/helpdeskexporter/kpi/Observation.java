package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.Attribution;
import java.time.Instant;

/**
 * One thing that a ticket adds to a measure. (measure, ordinal) is its key within the ticket:
 * whatever becomes of the ticket, the ever-growing totals take each key once.
 *
 * @param ordinal counts the observations of one measure on one ticket, from 1
 * @param at dates it
 * @param detail value of the measure's detail label; empty text if the measure has none
 * @param value milliseconds for durations; 1 for what is only counted
 * @param windowed whether the windows of the report families hold it; the totals always do
 */
public record Observation(
    Measure measure,
    int ordinal,
    Instant at,
    Attribution attribution,
    String detail,
    long value,
    boolean windowed) {}
