package io.helpdeskexporter.source.zendesk;

import static io.helpdeskexporter.source.zendesk.SimulatedZendesk.agent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.ServiceHours;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.SlaTurn;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.api.Fault;
import io.helpdeskexporter.source.api.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Zendesk's rows mean, one rule at a time. */
class ZendeskRulesTest {
  private static final Instant NINE = Instant.parse("2025-03-03T09:00:00Z");
  private static final String CUSTOMER = "5000";
  private static final String LEFT = "1077";

  private final SimulatedTime time = new SimulatedTime(NINE.plus(Duration.ofHours(12)));
  private final SimulatedZendesk zendesk = new SimulatedZendesk(time);
  private final Zendesks configured = Zendesks.at(zendesk.url());

  @AfterEach
  void close() {
    zendesk.close();
    assertThat(zendesk.unexpected()).isEmpty();
  }

  private ZendeskSource open() {
    return new ZendeskSource(configured.settings(), time, time);
  }

  private Reading read() throws Exception {
    Reading reading = new Reading(100);
    try (ZendeskSource source = open()) {
      reading.goOn(source);
    }
    return reading;
  }

  private Ticket ticket(Map<String, Object> fields) throws Exception {
    zendesk.create(1, NINE, CUSTOMER, fields);
    return read().ticket("1");
  }

  private <E extends TicketEvent> List<E> events(Class<E> type) throws Exception {
    return read().eventsOf("1").stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<Author> authors() throws Exception {
    return events(TicketEvent.Message.class).stream().map(TicketEvent.Message::author).toList();
  }

  private static Instant at(int minutes) {
    return NINE.plus(Duration.ofMinutes(minutes));
  }

  private void created() {
    zendesk.create(1, NINE, CUSTOMER, Map.of());
  }

  private void audit(int minutes, String updater, Map<String, Object> child) {
    zendesk.audit(1, at(minutes), updater, List.of(child));
  }

  // ---- who wrote

  @Test
  void theMessageThatOpenedATicketIsNoneOfItsEvents() throws Exception {
    created();

    assertThat(read().eventsOf("1")).isEmpty();
  }

  @Test
  void whoWroteIsToldByTheRole() throws Exception {
    created();
    zendesk.reply(1, at(1), agent(1), true);
    zendesk.reply(1, at(2), CUSTOMER, true);
    zendesk.reply(1, at(3), SimulatedZendesk.BOT, true);
    zendesk.reply(1, at(4), "5001", true);

    assertThat(authors())
        .containsExactly(
            Author.agent(agent(1)),
            Author.CUSTOMER,
            Author.bot(SimulatedZendesk.BOT),
            Author.CUSTOMER);
  }

  @Test
  void whatNobodyWroteIsABotsAndWhatATriggerWroteTheSystems() throws Exception {
    created();
    zendesk.reply(1, at(1), "-1", true);
    Map<String, Object> byRule = zendesk.comment(agent(1), true);
    byRule.put("via", "Rule");
    audit(2, agent(1), byRule);
    Map<String, Object> byRuleNumber = zendesk.comment(agent(1), true);
    byRuleNumber.put("via", Map.of("channel", 8));
    audit(3, agent(1), byRuleNumber);

    assertThat(authors()).containsExactly(Author.bot("-1"), Author.SYSTEM, Author.SYSTEM);
  }

  @Test
  void anAgentWhoHasLeftIsLookedUpAndStaysAnAgent() throws Exception {
    zendesk.user(LEFT, "agent");
    zendesk.users.get(LEFT).put("active", false);
    created();
    zendesk.reply(1, at(1), LEFT, true);

    assertThat(authors()).containsExactly(Author.agent(LEFT));
  }

  @Test
  void anAgentWhoIsACustomerNowIsOneWhereTheOperatorSaysSo() throws Exception {
    zendesk.user(LEFT, "end-user");
    created();
    zendesk.reply(1, at(1), LEFT, true);
    assertThat(authors()).containsExactly(Author.CUSTOMER);

    configured.formerStaff = List.of("User1077@example.com");
    assertThat(authors()).containsExactly(Author.agent(LEFT));
    configured.formerStaff = List.of(LEFT);
    assertThat(authors()).containsExactly(Author.agent(LEFT));
  }

  @Test
  void whoeverWroteANoteWasAnAgentThen() throws Exception {
    zendesk.user(LEFT, "end-user");
    created();
    zendesk.reply(1, at(1), LEFT, false);
    zendesk.reply(1, at(2), "4711", false);

    assertThat(events(TicketEvent.Message.class))
        .allSatisfy(message -> assertThat(message.visible()).isFalse());
    assertThat(authors()).containsExactly(Author.agent(LEFT), Author.agent("4711"));
  }

  @Test
  void anAgentOnATicketOfTheirOwnIsItsCustomerWhereAgentsMayAsk() throws Exception {
    zendesk.create(1, NINE, agent(2), Map.of());
    zendesk.reply(1, at(1), agent(2), true);
    zendesk.reply(1, at(2), agent(1), true);
    assertThat(authors()).containsExactly(Author.agent(agent(2)), Author.agent(agent(1)));

    configured.staffMayAsk = true;
    assertThat(authors()).containsExactly(Author.CUSTOMER, Author.agent(agent(1)));
  }

  @Test
  void strangersAreLookedUpAHundredAtATimeAndOnlyOnce() throws Exception {
    created();
    for (int i = 0; i < 500; i++) {
      String stranger = String.valueOf(20_000 + i % 250);
      zendesk.user(stranger, "end-user");
      zendesk.reply(1, at(1).plusSeconds(i), stranger, true);
    }
    zendesk.reply(1, at(20), "4711", true);
    zendesk.reply(1, at(21), "4711", true);

    configured.rowsPerPage = 50;
    assertThat(authors()).hasSize(502);
    assertThat(zendesk.requests().get("/api/v2/users/show_many"))
        .as("one for each of the first pages, and one for who was deleted for good")
        .isEqualTo(7);
    configured.rowsPerPage = 1000;
    read();
    assertThat(zendesk.requests().get("/api/v2/users/show_many")).as("three more").isEqualTo(10);
  }

  // ---- what changed

  @Test
  void aStatusTellsWhatItWasBeforeAndWhoChangedIt() throws Exception {
    created();
    zendesk.change(1, at(1), agent(1), "status", "hold");
    zendesk.change(1, at(2), CUSTOMER, "status", "open");
    Map<String, Object> byRule = zendesk.changed("status", "open", "solved");
    byRule.put("via", "Rule");
    audit(3, agent(1), byRule);

    assertThat(events(TicketEvent.StatusChanged.class))
        .extracting(TicketEvent.StatusChanged::from, TicketEvent.StatusChanged::to)
        .containsExactly(
            tuple(Optional.of("new"), "hold"),
            tuple(Optional.of("hold"), "open"),
            tuple(Optional.of("open"), "solved"));
    assertThat(events(TicketEvent.StatusChanged.class))
        .extracting(TicketEvent.StatusChanged::by)
        .containsExactly(Actor.AGENT, Actor.CUSTOMER, Actor.SYSTEM);
    assertThat(new ZendeskKind().vocabulary(configured.settings()).status("hold"))
        .contains(Status.ON_HOLD);
  }

  @Test
  void aCustomStatusIsAChangeWhereItStandsForAnotherStatus() throws Exception {
    zendesk.customStatuses.add(Map.of("id", 71, "status_category", "open"));
    zendesk.customStatuses.add(Map.of("id", 72, "status_category", "open"));
    zendesk.customStatuses.add(Map.of("id", 73, "status_category", "pending"));
    created();
    audit(1, agent(1), zendesk.changed("custom_status_id", "71", "72"));
    audit(2, agent(1), zendesk.changed("custom_status_id", 72, 73));
    zendesk.audit(
        1,
        at(3),
        agent(1),
        List.of(
            zendesk.changed("custom_status_id", 73, 71),
            zendesk.changed("status", "pending", "open")));

    assertThat(events(TicketEvent.StatusChanged.class))
        .extracting(TicketEvent.StatusChanged::to)
        .containsExactly("pending", "open");
  }

  @Test
  void groupsAreToldByTheirNamesAndThoseGoneForGoodByTheirIds() throws Exception {
    zendesk.create(1, NINE, CUSTOMER, Map.of("group_id", 300));
    zendesk.change(1, at(1), agent(1), "group_id", 301);
    zendesk.change(1, at(2), agent(1), "group_id", 399);

    assertThat(events(TicketEvent.TeamChanged.class))
        .extracting(TicketEvent.TeamChanged::from, TicketEvent.TeamChanged::to)
        .containsExactly(
            tuple(Optional.of("Team 0"), Optional.of("Team 1")),
            tuple(Optional.of("Team 1"), Optional.of("group 399")));
    assertThat(read().ticket("1").team()).contains("group 399");
  }

  @Test
  void whatHasOneSecondIsInTheOrderOfItsIds() throws Exception {
    created();
    zendesk.audit(
        1,
        at(1),
        agent(1),
        List.of(
            zendesk.comment(agent(1), true),
            zendesk.changed("status", "new", "open"),
            zendesk.changed("assignee_id", null, 1001)));

    assertThat(read().eventsOf("1"))
        .extracting(Object::getClass)
        .<Class<?>>map(Class.class::cast)
        .containsExactly(
            TicketEvent.Message.class,
            TicketEvent.StatusChanged.class,
            TicketEvent.AssigneeChanged.class);
  }

  @Test
  void aTagOrAHigherPriorityEscalatesWhereTheOperatorSaysSo() throws Exception {
    created();
    zendesk.change(1, at(1), agent(1), "tags", List.of("escalated"));
    zendesk.change(1, at(2), agent(1), "priority", "normal");
    zendesk.change(1, at(3), agent(1), "priority", "urgent");
    assertThat(events(TicketEvent.Escalated.class)).isEmpty();

    configured.escalationTags = List.of("escalated");
    configured.priorityEscalates = true;
    assertThat(events(TicketEvent.Escalated.class))
        .extracting(TicketEvent::at)
        .containsExactly(at(1), at(3));
  }

  // ---- tickets that are none

  @Test
  void aDeletedTicketIsLeftOutAndComesBackWhenItIsRestored() throws Exception {
    created();
    zendesk.delete(1, at(1));
    assertThat(read().ticket("1").excluded()).contains(Exclusion.DELETED);

    zendesk.restore(1, at(2), agent(1));
    assertThat(read().ticket("1").excluded()).isEmpty();
    assertThat(events(TicketEvent.StatusChanged.class))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.from()).as("it was not created deleted").isEmpty();
              assertThat(change.to()).isEqualTo("new");
            });
  }

  @Test
  void aMergeIsToldOnceAndNothingElseOfIt() throws Exception {
    zendesk.create(2, NINE, CUSTOMER, Map.of());
    created();
    zendesk.merge(1, at(5), agent(1), 2);

    Reading reading = read();
    assertThat(reading.eventsOf("1"))
        .singleElement()
        .isInstanceOfSatisfying(
            TicketEvent.Merged.class, merged -> assertThat(merged.into()).isEqualTo("2"));
    assertThat(reading.ticket("1").mergedInto()).isPresent();
    assertThat(reading.eventsOf("2"))
        .singleElement()
        .isInstanceOfSatisfying(
            TicketEvent.Message.class, note -> assertThat(note.visible()).isFalse());
    assertThat(reading.ticket("2").mergedInto()).isEmpty();
  }

  @Test
  void aFollowUpContinuesAnEarlierTicketAndIsNotMergedForItsInheritedTags() throws Exception {
    Ticket ticket =
        ticket(
            Map.of(
                "status",
                "solved",
                "tags",
                List.of("closed_by_merge"),
                "via",
                Map.of(
                    "channel",
                    "web",
                    "source",
                    Map.of("from", Map.of("ticket_id", 7), "rel", "follow_up"))));

    assertThat(ticket.followUpOf()).contains("7");
    assertThat(ticket.mergedInto()).isEmpty();
  }

  // ---- tickets

  @Test
  void aTicketThatAnAgentTypedInIsOneTowardsTheCustomer() throws Exception {
    assertThat(ticket(Map.of("submitter_id", 1001)).openedBy()).isEqualTo(Actor.AGENT);
  }

  @Test
  void aCallThatAnAgentNotedDownIsTheCustomers() throws Exception {
    Map<String, Object> inbound =
        Map.of("channel", "voice", "source", Map.of("rel", "inbound", "from", Map.of()));
    Map<String, Object> outbound =
        Map.of("channel", "voice", "source", Map.of("rel", "outbound", "from", Map.of()));

    assertThat(ticket(Map.of("submitter_id", 1001, "via", inbound)).openedBy())
        .isEqualTo(Actor.CUSTOMER);
    assertThat(ticket(Map.of("submitter_id", 1001, "via", outbound)).openedBy())
        .isEqualTo(Actor.AGENT);
  }

  @Test
  void aTicketWithoutAnyPublicCommentAwaitsNoFirstResponse() throws Exception {
    assertThat(ticket(Map.of("is_public", false)).openedBy()).isEqualTo(Actor.AGENT);
  }

  @Test
  void aChannelIsAWordOrANumberAndMessagingIsToldBesideIt() throws Exception {
    var words = new ZendeskKind().vocabulary(configured.settings());
    Map<String, Object> byNumber = Map.of("via", SimulatedZendesk.via("4"));

    assertThat(ticket(byNumber).channel().flatMap(words::channel)).contains(Channel.EMAIL);
    assertThat(words.channel("sample_ticket")).contains(Channel.OTHER);
    assertThat(words.channel("whatsapp")).contains(Channel.MESSAGING);
    assertThat(
            ticket(Map.of("via", SimulatedZendesk.via("api"), "from_messaging_channel", true))
                .channel())
        .contains("native_messaging");
    assertThat(
            ticket(Map.of("via", SimulatedZendesk.via("whatsapp"), "from_messaging_channel", true))
                .channel())
        .contains("whatsapp");
  }

  @Test
  void topicsAreFieldsThenTagsThenTypeAndBrand() throws Exception {
    configured.topicFields = List.of("42", "43");
    Ticket ticket =
        ticket(
            Map.of(
                "tags",
                List.of("paying"),
                "type",
                "incident",
                "brand_id",
                9,
                "custom_fields",
                List.of(
                    Map.of("id", 41, "value", "ignored"),
                    Map.of("id", 43, "value", List.of("b", "c")),
                    Map.of("id", 42, "value", "a"))));

    assertThat(ticket.topics())
        .containsExactly("a", "b", "c", "paying", "type:incident", "brand:9");
  }

  @Test
  void whatZendeskComputesItselfIsKeptForWhoWantsToBelieveIt() throws Exception {
    Map<String, Object> metrics = new HashMap<>();
    metrics.put("reply_time_in_minutes", Map.of("calendar", 12, "business", 10));
    metrics.put("solved_at", null);
    metrics.put("reopens", 0);
    metrics.put("replies", 2);
    metrics.put("assignee_stations", 3);
    var reported = ticket(Map.of("metric_set", metrics)).reported();

    assertThat(reported.firstReplyAt()).contains(at(12));
    assertThat(reported.solvedAt()).isEmpty();
    assertThat(reported.reopens()).hasValue(0);
    assertThat(reported.agentReplies()).hasValue(2);
    assertThat(reported.reassignments()).hasValue(2);
    assertThat(new ZendeskKind().reports(configured.settings())).isEmpty();
  }

  @Test
  void aRowIsTakenInThoughItsTimeOfUpdateLiesBeforeTheCursor() throws Exception {
    created();
    zendesk.create(2, at(60), CUSTOMER, Map.of());
    Reading reading = new Reading(100);
    try (ZendeskSource source = open()) {
      reading.goOn(source);
      zendesk.ticket(1).put("tags", List.of("silently"));
      zendesk.ticket(1).put("generated_timestamp", at(90).getEpochSecond());
      reading.goOn(source);
    }

    assertThat(reading.ticket("1").topics()).containsExactly("silently");
    assertThat(reading.ticket("1").updatedAt()).isEqualTo(NINE);
  }

  // ---- SLA

  private Map<String, Object> applied(
      int minutes, String metric, int instance, Map<String, Object> sla) {
    Map<String, Object> event = zendesk.metricEvent(1, metric, instance, "apply_sla", at(minutes));
    event.put("sla", sla);
    return event;
  }

  @Test
  void aTargetInPlainTimeIsADeadline() throws Exception {
    created();
    applied(0, "reply_time", 1, Map.of("target", 60, "business_hours", false));
    applied(5, "reply_time", 2, Map.of("target", 1, "target_in_seconds", 90));

    assertThat(events(TicketEvent.SlaDeadline.class))
        .extracting(
            TicketEvent.SlaDeadline::metric,
            TicketEvent.SlaDeadline::dueAt,
            TicketEvent.SlaDeadline::target)
        .containsExactly(
            tuple(SlaMetric.FIRST_RESPONSE, Optional.of(at(60)), Optional.of(Duration.ofHours(1))),
            tuple(
                SlaMetric.NEXT_RESPONSE,
                Optional.of(at(5).plusSeconds(90)),
                Optional.of(Duration.ofSeconds(90))));
  }

  @Test
  void whereTheClockPausesOrKeepsHoursItIsToldWhenItRuns() throws Exception {
    created();
    zendesk.metricEvent(1, "reply_time", 2, "activate", at(0));
    applied(0, "reply_time", 2, Map.of("target", 60, "business_hours", true));
    applied(0, "requester_wait_time", 1, Map.of("target", 600, "business_hours", false));
    zendesk.metricEvent(1, "requester_wait_time", 1, "pause", at(7));

    assertThat(events(TicketEvent.SlaDeadline.class)).isEmpty();
    assertThat(events(TicketEvent.SlaClockTurned.class))
        .extracting(
            TicketEvent.SlaClockTurned::metric,
            TicketEvent.SlaClockTurned::clock,
            TicketEvent.SlaClockTurned::turn)
        .containsExactly(
            tuple(SlaMetric.NEXT_RESPONSE, "reply_time 2", new SlaTurn.Runs()),
            tuple(
                SlaMetric.NEXT_RESPONSE,
                "reply_time 2",
                new SlaTurn.Promises(Duration.ofHours(1), Optional.empty())),
            tuple(
                SlaMetric.RESOLUTION,
                "requester_wait_time",
                new SlaTurn.Promises(Duration.ofHours(10), Optional.of(ServiceHours.ALWAYS))),
            tuple(SlaMetric.RESOLUTION, "requester_wait_time", new SlaTurn.StandsStill()));
  }

  @Test
  void aBreachIsADeadlineThatHasPassed() throws Exception {
    created();
    zendesk.metricEvent(1, "resolution_time", 1, "breach", at(30)).put("deleted", false);
    zendesk.metricEvent(1, "resolution_time", 1, "breach", at(40)).put("deleted", true);
    zendesk.metricEvent(1, "resolution_time", 1, "measure", at(41));

    assertThat(events(TicketEvent.SlaDeadline.class))
        .singleElement()
        .satisfies(
            breach -> {
              assertThat(breach.metric()).isEqualTo(SlaMetric.RESOLUTION);
              assertThat(breach.at()).isEqualTo(at(30));
              assertThat(breach.dueAt()).contains(at(30));
            });
  }

  @Test
  void whatZendeskSeesFulfilledHasNoDeadlineAnyMore() throws Exception {
    created();
    applied(0, "reply_time", 1, Map.of("target", 60));
    zendesk.metricEvent(1, "reply_time", 1, "fulfill", at(20));

    assertThat(events(TicketEvent.SlaDeadline.class))
        .extracting(TicketEvent.SlaDeadline::dueAt)
        .containsExactly(Optional.of(at(60)), Optional.empty());
  }

  @Test
  void aBreachThatIsStillToComeIsToldWhenItHasCome() throws Exception {
    created();
    Instant due = time.instant().plus(Duration.ofHours(3));
    zendesk.metricEvent(1, "reply_time", 1, "breach", due).put("deleted", false);
    Reading reading = new Reading(100);
    try (ZendeskSource source = open()) {
      reading.goOn(source);
      assertThat(reading.eventsOf("1")).isEmpty();

      time.set(due.plus(Duration.ofMinutes(2)));
      reading.goOn(source);
      assertThat(reading.eventsOf("1")).hasSize(1);
    }
  }

  @Test
  void breachesStillToComeAreNotReadPastHoweverManyThereAre() throws Exception {
    created();
    Instant soon = time.instant().plus(Duration.ofHours(1));
    for (int i = 0; i < 1_200; i++) {
      zendesk.metricEvent(1, "reply_time", 1, "breach", soon.plusSeconds(i)).put("deleted", false);
    }
    Reading reading = new Reading(100);
    try (ZendeskSource source = open()) {
      reading.goOn(source);
      time.set(soon.plus(Duration.ofHours(1)));
      reading.goOn(source);
    }

    assertThat(reading.eventsOf("1")).hasSize(1_200);
  }

  @Test
  void aGroupsOwnTargetAndOtherMetricsPromiseNothingToTheCustomer() throws Exception {
    created();
    zendesk
        .metricEvent(1, "group_ownership_time", 1, "apply_group_sla", at(1))
        .put("group_sla", Map.of("target", 60, "policy", Map.of("id", "text")));
    applied(1, "periodic_update_time", 1, Map.of("target", 60));
    configured.resolutionSla = List.of("agent_work_time");
    applied(1, "requester_wait_time", 1, Map.of("target", 60));

    assertThat(events(TicketEvent.SlaDeadline.class)).isEmpty();
  }

  // ---- surveys and time

  @Test
  void aRatingThatChangesIsToldAgainAndOneThatWasOnlyOfferedIsNot() throws Exception {
    created();
    zendesk.rate(1, at(10), "offered");
    assertThat(events(TicketEvent.Rated.class)).isEmpty();

    Reading reading = new Reading(100);
    try (ZendeskSource source = open()) {
      zendesk.rate(1, at(20), "bad");
      reading.goOn(source);
      time.advance(Duration.ofMinutes(10));
      zendesk.rate(1, time.instant().minus(Duration.ofMinutes(3)), "good_with_comment");
      reading.goOn(source);
    }
    assertThat(
            reading.eventsOf("1").stream()
                .filter(TicketEvent.Rated.class::isInstance)
                .map(it -> ((TicketEvent.Rated) it).answer()))
        .containsExactly(answer(0), answer(1));
  }

  private static SurveyAnswer answer(int score) {
    return new SurveyAnswer(Survey.CSAT, Optional.empty(), score, Optional.of(Scale.GOOD_OR_BAD));
  }

  @Test
  void aSurveyThatWasOfferedIsToldByEitherKindOfSurvey() throws Exception {
    created();
    audit(1, agent(1), zendesk.changed("satisfaction_score", "unoffered", "offered"));
    audit(2, agent(1), zendesk.child("SurveyOffered"));

    assertThat(events(TicketEvent.SurveySent.class))
        .extracting(TicketEvent::at)
        .containsExactly(at(1), at(2));
  }

  @Test
  void timeIsWhatTheFieldOfTheAppGrewBy() throws Exception {
    configured.timeField = Optional.of("777");
    created();
    audit(1, agent(1), zendesk.changed("777", null, "120"));
    Map<String, Object> byFields = zendesk.child("Change");
    byFields.put("custom_ticket_fields", Map.of("777", "90"));
    byFields.put("previous_value", "120");
    audit(2, agent(2), byFields);
    audit(3, agent(2), zendesk.changed("778", null, "120"));

    assertThat(events(TicketEvent.TimeLogged.class))
        .extracting(TicketEvent.TimeLogged::spent, TicketEvent.TimeLogged::agent)
        .containsExactly(
            tuple(Duration.ofMinutes(2), Optional.of(agent(1))),
            tuple(Duration.ofSeconds(-30), Optional.of(agent(2))));
  }

  @Test
  void aCallsTimeIsThatOfWhoAnsweredIt() throws Exception {
    created();
    Map<String, Object> call = zendesk.comment(agent(3), true);
    call.put("event_type", "VoiceComment");
    call.put("data", Map.of("call_duration", 84, "answered_by_id", 1003));
    audit(1, agent(3), call);

    assertThat(events(TicketEvent.TimeLogged.class))
        .extracting(TicketEvent.TimeLogged::spent, TicketEvent.TimeLogged::agent)
        .containsExactly(tuple(Duration.ofSeconds(84), Optional.of(agent(3))));
    assertThat(authors()).containsExactly(Author.agent(agent(3)));
  }

  // ---- pages

  private static Page all(ZendeskSource source, Stream stream, List<Rejected> rejected)
      throws Exception {
    Page page = source.fetch(stream, Cursor.START);
    rejected.addAll(page.rejected());
    while (page.completeUntil().isEmpty()) {
      page = source.fetch(stream, page.next());
      rejected.addAll(page.rejected());
    }
    return page;
  }

  @Test
  void anEmptyPageIsNotTheEnd() throws Exception {
    created();
    zendesk.reply(1, at(1), agent(1), true);
    zendesk.emptyPageFirst = true;

    assertThat(authors()).hasSize(1);
  }

  @Test
  void moreInOneSecondThanAPageHoldsIsSaidAndReadingGoesOn() throws Exception {
    created();
    for (int i = 0; i < 1_200; i++) {
      zendesk.audit(1, at(1), agent(1), List.of(zendesk.changed("subject", "a", "b")));
    }
    zendesk.reply(1, at(2), agent(1), true);
    List<Rejected> rejected = new ArrayList<>();
    try (ZendeskSource source = open()) {
      Page last = all(source, ZendeskSource.EVENTS, rejected);

      assertThat(last.changes()).as("the reply after it").hasSize(1);
    }
    assertThat(rejected).singleElement().extracting(Rejected::reason).isEqualTo("more_than_a_page");
  }

  @Test
  void whatIsTooRecentToBeAskedForIsNothingNew() throws Exception {
    time.set(Instant.parse("2025-03-04T00:00:30Z"));
    configured.since = Optional.of(LocalDate.parse("2025-03-04"));

    Reading reading = read();
    assertThat(reading.tickets()).isEmpty();
    assertThat(reading.completeUntil().get(ZendeskSource.EVENTS))
        .isEqualTo(Instant.parse("2025-03-03T23:59:25Z"));
  }

  @Test
  void theStreamsAreCompleteUpToAMinuteAgoByZendesksClock() throws Exception {
    created();
    zendesk.skew(Duration.ofMinutes(-7));

    Instant until = time.instant().minus(Duration.ofMinutes(7)).minusSeconds(65);
    assertThat(read().completeUntil())
        .contains(
            entry(ZendeskSource.TICKETS, until),
            entry(ZendeskSource.EVENTS, until),
            entry(ZendeskSource.SLA, until),
            entry(ZendeskSource.RATINGS, until));
  }

  @Test
  void fewerEventsAreAskedForAfterAPageThatZendeskCouldNotMake() throws Exception {
    created();
    try (ZendeskSource source = open()) {
      source.fetch(ZendeskSource.TICKETS, Cursor.START);
      zendesk
          .faults()
          .next(Fault.BAD_GATEWAY, Fault.BAD_GATEWAY, Fault.BAD_GATEWAY, Fault.BAD_GATEWAY);
      assertThatThrownBy(() -> source.fetch(ZendeskSource.EVENTS, Cursor.START))
          .isInstanceOf(SourceException.Unavailable.class);
      source.fetch(ZendeskSource.EVENTS, Cursor.START);
      source.fetch(ZendeskSource.EVENTS, Cursor.START);
    }
    assertThat(
            zendesk.asked.stream()
                .filter(asked -> asked.path().endsWith("/ticket_events"))
                .flatMap(asked -> asked.parameter("per_page").stream()))
        .as("and as many as ever when all is read")
        .containsExactly("500", "1000");
  }
}
