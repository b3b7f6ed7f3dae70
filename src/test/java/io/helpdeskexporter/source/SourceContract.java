package io.helpdeskexporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.Vocabulary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What every source of tickets owes beside {@link ReadingContract}. A source's test says how a
 * small desk is played in its real system ({@link Desk}); the stories and the promises are here. A
 * capability counts as present unless the test says, with the reason, that the source lacks it;
 * what it is said to lack must then really be absent.
 */
public abstract class SourceContract extends ReadingContract {
  /** What not every system can give. */
  public enum Capability {
    /** Messages are told, with the role of who wrote them. */
    REPLIES,
    /** Each status that a ticket had is told, not only the present one. */
    STATUS_HISTORY,
    /** What is entered late, with a time before what was read already, is told too. */
    LATE_ADDITIONS,
    /** The source can say how many tickets it holds. */
    COUNT
  }

  /** A helpdesk that somebody works in. Times given to it grow unless the story is about that. */
  public interface Desk extends Played {
    /** Creates a ticket of a customer, with status {@link Status#NEW}, and gives its key. */
    String createTicket(Instant at) throws Exception;

    void changeStatus(String ticket, Instant at, Status to) throws Exception;

    /** A message that the customer can see. */
    void reply(String ticket, Instant at, Actor by) throws Exception;

    Vocabulary vocabulary();
  }

  private static final int TICKETS = 9;

  private Desk desk;

  protected abstract Desk openDesk() throws Exception;

  /** What the source cannot do, with the reason and where that was verified. */
  protected Map<Capability, String> lacks() {
    return Map.of();
  }

  @Override
  final Played openPlayed() throws Exception {
    desk = openDesk();
    return desk;
  }

  @Test
  void everyTicketIsToldWithItsCreationAndPresentStatus() throws Exception {
    Map<String, Instant> created = new TreeMap<>();
    for (int i = 0; i < TICKETS; i++) {
      Instant at = later();
      String ticket = desk.createTicket(at);
      created.put(ticket, at);
      desk.changeStatus(ticket, later(), Status.PENDING);
    }

    Reading reading = readEverything();

    assertThat(reading.tickets).hasSize(TICKETS);
    created.forEach(
        (ticket, at) -> {
          Ticket told = reading.ticket(ticket);
          assertThat(told.createdAt()).isEqualTo(at);
          assertThat(told.status().flatMap(desk.vocabulary()::status)).contains(Status.PENDING);
        });
  }

  @Test
  void everyReplyIsToldWithTheRoleOfItsAuthor() throws Exception {
    String ticket = desk.createTicket(later());
    Map<Instant, Actor> written = new TreeMap<>();
    for (Actor by : List.of(Actor.AGENT, Actor.CUSTOMER, Actor.AGENT)) {
      Instant at = later();
      written.put(at, by);
      desk.reply(ticket, at, by);
    }

    Map<Instant, Actor> told = new TreeMap<>();
    for (TicketEvent event : readEverything().eventsOf(ticket)) {
      if (event instanceof TicketEvent.Message message && message.visible()) {
        told.put(message.at(), message.author().actor());
      }
    }

    assertThat(told).isEqualTo(has(Capability.REPLIES) ? written : Map.of());
  }

  @Test
  void everyStatusOfATicketIsToldInItsOrder() throws Exception {
    String ticket = desk.createTicket(later());
    List<Status> lived = List.of(Status.OPEN, Status.PENDING, Status.OPEN, Status.SOLVED);
    for (Status to : lived) {
      desk.changeStatus(ticket, later(), to);
    }

    List<Status> told = readEverything().statusesOf(ticket, desk.vocabulary());

    if (has(Capability.STATUS_HISTORY)) {
      assertThat(told).endsWith(lived.toArray(Status[]::new));
    } else {
      assertThat(told).hasSizeLessThan(lived.size());
    }
  }

  @Test
  void nothingIsLostWhenTheDeskIsAtWorkBetweenTwoPages() throws Exception {
    work();
    List<String> added = new ArrayList<>();
    Reading reading = new Reading(MOST_PAGES);
    try (Source source = desk.open()) {
      while (!reading.page(source) || added.size() < TICKETS) {
        if (added.size() < TICKETS) {
          String ticket = desk.createTicket(later());
          desk.reply(ticket, later(), Actor.AGENT);
          desk.changeStatus(ticket, later(), Status.SOLVED);
          added.add(ticket);
        }
      }
      reading.goOn(source);
    }

    Reading whole = readEverything();
    assertThat(reading.tickets.keySet()).containsAll(added);
    assertThat(reading.tickets).isEqualTo(whole.tickets);
    assertThat(reading.events).isEqualTo(whole.events);
  }

  @Test
  void whatIsEnteredLateIsTakenIn() throws Exception {
    String ticket = desk.createTicket(later());
    Instant missed = later();
    desk.reply(ticket, later(), Actor.CUSTOMER);
    Reading reading = new Reading(MOST_PAGES);
    try (Source source = desk.open()) {
      reading.goOn(source);

      desk.reply(ticket, missed, Actor.AGENT);
      String lateTicket = desk.createTicket(missed);
      reading.goOn(source);

      boolean ticketIsTold = reading.tickets.containsKey(lateTicket);
      boolean replyIsTold =
          reading.eventsOf(ticket).stream().anyMatch(event -> event.at().equals(missed));
      assertThat(ticketIsTold).isEqualTo(has(Capability.LATE_ADDITIONS));
      assertThat(replyIsTold).isEqualTo(has(Capability.LATE_ADDITIONS) && has(Capability.REPLIES));
    }
  }

  @Test
  void anInspectionCountsWhatReadingTells() throws Exception {
    work();
    Reading reading = readEverything();
    try (Source source = desk.open()) {
      Inspection inspection = source.inspect();

      assertThat(inspection.rows().keySet())
          .isSubsetOf(source.streams().stream().map(Stream::name).toList());
      Optional<Instant> newest =
          reading.tickets.values().stream().map(Ticket::createdAt).max(Comparator.naturalOrder());
      if (inspection.counted() != Inspection.Counted.SAMPLE) {
        assertThat(inspection.newestTicketAt()).isEqualTo(newest);
      }
      switch (inspection.counted()) {
        case TICKETS -> assertThat(inspection.statuses()).isEqualTo(reading.statuses());
        case SAMPLE -> assertThat(reading.statuses()).containsKeys(words(inspection));
        // Each ticket has its present word from a row that names it.
        case ROWS ->
            reading
                .statuses()
                .forEach(
                    (status, tickets) ->
                        assertThat(inspection.statuses().get(status))
                            .as(status)
                            .isGreaterThanOrEqualTo(tickets));
      }
    }
  }

  @Test
  void ticketsAreCountedWhereTheSourceCan() throws Exception {
    work();
    try (Source source = desk.open()) {
      assertThat(source.countTickets())
          .isEqualTo(has(Capability.COUNT) ? OptionalLong.of(TICKETS) : OptionalLong.empty());
    }
  }

  @Test
  void whatIsLackingHasAReason() {
    assertThat(lacks()).allSatisfy((_, reason) -> assertThat(reason).hasSizeGreaterThan(20));
  }

  private static String[] words(Inspection inspection) {
    return inspection.statuses().keySet().toArray(String[]::new);
  }

  private boolean has(Capability capability) {
    return !lacks().containsKey(capability);
  }

  /** A morning with something of everything. */
  @Override
  final void work() throws Exception {
    for (int i = 0; i < TICKETS; i++) {
      String ticket = desk.createTicket(later());
      desk.reply(ticket, later(), Actor.AGENT);
      desk.changeStatus(ticket, later(), Status.PENDING);
      desk.reply(ticket, later(), Actor.CUSTOMER);
      desk.changeStatus(ticket, later(), i % 2 == 0 ? Status.SOLVED : Status.OPEN);
    }
  }
}
