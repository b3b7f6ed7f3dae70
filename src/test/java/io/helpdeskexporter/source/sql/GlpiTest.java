package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.TicketEvent.AssigneeChanged;
import io.helpdeskexporter.domain.TicketEvent.Excluded;
import io.helpdeskexporter.domain.TicketEvent.Merged;
import io.helpdeskexporter.domain.TicketEvent.Message;
import io.helpdeskexporter.domain.TicketEvent.PriorityChanged;
import io.helpdeskexporter.domain.TicketEvent.Rated;
import io.helpdeskexporter.domain.TicketEvent.Restored;
import io.helpdeskexporter.domain.TicketEvent.StatusChanged;
import io.helpdeskexporter.domain.TicketEvent.SurveySent;
import io.helpdeskexporter.domain.TicketEvent.TeamChanged;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceContract;
import io.helpdeskexporter.source.SourceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class GlpiTest extends SourceContract {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final AtomicInteger READERS = new AtomicInteger();
  private static final String LARS = "Lars Test (2)";

  private GlpiDesk glpi = GlpiDesk.empty();

  @Override
  protected Desk openDesk() {
    return glpi;
  }

  @Test
  void followupsAreByTheRequesterByStaffByBotsOrByNobodyKnown() throws Exception {
    String ticket = glpi.createTicket(NINE);
    glpi.followup(ticket, at(1), GlpiDesk.ROBOT, false);
    glpi.followup(ticket, at(2), GlpiDesk.LARS, true);
    glpi.followup(ticket, at(3), GlpiDesk.LARS, false);
    glpi.followup(ticket, at(4), GlpiDesk.KIM, false);
    glpi.followup(ticket, at(5), GlpiDesk.BOB, false);
    glpi.followup(ticket, at(6), 0, false);

    assertThat(drained(Map.of("bots", List.of("robot"))).events(ticket, Message.class))
        .extracting(Message::at, Message::visible, m -> m.author().actor(), m -> m.author().id())
        .containsExactly(
            tuple(at(1), true, Actor.BOT, Optional.of("Robot")),
            tuple(at(2), false, Actor.AGENT, Optional.of("lars")),
            tuple(at(3), true, Actor.AGENT, Optional.of("lars")),
            tuple(at(4), true, Actor.CUSTOMER, Optional.empty()),
            tuple(at(5), true, Actor.CUSTOMER, Optional.empty()),
            tuple(at(6), true, Actor.CUSTOMER, Optional.empty()));
  }

  @Test
  void staffThatAsksForItselfIsTheCustomerAndFormerStaffIsNamed() throws Exception {
    String ticket = glpi.createTicket(NINE);
    glpi.followup(ticket, at(1), GlpiDesk.LARS, false);
    glpi.followup(ticket, at(2), GlpiDesk.BOB, false);
    glpi.execute("UPDATE glpi_tickets_users SET users_id = " + GlpiDesk.LARS);

    assertThat(drained(Map.of("former_staff", List.of("bob"))).events(ticket, Message.class))
        .extracting(m -> m.author().actor())
        .containsExactly(Actor.CUSTOMER, Actor.AGENT);
  }

  @Test
  void aSolutionIsAnAnswerAndComesBeforeTheStatusOfTheSameSecond() throws Exception {
    String ticket = glpi.createTicket(NINE);
    glpi.log(ticket, at(60), LARS, 0, 12, "", "2", "5");
    glpi.solution(ticket, at(60), GlpiDesk.LARS);
    glpi.log(ticket, at(90), "Kim Test (10)", 0, 12, "", "5", "2");
    glpi.followup(ticket, at(90), GlpiDesk.KIM, false);
    glpi.solution(ticket, at(120), 0);
    glpi.log(ticket, at(120), LARS, 0, 12, "", "2", "5");
    glpi.log(ticket, at(180), "cron_closeticket", 0, 12, "", "5", "6");

    Drained drained = drained(Map.of());

    assertThat(drained.events(ticket))
        .extracting(Object::getClass)
        .containsExactly(
            Message.class,
            StatusChanged.class,
            Message.class,
            StatusChanged.class,
            Message.class,
            StatusChanged.class,
            StatusChanged.class);
    assertThat(drained.events(ticket, Message.class))
        .extracting(m -> m.author().actor())
        .containsExactly(Actor.AGENT, Actor.CUSTOMER, Actor.SYSTEM);
    assertThat(drained.events(ticket, StatusChanged.class))
        .extracting(StatusChanged::from, StatusChanged::to, StatusChanged::by)
        .containsExactly(
            tuple(Optional.of("assigned"), "solved", Actor.AGENT),
            tuple(Optional.of("solved"), "assigned", Actor.CUSTOMER),
            tuple(Optional.of("assigned"), "solved", Actor.AGENT),
            tuple(Optional.of("solved"), "closed", Actor.SYSTEM));
  }

  @Test
  void whoDidSomethingIsReadFromTheNameInTheLog() throws Exception {
    String ticket = glpi.createTicket(NINE);
    List<String> names =
        List.of("Lars Test (2)", "", "cron_closeticket", "Kim Test (10) impersonated by Ines (3)");
    for (int i = 0; i < names.size(); i++) {
      glpi.log(ticket, at(i), names.get(i), 0, 12, "", "1", "2");
    }
    glpi.execute(
        "INSERT INTO glpi_logs (itemtype, items_id, linked_action, date_mod, id_search_option,"
            + " old_value, new_value) VALUES ('Ticket', %s, 0, '%s', 12, '1', '2')"
                .formatted(ticket, GlpiDesk.utc(at(9))));

    assertThat(drained(Map.of()).events(ticket, StatusChanged.class))
        .extracting(StatusChanged::by)
        .containsExactly(Actor.AGENT, Actor.CUSTOMER, Actor.SYSTEM, Actor.AGENT, Actor.CUSTOMER);
  }

  @Test
  void allNumbersOfStatusesAndPrioritiesHaveMeanings() throws Exception {
    List<Integer> numbers = List.of(1, 2, 3, 4, 5, 6, 10);
    List<Status> meant =
        List.of(
            Status.NEW,
            Status.OPEN,
            Status.OPEN,
            Status.PENDING,
            Status.SOLVED,
            Status.CLOSED,
            Status.ON_HOLD);
    for (int i = 0; i < numbers.size(); i++) {
      String ticket = glpi.createTicket(NINE);
      glpi.touch(ticket, "status = " + numbers.get(i));
      String word = drained(Map.of()).ticket(ticket).status().orElseThrow();
      assertThat(glpi.vocabulary().status(word)).as(word).contains(meant.get(i));
    }
    String ticket = glpi.createTicket(NINE);
    glpi.log(ticket, at(1), LARS, 0, 3, "", "1", "6");
    PriorityChanged raised = drained(Map.of()).events(ticket, PriorityChanged.class).getFirst();
    assertThat(raised.from().flatMap(glpi.vocabulary()::priority)).contains(Priority.LOW);
    assertThat(raised.to().flatMap(glpi.vocabulary()::priority)).contains(Priority.URGENT);
  }

  @Test
  void thePendingReasonTellsWhomATicketWaitsFor() throws Exception {
    String ticket = glpi.createTicket(NINE);
    pending(ticket, at(10), 2);
    glpi.log(ticket, at(20), LARS, 0, 12, "", "4", "2");
    pending(ticket, at(30), 1);
    glpi.log(ticket, at(40), LARS, 0, 12, "", "4", "2");
    glpi.log(ticket, at(50), LARS, 0, 12, "", "2", "4");
    glpi.touch(ticket, "status = 4");
    glpi.execute(
        "INSERT INTO glpi_pendingreasons_items (pendingreasons_id, items_id, itemtype)"
            + " VALUES (2, %s, 'Ticket')".formatted(ticket));
    Map<String, Object> options = Map.of("third_party_reasons", List.of("Waiting for supplier"));

    assertThat(drained(options).events(ticket, StatusChanged.class))
        .extracting(StatusChanged::to)
        .containsExactly("on_hold", "assigned", "pending", "assigned", "on_hold");
    assertThat(drained(options).ticket(ticket).status()).contains("on_hold");
    assertThat(drained(Map.of()).ticket(ticket).status()).contains("pending");
  }

  private void pending(String ticket, Instant at, int reason) {
    int followup = glpi.followup(ticket, at, GlpiDesk.LARS, false);
    glpi.execute(
        "INSERT INTO glpi_pendingreasons_items (pendingreasons_id, items_id, itemtype)"
            + " VALUES (%d, %d, 'ITILFollowup')".formatted(reason, followup));
    glpi.log(ticket, at, LARS, 0, 12, "", "2", "4");
  }

  @Test
  void aTicketOfSeveralTechniciansIsTheFirstOnes() throws Exception {
    String ticket = glpi.createTicket(NINE);
    technician(ticket, 1, 15, "", "lars (2)");
    technician(ticket, 2, 15, "", "ines (3)");
    technician(ticket, 3, 16, "lars (2)", "");
    technician(ticket, 4, 16, "ines (3)", "");
    technician(ticket, 5, 15, "", "gone (99)");
    glpi.execute(
        "INSERT INTO glpi_tickets_users (tickets_id, users_id, type) VALUES (%1$s, 3, 3), (%1$s, 3, 2),"
                .formatted(ticket)
            + " (%s, 2, 2)".formatted(ticket));

    Drained drained = drained(Map.of());

    assertThat(drained.events(ticket, AssigneeChanged.class))
        .extracting(AssigneeChanged::from, AssigneeChanged::to, TicketEvent::at)
        .containsExactly(
            tuple(Optional.empty(), Optional.of("lars"), at(1)),
            tuple(Optional.of("lars"), Optional.of("ines"), at(3)),
            tuple(Optional.of("ines"), Optional.empty(), at(4)),
            tuple(Optional.empty(), Optional.of("99"), at(5)));
    assertThat(drained.ticket(ticket).assignee()).contains("ines");
  }

  @Test
  void aTechnicianWhoseComingWasPurgedStillGoes() throws Exception {
    String ticket = glpi.createTicket(NINE);
    technician(ticket, 1, 16, "lars (2)", "");

    assertThat(drained(Map.of()).events(ticket, AssigneeChanged.class))
        .extracting(AssigneeChanged::from, AssigneeChanged::to)
        .containsExactly(tuple(Optional.of("lars"), Optional.empty()));
  }

  private void technician(String ticket, int second, int action, String from, String to) {
    glpi.log(ticket, at(second), LARS, action, 5, "User", from, to);
  }

  @Test
  void aTeamIsTheGroupOrWhatTheConfigurationSays() throws Exception {
    String ticket = glpi.createTicket(NINE);
    glpi.touch(ticket, "entities_id = 1, itilcategories_id = 2");
    glpi.execute(
        "INSERT INTO glpi_groups_tickets (tickets_id, groups_id, type) VALUES (%1$s, 1, 1), (%1$s, 2, 2)"
            .formatted(ticket));
    glpi.log(ticket, at(1), LARS, 15, 8, "Group", "", "Desk (1)");
    glpi.log(ticket, at(2), LARS, 16, 8, "Group", "Desk (1)", "");
    glpi.log(ticket, at(2), LARS, 15, 8, "Group", "", "Network (2)");
    glpi.log(ticket, at(3), LARS, 0, 7, "", "Hardware (1)", "Screens (2)");
    glpi.log(ticket, at(4), LARS, 0, 80, "", "Root entity (0)", "Gone (77)");
    glpi.log(ticket, at(5), LARS, 15, 66, "Group", "", "Desk (1)");
    glpi.log(ticket, at(6), LARS, 1004, 8, "PluginThing", "", "Desk (1)");

    assertThat(teams(ticket, "group"))
        .containsExactly(
            tuple(Optional.empty(), Optional.of("Desk")),
            tuple(Optional.of("Desk"), Optional.empty()),
            tuple(Optional.empty(), Optional.of("Desk > Network")));
    assertThat(teams(ticket, "category"))
        .containsExactly(tuple(Optional.of("Hardware"), Optional.of("Hardware > Screens, all")));
    assertThat(teams(ticket, "entity"))
        .containsExactly(tuple(Optional.of("Root entity"), Optional.of("Gone")));
    assertThat(drained(Map.of()).ticket(ticket).team()).contains("Desk > Network");
    assertThat(drained(Map.of("team", "entity")).ticket(ticket).team())
        .contains("Root entity > Works");
    assertThat(drained(Map.of("team", "category")).ticket(ticket).team())
        .contains("Hardware > Screens, all");
  }

  private List<Tuple> teams(String ticket, String team) throws Exception {
    return drained(Map.of("team", team)).events(ticket, TeamChanged.class).stream()
        .map(change -> tuple(change.from(), change.to()))
        .toList();
  }

  @Test
  void aTicketHasTheValuesOfItsRow() throws Exception {
    String ticket = glpi.createTicket(NINE);
    glpi.touch(
        ticket,
        "itilcategories_id = 2, entities_id = 1, type = 2, date_creation = '%s'"
            .formatted(GlpiDesk.utc(at(7200))));
    String byMail = glpi.createTicket(NINE);
    glpi.execute(
        "UPDATE glpi_tickets_users SET users_id = 0, alternative_email = 'Zoe@Elsewhere.test'"
            + " WHERE tickets_id = "
            + byMail);

    Drained drained = drained(Map.of());
    Ticket read = drained.ticket(ticket);

    assertThat(read.createdAt()).isEqualTo(NINE);
    assertThat(read.channel()).contains("E-Mail");
    assertThat(read.priority()).contains("medium");
    assertThat(read.requester()).contains("10");
    assertThat(read.organization()).contains("1");
    assertThat(read.topics()).containsExactly("Hardware > Screens  all", "request");
    assertThat(read.reported().handleTime()).isEmpty();
    assertThat(drained.ticket(byMail).requester().orElseThrow())
        .hasSize(16)
        .doesNotContainIgnoringCase("zoe");
  }

  @Test
  void aTicketThatStaffTypedInIsTowardsTheCustomerOnlyIfTheConfigurationSaysSo() throws Exception {
    String ticket = glpi.createTicket(NINE);
    String own = glpi.createTicket(NINE);
    glpi.touch(ticket, "users_id_recipient = " + GlpiDesk.LARS);
    Map<String, Object> options = Map.of("outbound_by_staff", true);

    assertThat(drained(Map.of()).ticket(ticket).openedBy()).isEqualTo(Actor.CUSTOMER);
    assertThat(drained(options).ticket(ticket).openedBy()).isEqualTo(Actor.AGENT);
    assertThat(drained(options).ticket(own).openedBy()).isEqualTo(Actor.CUSTOMER);
  }

  @Test
  void theBinLeavesATicketOutAndGivesItBack() throws Exception {
    String ticket = glpi.createTicket(NINE);
    glpi.log(ticket, at(1), LARS, 13, 0, "", "", "");
    glpi.log(ticket, at(2), LARS, 14, 0, "", "", "");
    String silent = glpi.createTicket(NINE);
    glpi.touch(silent, "is_deleted = 1");

    Drained drained = drained(Map.of());

    assertThat(drained.events(ticket, Excluded.class))
        .extracting(Excluded::reason, TicketEvent::at)
        .containsExactly(tuple(Exclusion.DELETED, at(1)));
    assertThat(drained.events(ticket, Restored.class)).hasSize(1);
    assertThat(drained.ticket(silent).excluded()).contains(Exclusion.DELETED);
  }

  @Test
  void aMergeIsToldOnceWithoutItsCopies() throws Exception {
    String target = glpi.createTicket(NINE);
    String copied = glpi.createTicket(NINE);
    String linked = glpi.createTicket(NINE);
    glpi.followup(copied, at(1), GlpiDesk.LARS, false);
    int copy = glpi.followup(target, at(1), GlpiDesk.LARS, false);
    glpi.execute(
        "UPDATE glpi_itilfollowups SET sourceitems_id = %s WHERE id = %d".formatted(copied, copy));
    glpi.execute(
        "INSERT INTO glpi_tickets_tickets (tickets_id_1, tickets_id_2, link) VALUES (%s, %s, 3)"
            .formatted(linked, target));
    for (String source : List.of(copied, linked)) {
      glpi.touch(source, "is_deleted = 1");
      glpi.log(source, at(60), LARS, 13, 0, "", "", "");
    }

    Drained drained = drained(Map.of());

    for (String source : List.of(copied, linked)) {
      assertThat(drained.events(source, Merged.class))
          .extracting(Merged::into, TicketEvent::at)
          .containsExactly(tuple(target, at(60)));
      assertThat(drained.events(source, Excluded.class)).isEmpty();
      assertThat(drained.ticket(source).mergedInto()).contains(target);
    }
    assertThat(drained.events(target, Message.class)).isEmpty();
    assertThat(drained.events(copied, Message.class)).hasSize(1);
  }

  @Test
  void workingTimeIsWhatTasksSayNowAndIsFoundThoughItDoesNotTouchTheTicket() throws Exception {
    String ticket = glpi.createTicket(NINE);
    // Longer ago than what is read again in any case.
    glpi.execute(
        "UPDATE glpi_tickets SET date_mod = '%s'"
            .formatted(GlpiDesk.utc(Instant.now().minus(Duration.ofHours(3)))));
    try (Source source = open(Map.of())) {
      Drained drained = new Drained().poll(source);
      task(ticket, 600);
      task(ticket, 300);
      drained.poll(source);
      assertThat(drained.ticket(ticket).reported().handleTime()).contains(Duration.ofMinutes(15));

      glpi.execute(
          "UPDATE glpi_tickettasks SET actiontime = 60, date_mod = '%s' WHERE actiontime = 300"
              .formatted(GlpiDesk.utc(Instant.now())));
      drained.poll(source);
      assertThat(drained.ticket(ticket).reported().handleTime()).contains(Duration.ofMinutes(11));

      glpi.execute("DELETE FROM glpi_tickettasks WHERE actiontime = 60");
      glpi.touch(ticket, "status = 2");
      drained.poll(source);
      assertThat(drained.ticket(ticket).reported().handleTime()).contains(Duration.ofMinutes(10));
    }
    assertThat(new SqlKind().reports(glpi.settings())).contains(ReportedField.HANDLE_TIME);
  }

  private void task(String ticket, int seconds) {
    glpi.execute(
        "INSERT INTO glpi_tickettasks (tickets_id, users_id, actiontime, date_mod)"
            + " VALUES (%s, 2, %d, '%s')".formatted(ticket, seconds, GlpiDesk.utc(Instant.now())));
  }

  @Test
  void deadlinesAreGlpisOwnAndStandStillWhileATicketWaits() throws Exception {
    String open = glpi.createTicket(NINE);
    glpi.touch(open, "time_to_own = '%s', time_to_resolve = '%s'".formatted(utc(600), utc(3600)));
    assertThat(promises(open))
        .containsExactlyInAnyOrder(
            promise(SlaMetric.OTHER, Optional.empty(), 600, Optional.empty()),
            promise(SlaMetric.RESOLUTION, Optional.empty(), 3600, Optional.empty()));

    glpi.touch(
        open,
        "status = 4, takeintoaccountdate = '%s', begin_waiting_date = '%s'"
            .formatted(utc(300), utc(900)));
    assertThat(promises(open))
        .containsExactly(promise(SlaMetric.OTHER, Optional.of(true), 600, Optional.of(at(300))));

    glpi.touch(open, "begin_waiting_date = '%s'".formatted(utc(4000)));
    assertThat(promises(open))
        .contains(promise(SlaMetric.RESOLUTION, Optional.empty(), 3600, Optional.empty()));

    glpi.touch(
        open,
        "status = 5, time_to_resolve = '%s', solvedate = '%s'".formatted(utc(5000), utc(6000)));
    assertThat(promises(open))
        .contains(promise(SlaMetric.RESOLUTION, Optional.of(false), 5000, Optional.of(at(6000))));

    glpi.touch(open, "status = 6, solvedate = NULL, closedate = '%s'".formatted(utc(4500)));
    assertThat(promises(open))
        .contains(promise(SlaMetric.RESOLUTION, Optional.of(true), 5000, Optional.of(at(4500))));
    assertThat(promises(glpi.createTicket(NINE))).isEmpty();
  }

  private List<Reported.Promise> promises(String ticket) throws Exception {
    return drained(Map.of()).ticket(ticket).reported().promises();
  }

  private static Reported.Promise promise(
      SlaMetric metric, Optional<Boolean> met, int due, Optional<Instant> ended) {
    return new Reported.Promise(metric, met, Optional.of(at(due)), ended);
  }

  @Test
  void surveysAreSentAndAnsweredFromZeroToFiveAndAnAnswerMayChange() throws Exception {
    String ticket = glpi.createTicket(NINE);
    glpi.execute(
        "INSERT INTO glpi_ticketsatisfactions (tickets_id, date_begin) VALUES (%s, '%s')"
            .formatted(ticket, utc(60)));
    try (Source source = open(Map.of())) {
      Drained drained = new Drained().poll(source);
      assertThat(drained.events(ticket, SurveySent.class))
          .extracting(TicketEvent::at)
          .containsExactly(at(60));
      assertThat(drained.events(ticket, Rated.class)).isEmpty();

      // Answers are found by their time, so they are of just now.
      Instant answered = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(120);
      answer(0, answered);
      drained.poll(source);
      answer(4, answered.plusSeconds(60));
      drained.poll(source);
      assertThat(drained.events(ticket, Rated.class))
          .extracting(TicketEvent::at)
          .containsExactly(answered, answered.plusSeconds(60));
      assertThat(drained.events(ticket, Rated.class).getFirst().answer())
          .isNotEqualTo(drained.events(ticket, Rated.class).getLast().answer());
      assertThat(drained.rejected()).isEmpty();
    }
  }

  private void answer(int score, Instant at) {
    glpi.execute(
        "UPDATE glpi_ticketsatisfactions SET satisfaction = %d, date_answered = '%s'"
            .formatted(score, GlpiDesk.utc(at)));
  }

  @Test
  void columnsFromBeforeGlpi95AreReadInTheZoneOfTheConfiguration() throws Exception {
    glpi = GlpiDesk.inTablesOfItsOwn();
    String ticket = glpi.createTicket(NINE);
    for (String column : List.of("date", "date_creation")) {
      glpi.execute("ALTER TABLE glpi_tickets MODIFY %s datetime NULL".formatted(column));
    }

    assertThat(drained(Map.of("time_zone", "Asia/Kolkata")).ticket(ticket).createdAt())
        .isEqualTo(NINE.minus(Duration.ofMinutes(330)));
  }

  @Test
  void aPurgedTicketIsSeenAtTheNextLookAndAPurgedLogIsNot() throws Exception {
    String purged = glpi.createTicket(NINE);
    String kept = glpi.createTicket(NINE);
    glpi.changeStatus(kept, at(1), Status.OPEN);
    try (Source source = open(Map.of("reconcile_every", "1s"))) {
      Drained drained = new Drained().poll(source);
      glpi.execute("DELETE FROM glpi_logs");
      glpi.execute("DELETE FROM glpi_tickets WHERE id = " + purged);

      Eventually.passes(
          "the look comes round",
          Duration.ofSeconds(10),
          () -> {
            drained.poll(source);
            assertThat(drained.events(purged, Excluded.class))
                .extracting(Excluded::reason)
                .containsExactly(Exclusion.DELETED);
          });
      assertThat(drained.events(kept, Excluded.class)).isEmpty();
      assertThat(drained.events(kept, StatusChanged.class)).hasSize(1);
    }
  }

  @Test
  void theRightsOfTheManualAreEnoughAndOneLessIsNamed() throws Exception {
    String ticket = glpi.createTicket(NINE);
    glpi.reply(ticket, at(1), Actor.AGENT);
    Database reader =
        SourceManual.of("glpi").reader(glpi.database(), "glpi_reader_" + READERS.incrementAndGet());
    try (Source source =
        new SqlKind().open("glpi", GlpiDesk.settings(reader, Map.of()), Clock.systemUTC())) {
      assertThat(new Drained().poll(source).events(ticket, Message.class)).hasSize(1);
      assertThat(source.inspect().channels()).containsOnlyKeys("E-Mail");

      glpi.execute("REVOKE SELECT ON glpi_logs FROM " + reader.user());
      assertThatThrownBy(() -> new Drained().poll(source))
          .isInstanceOf(SourceException.Misconfigured.class)
          .hasMessageContaining("table glpi_logs");
    }
  }

  private static Instant at(int seconds) {
    return NINE.plusSeconds(seconds);
  }

  private static String utc(int seconds) {
    return GlpiDesk.utc(at(seconds));
  }

  private Source open(Map<String, Object> options) {
    return new SqlKind()
        .open("glpi", GlpiDesk.settings(glpi.database(), options), Clock.systemUTC());
  }

  private Drained drained(Map<String, Object> options) throws Exception {
    try (Source source = open(options)) {
      Drained drained = new Drained().poll(source);
      assertThat(drained.rejected()).isEmpty();
      return drained;
    }
  }
}
