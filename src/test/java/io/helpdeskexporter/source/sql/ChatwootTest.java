package io.helpdeskexporter.source.sql;

import static io.helpdeskexporter.source.sql.ChatwootDesk.INTEGRATION;
import static io.helpdeskexporter.source.sql.ChatwootDesk.LARS;
import static io.helpdeskexporter.source.sql.ChatwootDesk.NINA;
import static io.helpdeskexporter.source.sql.ChatwootDesk.OUTGOING;
import static io.helpdeskexporter.source.sql.ChatwootDesk.TEMPLATE;
import static io.helpdeskexporter.source.sql.ChatwootDesk.utc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent.AssigneeChanged;
import io.helpdeskexporter.domain.TicketEvent.Excluded;
import io.helpdeskexporter.domain.TicketEvent.HandedOff;
import io.helpdeskexporter.domain.TicketEvent.Message;
import io.helpdeskexporter.domain.TicketEvent.PriorityChanged;
import io.helpdeskexporter.domain.TicketEvent.Rated;
import io.helpdeskexporter.domain.TicketEvent.SlaDeadline;
import io.helpdeskexporter.domain.TicketEvent.Snapshot;
import io.helpdeskexporter.domain.TicketEvent.StatusChanged;
import io.helpdeskexporter.domain.TicketEvent.SurveySent;
import io.helpdeskexporter.domain.TicketEvent.TeamChanged;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Promise;
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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChatwootTest extends SourceContract {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final Instant LATER = NINE.plus(Duration.ofDays(30));

  private final ChatwootDesk chatwoot = ChatwootDesk.enterprise();

  @Override
  protected Desk openDesk() {
    return ChatwootDesk.enterprise();
  }

  private static Instant minute(long minutes) {
    return NINE.plus(Duration.ofMinutes(minutes));
  }

  // ---- which conversations

  @Test
  void conversationsOfOtherAccountsAreNotRead() throws Exception {
    String own = chatwoot.createTicket(NINE);
    chatwoot
        .database()
        .execute(
            """
            INSERT INTO conversations (id, account_id, display_id, inbox_id, contact_id, created_at, updated_at)
            VALUES (5, 2, 77, 9, 90, '%1$s', '%1$s');
            INSERT INTO messages (account_id, inbox_id, conversation_id, message_type, created_at)
            VALUES (2, 9, 5, 0, '%1$s'), (2, 9, 5, 0, '%1$s');
            INSERT INTO reporting_events (name, account_id, conversation_id, event_end_time)
            VALUES ('conversation_resolved', 2, 5, '%1$s');
            INSERT INTO csat_survey_responses (account_id, conversation_id, message_id, rating,
              contact_id, created_at, updated_at)
            VALUES (2, 5, 1, 1, 90, '%1$s', '%1$s');
            """
                .formatted(utc(NINE)));

    Drained drained = chatwoot.read().drained();

    assertThat(drained.tickets()).containsOnlyKeys(own);
    assertThat(drained.events("77")).isEmpty();
    assertThat(
            ReadPreset.inspected("chatwoot", chatwoot.database(), Map.of("account", 2)).statuses())
        .containsOnly(entry("new", 1L));
  }

  @Test
  void theAccountHasToBeNamed() {
    assertThatThrownBy(
            () -> ReadPreset.settings("chatwoot", chatwoot.database(), Map.of("bots", List.of())))
        .hasMessageStartingWith("options.account: found nothing; allowed: a whole number");
  }

  @Test
  void aConversationHasTheNumberThatPeopleSeeAndWhatIsKnownOfIt() throws Exception {
    String ticket = chatwoot.conversation(NINE, ChatwootDesk.MAIL, 30, ChatwootDesk.SNOOZED);
    chatwoot.set(
        ticket, "priority = 3, team_id = 2, assignee_id = 11, cached_label_list = 'billing, vip'");

    assertThat(chatwoot.read().drained().ticket("1"))
        .extracting(
            Ticket::status,
            Ticket::priority,
            Ticket::team,
            Ticket::assignee,
            Ticket::channel,
            Ticket::requester,
            Ticket::topics)
        .containsExactly(
            Optional.of("snoozed"),
            Optional.of("urgent"),
            Optional.of("second line"),
            Optional.of("Nina@desk.example"),
            Optional.of("Email"),
            Optional.of("30"),
            List.of("billing", "vip"));
  }

  @Test
  void theInboxIsTheTeamWhereThereIsNoneIfTheConfigurationSaysSo() throws Exception {
    String ticket = chatwoot.createTicket(NINE);

    assertThat(chatwoot.read().drained().ticket(ticket).team()).isEmpty();
    assertThat(chatwoot.read(Map.of("inbox_as_team", true)).drained().ticket(ticket).team())
        .contains("Website");
  }

  @Test
  void anOpenConversationIsNewUntilSomebodyHasAnsweredAndAPendingOneIsWithTheBot()
      throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    String withBot = chatwoot.conversation(NINE, ChatwootDesk.WEBSITE, 30, ChatwootDesk.PENDING);
    assertThat(chatwoot.read().drained().ticket(ticket).status()).contains("new");
    chatwoot.firstReply(ticket, minute(5));

    ReadPreset read = chatwoot.read();

    assertThat(read.drained().ticket(ticket).status()).contains("open");
    assertThat(read.drained().ticket(withBot).status()).contains("pending");
    assertThat(new SqlKind().vocabulary(read.settings()).status("pending")).contains(Status.NEW);
  }

  // ---- who wrote what

  @Test
  void whoWroteIsToldBySenderAndTypeAndAttributes() throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    chatwoot.message(ticket, minute(1), TEMPLATE, "NULL", "NULL");
    chatwoot.message(ticket, minute(2), OUTGOING, "'AgentBot'", "3");
    chatwoot.message(ticket, minute(3), OUTGOING, "'Captain::Assistant'", "4");
    String byRule = chatwoot.outgoing(ticket, minute(4), LARS);
    chatwoot.alter(byRule, "content_attributes = '{\"automation_rule_id\": 7}'");
    String byOldRule = chatwoot.outgoing(ticket, minute(5), LARS);
    chatwoot.alter(
        byOldRule, "content_attributes = to_json(CAST('{\"automation_rule_id\":7}' AS text))");
    String campaign = chatwoot.outgoing(ticket, minute(6), LARS);
    chatwoot.alter(campaign, "additional_attributes = '{\"campaign_id\": 1}'");
    chatwoot.outgoing(ticket, minute(7), INTEGRATION);
    String odd = chatwoot.outgoing(ticket, minute(8), NINA);
    chatwoot.alter(odd, "content_attributes = to_json(CAST('{not json' AS text))");
    chatwoot.incoming(ticket, minute(9));
    chatwoot.message(ticket, minute(10), OUTGOING, "NULL", "NULL");
    chatwoot.message(ticket, minute(11), ChatwootDesk.ACTIVITY, "NULL", "NULL");

    ReadPreset read = chatwoot.read(Map.of("bots", List.of("Integration@desk.example")));

    assertThat(read.events(ticket, Message.class))
        .extracting(Message::at, each -> each.author().actor(), each -> each.author().id())
        .containsExactly(
            tuple(minute(1), Actor.SYSTEM, Optional.empty()),
            tuple(minute(2), Actor.BOT, Optional.of("AgentBot/3")),
            tuple(minute(3), Actor.BOT, Optional.of("Captain::Assistant/4")),
            tuple(minute(4), Actor.SYSTEM, Optional.empty()),
            tuple(minute(5), Actor.SYSTEM, Optional.empty()),
            tuple(minute(6), Actor.SYSTEM, Optional.empty()),
            tuple(minute(7), Actor.BOT, Optional.of("integration@desk.example")),
            tuple(minute(8), Actor.AGENT, Optional.of("Nina@desk.example")),
            tuple(minute(9), Actor.CUSTOMER, Optional.empty()),
            tuple(minute(10), Actor.BOT, Optional.empty()));
  }

  @Test
  void privateMessagesAndThoseThatWereNotDeliveredReachNobody() throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    chatwoot.alter(chatwoot.outgoing(ticket, minute(1), LARS), "private = true");
    chatwoot.alter(chatwoot.outgoing(ticket, minute(2), LARS), "status = 3");
    chatwoot.alter(
        chatwoot.outgoing(ticket, minute(3), LARS), "content_attributes = '{\"deleted\": true}'");

    ReadPreset read = chatwoot.read();

    assertThat(read.events(ticket, Message.class))
        .extracting(Message::visible)
        .containsExactly(false, false, true);
    assertThat(read.facts(ticket, LATER).firstResponse()).map(Response::at).contains(minute(3));
  }

  @Test
  void anAutomaticReplyToAMailIsNotTheCustomers() throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    chatwoot.alter(
        chatwoot.incoming(ticket, minute(1)),
        "content_attributes = '{\"email\": {\"auto_reply\": true}}'");
    chatwoot.alter(
        chatwoot.incoming(ticket, minute(2)),
        "content_attributes = '{\"email\": {\"auto_reply\": false}}'");

    assertThat(chatwoot.read().events(ticket, Message.class))
        .extracting(message -> message.author().actor())
        .containsExactly(Actor.SYSTEM, Actor.CUSTOMER);
  }

  @Test
  void whoseMessageCameFirstOpenedTheConversation() throws Exception {
    String byAgent = chatwoot.conversation(NINE, ChatwootDesk.WEBSITE, 30, ChatwootDesk.OPEN);
    chatwoot.alter(chatwoot.outgoing(byAgent, NINE, NINA), "private = true");
    chatwoot.outgoing(byAgent, minute(1), LARS);
    chatwoot.incoming(byAgent, minute(2));
    String byCampaign = chatwoot.conversation(NINE, ChatwootDesk.WEBSITE, 30, ChatwootDesk.OPEN);
    chatwoot.alter(
        chatwoot.outgoing(byCampaign, NINE, LARS),
        "additional_attributes = '{\"campaign_id\": 1}'");
    chatwoot.incoming(byCampaign, minute(9));
    String byCustomer = chatwoot.createTicket(NINE);

    ReadPreset read = chatwoot.read();

    assertThat(read.drained().ticket(byAgent).openedBy()).isEqualTo(Actor.AGENT);
    assertThat(read.drained().ticket(byCampaign).openedBy()).isEqualTo(Actor.SYSTEM);
    assertThat(read.drained().ticket(byCustomer).openedBy()).isEqualTo(Actor.CUSTOMER);
    assertThat(read.events(byAgent, Message.class))
        .extracting(Message::at)
        .containsExactly(NINE, minute(2));
    assertThat(read.events(byCustomer, Message.class)).isEmpty();
    assertThat(read.facts(byCampaign, minute(20)).awaitingFirstResponseSince())
        .as("the clock of a conversation that was opened towards the customer")
        .contains(minute(9));
  }

  // ---- resolving, opening again, bots

  @Test
  void resolvesAndReopeningsAreDatedByWhenTheyHappenedHoweverLateTheyAreRecorded()
      throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    chatwoot.reply(ticket, minute(5), Actor.AGENT);
    chatwoot.reported(ticket, minute(70), "conversation_resolved", 4200);
    chatwoot.reported(ticket, minute(60), "conversation_opened", 1800);
    chatwoot.reported(ticket, minute(30), "conversation_resolved", 1800);
    chatwoot.reported(ticket, minute(5), "first_response", 300);
    chatwoot.reported(ticket, minute(5), "reply_time", 300);

    ReadPreset read = chatwoot.read();

    assertThat(read.events(ticket, StatusChanged.class))
        .extracting(StatusChanged::at, StatusChanged::to)
        .containsExactly(
            tuple(minute(30), "resolved"),
            tuple(minute(60), "open"),
            tuple(minute(70), "resolved"));
    TicketFacts facts = read.facts(ticket, LATER);
    assertThat(facts.reopens()).hasSize(1);
    assertThat(facts.solves())
        .extracting(TicketFacts.Solve::at)
        .containsExactly(minute(30), minute(70));
    assertThat(facts.firstResponse()).map(Response::at).contains(minute(5));
  }

  @Test
  void theFirstOpeningIsNoReopening() throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    chatwoot.reported(ticket, minute(2), "conversation_opened", 0);

    ReadPreset read = chatwoot.read();

    assertThat(read.events(ticket, StatusChanged.class))
        .extracting(StatusChanged::to)
        .containsExactly("new");
    assertThat(read.facts(ticket, LATER).reopens()).isEmpty();
  }

  @Test
  void inOldVersionsTheCustomersMessageAfterAResolveOpensTheConversationAgain() throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    chatwoot.reply(ticket, minute(5), Actor.AGENT);
    chatwoot.reported(ticket, minute(30), "conversation_resolved", 1800);
    chatwoot.incoming(ticket, minute(40));
    chatwoot.incoming(ticket, minute(41));
    String newer = chatwoot.createTicket(minute(100));
    chatwoot.reported(newer, minute(101), "conversation_opened", 0);
    chatwoot.reported(newer, minute(110), "conversation_resolved", 600);
    chatwoot.incoming(newer, minute(120));

    ReadPreset read = chatwoot.read();

    assertThat(read.events(ticket, StatusChanged.class))
        .extracting(StatusChanged::at, StatusChanged::to, StatusChanged::by)
        .containsExactly(
            tuple(minute(30), "resolved", Actor.AGENT), tuple(minute(40), "open", Actor.CUSTOMER));
    assertThat(read.facts(newer, LATER).reopens())
        .as("where openings are recorded, their records tell")
        .isEmpty();
  }

  @Test
  void whatABotResolvesIsTheBotsThoughThereIsAnotherRecordOfIt() throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    chatwoot.message(ticket, minute(1), OUTGOING, "'AgentBot'", "3");
    chatwoot.reported(ticket, minute(3), "conversation_resolved", 180);
    chatwoot.reported(ticket, minute(3), "conversation_bot_resolved", 180);
    chatwoot.audit(ticket, minute(2), "NULL", "{\"status\": [2, 1]}");
    chatwoot.set(ticket, "status = 1");
    chatwoot.database().execute("UPDATE conversations SET updated_at = '" + utc(minute(2)) + "'");

    TicketFacts facts = chatwoot.read().facts(ticket, LATER);

    assertThat(facts.solves()).as("solves by people").isEmpty();
    assertThat(facts.underWay().leftToBot()).isTrue();
    assertThat(facts.botTalk()).isPresent();
  }

  @Test
  void theClockOfTheFirstResponseStartsWhenABotHandsOver() throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    chatwoot.message(ticket, minute(1), OUTGOING, "'AgentBot'", "3");
    chatwoot.reported(ticket, minute(10), "conversation_bot_handoff", 600);
    chatwoot.reply(ticket, minute(15), Actor.AGENT);

    ReadPreset read = chatwoot.read();

    assertThat(read.events(ticket, HandedOff.class)).hasSize(1);
    assertThat(read.facts(ticket, LATER).firstResponse())
        .map(Response::millis)
        .contains(5 * 60_000L);
  }

  @Test
  void aResolveAfterTheSilenceOfTheConfigurationIsTheSystems() throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    chatwoot.reply(ticket, minute(5), Actor.AGENT);
    chatwoot.reported(ticket, minute(65), "conversation_resolved", 3900);
    chatwoot.incoming(ticket, minute(100));
    chatwoot.reported(ticket, minute(159), "conversation_resolved", 9540);

    assertThat(
            chatwoot.read(Map.of("auto_resolve_after", "1h")).events(ticket, StatusChanged.class))
        .filteredOn(change -> change.to().equals("resolved"))
        .extracting(StatusChanged::by)
        .containsExactly(Actor.SYSTEM, Actor.AGENT);
    assertThat(chatwoot.read().events(ticket, StatusChanged.class))
        .filteredOn(change -> change.to().equals("resolved"))
        .extracting(StatusChanged::by)
        .containsExactly(Actor.AGENT, Actor.AGENT);
  }

  @Test
  void whatABlockedContactWritesIsSpamUnlessSomebodyDealtWithIt() throws Exception {
    String blocked = chatwoot.conversation(NINE, ChatwootDesk.WEBSITE, 31, ChatwootDesk.RESOLVED);
    chatwoot.incoming(blocked, NINE);
    String before = chatwoot.conversation(NINE, ChatwootDesk.WEBSITE, 31, ChatwootDesk.RESOLVED);
    chatwoot.incoming(before, NINE);
    chatwoot.reply(before, minute(5), Actor.AGENT);

    ReadPreset read = chatwoot.read();
    TicketFacts facts = read.facts(blocked, LATER);

    assertThat(facts.departures())
        .extracting(TicketFacts.Departure::at, TicketFacts.Departure::reason)
        .containsExactly(tuple(NINE, Optional.of(Exclusion.SPAM)));
    assertThat(facts.solves()).isEmpty();
    assertThat(read.drained().ticket(before).status()).contains("resolved");
    assertThat(read.facts(before, LATER).gone()).isFalse();
    assertThat(
            ReadPreset.inspected("chatwoot", chatwoot.database(), Map.of("account", 1)).statuses())
        .containsOnly(entry("blocked", 1L), entry("resolved", 1L));
  }

  // ---- audits and looks

  @Test
  void auditsTellEachChangeAndWhoMadeIt() throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    chatwoot.firstReply(ticket, minute(2));
    chatwoot.audit(
        ticket, minute(1), "10", "{\"assignee_id\": [null, 10], \"team_id\": [null, 1]}");
    chatwoot.audit(
        ticket, minute(3), "10", "{\"status\": [0, 3], \"snoozed_until\": [null, \"x\"]}");
    chatwoot.audit(ticket, minute(4), "NULL", "{\"status\": [3, 0]}");
    chatwoot.audit(ticket, minute(5), "12", "{\"priority\": [null, 3], \"assignee_id\": [10, 11]}");
    chatwoot.audit(
        ticket, minute(6), "10", "{\"cached_label_list\": [\"a\", \"b\"], \"team_id\": [1, 2]}");
    chatwoot
        .database()
        .execute(
            "INSERT INTO audits (auditable_id, auditable_type, action, audited_changes, created_at)"
                + " SELECT id, 'Conversation', 'create', '{\"status\": 0}', now() FROM"
                + " conversations");

    ReadPreset read = chatwoot.read(Map.of("bots", "integration@desk.example"));

    assertThat(read.events(ticket, StatusChanged.class))
        .extracting(StatusChanged::from, StatusChanged::to, StatusChanged::by)
        .containsExactly(
            tuple(Optional.of("open"), "snoozed", Actor.AGENT),
            tuple(Optional.of("snoozed"), "open", Actor.SYSTEM));
    assertThat(read.events(ticket, AssigneeChanged.class))
        .extracting(AssigneeChanged::from, AssigneeChanged::to)
        .containsExactly(
            tuple(Optional.empty(), Optional.of("lars@desk.example")),
            tuple(Optional.of("lars@desk.example"), Optional.of("Nina@desk.example")));
    assertThat(read.events(ticket, TeamChanged.class))
        .extracting(TeamChanged::from, TeamChanged::to)
        .containsExactly(
            tuple(Optional.empty(), Optional.of("first line")),
            tuple(Optional.of("first line"), Optional.of("second line")));
    assertThat(read.events(ticket, PriorityChanged.class))
        .extracting(PriorityChanged::from, PriorityChanged::to)
        .containsExactly(tuple(Optional.empty(), Optional.of("urgent")));
  }

  @Test
  void withoutAuditsAConversationIsLookedAtAgainWheneverItChanged() throws Exception {
    ChatwootDesk community = ChatwootDesk.community();
    String ticket = community.createTicket(NINE);
    community.reply(ticket, minute(1), Actor.AGENT);
    community.set(ticket, "assignee_id = 10");
    try (Source source =
        ReadPreset.open(
            ReadPreset.settings("chatwoot", community.database(), Map.of("account", 1)))) {
      Drained drained = new Drained().poll(source);
      community.set(ticket, "assignee_id = 11, status = 3, team_id = 1");
      drained.poll(source);

      assertThat(drained.rejected()).isEmpty();
      assertThat(drained.events(ticket, Snapshot.class))
          .extracting(Snapshot::assignee, Snapshot::status, Snapshot::team)
          .containsExactly(
              tuple(Optional.of("lars@desk.example"), Optional.of("open"), Optional.empty()),
              tuple(
                  Optional.of("Nina@desk.example"),
                  Optional.of("snoozed"),
                  Optional.of("first line")));
      assertThat(source.inspect().notes())
          .contains("audits: there is no audits; nothing is read for it");
    }
  }

  // ---- satisfaction

  @Test
  void surveysAndAnswersAreToldAndAnAnswerThatIsChangedWithinADayIsAnother() throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    chatwoot.alter(
        chatwoot.message(ticket, minute(10), TEMPLATE, "NULL", "NULL"), "content_type = 9");
    chatwoot.rate(ticket, minute(20), 2);
    ReadPreset first = chatwoot.read();
    chatwoot
        .database()
        .execute(
            "UPDATE csat_survey_responses SET rating = 5, updated_at = '%s'"
                .formatted(utc(minute(25))));
    ReadPreset second = chatwoot.read();

    assertThat(first.events(ticket, SurveySent.class))
        .extracting(SurveySent::at)
        .containsExactly(minute(10));
    assertThat(first.events(ticket, Message.class)).isEmpty();
    assertThat(first.events(ticket, Rated.class))
        .extracting(Rated::at, it -> it.answer().score())
        .containsExactly(tuple(minute(20), 2));
    assertThat(second.events(ticket, Rated.class))
        .extracting(Rated::at, it -> it.answer().score())
        .containsExactly(tuple(minute(25), 5));
    assertThat(second.events(ticket, Rated.class).getFirst().stamp().key())
        .isNotEqualTo(first.events(ticket, Rated.class).getFirst().stamp().key());
  }

  @Test
  void anAnswerThatIsTouchedLaterIsDatedWhenItWasGiven() throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    chatwoot.rate(ticket, minute(20), 4);
    chatwoot
        .database()
        .execute(
            "UPDATE csat_survey_responses SET updated_at = '%s'"
                .formatted(utc(NINE.plus(Duration.ofDays(9)))));

    assertThat(chatwoot.read().events(ticket, Rated.class))
        .extracting(Rated::at)
        .containsExactly(minute(20));
  }

  // ---- promises

  @Test
  void aPolicyPromisesFromTheBeginningOfTheConversation() throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    chatwoot.promise(ticket, minute(2), "1800, NULL, 14400", false);
    chatwoot.reply(ticket, minute(45), Actor.AGENT);
    chatwoot.reported(ticket, minute(60), "conversation_resolved", 3600);

    Map<SlaMetric, Promise.State> promises =
        chatwoot.read().facts(ticket, LATER).promises().stream()
            .collect(Collectors.toMap(Promise::metric, Promise::state));

    assertThat(promises).containsOnlyKeys(SlaMetric.FIRST_RESPONSE, SlaMetric.RESOLUTION);
    assertThat(promises.get(SlaMetric.FIRST_RESPONSE))
        .isInstanceOfSatisfying(
            Promise.Breached.class,
            breach -> {
              assertThat(breach.at()).isEqualTo(minute(30));
              assertThat(breach.fulfilledAt()).contains(minute(45));
            });
    assertThat(promises.get(SlaMetric.RESOLUTION)).isInstanceOf(Promise.Met.class);
  }

  @Test
  void theNextAnswerIsPromisedFromTheFirstMessageThatNobodyAnswered() throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    chatwoot.promise(ticket, NINE, "NULL, 600, NULL", false);
    chatwoot.incoming(ticket, minute(1));
    chatwoot.reply(ticket, minute(5), Actor.AGENT);
    chatwoot.alter(chatwoot.outgoing(ticket, minute(6), LARS), "private = true");
    chatwoot.incoming(ticket, minute(10));
    chatwoot.incoming(ticket, minute(15));
    chatwoot.message(ticket, minute(16), OUTGOING, "'AgentBot'", "3");
    chatwoot.incoming(ticket, minute(17));
    chatwoot.reply(ticket, minute(30), Actor.AGENT);
    chatwoot.incoming(ticket, minute(40));

    ReadPreset read = chatwoot.read();

    assertThat(read.events(ticket, SlaDeadline.class))
        .extracting(SlaDeadline::metric, SlaDeadline::dueAt, SlaDeadline::target)
        .containsExactly(
            tuple(
                SlaMetric.NEXT_RESPONSE,
                Optional.of(minute(20)),
                Optional.of(Duration.ofMinutes(10))),
            tuple(
                SlaMetric.NEXT_RESPONSE,
                Optional.of(minute(50)),
                Optional.of(Duration.ofMinutes(10))));
    assertThat(read.facts(ticket, minute(45)).promises())
        .extracting(Promise::state)
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(Promise.Breached.class),
            second -> assertThat(second).isInstanceOf(Promise.Running.class));
  }

  @Test
  void policiesOfBusinessHoursAreLeftToThoseOfTheExporter() throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    chatwoot.promise(ticket, NINE, "600, 600, 600", true);
    chatwoot.reply(ticket, minute(5), Actor.AGENT);
    chatwoot.incoming(ticket, minute(10));

    assertThat(chatwoot.read().events(ticket, SlaDeadline.class)).isEmpty();
  }

  // ---- the way of reading

  @Test
  void aDeletedConversationIsSeenAtTheNextLook() throws Exception {
    chatwoot.createTicket(NINE);
    String deleted = chatwoot.createTicket(NINE);
    SqlSettings settings =
        ReadPreset.settings(
            "chatwoot",
            chatwoot.database(),
            ChatwootDesk.withAccount(Map.of("reconcile_every", "1s")));
    try (Source source = ReadPreset.open(settings)) {
      Drained drained = new Drained().poll(source);
      chatwoot.database().execute("DELETE FROM conversations WHERE display_id = " + deleted);

      Eventually.passes(
          "the look comes round",
          Duration.ofSeconds(10),
          () -> {
            drained.poll(source);
            assertThat(drained.events(deleted, Excluded.class)).hasSize(1);
          });
    }
  }

  @Test
  void theRightsOfTheManualAreEnoughAndOneLessIsNamed() throws Exception {
    String ticket = chatwoot.createTicket(NINE);
    chatwoot.promise(ticket, NINE, "600, 600, 600", false);
    chatwoot.reply(ticket, minute(5), Actor.AGENT);
    chatwoot.status(ticket, minute(6), LARS, ChatwootDesk.RESOLVED);
    chatwoot.rate(ticket, minute(20), 4);
    Database reader = SourceManual.of("chatwoot").reader(chatwoot.database(), "chatwoot_reader");

    ReadPreset read = ReadPreset.of("chatwoot", reader, Map.of("account", 1));
    Inspection inspection = ReadPreset.inspected("chatwoot", reader, Map.of("account", 1));

    assertThat(read.drained().events(ticket))
        .as("a message, two records of the resolve and what it took, a look, promises, a rating")
        .hasSize(9);
    assertThat(inspection.statuses()).containsExactly(entry("resolved", 1L));
    assertThat(inspection.channels()).containsExactly(entry("WebWidget", 1L));
    chatwoot.database().execute("REVOKE SELECT ON reporting_events FROM " + reader.user());
    assertThat(
            catchThrowableOfType(
                SourceException.Misconfigured.class,
                () -> ReadPreset.of("chatwoot", reader, Map.of("account", 1))))
        .hasMessageContaining("a right is missing; grant SELECT on what is named");
  }

  @Test
  void aMissingColumnIsNamed() throws Exception {
    chatwoot.database().execute("ALTER TABLE contacts DROP COLUMN blocked");
    try (Source source =
        ReadPreset.open(
            ReadPreset.settings("chatwoot", chatwoot.database(), Map.of("account", 1)))) {
      assertThat(catchThrowableOfType(SourceException.Misconfigured.class, source::inspect))
          .hasMessageContaining("reads what is not there: column contacts.blocked");
    }
  }
}
