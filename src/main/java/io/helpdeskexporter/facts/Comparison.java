package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Figure;
import io.helpdeskexporter.domain.Measured;
import io.helpdeskexporter.domain.Measured.Grain;
import io.helpdeskexporter.domain.Measured.Hours;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.facts.TicketFacts.Response;
import io.helpdeskexporter.facts.TicketFacts.Settlement;
import io.helpdeskexporter.facts.TicketFacts.Solve;
import io.helpdeskexporter.facts.TicketFacts.StatusSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Puts our numbers of a ticket beside those that its source stores.
 *
 * @param timed what the source measured and told later, oldest first
 * @param replies of agents, as we count them
 */
record Comparison(
    Ticket ticket,
    Policies policies,
    List<Measured> timed,
    Optional<Response> firstResponse,
    Optional<Solve> firstResolution,
    Optional<Settlement> settlement,
    List<StatusSpan> spans,
    int reopens,
    int replies) {
  private static final Set<Status> CUSTOMER_WAITS = Set.of(Status.NEW, Status.OPEN, Status.ON_HOLD);

  private record Key(Figure figure, Hours hours) {}

  /** Whether the source stores any number of the ticket. */
  boolean isPossible() {
    Reported reported = ticket.reported();
    return !timed.isEmpty()
        || !reported.measured().isEmpty()
        || reported.firstReplyAt().isPresent()
        || reported.solvedAt().isPresent()
        || reported.closedAt().isPresent()
        || reported.reopens().isPresent()
        || reported.agentReplies().isPresent();
  }

  /** All that can be compared: not what we take over from the source. */
  List<Compared> all() {
    List<Compared> all = new ArrayList<>();
    Reported reported = ticket.reported();
    for (Measured theirs : measured()) {
      if (!policies.believes(theirs.figure()) && hasEnded(theirs.figure())) {
        all.add(
            new Compared(
                theirs.figure(),
                theirs.hours(),
                ours(theirs.figure(), theirs.hours()),
                theirs.value().toMillis(),
                theirs.grain().size().toMillis()));
      }
    }
    count(Figure.REOPENS, reported.reopens(), reopens).ifPresent(all::add);
    count(Figure.AGENT_REPLIES, reported.agentReplies(), replies).ifPresent(all::add);
    return all;
  }

  private Optional<Compared> count(Figure figure, OptionalInt theirs, int ours) {
    return theirs.isPresent() && !policies.believes(figure) && hasEnded(figure)
        ? Optional.of(
            new Compared(figure, Hours.CALENDAR, OptionalLong.of(ours), theirs.getAsInt(), 0))
        : Optional.empty();
  }

  /** Of what was merged away before it was settled, only how long it took is worth comparing. */
  private boolean hasEnded(Figure figure) {
    return switch (figure) {
      case FIRST_RESPONSE, FIRST_RESOLUTION, FULL_RESOLUTION -> true;
      case REQUESTER_WAIT, AGENT_WAIT, ON_HOLD, REOPENS, AGENT_REPLIES -> settlement.isPresent();
    };
  }

  // ---- theirs

  private List<Measured> measured() {
    Map<Key, Measured> byKey = new LinkedHashMap<>();
    Reported reported = ticket.reported();
    reported.firstReplyAt().ifPresent(at -> byKey.putAll(since(Figure.FIRST_RESPONSE, at)));
    reported
        .solvedAt()
        .or(reported::closedAt)
        .ifPresent(at -> byKey.putAll(since(Figure.FULL_RESOLUTION, at)));
    for (Measured it : reported.measured()) {
      byKey.put(new Key(it.figure(), it.hours()), it);
    }
    for (Measured it : timed) {
      Key key = new Key(it.figure(), it.hours());
      if (it.figure() == Figure.FIRST_RESPONSE || it.figure() == Figure.FIRST_RESOLUTION) {
        byKey.putIfAbsent(key, it);
      } else {
        byKey.put(key, it);
      }
    }
    return List.copyOf(byKey.values());
  }

  private Map<Key, Measured> since(Figure figure, Instant at) {
    Duration took = Duration.between(ticket.createdAt(), at);
    return took.isNegative()
        ? Map.of()
        : Map.of(
            new Key(figure, Hours.CALENDAR),
            new Measured(figure, Hours.CALENDAR, took, Grain.SECOND));
  }

  // ---- ours

  private OptionalLong ours(Figure figure, Hours hours) {
    return switch (figure) {
      case FIRST_RESPONSE ->
          firstResponse.isEmpty()
              ? OptionalLong.empty()
              : OptionalLong.of(
                  switch (hours) {
                    case CALENDAR -> firstResponse.get().millis();
                    case BUSINESS -> firstResponse.get().businessMillis();
                  });
      case FIRST_RESOLUTION -> resolution(firstResolution, hours);
      case FULL_RESOLUTION -> resolution(settlement.map(Settlement::solve), hours);
      case REQUESTER_WAIT -> spent(CUSTOMER_WAITS, hours);
      case AGENT_WAIT -> spent(Set.of(Status.PENDING), hours);
      case ON_HOLD -> spent(Set.of(Status.ON_HOLD), hours);
      case REOPENS -> OptionalLong.of(reopens);
      case AGENT_REPLIES -> OptionalLong.of(replies);
    };
  }

  private static OptionalLong resolution(Optional<Solve> solve, Hours hours) {
    return solve.isEmpty()
        ? OptionalLong.empty()
        : switch (hours) {
          case CALENDAR -> solve.get().millis();
          case BUSINESS -> solve.get().businessMillis();
        };
  }

  /** In these statuses, until the solve that held. */
  private OptionalLong spent(Set<Status> statuses, Hours hours) {
    if (settlement.isEmpty()) {
      return OptionalLong.empty();
    }
    Instant until = settlement.get().solve().at();
    return OptionalLong.of(
        spans.stream()
            .filter(span -> statuses.contains(span.status()) && span.from().isBefore(until))
            .mapToLong(span -> length(span, hours))
            .sum());
  }

  private long length(StatusSpan span, Hours hours) {
    return switch (hours) {
      case CALENDAR -> Duration.between(span.from(), span.to()).toMillis();
      case BUSINESS ->
          policies.clock().millisBetween(span.from().toEpochMilli(), span.to().toEpochMilli());
    };
  }
}
