package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages of conversations that belong to tickets. */
record Messages(Crm crm, Teams teams) {
  /** A customer's message makes the ticket, which is dated a little later. */
  private static final Duration OPENING = Duration.ofSeconds(30);

  void read(List<Item> threads, Harvest harvest) throws SourceException, InterruptedException {
    Map<String, Instant> created = created(threads);
    Map<String, String> owners = teams.ownersByUser();
    harvest.each(
        "conversation",
        "id",
        threads,
        thread -> {
          Optional<String> ticket = ticket(thread);
          if (ticket.isPresent() && !thread.isTrue("spam")) {
            // Of a ticket that is gone, the conversation tells about when it began.
            Instant since =
                created.containsKey(ticket.get())
                    ? created.get(ticket.get())
                    : thread.requiredTime("createdAt");
            harvest.each(
                "message",
                "id",
                crm.messages(thread.requiredKey("id")),
                message -> tell(ticket.get(), message, since, owners, harvest));
          }
        });
  }

  private static Optional<String> ticket(Item thread) throws BadItem {
    return thread.item("threadAssociations").key("associatedTicketId");
  }

  /** When the tickets were created. */
  private Map<String, Instant> created(List<Item> threads)
      throws SourceException, InterruptedException {
    List<String> ids =
        threads.stream()
            .map(thread -> thread.item("threadAssociations").item("associatedTicketId"))
            .flatMap(id -> id.value().stream())
            .distinct()
            .toList();
    Map<String, Instant> created = new HashMap<>();
    for (Item ticket : crm.read(Crm.TICKETS, ids, List.of("createdate"), List.of())) {
      try {
        created.put(ticket.requiredKey("id"), new Values(ticket).created());
      } catch (BadItem e) {
        // Told as bad where tickets are read.
      }
    }
    return created;
  }

  private static void tell(
      String ticket, Item message, Instant created, Map<String, String> owners, Harvest harvest)
      throws BadItem {
    boolean isWelcome = is(message, "type", "WELCOME_MESSAGE");
    boolean isNote = is(message, "type", "COMMENT");
    if (!isWelcome && !isNote && !is(message, "type", "MESSAGE")) {
      // An assignment, or the end of the conversation.
      return;
    }
    Author author = isWelcome ? Author.SYSTEM : author(message, owners);
    Instant at = message.requiredTime("createdAt");
    boolean opens = author.actor() == Actor.CUSTOMER && !at.isAfter(created.plus(OPENING));
    if (!opens && !at.isBefore(created)) {
      Stamp stamp = Stamp.of("message/" + message.requiredKey("id"), at);
      harvest.event(ticket, new TicketEvent.Message(stamp, author, !isNote, false));
    }
  }

  private static boolean is(Item item, String field, String word) throws BadItem {
    return item.text(field).filter(word::equals).isPresent();
  }

  /** By the kind of the first sender, which stands before its id; else by the direction. */
  private static Author author(Item message, Map<String, String> owners) throws BadItem {
    List<Item> senders = message.items("senders");
    String actor = senders.isEmpty() ? "" : senders.getFirst().text("actorId").orElse("");
    String id = actor.length() > 2 ? actor.substring(2) : actor;
    if (actor.startsWith("A-")) {
      return Author.agent(owners.getOrDefault(id, actor));
    }
    if (actor.startsWith("B-")) {
      return Author.bot(actor);
    }
    if (actor.startsWith("S-")) {
      return Author.SYSTEM;
    }
    return is(message, "direction", "OUTGOING")
        ? new Author(Actor.AGENT, Optional.empty())
        : Author.CUSTOMER;
  }
}
