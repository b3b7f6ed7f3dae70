package io.helpdeskexporter.source;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;

/** One thing that a source tells. Telling it again changes nothing. */
public sealed interface Change {
  /** A ticket as it stands; the reading with the greatest version is kept. */
  record TicketSeen(Ticket ticket) implements Change {}

  /**
   * Something happened to a ticket, which may not have been seen yet; the first reading of a key is
   * kept.
   */
  record EventSeen(String ticketId, TicketEvent event) implements Change {}

  /**
   * Something happened that is not part of a ticket; of the readings of a key the one with the
   * greatest sequence is kept.
   */
  record HappeningSeen(Happening happening) implements Change {}
}
