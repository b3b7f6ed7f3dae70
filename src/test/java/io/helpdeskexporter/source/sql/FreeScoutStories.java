package io.helpdeskexporter.source.sql;

import static io.helpdeskexporter.source.sql.FreeScoutDesk.ACTIVE;
import static io.helpdeskexporter.source.sql.FreeScoutDesk.BOT;
import static io.helpdeskexporter.source.sql.FreeScoutDesk.CHAT;
import static io.helpdeskexporter.source.sql.FreeScoutDesk.CLOSED;
import static io.helpdeskexporter.source.sql.FreeScoutDesk.CUSTOMER_MESSAGE;
import static io.helpdeskexporter.source.sql.FreeScoutDesk.LARS;
import static io.helpdeskexporter.source.sql.FreeScoutDesk.NINA;
import static io.helpdeskexporter.source.sql.FreeScoutDesk.NOTE;
import static io.helpdeskexporter.source.sql.FreeScoutDesk.PENDING;
import static io.helpdeskexporter.source.sql.FreeScoutDesk.REPLY;
import static io.helpdeskexporter.source.sql.FreeScoutDesk.SPAM;
import static io.helpdeskexporter.source.sql.FreeScoutDesk.UNCHANGED;
import static io.helpdeskexporter.source.sql.FreeScoutDesk.WORKFLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent.AssigneeChanged;
import io.helpdeskexporter.domain.TicketEvent.Excluded;
import io.helpdeskexporter.domain.TicketEvent.Merged;
import io.helpdeskexporter.domain.TicketEvent.Message;
import io.helpdeskexporter.domain.TicketEvent.StatusChanged;
import io.helpdeskexporter.domain.TicketEvent.TeamChanged;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Departure;
import io.helpdeskexporter.facts.TicketFacts.Response;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceContract;
import io.helpdeskexporter.source.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is true of FreeScout on either kind of database. */
abstract class FreeScoutStories extends SourceContract {
  private static final Instant NINE = Instant.parse("2026-07-06T09:00:00Z");
  private static final Instant LATER = NINE.plus(Duration.ofDays(30));

  private FreeScoutDesk desk;

  @Override
  protected abstract FreeScoutDesk openDesk();

  @BeforeEach
  final void openAnother() {
    desk = openDesk();
  }

  private static Instant minute(long minutes) {
    return NINE.plus(Duration.ofMinutes(minutes));
  }

  @Test
  void timesAreThoseOfTheApplicationsZone() throws Exception {
    String summer = desk.createTicket(NINE);
    String winter = desk.createTicket(Instant.parse("2026-01-05T09:00:00Z"));

    Drained drained = desk.read().drained();

    assertThat(drained.ticket(summer).createdAt()).isEqualTo(NINE);
    assertThat(drained.ticket(winter).createdAt()).isEqualTo("2026-01-05T09:00:00Z");
    assertThatThrownBy(() -> ReadPreset.settings("freescout", desk.database(), Map.of()))
        .hasMessageStartingWith("options.time_zone: found nothing; allowed: an IANA time zone");
  }

  // ---- who wrote what

  @Test
  void whoWroteIsToldByTheThreadAndRobotsAreTheSystem() throws Exception {
    String ticket = desk.createTicket(NINE);
    desk.thread(ticket, minute(1), REPLY, UNCHANGED, WORKFLOW, "");
    desk.thread(ticket, minute(2), REPLY, UNCHANGED, BOT, "");
    desk.thread(ticket, minute(3), NOTE, UNCHANGED, LARS, "");
    desk.thread(ticket, minute(4), NOTE, UNCHANGED, LARS, "subtype = 1");
    desk.thread(ticket, minute(5), REPLY, UNCHANGED, NINA, "");
    desk.thread(ticket, minute(6), CUSTOMER_MESSAGE, UNCHANGED, "NULL", "");
    desk.thread(ticket, minute(7), CHAT, UNCHANGED, "NULL", "");
    desk.thread(ticket, minute(8), CHAT, UNCHANGED, LARS, "");

    ReadPreset read = desk.read(Map.of("bots", List.of("bot@desk.example")));

    assertThat(read.events(ticket, Message.class))
        .extracting(
            Message::at,
            Message::visible,
            each -> each.author().actor(),
            each -> each.author().id())
        .containsExactly(
            tuple(minute(1), true, Actor.SYSTEM, Optional.empty()),
            tuple(minute(2), true, Actor.BOT, Optional.of("Bot@desk.example")),
            tuple(minute(3), false, Actor.AGENT, Optional.of("lars@desk.example")),
            tuple(minute(4), false, Actor.AGENT, Optional.of("lars@desk.example")),
            tuple(minute(5), true, Actor.AGENT, Optional.of("nina@desk.example")),
            tuple(minute(6), true, Actor.CUSTOMER, Optional.empty()),
            tuple(minute(7), true, Actor.CUSTOMER, Optional.empty()),
            tuple(minute(8), true, Actor.AGENT, Optional.of("lars@desk.example")));
    assertThat(read.facts(ticket, LATER).firstResponse()).map(Response::at).contains(minute(5));
  }

  @Test
  void aCallThatSomebodyWroteDownIsTheCustomersAndNotAnswered() throws Exception {
    String call = desk.conversation(NINE, 2, 2, LARS);
    desk.thread(call, NINE, NOTE, ACTIVE, LARS, "first = true");
    String outbound = desk.conversation(NINE, 1, 2, LARS);
    desk.thread(outbound, NINE, REPLY, ACTIVE, LARS, "first = true");
    String byWorkflow = desk.conversation(NINE, 1, 2, WORKFLOW);
    String byBot = desk.conversation(NINE, 1, 2, BOT);

    ReadPreset read = desk.read(Map.of("bots", "bot@desk.example"));

    assertThat(read.drained().ticket(call))
        .extracting(Ticket::openedBy, Ticket::channel)
        .containsExactly(Actor.CUSTOMER, Optional.of("phone"));
    assertThat(read.events(call, Message.class)).isEmpty();
    assertThat(read.facts(call, LATER).awaitingFirstResponseSince()).contains(NINE);
    assertThat(read.drained().ticket(outbound).openedBy()).isEqualTo(Actor.AGENT);
    assertThat(read.events(outbound, Message.class)).isEmpty();
    assertThat(read.drained().ticket(byWorkflow).openedBy()).isEqualTo(Actor.SYSTEM);
    assertThat(read.drained().ticket(byBot).openedBy()).isEqualTo(Actor.BOT);
  }

  @Test
  void aDraftIsReadOnceItIsPublishedUnderItsOldId() throws Exception {
    String ticket = desk.createTicket(NINE);
    String draft = desk.thread(ticket, minute(1), REPLY, UNCHANGED, LARS, "state = 1");
    String hidden = desk.thread(ticket, minute(2), NOTE, UNCHANGED, LARS, "state = 3");
    desk.thread(ticket, minute(3), NOTE, UNCHANGED, NINA, "");
    try (Source source =
        ReadPreset.open(
            ReadPreset.settings("freescout", desk.database(), FreeScoutDesk.inZone(Map.of())))) {
      Drained drained = new Drained().poll(source);
      assertThat(drained.events(ticket, Message.class)).hasSize(1);

      desk.alter(
          draft,
          "state = 2, status = 3, created_at = '%1$s', updated_at = '%1$s'"
              .formatted(FreeScoutDesk.local(minute(90))));
      desk.set(ticket, "status = 3");
      drained.poll(source);

      assertThat(drained.events(ticket, Message.class))
          .extracting(Message::at)
          .containsExactly(minute(3), minute(90));
      assertThat(drained.ticket(ticket).status()).contains("closed");
      assertThat(drained.eventKeys(ticket)).noneMatch(key -> key.contains(hidden + "/"));
    }
  }

  @Test
  void aConversationThatWasNeverSentIsNone() throws Exception {
    String draft = desk.conversation(NINE, 1, 2, LARS);
    desk.thread(draft, NINE, REPLY, ACTIVE, LARS, "first = true, state = 1");
    desk.set(draft, "state = 1");

    ReadPreset read = desk.read();

    assertThat(read.drained().tickets()).isEmpty();
    assertThat(read.drained().eventCount()).isZero();
  }

  @Test
  void whatWasImportedIsReadOnlyIfTheConfigurationSaysSo() throws Exception {
    String imported = desk.createTicket(NINE);
    desk.set(imported, "imported = true");
    String ticket = desk.createTicket(NINE);
    desk.thread(ticket, minute(1), REPLY, UNCHANGED, LARS, "imported = true");

    assertThat(desk.read().drained().tickets()).containsOnlyKeys(ticket);
    assertThat(desk.read().events(ticket, Message.class)).isEmpty();
    assertThat(desk.read(Map.of("imported", true)).drained().tickets())
        .containsOnlyKeys(imported, ticket);
  }

  // ---- statuses and hands

  @Test
  void aCustomersMailReopensWithoutALineOfItsOwn() throws Exception {
    String ticket = desk.createTicket(NINE);
    desk.thread(ticket, minute(5), REPLY, CLOSED, LARS, "");
    desk.thread(ticket, minute(50), CUSTOMER_MESSAGE, ACTIVE, "NULL", "");
    desk.thread(ticket, minute(60), NOTE, UNCHANGED, LARS, "");
    desk.thread(ticket, minute(70), REPLY, PENDING, NINA, "");
    desk.lineItem(ticket, minute(80), 1, LARS, "status = 3");

    ReadPreset read = desk.read();

    assertThat(read.events(ticket, StatusChanged.class))
        .extracting(StatusChanged::at, StatusChanged::from, StatusChanged::to, StatusChanged::by)
        .containsExactly(
            tuple(minute(5), Optional.of("new"), "closed", Actor.AGENT),
            tuple(minute(50), Optional.of("closed"), "active", Actor.CUSTOMER),
            tuple(minute(70), Optional.of("active"), "pending", Actor.AGENT),
            tuple(minute(80), Optional.of("pending"), "closed", Actor.AGENT));
    TicketFacts facts = read.facts(ticket, LATER);
    assertThat(facts.reopens()).hasSize(1);
    assertThat(facts.firstResponse()).map(Response::at).as("answered first").contains(minute(5));
    assertThat(facts.solvedWithoutReply()).isEmpty();
    assertThat(facts.nextResponses()).extracting(Response::at).containsExactly(minute(70));
  }

  @Test
  void aConversationIsNewUntilSomebodyHasAnswered() throws Exception {
    String ticket = desk.createTicket(NINE);
    desk.thread(ticket, minute(1), REPLY, ACTIVE, WORKFLOW, "");
    desk.thread(ticket, minute(2), NOTE, UNCHANGED, LARS, "");
    assertThat(desk.read().drained().ticket(ticket).status()).contains("new");
    desk.thread(ticket, minute(5), REPLY, UNCHANGED, LARS, "");

    ReadPreset read = desk.read();

    assertThat(read.drained().ticket(ticket).status()).contains("active");
    assertThat(read.events(ticket, StatusChanged.class))
        .extracting(StatusChanged::at, StatusChanged::to)
        .containsExactly(tuple(minute(5), "active"));
  }

  @Test
  void spamIsOutAndComesBackWithAnyOtherStatus() throws Exception {
    String ticket = desk.createTicket(NINE);
    desk.lineItem(ticket, minute(5), 1, LARS, "status = " + SPAM);
    desk.lineItem(ticket, minute(9), 1, LARS, "status = " + ACTIVE);

    ReadPreset read = desk.read();

    assertThat(read.facts(ticket, minute(6)).departures())
        .extracting(Departure::reason)
        .containsExactly(Optional.of(Exclusion.SPAM));
    assertThat(read.facts(ticket, minute(10)).gone()).isFalse();
  }

  @Test
  void whoHasAConversationIsToldAlongItsThreads() throws Exception {
    String ticket = desk.createTicket(NINE);
    desk.set(ticket, "user_id = 10");
    desk.thread(ticket, minute(5), REPLY, UNCHANGED, LARS, "");
    desk.set(ticket, "user_id = 11");
    desk.lineItem(ticket, minute(6), 2, LARS, "");
    desk.set(ticket, "user_id = NULL");
    desk.lineItem(ticket, minute(7), 2, NINA, "");

    assertThat(desk.read().events(ticket, AssigneeChanged.class))
        .extracting(AssigneeChanged::at, AssigneeChanged::from, AssigneeChanged::to)
        .containsExactly(
            tuple(minute(5), Optional.empty(), Optional.of("lars@desk.example")),
            tuple(minute(6), Optional.of("lars@desk.example"), Optional.of("nina@desk.example")),
            tuple(minute(7), Optional.of("nina@desk.example"), Optional.empty()));
  }

  @Test
  void movesBetweenMailboxesAreChangesOfTeamWhereTheirOriginIsKnown() throws Exception {
    String ticket = desk.createTicket(NINE);
    desk.lineItem(ticket, minute(5), FreeScoutDesk.MOVED, LARS, "action_data = '1'");
    desk.lineItem(ticket, minute(6), FreeScoutDesk.MOVED, LARS, "action_data = '2'");
    desk.set(ticket, "mailbox_id = 3");
    String unknown = desk.createTicket(NINE);
    desk.lineItem(unknown, minute(5), FreeScoutDesk.MOVED, LARS, "");

    ReadPreset read = desk.read();

    assertThat(read.events(ticket, TeamChanged.class))
        .extracting(TeamChanged::from, TeamChanged::to)
        .containsExactly(
            tuple(Optional.of("Support"), Optional.of("Billing")),
            tuple(Optional.of("Billing"), Optional.of("Sales")));
    assertThat(read.drained().ticket(ticket).team()).contains("Sales");
    assertThat(read.events(unknown, TeamChanged.class)).isEmpty();
  }

  // ---- leaving

  @Test
  void aMergedConversationLeavesAndItsThreadsStayItsOwn() throws Exception {
    String winner = desk.createTicket(NINE);
    String loser = desk.createTicket(minute(1));
    desk.thread(loser, minute(2), REPLY, CLOSED, LARS, "");
    desk.thread(loser, minute(3), CUSTOMER_MESSAGE, ACTIVE, "NULL", "");
    ReadPreset before = desk.read();
    desk.merge(loser, minute(10), winner);

    ReadPreset after = desk.read();

    assertThat(after.events(loser, Merged.class))
        .extracting(Merged::at, Merged::into)
        .containsExactly(tuple(minute(10), winner));
    assertThat(after.events(loser, Message.class)).isEqualTo(before.events(loser, Message.class));
    assertThat(after.events(loser, StatusChanged.class))
        .isEqualTo(before.events(loser, StatusChanged.class));
    assertThat(after.events(winner, Message.class)).isEmpty();
    assertThat(after.facts(loser, LATER).departures())
        .extracting(Departure::at, Departure::reason)
        .containsExactly(tuple(minute(10), Optional.empty()));
    assertThat(after.facts(winner, LATER).gone()).isFalse();
    assertThat(after.facts(winner, LATER).firstResponse()).isEmpty();
  }

  @Test
  void ofTwoFirstThreadsTheEarliestOpenedTheConversation() throws Exception {
    String winner = desk.createTicket(NINE);
    String loser = desk.createTicket(minute(1));
    desk.merge(loser, minute(10), winner);
    desk.database().execute("UPDATE threads SET meta = NULL WHERE meta LIKE '%pc%'");

    assertThat(desk.read().events(winner, Message.class))
        .as("an old version does not say where a thread came from")
        .extracting(Message::at)
        .containsExactly(minute(1));
  }

  @Test
  void aDeletedConversationIsOutUntilItIsRestoredOrTheCustomerWritesAgain() throws Exception {
    String restored = desk.createTicket(NINE);
    desk.lineItem(restored, minute(5), FreeScoutDesk.DELETED, LARS, "");
    desk.lineItem(restored, minute(9), FreeScoutDesk.RESTORED, LARS, "");
    String written = desk.createTicket(NINE);
    desk.lineItem(written, minute(5), FreeScoutDesk.DELETED, LARS, "");
    desk.thread(written, minute(9), CUSTOMER_MESSAGE, ACTIVE, "NULL", "");
    desk.thread(written, minute(12), REPLY, ACTIVE, LARS, "");
    String stays = desk.createTicket(NINE);
    desk.set(stays, "state = 3");

    ReadPreset read = desk.read();

    for (String ticket : List.of(restored, written)) {
      assertThat(read.facts(ticket, minute(6)).departures())
          .extracting(Departure::at, Departure::reason)
          .containsExactly(tuple(minute(5), Optional.of(Exclusion.DELETED)));
      assertThat(read.facts(ticket, minute(10)).gone()).isFalse();
    }
    assertThat(read.facts(written, minute(10)).now().lastCustomerMessageAt()).contains(minute(9));
    assertThat(read.drained().ticket(stays).excluded()).contains(Exclusion.DELETED);
  }

  @Test
  void whatIsDeletedForEverIsSeenAtTheNextLook() throws Exception {
    desk.createTicket(NINE);
    String deleted = desk.createTicket(NINE);
    SqlSettings settings =
        ReadPreset.settings(
            "freescout", desk.database(), FreeScoutDesk.inZone(Map.of("reconcile_every", "1s")));
    try (Source source = ReadPreset.open(settings)) {
      Drained drained = new Drained().poll(source);
      desk.database().execute("DELETE FROM threads WHERE conversation_id = " + deleted);
      desk.database().execute("DELETE FROM conversations WHERE id = " + deleted);

      Eventually.passes(
          "the look comes round",
          Duration.ofSeconds(10),
          () -> {
            drained.poll(source);
            assertThat(drained.events(deleted, Excluded.class)).hasSize(1);
          });
    }
  }

  // ---- the way of reading

  @Test
  void twoChangesInOneSecondAreToldApart() throws Exception {
    String ticket = desk.createTicket(NINE);
    String second = "updated_at = '%s'".formatted(FreeScoutDesk.local(minute(5)));
    desk.database().execute("UPDATE conversations SET " + second);
    long before = desk.read().drained().ticket(ticket).version();
    desk.thread(ticket, minute(5), REPLY, CLOSED, LARS, "");
    desk.database().execute("UPDATE conversations SET " + second);

    assertThat(desk.read().drained().ticket(ticket).version()).isGreaterThan(before);
  }

  @Test
  void aPageThatEndsWithinAConversationOrHasOnlySilentOnesLosesNothing() throws Exception {
    for (int i = 0; i < 5; i++) {
      String ticket = desk.createTicket(minute(i));
      for (int j = 0; i >= 2 && j < i * 2; j++) {
        desk.thread(ticket, minute(10 + j), CUSTOMER_MESSAGE, UNCHANGED, "NULL", "");
      }
    }
    SqlSettings settings =
        ReadPreset.settings("freescout", desk.database(), FreeScoutDesk.inZone(Map.of()));
    try (Source small = ReadPreset.open(settings.withPageSize(2))) {
      Drained drained = new Drained().poll(small);

      assertThat(drained.eventCount())
          .as("messages of customers and nothing else")
          .isEqualTo(18)
          .isEqualTo(desk.read().drained().eventCount());
      assertThat(drained.tickets()).hasSize(5);
    }
  }

  @Test
  void tablesMayHaveAPrefix() throws Exception {
    desk.createTicket(NINE);
    for (String table : List.of("users", "mailboxes", "conversations", "threads")) {
      desk.database().execute("ALTER TABLE %1$s RENAME TO fs_%1$s".formatted(table));
    }

    assertThat(desk.read(Map.of("prefix", "fs_")).drained().tickets()).hasSize(1);
    try (Source source =
        ReadPreset.open(
            ReadPreset.settings("freescout", desk.database(), FreeScoutDesk.inZone(Map.of())))) {
      assertThat(catchThrowableOfType(SourceException.Misconfigured.class, source::inspect))
          .hasMessageContaining(
              "reads what is not there: table conversations, table threads, table users");
    }
  }

  @Test
  void theRightsOfTheManualAreEnoughAndOneLessIsNamed() throws Exception {
    String ticket = desk.createTicket(NINE);
    desk.thread(ticket, minute(5), REPLY, CLOSED, LARS, "");
    Database reader = SourceManual.of("freescout").reader(desk.database(), readerName());

    ReadPreset read = ReadPreset.of("freescout", reader, FreeScoutDesk.inZone(Map.of()));
    Inspection inspection =
        ReadPreset.inspected("freescout", reader, FreeScoutDesk.inZone(Map.of()));

    assertThat(read.events(ticket, Message.class)).hasSize(1);
    assertThat(new SqlKind().vocabulary(read.settings()).status("closed")).contains(Status.SOLVED);
    assertThat(inspection.statuses()).containsExactly(entry("closed", 1L));
    assertThat(inspection.teams()).containsExactly(entry("Support", 1L));
    assertThat(inspection.channels()).containsExactly(entry("email", 1L));
    desk.database().execute("REVOKE SELECT ON conversations FROM " + reader.user());
    assertThat(
            catchThrowableOfType(
                SourceException.class,
                () -> ReadPreset.of("freescout", reader, FreeScoutDesk.inZone(Map.of()))))
        .isInstanceOf(SourceException.Misconfigured.class);
  }

  /** Another for each test class, as users are of the server. */
  private String readerName() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT) + "_reader";
  }
}
