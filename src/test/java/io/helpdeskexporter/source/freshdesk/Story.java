package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.api.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An account, a reader of it, and the time in between. It is Monday, 3 March 2025, 09:00. */
final class Story implements AutoCloseable {
  static final Instant START = Instant.parse("2025-03-03T09:00:00Z");

  /** The requester of all tickets. */
  static final long CUSTOMER = 90_001;

  final SimulatedTime time = new SimulatedTime(START);
  final SimulatedFreshdesk freshdesk = new SimulatedFreshdesk(time);
  final Reading reading = new Reading(5_000);
  private final UnaryOperator<Given> given;
  private Source source;
  private Map<String, Integer> before = new HashMap<>();

  Story() {
    this(it -> it);
  }

  Story(UnaryOperator<Given> given) {
    this.given = given;
    source = open();
  }

  private Source open() {
    return new FreshdeskSource(given.apply(Given.at(freshdesk.url())).settings(), time, time);
  }

  /** So many minutes after nine. */
  static Instant at(int minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  Source source() {
    return source;
  }

  /** Reads everything as it stands so many minutes after nine. */
  Story readAt(int minutes) throws Exception {
    Instant at = at(minutes);
    time.set(at.isAfter(time.instant()) ? at : time.instant());
    before = freshdesk.requests();
    reading.goOn(source);
    return this;
  }

  Story restart() {
    source.close();
    source = open();
    return this;
  }

  /** The page of a stream from its start. */
  Page first(String stream) throws Exception {
    return source.fetch(new Stream(stream), Cursor.START);
  }

  Ticket ticket(long id) {
    return reading.tickets().get(Long.toString(id));
  }

  List<TicketEvent> events(long id) {
    return reading.eventsOf(Long.toString(id));
  }

  <E extends TicketEvent> List<E> events(long id, Class<E> form) {
    return events(id).stream().filter(form::isInstance).map(form::cast).toList();
  }

  /** Requests of the last reading. */
  int calls(String endpoint) {
    String path = "/api/v2" + endpoint;
    return freshdesk.requests().getOrDefault(path, 0) - before.getOrDefault(path, 0);
  }

  int calls() {
    return freshdesk.requestCount() - before.values().stream().mapToInt(it -> it).sum();
  }

  @Override
  public void close() {
    source.close();
    freshdesk.close();
  }
}
