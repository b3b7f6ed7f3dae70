package io.helpdeskexporter.store;

import io.helpdeskexporter.facts.Biography;
import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.kpi.Total;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * All that is stored of one source, as of one commit, whatever is written meanwhile. Valid within
 * {@link SourceStore#archive}.
 */
public interface Archive {
  /** Up to when all is counted; empty if the source was never read to its end. */
  Optional<Instant> watermark();

  /** Whether something is read, or to be counted anew, that is not counted. */
  boolean waits();

  /** Under what policy all is, or is being, counted; empty before the first ticket. */
  Optional<String> policy();

  /** What the ledgers add up to. */
  Collection<Total> totals();

  /** Hands out all tickets that are known by more than events. */
  void forEachTicket(BiConsumer<Timeline, Ledger> consumer);

  /** Hands out all that is not a ticket. */
  void forEachSubject(BiConsumer<Biography, Ledger> consumer);
}
