package io.helpdeskexporter.source.api;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody does in a helpdesk, whichever it is. Tickets are numbered from 1 in the order of
 * their creation; agents, teams, customers and organisations from 0. A simulator leaves out what
 * its vendor has nothing like.
 */
public sealed interface Act {
  Instant at();

  int ticket();

  /**
   * @param by a customer, or an agent towards one
   */
  record Created(
      Instant at,
      int ticket,
      Actor by,
      int customer,
      Optional<Integer> organization,
      Channel channel,
      Priority priority,
      int team)
      implements Act {}

  /** A message that the customer sees. */
  record Replied(Instant at, int ticket, Actor by, int agent) implements Act {}

  /** One that the customer does not see. */
  record Noted(Instant at, int ticket, int agent) implements Act {}

  record StatusSet(Instant at, int ticket, Status to, int agent) implements Act {}

  record Assigned(Instant at, int ticket, Optional<Integer> agent) implements Act {}

  record MovedTo(Instant at, int ticket, int team) implements Act {}

  record PrioritySet(Instant at, int ticket, Priority to) implements Act {}

  record Deleted(Instant at, int ticket) implements Act {}

  record Restored(Instant at, int ticket) implements Act {}

  record MarkedSpam(Instant at, int ticket) implements Act {}

  record MergedInto(Instant at, int ticket, int other) implements Act {}

  /** The customer was satisfied or not; changes an earlier answer. */
  record Rated(Instant at, int ticket, boolean good) implements Act {}

  record TimeSpent(Instant at, int ticket, int agent, Duration spent) implements Act {}
}
