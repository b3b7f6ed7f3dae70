package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.TicketEvent.AssigneeChanged;
import io.helpdeskexporter.domain.TicketEvent.Escalated;
import io.helpdeskexporter.domain.TicketEvent.Excluded;
import io.helpdeskexporter.domain.TicketEvent.Merged;
import io.helpdeskexporter.domain.TicketEvent.Message;
import io.helpdeskexporter.domain.TicketEvent.PriorityChanged;
import io.helpdeskexporter.domain.TicketEvent.Rated;
import io.helpdeskexporter.domain.TicketEvent.SlaDeadline;
import io.helpdeskexporter.domain.TicketEvent.StatusChanged;
import io.helpdeskexporter.domain.TicketEvent.TeamChanged;
import io.helpdeskexporter.domain.TicketEvent.TimeLogged;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceContract;
import io.helpdeskexporter.source.SourceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class OsTicketTest extends SourceContract {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final AtomicInteger READERS = new AtomicInteger();
  private static final int LARS = OsTicketDesk.LARS;
  private static final int INES = OsTicketDesk.INES;
  private static final int KIM = OsTicketDesk.KIM;

  private OsTicketDesk osTicket = OsTicketDesk.empty();

  @Override
  protected Desk openDesk() {
    return osTicket;
  }

  @Test
  void eachTypeOfEntryIsWhatItIsAndByWhomItIs() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    osTicket.entry(ticket, at(1), "R", 0, 0, 0);
    osTicket.entry(ticket, at(2), "R", OsTicketDesk.ROBOT, 0, 0);
    osTicket.entry(ticket, at(3), "R", LARS, 0, 0);
    osTicket.entry(ticket, at(4), "M", 0, OsTicketDesk.BOB, 32);
    osTicket.entry(ticket, at(5), "N", LARS, 0, 0);
    osTicket.entry(ticket, at(6), "N", 0, 0, 128);
    osTicket.entry(ticket, at(7), "N", 0, OsTicketDesk.BOB, 0);
    osTicket.entry(ticket, at(8), "R", 99, 0, 0);

    assertThat(drained(Map.of("bots", List.of("robot"))).events(ticket, Message.class))
        .extracting(Message::at, Message::visible, m -> m.author().actor(), m -> m.author().id())
        .containsExactly(
            tuple(at(1), true, Actor.SYSTEM, Optional.empty()),
            tuple(at(2), true, Actor.BOT, Optional.of("Robot")),
            tuple(at(3), true, Actor.AGENT, Optional.of("lars")),
            tuple(at(4), true, Actor.CUSTOMER, Optional.empty()),
            tuple(at(5), false, Actor.AGENT, Optional.of("lars")),
            tuple(at(6), false, Actor.SYSTEM, Optional.empty()),
            tuple(at(7), false, Actor.CUSTOMER, Optional.empty()),
            tuple(at(8), true, Actor.AGENT, Optional.of("99")));
  }

  @Test
  void anEditedEntryIsTheSameMessageWheneverItIsRead() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    int question = osTicket.entry(ticket, at(1), "M", 0, KIM, 0);
    int first = osTicket.entry(ticket, at(2), "R", LARS, 0, 0);
    osTicket.execute(
        "UPDATE ost_thread_entry SET pid = %d WHERE id = %d".formatted(question, first));
    try (Source source = open(Map.of())) {
      Drained early = new Drained().poll(source);
      edit(ticket, first, at(2));
      int second = osTicket.entry(ticket, at(2), "R", LARS, 0, 0);
      osTicket.execute("DELETE FROM ost_thread_entry WHERE id = " + second);
      edit(ticket, lastEntry(), at(2));
      early.poll(source);

      assertThat(early.eventKeys(ticket)).isEqualTo(drained(Map.of()).eventKeys(ticket));
      assertThat(early.events(ticket, Message.class))
          .extracting(Message::at)
          .containsExactly(at(1), at(2));
    }
  }

  @Test
  void anEntryThatIsEditedInPlaceIsNotTheOneItAnswers() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    int question = osTicket.entry(ticket, at(1), "M", 0, KIM, 0);
    int more = osTicket.entry(ticket, at(2), "M", 0, KIM, 2);
    osTicket.execute(
        "UPDATE ost_thread_entry SET pid = %d WHERE id = %d".formatted(question, more));

    assertThat(drained(Map.of()).events(ticket, Message.class)).hasSize(2);
  }

  @Test
  void aHiddenEntryThatNothingTookThePlaceOfIsNoMessage() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    osTicket.entry(ticket, at(1), "R", LARS, 0, 4);

    assertThat(drained(Map.of()).events(ticket)).isEmpty();
  }

  @Test
  void theFirstMessageIsNotAReplyEvenWhenItIsEdited() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    edit(ticket, lastEntry(), NINE);

    assertThat(drained(Map.of()).events(ticket, Message.class)).isEmpty();
  }

  @Test
  void anAnswerComesBeforeTheClosingOfTheSameSecond() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    osTicket.event(ticket, at(60), "closed", LARS, "S", "{\"status\":[2,\"Resolved\"]}");
    osTicket.entry(ticket, at(60), "R", LARS, 0, 0);
    osTicket.touch(ticket, "status_id = 2");

    Drained drained = drained(Map.of());

    assertThat(drained.events(ticket))
        .extracting(Object::getClass)
        .containsExactly(Message.class, StatusChanged.class);
    assertThat(drained.ticket(ticket).status()).contains("solved");
    assertThat(drained.rejected()).isEmpty();
  }

  @Test
  void closedMeansSolvedOrClosedByTheStatusAndReopenedByACustomerIsTheSystem() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    osTicket.event(ticket, at(1), "closed", LARS, "S", "{\"status\":[2,\"Resolved\"]}");
    osTicket.event(ticket, at(2), "reopened", 0, "S", "");
    osTicket.event(ticket, at(3), "edited", LARS, "S", "{\"status\":6}");
    osTicket.event(ticket, at(4), "closed", KIM, "U", "{\"status\":[8,\"Done\"]}");
    osTicket.execute("UPDATE ost_thread_event SET annulled = 1 WHERE event_id = 2");
    osTicket.touch(ticket, "status_id = 8");

    assertThat(statuses(ticket, Map.of()))
        .containsExactly(
            tuple("solved", Actor.AGENT),
            tuple("open", Actor.SYSTEM),
            tuple("Waiting on customer", Actor.AGENT),
            tuple("closed", Actor.CUSTOMER));
    assertThat(drained(Map.of()).ticket(ticket).status()).contains("closed");
    assertThat(drained(Map.of("solved_statuses", List.of("Done"))).ticket(ticket).status())
        .contains("solved");
  }

  @Test
  void aTicketIsNewUntilSomethingIsDoneWithIt() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    assertThat(drained(Map.of()).ticket(ticket).status()).contains("new");

    osTicket.event(ticket, at(1), "assigned", LARS, "S", "{\"claim\":true}");
    assertThat(drained(Map.of()).ticket(ticket).status()).contains("Open");

    osTicket.touch(ticket, "status_id = 4");
    assertThat(drained(Map.of()).ticket(ticket).status()).contains("closed");
    osTicket.touch(ticket, "status_id = 5");
    assertThat(
            osTicket.vocabulary().status(drained(Map.of()).ticket(ticket).status().orElseThrow()))
        .contains(Exclusion.DELETED);
  }

  @Test
  void anAnsweredTicketWaitsForTheCustomerIfTheConfigurationSaysSo() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    osTicket.reply(ticket, at(1), Actor.AGENT);
    osTicket.reply(ticket, at(2), Actor.CUSTOMER);
    osTicket.reply(ticket, at(3), Actor.AGENT);
    Map<String, Object> options = Map.of("answered_is_pending", true);

    assertThat(statuses(ticket, options))
        .containsExactly(
            tuple("pending", Actor.AGENT),
            tuple("open", Actor.CUSTOMER),
            tuple("pending", Actor.AGENT));
    assertThat(drained(options).ticket(ticket).status()).contains("pending");
    assertThat(statuses(ticket, Map.of())).isEmpty();
  }

  @Test
  void assignmentsAreToldInAllTheWaysTheyAreWritten() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    osTicket.touch(ticket, "staff_id = 1");
    osTicket.event(ticket, at(1), "assigned", LARS, "S", "{\"claim\":true}");
    osTicket.touch(ticket, "staff_id = 2");
    osTicket.event(ticket, at(2), "assigned", LARS, "S", "{\"staff\":2}");
    osTicket.event(ticket, at(3), "assigned", LARS, "S", "{\"team\":4}");
    osTicket.touch(ticket, "staff_id = 1");
    osTicket.event(ticket, at(4), "assigned", INES, "S", "{\"staff\":[1,\"Lars\"]}");
    osTicket.touch(ticket, "staff_id = 0");
    osTicket.event(ticket, at(5), "released", INES, "S", "{\"staff\":1}");
    osTicket.touch(ticket, "staff_id = 2");
    osTicket.event(ticket, at(6), "closed", INES, "S", "{\"status\":[3,\"Closed\"]}");
    osTicket.touch(ticket, "staff_id = 0");
    osTicket.event(ticket, at(7), "reopened", 0, "S", "");

    assertThat(drained(Map.of()).events(ticket, AssigneeChanged.class))
        .extracting(AssigneeChanged::from, AssigneeChanged::to, TicketEvent::at)
        .containsExactly(
            tuple(Optional.empty(), Optional.of("lars"), at(1)),
            tuple(Optional.of("lars"), Optional.of("ines"), at(2)),
            tuple(Optional.of("ines"), Optional.of("lars"), at(4)),
            tuple(Optional.of("lars"), Optional.empty(), at(5)),
            tuple(Optional.empty(), Optional.of("ines"), at(6)),
            tuple(Optional.of("ines"), Optional.empty(), at(7)));
  }

  @Test
  void anAnswerToATicketThatIsNobodysClaimsIt() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    osTicket.reply(ticket, at(1), Actor.AGENT);
    String claimed = osTicket.createTicket(NINE);
    osTicket.reply(claimed, at(1), Actor.AGENT);
    osTicket.touch(claimed, "staff_id = 1");

    Drained drained = drained(Map.of());

    assertThat(drained.events(ticket, AssigneeChanged.class)).isEmpty();
    assertThat(drained.events(claimed, AssigneeChanged.class))
        .extracting(AssigneeChanged::to)
        .containsExactly(Optional.of("lars"));
    assertThat(drained.ticket(claimed).assignee()).contains("lars");
  }

  @Test
  void transfersReferralsAndPrioritiesAreTold() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    osTicket.touch(ticket, "dept_id = 2");
    osTicket.event(ticket, at(1), "transferred", LARS, "S", "{\"dept\":\"Billing\"}");
    osTicket.event(ticket, at(2), "referred", LARS, "S", "{\"dept\":1}");
    osTicket.event(
        ticket, at(3), "edited", LARS, "S", "{\"fields\":{\"22\":[[\"Low\",1],[\"High\",3]]}}");
    osTicket.event(ticket, at(4), "edited", LARS, "S", "{\"fields\":{\"20\":[\"a\",\"b\"]}}");
    osTicket.event(ticket, at(5), "edited", LARS, "S", "{\"fields\":{\"20\":[\"cut off");
    osTicket.event(ticket, at(6), "viewed", LARS, "S", "");
    osTicket.event(ticket, at(7), "overdue", 0, "S", "");

    Drained drained = drained(Map.of());

    assertThat(drained.events(ticket, TeamChanged.class))
        .extracting(TeamChanged::from, TeamChanged::to)
        .containsExactly(tuple(Optional.of("Support"), Optional.of("Billing")));
    assertThat(drained.events(ticket, Escalated.class))
        .extracting(Escalated::reason)
        .containsExactly(Escalation.FUNCTIONAL);
    assertThat(drained.events(ticket, PriorityChanged.class))
        .extracting(PriorityChanged::from, PriorityChanged::to)
        .containsExactly(tuple(Optional.of("low"), Optional.of("high")));
    assertThat(drained.events(ticket)).hasSize(3);
  }

  @Test
  void aTicketHasTheValuesOfItsRowAndForms() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    osTicket.touch(ticket, "topic_id = 1, sla_id = 1, staff_id = 2");
    form(ticket, 22, "High", "3");

    var read = drained(Map.of()).ticket(ticket);

    assertThat(read.createdAt()).isEqualTo(NINE);
    assertThat(read.priority()).contains("high");
    assertThat(read.team()).contains("Support");
    assertThat(read.assignee()).contains("ines");
    assertThat(read.channel()).contains("Email");
    assertThat(read.requester()).contains("10");
    assertThat(read.organization()).contains("77");
    assertThat(read.topics()).containsExactly("Reports  problems", "sla:Default");
    assertThat(read.openedBy()).isEqualTo(Actor.CUSTOMER);
  }

  @Test
  void aTicketThatAnAgentOpenedIsTowardsTheCustomerOnlyIfTheConfigurationSaysSo() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    osTicket.execute("UPDATE ost_thread_event SET uid = 1, uid_type = 'S'");

    assertThat(drained(Map.of()).ticket(ticket).openedBy()).isEqualTo(Actor.CUSTOMER);
    assertThat(drained(Map.of("outbound_by_staff", true)).ticket(ticket).openedBy())
        .isEqualTo(Actor.AGENT);
  }

  @Test
  void aMergeKeepsTheHistoriesApartWheneverItIsRead() throws Exception {
    String parent = osTicket.createTicket(NINE);
    String child = osTicket.createTicket(NINE);
    osTicket.reply(child, at(1), Actor.AGENT);
    osTicket.reply(parent, at(2), Actor.AGENT);
    try (Source source = open(Map.of())) {
      Drained early = new Drained().poll(source);
      merge(child, parent, at(3));
      osTicket.reply(parent, at(4), Actor.CUSTOMER);
      early.poll(source);
      Drained late = drained(Map.of());

      for (Drained drained : List.of(early, late)) {
        assertThat(drained.events(child, Merged.class))
            .extracting(Merged::into, TicketEvent::at)
            .containsExactly(tuple(parent, at(3)));
        assertThat(drained.events(parent, Merged.class)).isEmpty();
        assertThat(drained.events(child, Message.class))
            .extracting(Message::at)
            .containsExactly(at(1));
        assertThat(drained.events(parent, Message.class))
            .extracting(Message::at)
            .containsExactly(at(2), at(4));
        assertThat(drained.ticket(child).mergedInto()).contains(parent);
        assertThat(drained.ticket(parent).mergedInto()).isEmpty();
      }
    }
  }

  @Test
  void ticketsThatAreOnlyLinkedAreNotMerged() throws Exception {
    String parent = osTicket.createTicket(NINE);
    String linked = osTicket.createTicket(NINE);
    osTicket.touch(linked, "ticket_pid = %s, flags = 8".formatted(parent));
    osTicket.event(linked, at(1), "linked", LARS, "S", "");

    assertThat(drained(Map.of()).ticket(linked).mergedInto()).isEmpty();
    assertThat(drained(Map.of()).events(linked)).isEmpty();
  }

  @Test
  void threadsOfTasksAreNotRead() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    osTicket.execute(
        """
        INSERT INTO ost_thread (object_id, object_type) VALUES (%1$s, 'A');
        INSERT INTO ost_thread_entry (thread_id, type, staff_id, created)
        SELECT id, 'R', 1, '2026-03-02 15:00:00' FROM ost_thread WHERE object_type = 'A';
        INSERT INTO ost_thread_event (thread_id, event_id, staff_id, dept_id, uid, timestamp)
        SELECT id, 2, 1, 1, 1, '2026-03-02 15:00:00' FROM ost_thread WHERE object_type = 'A';
        """
            .formatted(ticket));

    assertThat(drained(Map.of()).events(ticket)).isEmpty();
  }

  @Test
  void aDueTimeOfAnOpenTicketIsADeadlineAndOutlivesTheClosing() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    osTicket.touch(ticket, "est_duedate = '%s'".formatted(OsTicketDesk.local(at(3600))));
    try (Source source = open(Map.of())) {
      Drained drained = new Drained().poll(source);
      osTicket.touch(ticket, "status_id = 2, est_duedate = NULL");
      drained.poll(source);

      assertThat(drained.events(ticket, SlaDeadline.class))
          .extracting(SlaDeadline::metric, SlaDeadline::dueAt, TicketEvent::at)
          .containsExactly(tuple(SlaMetric.RESOLUTION, Optional.of(at(3600)), NINE));
    }
    osTicket.touch(ticket, "status_id = 1, duedate = '%s'".formatted(OsTicketDesk.local(at(60))));
    assertThat(drained(Map.of("deadlines", false)).events(ticket, SlaDeadline.class)).isEmpty();
  }

  @Test
  void ratingsAndWorkingTimeOfAddOnsAreReadWhereTheConfigurationNamesThem() throws Exception {
    osTicket = OsTicketDesk.withPrefix("ost_");
    String ticket = osTicket.createTicket(NINE);
    form(ticket, 30, "{\"5\":\"Very good\"}", "NULL");
    osTicket.reply(ticket, at(1), Actor.AGENT);
    osTicket.execute("ALTER TABLE ost_thread_entry ADD time_spent float NOT NULL DEFAULT 0");
    osTicket.execute("UPDATE ost_thread_entry SET time_spent = 1.5 WHERE type = 'R'");

    Drained drained = drained(Map.of("csat_field", "Rating", "time_column", "time_spent"));

    assertThat(drained.events(ticket, Rated.class)).hasSize(1);
    assertThat(drained.events(ticket, TimeLogged.class))
        .extracting(TimeLogged::spent, TimeLogged::agent)
        .containsExactly(tuple(Duration.ofSeconds(90), Optional.of("lars")));
    assertThat(drained(Map.of()).events(ticket, Rated.class)).isEmpty();
    assertThat(drained(Map.of()).events(ticket, TimeLogged.class)).isEmpty();
  }

  @Test
  void aColumnOfAnAddOnThatIsNotThereIsNamed() {
    osTicket.createTicket(NINE);

    assertThatThrownBy(() -> drained(Map.of("time_column", "time_spent")))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("messages.sql")
        .hasMessageContaining("time_spent");
  }

  @Test
  void anOpenTicketIsReadAgainEachDayThoughNothingSaysThatItChanged() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    String done = osTicket.createTicket(NINE);
    osTicket.execute("UPDATE ost_ticket SET updated = '2026-03-02 15:00:00'");
    osTicket.execute("UPDATE ost_ticket SET status_id = 2 WHERE ticket_id = " + done);

    Drained drained = drained(Map.of());

    assertThat(drained.ticket(ticket).updatedAt()).isAfter(Instant.now().minus(Duration.ofDays(2)));
    assertThat(drained.ticket(done).updatedAt()).isEqualTo(Instant.parse("2026-03-02T09:30:00Z"));
  }

  @Test
  void aDeletedTicketIsSeenAtTheNextLook() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    try (Source source = open(Map.of("reconcile_every", "1s"))) {
      Drained drained = new Drained().poll(source);
      osTicket.execute("DELETE FROM ost_ticket");
      osTicket.execute("UPDATE ost_thread_event SET thread_id = 0");

      Eventually.passes(
          "the look comes round",
          Duration.ofSeconds(10),
          () -> {
            drained.poll(source);
            assertThat(drained.events(ticket, Excluded.class))
                .extracting(Excluded::reason)
                .containsExactly(Exclusion.DELETED);
          });
    }
  }

  @Test
  void tablesMayHaveAnotherPrefix() throws Exception {
    var other = OsTicketDesk.withPrefix("help_");
    String ticket = other.createTicket(NINE);
    try (Source source = new SqlKind().open("osticket", other.settings(), Clock.systemUTC())) {
      assertThat(new Drained().poll(source).tickets()).containsOnlyKeys(ticket);
    }
    try (Source source =
        new SqlKind()
            .open("osticket", osTicketSettings(other.database(), Map.of()), Clock.systemUTC())) {
      assertThatThrownBy(() -> new Drained().poll(source))
          .isInstanceOf(SourceException.Misconfigured.class)
          .hasMessageContaining("table ost_ticket");
    }
  }

  @Test
  void theRightsOfTheManualAreEnoughAndOneLessIsNamed() throws Exception {
    String ticket = osTicket.createTicket(NINE);
    osTicket.reply(ticket, at(1), Actor.AGENT);
    Database reader =
        SourceManual.of("osticket")
            .reader(osTicket.database(), "osticket_reader_" + READERS.incrementAndGet());
    try (Source source =
        new SqlKind().open("osticket", osTicketSettings(reader, Map.of()), Clock.systemUTC())) {
      assertThat(new Drained().poll(source).events(ticket, Message.class)).hasSize(1);
      assertThat(source.inspect().teams()).containsOnlyKeys("Support");

      osTicket.execute("REVOKE SELECT (id, org_id) ON ost_user FROM " + reader.user());
      assertThatThrownBy(() -> new Drained().poll(source))
          .isInstanceOf(SourceException.Misconfigured.class)
          .hasMessageContaining("ost_user");
    }
  }

  private SqlSettings osTicketSettings(Database as, Map<String, Object> options) {
    return osTicket.settings(as, options);
  }

  /** A new row takes the old one's place; both keep the time at which it was written. */
  private void edit(String ticket, int entry, Instant at) {
    int flags =
        Integer.parseInt(osTicket.value("SELECT flags FROM ost_thread_entry WHERE id = " + entry));
    String type = osTicket.value("SELECT type FROM ost_thread_entry WHERE id = " + entry);
    int edited =
        osTicket.entry(
            ticket, at, type, type.equals("R") ? LARS : 0, type.equals("M") ? KIM : 0, 2);
    osTicket.execute("UPDATE ost_thread_entry SET pid = %d WHERE id = %d".formatted(entry, edited));
    osTicket.execute(
        "UPDATE ost_thread_entry SET flags = %d WHERE id = %d".formatted(flags | 4, entry));
  }

  private int lastEntry() {
    return Integer.parseInt(osTicket.value("SELECT max(id) FROM ost_thread_entry"));
  }

  private void merge(String child, String parent, Instant at) {
    osTicket.execute(
        """
        INSERT INTO ost_thread_entry_merge (thread_entry_id, data)
        SELECT e.id, CONCAT('{"thread":', h.id, '}') FROM ost_thread_entry e
        JOIN ost_thread h ON h.id = e.thread_id WHERE h.object_id = %1$s;
        UPDATE ost_thread_entry SET flags = flags | 1024, thread_id = (
          SELECT id FROM ost_thread WHERE object_id = %2$s)
        WHERE thread_id = (SELECT id FROM ost_thread WHERE object_id = %1$s);
        UPDATE ost_thread SET object_type = 'C' WHERE object_id = %1$s;
        """
            .formatted(child, parent));
    osTicket.touch(child, "ticket_pid = %s, flags = 1".formatted(parent));
    osTicket.touch(parent, "flags = 17");
    osTicket.event(
        child, at, "merged", LARS, "S", "{\"ticket\":\"#1\",\"id\":%s}".formatted(parent));
    osTicket.event(
        parent, at, "merged", LARS, "S", "{\"ticket\":\"#2\",\"id\":%s}".formatted(child));
  }

  private void form(String ticket, int field, String value, String valueId) {
    osTicket.execute(
        """
        INSERT INTO ost_form_entry (object_id, updated) VALUES (%s, '%s');
        INSERT INTO ost_form_entry_values VALUES (LAST_INSERT_ID(), %d, '%s', %s);
        """
            .formatted(ticket, OsTicketDesk.local(at(600)), field, value, valueId));
  }

  private List<Tuple> statuses(String ticket, Map<String, Object> options) throws Exception {
    return drained(options).events(ticket, StatusChanged.class).stream()
        .map(change -> tuple(change.to(), change.by()))
        .toList();
  }

  private static Instant at(int seconds) {
    return NINE.plusSeconds(seconds);
  }

  private Source open(Map<String, Object> options) {
    return new SqlKind()
        .open("osticket", osTicketSettings(osTicket.database(), options), Clock.systemUTC());
  }

  private Drained drained(Map<String, Object> options) throws Exception {
    try (Source source = open(options)) {
      Drained drained = new Drained().poll(source);
      assertThat(drained.rejected()).isEmpty();
      return drained;
    }
  }
}
