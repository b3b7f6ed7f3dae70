package io.helpdeskexporter.store;

import java.time.Instant;
import java.util.Optional;

/**
 * How much of a source is stored.
 *
 * @param tickets without those of which only events have been seen
 * @param waiting tickets of which something was read that is not counted yet, or that are to be
 *     derived anew under a changed policy
 * @param watermark everything up to here has been read and counted; empty before the first time
 */
public record Holdings(long tickets, long events, long waiting, Optional<Instant> watermark) {}
