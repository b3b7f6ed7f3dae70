package io.helpdeskexporter.store;

import io.helpdeskexporter.facts.Timeline;
import java.time.Instant;
import java.util.Optional;

/**
 * A ticket with all that was made of it, as of one commit.
 *
 * @param countedAsOf as of when it was last derived; empty if it never was
 * @param waits whether something of it was read that is not derived yet
 * @param watermark of its source; empty until that has been read to its end
 */
public record TicketState(
    Timeline timeline,
    Ledger ledger,
    Optional<Instant> countedAsOf,
    boolean waits,
    Optional<Instant> watermark) {}
