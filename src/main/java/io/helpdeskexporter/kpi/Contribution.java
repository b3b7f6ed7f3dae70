package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.Attribution;
import java.time.Instant;

/**
 * What a ticket, as it stands, adds to a gauge between two instants: so a ticket grows a day old,
 * at risk or breached without anybody looking at it again.
 *
 * @param detail value of the level's detail label; empty text if the level has none
 * @param value an instant, for gauges that show the earliest of them
 * @param from inclusive
 * @param until exclusive; {@link Instant#MAX} if nothing ends it but a change of the ticket
 */
public record Contribution(
    Level level,
    Attribution attribution,
    String detail,
    Instant value,
    Instant from,
    Instant until) {}
