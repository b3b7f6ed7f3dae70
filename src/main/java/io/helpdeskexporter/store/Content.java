package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.source.Change;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a source has told of one ticket so far. Merging is a union with a total order wherever two
 * readings contradict each other, so that neither the order of readings nor their number matters.
 *
 * @param ticket empty while only events have been seen
 * @param events in the order of their stamps, keys unique
 */
record Content(Optional<Ticket> ticket, List<TicketEvent> events) {
  static final Content NOTHING = new Content(Optional.empty(), List.of());

  /**
   * The newest version; then the latest update; then whichever, as long as it is always the same.
   */
  private static final Comparator<Ticket> NEWNESS =
      Comparator.comparingLong(Ticket::version)
          .thenComparing(Ticket::updatedAt)
          .thenComparing(TicketCodec::encode, Arrays::compareUnsigned);

  Content {
    events = List.copyOf(events);
  }

  /** The changes of a page by ticket, in the order in which tickets first appear. */
  static Map<String, Content> byTicket(Collection<Change> changes) {
    Map<String, Builder> builders = new LinkedHashMap<>();
    for (Change change : changes) {
      switch (change) {
        case Change.TicketSeen(Ticket ticket) -> builder(builders, ticket.id()).add(ticket);
        case Change.EventSeen(String id, TicketEvent event) -> builder(builders, id).add(event);
        case Change.HappeningSeen _ -> {}
      }
    }
    Map<String, Content> contents = LinkedHashMap.newLinkedHashMap(builders.size());
    builders.forEach((id, builder) -> contents.put(id, builder.content()));
    return contents;
  }

  private static Builder builder(Map<String, Builder> builders, String id) {
    return builders.computeIfAbsent(PgText.storable(id), _ -> new Builder());
  }

  /** Both together; empty if the other tells nothing new. */
  Optional<Content> extendedBy(Content told) {
    Builder both = new Builder();
    ticket.ifPresent(both::add);
    events.forEach(both::add);
    boolean news = false;
    if (told.ticket.isPresent()) {
      news = both.add(told.ticket.get());
    }
    for (TicketEvent event : told.events) {
      news |= both.add(event);
    }
    return news ? Optional.of(both.content()) : Optional.empty();
  }

  /** Whose contacts this ticket belongs to. */
  Optional<String> party(Definitions.RepeatBy by) {
    return ticket.flatMap(
        known ->
            switch (by) {
              case REQUESTER -> known.requester();
              case ORGANIZATION -> known.organization();
            });
  }

  /** The last instant that anything known of it is dated at. Only for one whose ticket is known. */
  Instant horizon() {
    Ticket known = ticket.orElseThrow();
    Instant last = later(known.createdAt(), known.updatedAt());
    last = later(last, known.reported().solvedAt().orElse(last));
    last = later(last, known.reported().closedAt().orElse(last));
    for (TicketEvent event : events) {
      last = later(last, event.at());
    }
    return last;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static final class Builder {
    private Optional<Ticket> ticket = Optional.empty();
    private final Map<String, TicketEvent> events = new HashMap<>();

    /** Whether anything is now different. */
    boolean add(Ticket reading) {
      if (ticket.isPresent() && NEWNESS.compare(ticket.get(), reading) >= 0) {
        return false;
      }
      ticket = Optional.of(reading);
      return true;
    }

    boolean add(TicketEvent reading) {
      TicketEvent before = events.putIfAbsent(reading.stamp().key(), reading);
      if (before == null) {
        return true;
      }
      if (before.equals(reading) || !isSmaller(reading, before)) {
        return false;
      }
      events.put(reading.stamp().key(), reading);
      return true;
    }

    private static boolean isSmaller(TicketEvent one, TicketEvent other) {
      return Arrays.compareUnsigned(
              HistoryCodec.encode(List.of(one)), HistoryCodec.encode(List.of(other)))
          < 0;
    }

    Content content() {
      TicketEvent[] sorted = events.values().toArray(TicketEvent[]::new);
      Arrays.sort(sorted, Comparator.comparing(TicketEvent::stamp));
      return new Content(ticket, List.of(sorted));
    }
  }
}
