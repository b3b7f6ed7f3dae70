package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import java.util.List;

/**
 * All that is known of one ticket.
 *
 * @param events in the order of their stamps
 * @param contacts the requester's other tickets near in time
 */
public record Timeline(Ticket ticket, List<TicketEvent> events, List<Contact> contacts) {
  public Timeline {
    events = List.copyOf(events);
    contacts = List.copyOf(contacts);
    for (int i = 1; i < events.size(); i++) {
      if (events.get(i - 1).stamp().compareTo(events.get(i).stamp()) >= 0) {
        throw new IllegalArgumentException(
            "ticket "
                + ticket.id()
                + ": event "
                + events.get(i).stamp().key()
                + " is out of order or there twice");
      }
    }
  }
}
