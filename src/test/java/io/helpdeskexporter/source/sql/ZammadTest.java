package io.helpdeskexporter.source.sql;

import static io.helpdeskexporter.source.sql.ZammadDesk.BOT;
import static io.helpdeskexporter.source.sql.ZammadDesk.EMAIL;
import static io.helpdeskexporter.source.sql.ZammadDesk.FORMER;
import static io.helpdeskexporter.source.sql.ZammadDesk.KIM;
import static io.helpdeskexporter.source.sql.ZammadDesk.LARS;
import static io.helpdeskexporter.source.sql.ZammadDesk.NINA;
import static io.helpdeskexporter.source.sql.ZammadDesk.NOTE;
import static io.helpdeskexporter.source.sql.ZammadDesk.PHONE;
import static io.helpdeskexporter.source.sql.ZammadDesk.SYSTEM;
import static io.helpdeskexporter.source.sql.ZammadDesk.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent.AssigneeChanged;
import io.helpdeskexporter.domain.TicketEvent.Excluded;
import io.helpdeskexporter.domain.TicketEvent.Merged;
import io.helpdeskexporter.domain.TicketEvent.Message;
import io.helpdeskexporter.domain.TicketEvent.PriorityChanged;
import io.helpdeskexporter.domain.TicketEvent.Rated;
import io.helpdeskexporter.domain.TicketEvent.StatusChanged;
import io.helpdeskexporter.domain.TicketEvent.TeamChanged;
import io.helpdeskexporter.domain.TicketEvent.TimeLogged;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Departure;
import io.helpdeskexporter.facts.TicketFacts.Promise;
import io.helpdeskexporter.facts.TicketFacts.Response;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceContract;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.sql.ZammadDesk.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ZammadTest extends SourceContract {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final Instant LATER = NINE.plus(Duration.ofDays(30));

  private final ZammadDesk zammad = new ZammadDesk();

  @Override
  protected Desk openDesk() {
    return new ZammadDesk();
  }

  private static Instant minute(long minutes) {
    return NINE.plus(Duration.ofMinutes(minutes));
  }

  // ---- who wrote what

  @Test
  void theSenderOfAnArticleSaysWhoWroteWhateverRolesTheyHaveNow() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.article(ticket, minute(1), FORMER, Sender.AGENT, EMAIL);
    zammad.article(ticket, minute(2), KIM, Sender.CUSTOMER, EMAIL);
    zammad.article(ticket, minute(3), LARS, Sender.CUSTOMER, PHONE);
    zammad.article(ticket, minute(4), SYSTEM, Sender.AUTOMATIC, EMAIL);
    zammad.article(ticket, minute(5), BOT, Sender.AGENT, EMAIL);

    ReadPreset read = zammad.read(Map.of("bots", List.of("helper-bot")));

    assertThat(read.events(ticket, Message.class))
        .extracting(Message::at, each -> each.author().actor(), each -> each.author().id())
        .containsExactly(
            tuple(minute(1), Actor.AGENT, Optional.of("former")),
            tuple(minute(2), Actor.CUSTOMER, Optional.empty()),
            tuple(minute(3), Actor.CUSTOMER, Optional.empty()),
            tuple(minute(4), Actor.SYSTEM, Optional.empty()),
            tuple(minute(5), Actor.BOT, Optional.of("Helper-Bot")));
  }

  @Test
  void theArticleThatOpenedATicketIsNoMessageOfIt() throws Exception {
    String ticket = zammad.createTicket(NINE);
    String outbound = zammad.createTicket(NINE, LARS, Sender.AGENT, EMAIL);

    ReadPreset read = zammad.read();

    assertThat(read.events(ticket, Message.class)).isEmpty();
    assertThat(read.events(outbound, Message.class)).isEmpty();
    assertThat(read.facts(outbound, LATER).firstResponse()).isEmpty();
  }

  @Test
  void aCallIsAReplyAnInternalArticleIsNotAndAPublicNoteIsOneOfItsOwnKind() throws Exception {
    String ticket = zammad.createTicket(NINE);
    String internal = zammad.article(ticket, minute(1), LARS, Sender.AGENT, EMAIL);
    zammad.database().execute("UPDATE ticket_articles SET internal = true WHERE id = " + internal);
    zammad.article(ticket, minute(2), LARS, Sender.AGENT, NOTE);
    zammad.article(ticket, minute(3), LARS, Sender.AGENT, PHONE);

    assertThat(zammad.read().events(ticket, Message.class))
        .extracting(Message::visible, Message::note)
        .containsExactly(tuple(false, false), tuple(true, true), tuple(true, false));
  }

  @Test
  void aMailThatZammadTookForAutomaticIsNotTheCustomersUnlessTheConfigurationSaysSo()
      throws Exception {
    String ticket = zammad.createTicket(NINE);
    String notice = zammad.article(ticket, minute(1), KIM, Sender.CUSTOMER, EMAIL);
    zammad
        .database()
        .execute(
            "UPDATE ticket_articles SET preferences = E'---\\nsend-auto-response: false\\n"
                + "is-auto-response: true\\n' WHERE id = "
                + notice);
    String mail = zammad.article(ticket, minute(2), KIM, Sender.CUSTOMER, EMAIL);
    zammad
        .database()
        .execute(
            "UPDATE ticket_articles SET preferences = E'---\\nsend-auto-response: true\\n"
                + "is-auto-response: false\\n' WHERE id = "
                + mail);

    assertThat(zammad.read().events(ticket, Message.class))
        .extracting(message -> message.author().actor())
        .containsExactly(Actor.SYSTEM, Actor.CUSTOMER);
    assertThat(zammad.read(Map.of("auto_responses", true)).events(ticket, Message.class))
        .extracting(message -> message.author().actor())
        .containsExactly(Actor.CUSTOMER, Actor.CUSTOMER);
  }

  @Test
  void whoOpenedATicketIsToldByTheSenderOfItsFirstArticle() throws Exception {
    String byPhone = zammad.createTicket(NINE, LARS, Sender.CUSTOMER, PHONE);
    String outbound = zammad.createTicket(NINE, LARS, Sender.AGENT, EMAIL);
    String byBot = zammad.createTicket(NINE, BOT, Sender.AGENT, EMAIL);
    String automatic = zammad.createTicket(NINE, SYSTEM, Sender.AUTOMATIC, NOTE);

    Drained drained = zammad.read(Map.of("bots", "HELPER-BOT")).drained();

    assertThat(drained.ticket(byPhone).openedBy()).isEqualTo(Actor.CUSTOMER);
    assertThat(drained.ticket(outbound).openedBy()).isEqualTo(Actor.AGENT);
    assertThat(drained.ticket(byBot).openedBy()).isEqualTo(Actor.BOT);
    assertThat(drained.ticket(automatic).openedBy()).isEqualTo(Actor.SYSTEM);
  }

  // ---- what changed, and by whom

  @Test
  void changesAreToldByThoseWhoMadeThemAndZammadItselfIsTheSystem() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.state(ticket, minute(1), NINA, ZammadDesk.OPEN);
    zammad.state(ticket, minute(2), BOT, ZammadDesk.PENDING_CLOSE);
    zammad.state(ticket, minute(3), SYSTEM, ZammadDesk.CLOSED);
    zammad.state(ticket, minute(4), KIM, ZammadDesk.OPEN);
    zammad.state(ticket, minute(5), FORMER, ZammadDesk.CLOSED);

    ReadPreset read =
        zammad.read(Map.of("bots", List.of("helper-bot"), "former_staff", List.of("Former")));

    assertThat(read.events(ticket, StatusChanged.class))
        .extracting(StatusChanged::from, StatusChanged::to, StatusChanged::by)
        .containsExactly(
            tuple(Optional.of("new"), "open", Actor.AGENT),
            tuple(Optional.of("open"), "pending action", Actor.BOT),
            tuple(Optional.of("pending action"), "closed", Actor.SYSTEM),
            tuple(Optional.of("closed"), "open", Actor.CUSTOMER),
            tuple(Optional.of("open"), "closed", Actor.AGENT));
    assertThat(read.facts(ticket, minute(6)).reopens()).hasSize(1);
  }

  @Test
  void staffAreThoseWithTheRolesOfTheConfiguration() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.state(ticket, minute(1), NINA, ZammadDesk.OPEN);
    zammad.state(ticket, minute(2), LARS, ZammadDesk.CLOSED);

    assertThat(zammad.read(Map.of("agent_roles", "ADMIN")).events(ticket, StatusChanged.class))
        .extracting(StatusChanged::by)
        .containsExactly(Actor.AGENT, Actor.CUSTOMER);
  }

  @Test
  void namesOfStatesAreFreeAndTheirTypesSayWhatTheyMean() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.state(ticket, minute(1), LARS, ZammadDesk.IN_THE_WORKS);
    zammad.state(ticket, minute(2), LARS, ZammadDesk.WAITING_FOR_VENDOR);

    ReadPreset byType = zammad.read();
    ReadPreset byName = zammad.read(Map.of("own_states", List.of("waiting for VENDOR")));

    assertThat(byType.events(ticket, StatusChanged.class))
        .extracting(StatusChanged::to)
        .containsExactly("open", "pending reminder");
    assertThat(byType.facts(ticket, minute(3)).now().status()).isEqualTo(Status.PENDING);
    assertThat(byName.drained().ticket(ticket).status()).contains("Waiting for Vendor");
    assertThat(
            byName
                .facts(ticket, minute(3), Map.of("waiting for vendor", Status.ON_HOLD))
                .now()
                .status())
        .isEqualTo(Status.ON_HOLD);
  }

  @Test
  void ownersGroupsAndPrioritiesAreFollowedAndOwnerOneIsNobody() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.change(ticket, minute(1), LARS, "owner", LARS);
    zammad.change(ticket, minute(2), LARS, "owner", NINA);
    zammad.change(ticket, minute(3), LARS, "group", 2);
    zammad.change(ticket, minute(4), SYSTEM, "owner", SYSTEM);
    zammad.change(ticket, minute(5), NINA, "priority", 3);

    ReadPreset read = zammad.read();

    assertThat(read.events(ticket, AssigneeChanged.class))
        .extracting(AssigneeChanged::from, AssigneeChanged::to)
        .containsExactly(
            tuple(Optional.empty(), Optional.of("lars@desk.example")),
            tuple(Optional.of("lars@desk.example"), Optional.of("Nina")),
            tuple(Optional.of("Nina"), Optional.empty()));
    assertThat(read.events(ticket, TeamChanged.class))
        .extracting(TeamChanged::from, TeamChanged::to)
        .containsExactly(tuple(Optional.of("Users"), Optional.of("Second level")));
    assertThat(read.events(ticket, PriorityChanged.class))
        .extracting(PriorityChanged::from, PriorityChanged::to)
        .containsExactly(tuple(Optional.of("2 normal"), Optional.of("3 high")));
    assertThat(read.drained().ticket(ticket))
        .extracting(Ticket::assignee, Ticket::team, Ticket::priority, Ticket::channel)
        .containsExactly(
            Optional.empty(),
            Optional.of("Second level"),
            Optional.of("3 high"),
            Optional.of("email"));
  }

  @Test
  void anOwnerWhoIsNoMoreIsToldByIdAndNotByName() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.history(ticket, minute(1), LARS, "updated", "'owner'", "1", "77");
    zammad.database().execute("UPDATE histories SET value_to = 'Eva Private' WHERE id_to = 77");

    assertThat(zammad.read().events(ticket, AssigneeChanged.class))
        .extracting(AssigneeChanged::to)
        .containsExactly(Optional.of("77"));
  }

  @Test
  void mailsNotificationsAndOtherAttributesInTheHistoryAreLeftAside() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.history(ticket, minute(1), SYSTEM, "notification", "NULL", "NULL", "NULL");
    zammad.history(ticket, minute(1), SYSTEM, "email", "NULL", "NULL", "NULL");
    zammad.history(ticket, minute(1), SYSTEM, "time_trigger_performed", "NULL", "NULL", "NULL");
    zammad.wrote(ticket, minute(2), LARS, "title", "x");
    zammad.wrote(ticket, minute(2), LARS, "satisfaction", "5");

    assertThat(zammad.read().drained().eventCount()).isZero();
  }

  @Test
  void whoAnswersAndClosesInOneGoHasAnsweredFirst() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.state(ticket, minute(30), LARS, ZammadDesk.CLOSED);
    zammad.article(ticket, minute(30).plusMillis(40), LARS, Sender.AGENT, EMAIL);

    TicketFacts facts = zammad.read().facts(ticket, LATER);

    assertThat(facts.firstResponse()).map(Response::millis).contains(30 * 60_000L + 40);
    assertThat(facts.solvedWithoutReply()).isEmpty();
    assertThat(facts.solves()).hasSize(1);
    assertThat(facts.firstContact()).map(it -> it.flaws().isEmpty()).contains(true);
  }

  @Test
  void aCustomerWhoSaysThanksAndClosesDoesNotWaitForAnAnswer() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.reply(ticket, minute(5), Actor.AGENT);
    zammad.state(ticket, minute(9), KIM, ZammadDesk.CLOSED);
    zammad.article(ticket, minute(9).plusMillis(40), KIM, Sender.CUSTOMER, WEB);

    assertThat(zammad.read().drained().events(ticket).subList(1, 3))
        .hasExactlyElementsOfTypes(Message.class, StatusChanged.class);
  }

  @Test
  void aTicketThatIsBornClosedAndAssignedIsSoFromItsBeginning() throws Exception {
    String ticket = zammad.createTicket(NINE, LARS, Sender.CUSTOMER, PHONE);
    zammad.set(ticket, "state_id = 4, owner_id = 10");

    TicketFacts facts = zammad.read().facts(ticket, minute(1));

    assertThat(facts.now().status()).isEqualTo(Status.SOLVED);
    assertThat(facts.now().assignee()).contains("lars@desk.example");
    assertThat(facts.solves()).hasSize(1);
    assertThat(facts.reassignments()).isEmpty();
  }

  @Test
  void aPendingCloseThatComesDueIsASolveByAutomation() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.reply(ticket, minute(5), Actor.AGENT);
    zammad.state(ticket, minute(6), LARS, ZammadDesk.PENDING_CLOSE);
    zammad.state(ticket, minute(600), SYSTEM, ZammadDesk.CLOSED);

    ReadPreset read = zammad.read();

    assertThat(read.facts(ticket, minute(599)).solves()).isEmpty();
    assertThat(read.facts(ticket, minute(601)).solves())
        .extracting(TicketFacts.Solve::at)
        .containsExactly(minute(600));
  }

  // ---- leaving

  @Test
  void aMergedTicketLeavesWhenItWasMergedAndNotWhenItHadChangedLast() throws Exception {
    String target = zammad.createTicket(NINE);
    String child = zammad.createTicket(minute(1));
    zammad.change(child, minute(2), LARS, "owner", LARS);
    zammad.merge(child, minute(2), minute(90), LARS, target);

    ReadPreset read = zammad.read();

    assertThat(read.events(child, Merged.class))
        .extracting(Merged::at, Merged::into)
        .containsExactly(tuple(minute(90).plusMillis(20), target));
    TicketFacts facts = read.facts(child, LATER);
    assertThat(facts.departures())
        .extracting(Departure::at, Departure::reason)
        .containsExactly(tuple(minute(90).plusMillis(20), Optional.empty()));
    assertThat(facts.solves()).isEmpty();
    assertThat(facts.solvedWithoutReply()).isEmpty();
    assertThat(facts.firstResponse()).as("the note that says merged").isEmpty();
    assertThat(facts.reassignments()).isEmpty();
    assertThat(read.facts(target, LATER).gone()).isFalse();
  }

  @Test
  void articlesKeepToTheTicketTheyWereWrittenForThroughAnyNumberOfMerges() throws Exception {
    String last = zammad.createTicket(NINE);
    String middle = zammad.createTicket(minute(1));
    String first = zammad.createTicket(minute(2));
    zammad.article(middle, minute(3), LARS, Sender.AGENT, EMAIL);
    zammad.article(first, minute(4), KIM, Sender.CUSTOMER, EMAIL);
    zammad.article(last, minute(5), KIM, Sender.CUSTOMER, EMAIL);
    ReadPreset before = zammad.read();
    zammad.merge(first, minute(4), minute(10), LARS, middle);
    zammad.merge(middle, minute(3), minute(20), LARS, last);

    ReadPreset after = zammad.read();

    for (String ticket : List.of(first, middle, last)) {
      assertThat(after.events(ticket, Message.class))
          .as("ticket %s", ticket)
          .hasSize(1)
          .isEqualTo(before.events(ticket, Message.class));
    }
  }

  @Test
  void importedArticlesWithoutAHistoryAreReadWhereTheyAre() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.reply(ticket, minute(1), Actor.AGENT);
    zammad.database().execute("DELETE FROM histories");

    ReadPreset read = zammad.read();

    assertThat(read.events(ticket, Message.class)).hasSize(1);
    assertThat(read.drained().ticket(ticket).status()).contains("new");
  }

  @Test
  void aMergeOfWhichAnOldZammadKeptNoRecordTakesTheTicketOutAllTheSame() throws Exception {
    String child = zammad.createTicket(NINE);
    zammad.state(child, minute(5), LARS, ZammadDesk.MERGED);

    TicketFacts facts = zammad.read().facts(child, LATER);

    assertThat(facts.gone()).isTrue();
    assertThat(facts.solves()).isEmpty();
  }

  @Test
  void aTicketInAStateOfTypeRemovedIsOutAndComesBackWithAnyOther() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.state(ticket, minute(5), LARS, ZammadDesk.REMOVED);
    zammad.state(ticket, minute(9), LARS, ZammadDesk.OPEN);

    ReadPreset read = zammad.read();

    assertThat(read.facts(ticket, minute(6)).departures())
        .extracting(Departure::reason)
        .containsExactly(Optional.of(Exclusion.DELETED));
    assertThat(read.facts(ticket, minute(10)).gone()).isFalse();
  }

  @Test
  void aDeletedTicketIsSeenAtTheNextLook() throws Exception {
    String kept = zammad.createTicket(NINE);
    String deleted = zammad.createTicket(NINE);
    SqlSettings settings =
        ReadPreset.settings("zammad", zammad.database(), Map.of("reconcile_every", "1s"));
    try (Source source = ReadPreset.open(settings)) {
      Drained drained = new Drained().poll(source);
      zammad.database().execute("DELETE FROM histories WHERE o_id = " + deleted);
      zammad.database().execute("DELETE FROM ticket_articles WHERE ticket_id = " + deleted);
      zammad.database().execute("DELETE FROM tickets WHERE id = " + deleted);

      Eventually.passes(
          "the look comes round",
          Duration.ofSeconds(10),
          () -> {
            drained.poll(source);
            assertThat(drained.events(deleted, Excluded.class)).hasSize(1);
          });
      assertThat(drained.events(kept, Excluded.class)).isEmpty();
    }
  }

  // ---- promises

  @Test
  void anEndedPromiseIsJudgedByTheDifferenceWhichIsNegativeWhenItWasBroken() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.reply(ticket, minute(50), Actor.AGENT);
    zammad.state(ticket, minute(60), LARS, ZammadDesk.CLOSED);
    zammad.set(
        ticket,
        "first_response_at = '%s', first_response_in_min = 50, first_response_diff_in_min = -20,"
                .formatted(ZammadDesk.utc(minute(50)))
            + " close_at = '%s', close_in_min = 60, close_diff_in_min = 180"
                .formatted(ZammadDesk.utc(minute(60))));

    assertThat(promises(zammad.read().facts(ticket, LATER)))
        .containsOnlyKeys(SlaMetric.FIRST_RESPONSE, SlaMetric.RESOLUTION)
        .satisfies(
            promises -> {
              assertThat(promises.get(SlaMetric.FIRST_RESPONSE))
                  .isInstanceOfSatisfying(
                      Promise.Breached.class,
                      breach -> {
                        assertThat(breach.at()).isEqualTo(minute(30));
                        assertThat(breach.fulfilledAt()).contains(minute(50));
                        assertThat(breach.overrunMillis()).hasValue(20 * 60_000L);
                      });
              assertThat(promises.get(SlaMetric.RESOLUTION))
                  .isInstanceOfSatisfying(
                      Promise.Met.class, met -> assertThat(met.at()).isEqualTo(minute(60)));
            });
  }

  @Test
  void aBrokenPromiseIsDatedByTheDeadlineWhereTheHistoryRemembersIt() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.wrote(ticket, minute(0), KIM, "first_response_escalation_at", "2026-03-02 09:10:00 UTC");
    zammad.wrote(
        ticket, minute(5), LARS, "first_response_escalation_at", "2026-03-02 09:15:00 UTC");
    zammad.wrote(ticket, minute(50), LARS, "first_response_escalation_at", "");
    zammad.reply(ticket, minute(50), Actor.AGENT);
    zammad.set(
        ticket,
        "first_response_at = '%s', first_response_diff_in_min = -20"
            .formatted(ZammadDesk.utc(minute(50))));

    assertThat(promises(zammad.read().facts(ticket, LATER)).get(SlaMetric.FIRST_RESPONSE))
        .isInstanceOfSatisfying(
            Promise.Breached.class, breach -> assertThat(breach.at()).isEqualTo(minute(15)));
  }

  @Test
  void aRunningPromiseHasItsDeadlineAndIsBrokenWhenItPasses() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.set(
        ticket,
        "first_response_escalation_at = '%s', close_escalation_at = '%s'"
            .formatted(ZammadDesk.utc(minute(30)), ZammadDesk.utc(minute(240))));

    ReadPreset read = zammad.read();

    assertThat(promises(read.facts(ticket, minute(29))).get(SlaMetric.FIRST_RESPONSE))
        .isInstanceOfSatisfying(
            Promise.Running.class, it -> assertThat(it.deadline()).isEqualTo(minute(30)));
    assertThat(promises(read.facts(ticket, minute(31))).get(SlaMetric.FIRST_RESPONSE))
        .isInstanceOfSatisfying(
            Promise.Breached.class, it -> assertThat(it.at()).isEqualTo(minute(30)));
    assertThat(promises(read.facts(ticket, minute(31))).get(SlaMetric.RESOLUTION))
        .isInstanceOf(Promise.Running.class);
  }

  @Test
  void aTicketThatNoSlaMatchesHasNoPromise() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.reply(ticket, minute(5), Actor.AGENT);
    zammad.set(ticket, "first_response_at = '%s'".formatted(ZammadDesk.utc(minute(5))));

    assertThat(zammad.read().facts(ticket, LATER).promises()).isEmpty();
  }

  private static Map<SlaMetric, Promise.State> promises(TicketFacts facts) {
    return facts.promises().stream().collect(Collectors.toMap(Promise::metric, Promise::state));
  }

  // ---- time, topics, satisfaction

  @Test
  void accountedTimeIsInTheUnitOfTheConfiguration() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.book(ticket, minute(5), LARS, "12.5");

    assertThat(zammad.read().events(ticket, TimeLogged.class))
        .extracting(TimeLogged::spent, TimeLogged::agent)
        .containsExactly(tuple(Duration.ofSeconds(750), Optional.of("lars@desk.example")));
    assertThat(zammad.read(Map.of("time_unit", "1h")).events(ticket, TimeLogged.class))
        .extracting(TimeLogged::spent)
        .containsExactly(Duration.ofMinutes(750));
  }

  @Test
  void attributesAndTagsAreTopicsAttributesFirst() throws Exception {
    zammad.database().execute("ALTER TABLE tickets ADD COLUMN area varchar(120)");
    String ticket = zammad.createTicket(NINE);
    zammad.set(ticket, "area = 'Billing'");
    zammad.tag(ticket, "angry");
    String plain = zammad.createTicket(NINE);

    Drained drained = zammad.read(Map.of("topic_attributes", List.of("Area"))).drained();

    assertThat(drained.ticket(ticket).topics()).containsExactly("Billing", "angry");
    assertThat(drained.ticket(plain).topics()).isEmpty();
  }

  @Test
  void aRatingIsReadFromTheHistoryOfItsAttributeEachTimeItIsGiven() throws Exception {
    zammad.database().execute("ALTER TABLE tickets ADD COLUMN satisfaction varchar(120)");
    String ticket = zammad.createTicket(NINE);
    zammad.wrote(ticket, minute(60), KIM, "satisfaction", "awful");
    zammad.wrote(ticket, minute(61), KIM, "satisfaction", "");
    zammad.wrote(ticket, minute(62), KIM, "satisfaction", "3");

    ReadPreset read =
        zammad.read(
            Map.of(
                "csat_attribute", "Satisfaction",
                "csat_scale", "1-3",
                "csat_scores", Map.of("awful", 1)));

    assertThat(read.events(ticket, Rated.class))
        .extracting(Rated::at, it -> it.answer().score(), it -> it.answer().scale())
        .containsExactly(
            tuple(minute(60), 1, Optional.of(Scale.ONE_TO_THREE)),
            tuple(minute(62), 3, Optional.of(Scale.ONE_TO_THREE)));
  }

  // ---- the way of reading

  @Test
  void anAttributeThatIsNoColumnIsNamed() throws Exception {
    try (Source source =
        ReadPreset.open(
            ReadPreset.settings(
                "zammad",
                zammad.database(),
                Map.of("topic_attributes", List.of("aera"), "csat_attribute", "stars")))) {
      assertThat(catchThrowableOfType(SourceException.Misconfigured.class, source::inspect))
          .hasMessageContaining("column tickets.aera, column tickets.stars");
    }
  }

  @Test
  void theRightsOfTheManualAreEnoughAndOneLessIsNamed() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.reply(ticket, minute(5), Actor.AGENT);
    zammad.state(ticket, minute(5), LARS, ZammadDesk.CLOSED);
    zammad.book(ticket, minute(5), LARS, "5");
    Database reader = SourceManual.of("zammad").reader(zammad.database(), "zammad_reader");

    ReadPreset read = ReadPreset.of("zammad", reader, Map.of("topic_attributes", "title"));
    Inspection inspection = ReadPreset.inspected("zammad", reader, Map.of());

    assertThat(read.drained().events(ticket)).hasSize(3);
    assertThat(inspection.statuses()).containsExactly(entry("closed", 1L));
    zammad.database().execute("REVOKE SELECT ON histories FROM " + reader.user());
    assertThat(
            catchThrowableOfType(
                SourceException.Misconfigured.class,
                () -> ReadPreset.of("zammad", reader, Map.of())))
        .hasMessageContaining("a right is missing; grant SELECT on what is named");
  }

  @Test
  void aLookTellsTheWordsInUse() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.createTicket(NINE, LARS, Sender.CUSTOMER, PHONE);
    zammad.change(ticket, minute(1), LARS, "group", 2);
    zammad.state(ticket, minute(1), LARS, ZammadDesk.WAITING_FOR_VENDOR);

    Inspection inspection =
        ReadPreset.inspected(
            "zammad", zammad.database(), Map.of("own_states", "waiting for vendor"));

    assertThat(inspection.statuses())
        .containsOnly(entry("Waiting for Vendor", 1L), entry("new", 1L));
    assertThat(inspection.teams()).containsOnly(entry("Users", 1L), entry("Second level", 1L));
    assertThat(inspection.channels()).containsOnly(entry("email", 1L), entry("phone", 1L));
    assertThat(inspection.priorities()).containsOnly(entry("2 normal", 2L));
  }
}
