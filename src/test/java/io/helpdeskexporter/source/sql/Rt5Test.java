package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.TicketEvent.Message;
import io.helpdeskexporter.domain.TicketEvent.StatusChanged;
import io.helpdeskexporter.domain.TicketEvent.TeamChanged;
import io.helpdeskexporter.domain.TicketEvent.TimeLogged;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceContract;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Rt5Test extends SourceContract {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

  @Override
  protected Desk openDesk() {
    return new RtDesk();
  }

  @Test
  void aStatusIsReadInTheLifecycleOfTheQueueThatTheTicketWasInAtTheTime() throws Exception {
    var rt = new RtDesk();
    String ticket = rt.createTicket(NINE);
    rt.status(ticket, NINE.plusSeconds(60), RtDesk.LARS, "open");
    rt.move(ticket, NINE.plusSeconds(120), RtDesk.IT_QUEUE);
    rt.status(ticket, NINE.plusSeconds(120), RtDesk.SYSTEM, "in progress");
    rt.status(ticket, NINE.plusSeconds(600), RtDesk.LARS, "solved");

    Drained drained = drained(rt.settings());

    assertThat(drained.events(ticket, StatusChanged.class))
        .extracting(StatusChanged::from, StatusChanged::to, StatusChanged::by)
        .containsExactly(
            tuple(Optional.of("new"), "open", Actor.AGENT),
            tuple(Optional.of("open"), "it/in progress", Actor.SYSTEM),
            tuple(Optional.of("it/in progress"), "it/solved", Actor.AGENT));
    assertThat(drained.events(ticket, TeamChanged.class))
        .extracting(TeamChanged::from, TeamChanged::to)
        .containsExactly(tuple(Optional.of("General"), Optional.of("IT Help")));
    assertThat(drained.ticket(ticket).status()).contains("it/solved");
    assertThat(drained.ticket(ticket).team()).contains("IT Help");
  }

  @Test
  void aSolvedTicketThatIsMovedStaysSolvedInTheWordsOfTheNewQueue() throws Exception {
    var rt = new RtDesk();
    String ticket = rt.createTicket(NINE);
    rt.status(ticket, NINE.plusSeconds(60), RtDesk.LARS, "resolved");
    rt.move(ticket, NINE.plusSeconds(3600), RtDesk.IT_QUEUE);
    rt.status(ticket, NINE.plusSeconds(3601), RtDesk.SYSTEM, "solved");
    var vocabulary =
        rt.vocabulary()
            .overriddenBy(Map.of("it/solved", Status.SOLVED), Map.of(), Map.of(), Map.of());

    StatusChanged moved = drained(rt.settings()).events(ticket, StatusChanged.class).getLast();

    assertThat(moved.from().flatMap(vocabulary::status)).contains(Status.SOLVED);
    assertThat(vocabulary.status(moved.to())).contains(Status.SOLVED);
    assertThat(moved.by()).isEqualTo(Actor.SYSTEM);
  }

  @Test
  void staffThatAsksForItselfIsTheCustomer() throws Exception {
    var rt = new RtDesk();
    String ticket = rt.createTicket(NINE);
    rt.reply(ticket, NINE.plusSeconds(60), Actor.AGENT);
    rt.database()
        .execute(
            "INSERT INTO groupmembers (groupid, memberid) SELECT id, %d FROM groups WHERE instance"
                    .formatted(RtDesk.LARS)
                + " = "
                + ticket
                + " AND name = 'Requestor'");

    assertThat(drained(rt.settings()).events(ticket, Message.class))
        .extracting(message -> message.author().actor())
        .containsExactly(Actor.CUSTOMER);
  }

  @Test
  void workingTimeMayBeCorrectedAndComesWithAnyTransaction() throws Exception {
    var rt = new RtDesk();
    String ticket = rt.createTicket(NINE);
    rt.reply(ticket, NINE.plusSeconds(60), Actor.AGENT);
    rt.database().execute("UPDATE transactions SET timetaken = 15 WHERE type = 'Correspond'");
    rt.write(ticket, NINE.plusSeconds(90), RtDesk.LARS, "Set", "TimeWorked", "15", "10");
    rt.database().execute("UPDATE transactions SET timetaken = -5 WHERE field = 'TimeWorked'");

    Drained drained = drained(rt.settings());

    assertThat(drained.events(ticket, TimeLogged.class))
        .extracting(TimeLogged::spent, TimeLogged::agent)
        .containsExactly(
            tuple(Duration.ofMinutes(15), Optional.of("lars")),
            tuple(Duration.ofMinutes(-5), Optional.of("lars")));
    assertThat(drained.events(ticket, Message.class)).hasSize(1);
  }

  @Test
  void ownersOfRt4AreReadTooAndTheirSecondRecordIsNot() throws Exception {
    var rt = new RtDesk();
    String ticket = rt.createTicket(NINE);
    rt.write(ticket, NINE.plusSeconds(60), RtDesk.LARS, "Take", "Owner", "6", "20");
    rt.write(ticket, NINE.plusSeconds(60), RtDesk.LARS, "SetWatcher", "Owner", "6", "20");
    rt.write(ticket, NINE.plusSeconds(61), RtDesk.LARS, "Set", "Owner", "20", "777");
    rt.write(ticket, NINE.plusSeconds(62), RtDesk.LARS, "Untake", "Owner", "777", "6");

    assertThat(drained(rt.settings()).events(ticket, TicketEvent.AssigneeChanged.class))
        .extracting(TicketEvent.AssigneeChanged::from, TicketEvent.AssigneeChanged::to)
        .containsExactly(
            tuple(Optional.empty(), Optional.of("lars")),
            tuple(Optional.of("lars"), Optional.of("777")),
            tuple(Optional.of("777"), Optional.empty()));
  }

  @Test
  void aDeletedTicketIsLeftOutByTheMeaningOfItsStatusInAnyLifecycle() throws Exception {
    var rt = new RtDesk();
    String ticket = rt.createTicket(NINE);
    rt.move(ticket, NINE.plusSeconds(30), RtDesk.IT_QUEUE);
    rt.status(ticket, NINE.plusSeconds(60), RtDesk.LARS, "deleted");

    Drained drained = drained(rt.settings());

    String word = drained.ticket(ticket).status().orElseThrow();
    assertThat(rt.vocabulary().status(word)).contains(Exclusion.DELETED);
    assertThat(drained.events(ticket, StatusChanged.class).getLast().to()).isEqualTo(word);
  }

  @Test
  void aShreddedTicketIsSeenAtTheNextLook() throws Exception {
    var rt = new RtDesk();
    String kept = rt.createTicket(NINE);
    String shredded = rt.createTicket(NINE);
    SqlSettings settings = with(rt.settings(), Map.of("reconcile_every", "1s"));
    try (Source source = new SqlKind().open("rt", settings, Clock.systemUTC())) {
      Drained drained = new Drained().poll(source);
      rt.database().execute("DELETE FROM tickets WHERE id = " + shredded);
      rt.database().execute("DELETE FROM transactions WHERE objectid = " + shredded);

      Eventually.passes(
          "the look comes round",
          Duration.ofSeconds(10),
          () -> {
            drained.poll(source);
            assertThat(drained.events(shredded, TicketEvent.Excluded.class))
                .singleElement()
                .extracting(TicketEvent.Excluded::reason)
                .isEqualTo(Exclusion.DELETED);
          });
      assertThat(drained.events(kept, TicketEvent.Excluded.class)).isEmpty();
    }
  }

  @Test
  void aTableThatLosesManyRowsAtOnceIsNotBelieved() throws Exception {
    var rt = new RtDesk();
    rt.database()
        .execute(
            "INSERT INTO tickets (type, creator, created)"
                + " SELECT 'ticket', 30, now() FROM generate_series(1, 150)");
    SqlSettings settings = with(rt.settings(), Map.of("reconcile_every", "1s"));
    try (Source source = new SqlKind().open("rt", settings, Clock.systemUTC())) {
      Drained drained = new Drained().poll(source);
      rt.database().execute("DELETE FROM tickets WHERE id > 20");

      Eventually.passes(
          "the look comes round",
          Duration.ofSeconds(10),
          () -> {
            drained.poll(source);
            assertThat(drained.rejected()).extracting("reason").contains("too_many_vanished");
          });
      assertThat(drained.events("100", TicketEvent.Excluded.class)).isEmpty();
    }
  }

  @Test
  void remindersAreNoTickets() throws Exception {
    var rt = new RtDesk();
    String reminder = rt.createTicket(NINE);
    rt.reply(reminder, NINE.plusSeconds(5), Actor.AGENT);
    rt.database().execute("UPDATE tickets SET type = 'reminder' WHERE id = " + reminder);

    Drained drained = drained(rt.settings());

    assertThat(drained.tickets()).isEmpty();
    assertThat(drained.eventCount()).isZero();
  }

  @Test
  void aTicketThatStaffOpenedIsTowardsTheCustomerOnlyIfTheConfigurationSaysSo() throws Exception {
    var rt = new RtDesk();
    String ticket = rt.createTicket(NINE);
    rt.database().execute("UPDATE tickets SET creator = " + RtDesk.LARS);

    assertThat(drained(rt.settings()).ticket(ticket).openedBy()).isEqualTo(Actor.CUSTOMER);
    assertThat(
            drained(with(rt.settings(), Map.of("outbound_by_staff", true)))
                .ticket(ticket)
                .openedBy())
        .isEqualTo(Actor.AGENT);
  }

  @Test
  void prioritiesHaveTheWordsOfTheConfiguration() throws Exception {
    var rt = new RtDesk();
    String ticket = rt.createTicket(NINE);
    rt.database().execute("UPDATE tickets SET priority = 30");
    rt.write(ticket, NINE.plusSeconds(60), RtDesk.LARS, "Set", "Priority", "10", "30");

    Drained drained =
        drained(
            with(rt.settings(), Map.of("priorities", Map.of("Later", 0, "Soon", 25, "Now", 75))));

    assertThat(drained.ticket(ticket).priority()).contains("Soon");
    assertThat(drained.events(ticket, TicketEvent.PriorityChanged.class))
        .extracting(TicketEvent.PriorityChanged::from, TicketEvent.PriorityChanged::to)
        .containsExactly(tuple(Optional.of("Later"), Optional.of("Soon")));
  }

  @Test
  void aRowWithoutATimeIsRejectedAndTheOthersGoOn() throws Exception {
    var rt = new RtDesk();
    String ticket = rt.createTicket(NINE);
    rt.reply(ticket, NINE.plusSeconds(60), Actor.AGENT);
    rt.reply(ticket, NINE.plusSeconds(90), Actor.CUSTOMER);
    rt.database().execute("UPDATE transactions SET created = NULL WHERE creator = " + RtDesk.LARS);
    try (Source source = new SqlKind().open("rt", rt.settings(), Clock.systemUTC())) {
      Drained drained = new Drained().poll(source);

      assertThat(drained.events(ticket, Message.class)).hasSize(1);
      assertThat(drained.rejected())
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.where()).isEqualTo("preset rt5, events.sql: 2 of ticket 1");
                assertThat(row.reason()).isEqualTo("missing_at");
              });
    }
  }

  static SqlSettings with(SqlSettings settings, Map<String, Object> options) {
    return SqlSettings.of(
        settings.preset(), settings.url(), settings.user(), settings.password(), options);
  }

  private static Drained drained(SqlSettings settings) throws Exception {
    try (Source source = new SqlKind().open("rt", settings, Clock.systemUTC())) {
      Drained drained = new Drained().poll(source);
      assertThat(drained.rejected()).isEqualTo(List.of());
      return drained;
    }
  }
}
