package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Subject;
import java.util.List;

/**
 * All that is known of a subject that is not a ticket.
 *
 * @param happenings in the order of their stamps
 * @param contacts the tickets of its party, oldest first
 */
public record Biography(Subject subject, List<Happening> happenings, List<Contact> contacts) {
  public Biography {
    happenings = List.copyOf(happenings);
    contacts = List.copyOf(contacts);
  }
}
