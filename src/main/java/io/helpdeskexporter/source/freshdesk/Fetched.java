package io.helpdeskexporter.source.freshdesk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Conversations that were read lately, by the times of their last answers, so that what is looked
 * at twice does not cost a call twice. Small, because it is part of a cursor: what is forgotten is
 * read once more.
 */
final class Fetched {
  private static final int MOST = 60;

  private final Set<String> entries;

  Fetched(List<String> saved) {
    entries = new LinkedHashSet<>(saved);
  }

  boolean contains(TicketReader.Read ticket) {
    return entries.contains(entry(ticket));
  }

  void add(TicketReader.Read ticket) {
    entries.remove(entry(ticket));
    entries.add(entry(ticket));
  }

  /** To be saved: the latest. */
  List<String> latest() {
    List<String> all = new ArrayList<>(entries);
    return all.subList(Math.max(0, all.size() - MOST), all.size());
  }

  private static String entry(TicketReader.Read ticket) {
    return ticket.id()
        + "/"
        + seconds(ticket.agentRespondedAt())
        + "/"
        + seconds(ticket.requesterRespondedAt());
  }

  private static String seconds(Optional<Instant> at) {
    return at.map(it -> Long.toString(it.getEpochSecond())).orElse("");
  }
}
