package io.helpdeskexporter.source.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Happening.Customer;
import io.helpdeskexporter.domain.Happening.Deal;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Effort;
import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.survey.Question;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes what. */
class HubspotRulesTest {
  private static final Instant NINE = Instant.parse("2025-03-03T09:00:00Z");
  private static final int MOST_PAGES = 1_000;

  private final SimulatedTime time = new SimulatedTime(NINE.plus(Duration.ofHours(8)));
  private final SimulatedHubspot hubspot = new SimulatedHubspot(time);
  private final Given given = Given.at(hubspot.url());

  @AfterEach
  void close() {
    assertThat(hubspot.unexpected()).isEmpty();
    hubspot.close();
  }

  private Reading read() throws Exception {
    Reading reading = new Reading(MOST_PAGES);
    try (HubspotSource source = new HubspotSource(given.settings(), time, time)) {
      reading.goOn(source);
    }
    return reading;
  }

  private Ticket ticket() throws Exception {
    return read().ticket("1");
  }

  private <E extends TicketEvent> List<E> events(Class<E> type) throws Exception {
    return read().eventsOf("1").stream().filter(type::isInstance).map(type::cast).toList();
  }

  private void create(String... properties) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < properties.length; i += 2) {
      all.put(properties[i], properties[i + 1]);
    }
    hubspot.createTicket(1, NINE, all);
  }

  private void set(int minute, String property, String value) {
    hubspot.set(1, at(minute), property, value);
  }

  private static Instant at(int minute) {
    return NINE.plus(Duration.ofMinutes(minute));
  }

  // ---- stages

  @ParameterizedTest
  @CsvSource({
    "1, new",
    "2, pending",
    "3, open",
    "4, solved",
    "500, on_hold",
  })
  void theFirstPipelinesStagesAreKnown(String stage, String status) throws Exception {
    create("hs_pipeline_stage", stage);

    assertThat(ticket().status()).contains(status);
  }

  @ParameterizedTest
  @CsvSource({
    "Waiting for customer, OPEN, pending",
    "Pending, OPEN, pending",
    "On hold, OPEN, on_hold",
    "Waiting for vendor, OPEN, on_hold",
    "Waiting on us, OPEN, open",
    "In Arbeit, OPEN, open",
    "In Arbeit, , open",
    "Waiting for nobody, CLOSED, solved",
    "Erledigt, closed, solved",
    "Waiting for parts, OPEN, on_hold",
    "Junk, OPEN, spam",
  })
  void whatAStageMeansIsToldByItsStateItsWordsAndTheConfiguration(
      String label, String state, String status) throws Exception {
    given.stages = Map.of("waiting for Parts", "on_hold", "777", "spam");
    String id = label.equals("Junk") ? "777" : "600";
    hubspot.stage(id, label, state == null ? "" : state);
    create("hs_pipeline_stage", id);

    assertThat(ticket().status()).contains(status);
  }

  @Test
  void eachStageIsAStatusWithTheOneBeforeAndTheFirstIsNoChange() throws Exception {
    create();
    set(10, "hs_pipeline_stage", "3");
    set(20, "hs_pipeline_stage", "2");

    assertThat(events(TicketEvent.StatusChanged.class))
        .extracting(TicketEvent::at, TicketEvent.StatusChanged::from, TicketEvent.StatusChanged::to)
        .containsExactly(
            tuple(at(10), Optional.of("new"), "open"),
            tuple(at(20), Optional.of("open"), "pending"));
  }

  @Test
  void aWorkflowIsNoAgent() throws Exception {
    create();
    set(10, "hs_pipeline_stage", "3");
    hubspot.set(hubspot.thing("tickets", 1), at(20), false, Map.of("hs_pipeline_stage", "4"));

    assertThat(events(TicketEvent.StatusChanged.class))
        .extracting(TicketEvent.StatusChanged::by)
        .containsExactly(Actor.AGENT, Actor.SYSTEM);
  }

  @Test
  void severalStagesOfOneMillisecondKeepTheirOrder() throws Exception {
    create();
    set(10, "hs_pipeline_stage", "3");
    set(10, "hs_pipeline_stage", "2");
    set(10, "hs_pipeline_stage", "4");

    assertThat(events(TicketEvent.StatusChanged.class))
        .extracting(TicketEvent.StatusChanged::to)
        .containsExactly("open", "pending", "solved");
  }

  /** HubSpot keeps twenty values: what came before is known no more. */
  @Test
  void ofALongHistoryTheFirstValueThatIsKeptIsAChangeToo() throws Exception {
    create();
    for (int i = 1; i <= 25; i++) {
      set(i, "hs_pipeline_stage", i % 2 == 0 ? "2" : "3");
    }

    List<TicketEvent.StatusChanged> told = events(TicketEvent.StatusChanged.class);

    assertThat(told).hasSize(20);
    assertThat(told.getFirst().from()).isEmpty();
    assertThat(told.getFirst().at()).isEqualTo(at(6));
  }

  @Test
  void aStageThatIsMadeWhileItIsReadIsAskedForAndOneThatIsGoneKeepsItsId() throws Exception {
    create();
    Reading reading = new Reading(MOST_PAGES);
    try (HubspotSource source = new HubspotSource(given.settings(), time, time)) {
      reading.goOn(source);
      hubspot.stage("600", "Waiting for customer", "OPEN");
      set(500, "hs_pipeline_stage", "600");
      set(501, "hs_pipeline_stage", "601");
      time.set(at(502));
      reading.goOn(source);
      set(503, "hs_pipeline_stage", "601");
      time.set(at(504));
      reading.goOn(source);
    }

    assertThat(reading.eventsOf("1"))
        .filteredOn(TicketEvent.StatusChanged.class::isInstance)
        .extracting(event -> ((TicketEvent.StatusChanged) event).to())
        .containsExactly("pending", "601");
    assertThat(hubspot.requests()).containsEntry("/crm/v3/pipelines/tickets", 2);
  }

  // ---- fields

  @Test
  void ownersTeamsAndPrioritiesAreToldWithTheirHistory() throws Exception {
    create("hs_ticket_priority", "LOW", "hubspot_team_id", "30");
    set(10, "hubspot_owner_id", "101");
    set(20, "hubspot_team_id", "31");
    set(30, "hs_ticket_priority", "URGENT");
    set(40, "hubspot_owner_id", "");

    Ticket ticket = ticket();
    assertThat(ticket.team()).contains("Team 1");
    assertThat(ticket.assignee()).isEmpty();
    assertThat(ticket.priority()).contains("URGENT");
    List<TicketEvent.AssigneeChanged> owners = events(TicketEvent.AssigneeChanged.class);
    assertThat(owners)
        .extracting(TicketEvent.AssigneeChanged::to)
        .containsExactly(Optional.of("101"), Optional.empty());
    TicketEvent.TeamChanged team = events(TicketEvent.TeamChanged.class).getFirst();
    assertThat(team.from()).contains("Team 0");
    assertThat(team.to()).contains("Team 1");
    TicketEvent.PriorityChanged priority = events(TicketEvent.PriorityChanged.class).getFirst();
    assertThat(priority.from()).contains("LOW");
    assertThat(priority.to()).contains("URGENT");
  }

  @Test
  void aHigherPriorityAndAStageAreEscalationsIfSoConfigured() throws Exception {
    hubspot.stage("600", "Second level", "OPEN");
    create("hs_ticket_priority", "HIGH");
    set(10, "hs_ticket_priority", "MEDIUM");
    set(20, "hs_ticket_priority", "HIGH");
    set(30, "hs_pipeline_stage", "600");
    assertThat(events(TicketEvent.Escalated.class)).isEmpty();

    given.priorityEscalates = true;
    given.escalationStages = Set.of("second level");

    assertThat(events(TicketEvent.Escalated.class))
        .extracting(TicketEvent::at, TicketEvent.Escalated::reason)
        .containsExactly(
            tuple(at(20), Escalation.HIERARCHICAL), tuple(at(30), Escalation.FUNCTIONAL));
  }

  @Test
  void categoriesAndChosenPropertiesAreTopics() throws Exception {
    given.topicProperties = List.of("product");
    create("hs_ticket_category", "BILLING_ISSUE;FEATURE_REQUEST", "product", "Phone");

    assertThat(ticket().topics()).containsExactly("Phone", "BILLING_ISSUE", "FEATURE_REQUEST");
  }

  @Test
  void theCompanyIsThePrimaryOneElseTheOldest() throws Exception {
    create();
    hubspot.associate("tickets", 1, "companies", 9_009);
    hubspot.associate("tickets", 1, "companies", 9_001);
    hubspot.associate("tickets", 1, "contacts", 5_001);
    assertThat(ticket().organization()).contains("9009");
    assertThat(ticket().requester()).contains("5001");

    hubspot.primaryIsLabelled = false;

    assertThat(ticket().organization()).contains("9001");
  }

  @ParameterizedTest
  @CsvSource({"EMAIL, EMAIL", "CHAT, CHAT", "FORM, WEB", "PHONE, PHONE", "INTEGRATION, API"})
  void channelsAreKnown(String word, Channel channel) {
    assertThat(new HubspotKind().vocabulary(given.settings()).channel(word)).contains(channel);
  }

  @Test
  void aTicketWithoutAnOriginTellsWhatMadeIt() throws Exception {
    create("hs_object_source", "INTEGRATION");

    assertThat(ticket().channel()).contains("INTEGRATION");
    assertThat(new HubspotKind().vocabulary(given.settings()).priority("MEDIUM"))
        .contains(Priority.NORMAL);
  }

  @Test
  void whatWasMergedIsToldByTheTicketThatLivesOn() throws Exception {
    create();
    hubspot.createTicket(2, at(1), Map.of());
    hubspot.createTicket(3, at(2), Map.of());
    hubspot.merge(2, 1, at(10));
    hubspot.merge(3, 1, at(20));

    Map<String, TicketEvent> events = read().events();

    assertThat(events)
        .containsEntry("2 merged/1", new TicketEvent.Merged(Stamp.of("merged/1", at(10)), "1"))
        .containsEntry("3 merged/1", new TicketEvent.Merged(Stamp.of("merged/1", at(20)), "1"));
  }

  // ---- what HubSpot computes

  @Test
  void theFirstReplyIsADateElseMilliseconds() throws Exception {
    create();
    assertThat(ticket().reported().firstReplyAt()).as("not 0").isEmpty();

    set(5, "time_to_first_agent_reply", "120000");
    assertThat(ticket().reported().firstReplyAt()).contains(at(2));

    set(6, "hs_first_agent_message_sent_at", at(3).toString());
    assertThat(ticket().reported().firstReplyAt()).contains(at(3));

    set(7, "first_agent_reply_date", String.valueOf(at(4).toEpochMilli()));
    assertThat(ticket().reported().firstReplyAt()).contains(at(4));
  }

  /** They are believed, though no message is told. */
  @Test
  void firstRepliesAndSlasAreHubSpotsOwn() {
    assertThat(new HubspotKind().reports(given.settings()))
        .containsExactlyInAnyOrder(ReportedField.FIRST_REPLY, ReportedField.SLA);
    assertThat(new HubspotKind().tellsMessages(given.settings())).isFalse();
  }

  private Reported.Promise promise(String status) throws Exception {
    set(5, "hs_time_to_close_sla_status", status);
    return ticket().reported().promises().getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "0, , Active",
    "2, , Due soon",
    "1, false, Overdue",
    "3, true, Completed on time",
    "4, false, Completed late",
    "BREACHED, false, by a word",
    "MET, true, by a word",
    "9, , whatever it is"
  })
  void anSlaIsKeptOrBrokenByHubSpotsWord(String status, Boolean met, String meaning)
      throws Exception {
    create("hs_time_to_close_sla_at", at(90).toString(), "hs_last_closed_date", at(80).toString());

    Reported.Promise promise = promise(status);

    assertThat(promise.metric()).isEqualTo(SlaMetric.RESOLUTION);
    assertThat(promise.met()).as(meaning).isEqualTo(Optional.ofNullable(met));
    assertThat(promise.dueAt()).contains(at(90));
    assertThat(promise.endedAt().isPresent()).isEqualTo(met != null);
  }

  @Test
  void aPausedSlaHasNoTimeAtWhichItIsMissed() throws Exception {
    create("hs_time_to_close_sla_at", at(90).toString(), "hs_sla_pause_status", "PAUSED");
    assertThat(promise("0").dueAt()).isEmpty();

    set(9, "hs_sla_pause_status", "NOT_PAUSED");
    assertThat(promise("0").dueAt()).contains(at(90));
  }

  @Test
  void aTicketWithoutAnSlaPromisesNothing() throws Exception {
    create();

    assertThat(ticket().reported().promises()).isEmpty();
  }

  // ---- feedback

  private TicketEvent.Rated rated() throws Exception {
    return events(TicketEvent.Rated.class).getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "CSAT, 4, CSAT, ONE_TO_FIVE",
    "NPS, 9, NPS, ZERO_TO_TEN",
    "CES, 6, CES, ONE_TO_SEVEN",
    "nps, 0, NPS, ZERO_TO_TEN"
  })
  void feedbackIsAnAnswerOnTheScaleOfItsKind(String type, String value, Survey survey, Scale scale)
      throws Exception {
    create();
    hubspot.rate(1, at(30), type, value);

    TicketEvent.Rated rated = rated();

    assertThat(rated.at()).isEqualTo(at(30));
    assertThat(rated.answer().survey()).isEqualTo(survey);
    assertThat(rated.answer().score()).isEqualTo(Integer.parseInt(value));
    assertThat(rated.answer().scale()).contains(scale);
    assertThat(rated.answer().name()).contains("After a ticket");
  }

  @Test
  void aSurveyOfOnesOwnIsReadAsConfiguredElseByItsStandardQuestionElseNot() throws Exception {
    create();
    long id = hubspot.rate(1, at(30), "CUSTOM", "2");
    assertThat(events(TicketEvent.Rated.class)).isEmpty();

    hubspot.set(
        hubspot.thing("feedback_submissions", id),
        at(31),
        false,
        Map.of("hs_industry_standard_question_type", "CSAT"));
    assertThat(rated().answer().scale()).contains(Scale.ONE_TO_FIVE);

    given.surveys = Map.of("44", new Question(Survey.CSAT, Optional.of("1-3"), Map.of()));
    assertThat(rated().answer().scale()).contains(Scale.ONE_TO_THREE);
  }

  @Test
  void aCommentWithoutAScoreIsNoAnswer() throws Exception {
    create();
    hubspot.rate(1, at(30), "CSAT", "");

    assertThat(events(TicketEvent.Rated.class)).isEmpty();
  }

  @Test
  void anotherScoreIsAnotherAnswerAndAnAddedCommentIsNone() throws Exception {
    create();
    Reading reading = new Reading(MOST_PAGES);
    try (HubspotSource source = new HubspotSource(given.settings(), time, time)) {
      for (String value : List.of("2", "2", "5")) {
        hubspot.rate(1, at(30), "CSAT", value);
        time.advance(Duration.ofMinutes(16));
        reading.goOn(source);
      }
    }

    List<Integer> scores = new ArrayList<>();
    for (TicketEvent event : reading.eventsOf("1")) {
      if (event instanceof TicketEvent.Rated it) {
        scores.add(it.answer().score());
      }
    }
    assertThat(scores).containsExactly(2, 5);
  }

  @Test
  void feedbackAboutNoTicketStandsForItself() throws Exception {
    hubspot.create(
        "feedback_submissions",
        9,
        at(1),
        Map.of("hs_survey_type", "NPS", "hs_value", "10", "hs_submission_timestamp", "" + at(0)));

    Happening.Answer answer = (Happening.Answer) read().happenings().values().iterator().next();

    assertThat(answer.survey()).isEqualTo(Survey.NPS);
    assertThat(answer.score()).isEqualTo("10");
    assertThat(answer.at()).isEqualTo(at(0));
  }

  // ---- customers and deals

  private List<Customer> customers() throws Exception {
    given.customers = true;
    return read().happenings().values().stream()
        .filter(Customer.class::isInstance)
        .map(Customer.class::cast)
        .sorted(Comparator.comparing(it -> it.stamp()))
        .toList();
  }

  private void company(int minute, String property, String value) {
    hubspot.set(hubspot.thing("companies", 9_001), at(minute), true, Map.of(property, value));
  }

  @Test
  void aCompanyIsACustomerWhileItsLifecycleSaysSo() throws Exception {
    hubspot.create("companies", 9_000, NINE, Map.of("lifecyclestage", "lead"));
    hubspot.create("companies", 9_001, NINE, Map.of("lifecyclestage", "lead"));
    company(10, "lifecyclestage", "customer");
    company(20, "lifecyclestage", "evangelist");
    company(30, "lifecyclestage", "4711");
    company(40, "lifecyclestage", "customer");

    assertThat(customers())
        .extracting(Customer::customer, Customer::change, Customer::at)
        .containsExactly(
            tuple("9001", Customer.Change.JOINED, at(10)),
            tuple("9001", Customer.Change.LOST, at(30)),
            tuple("9001", Customer.Change.JOINED, at(40)));
  }

  @Test
  void aCustomerPaysWhatAPropertyToldAtThatTime() throws Exception {
    given.monthlyProperty = Optional.of("mrr");
    given.lostProperty = Optional.of("churned_on");
    hubspot.create("companies", 9_001, NINE, Map.of("lifecyclestage", "customer", "mrr", "100.50"));
    company(10, "mrr", "200");
    company(20, "churned_on", "2025-03-03");
    company(30, "churned_on", String.valueOf(at(60).toEpochMilli()));

    assertThat(customers())
        .extracting(Customer::change, Customer::at, Customer::monthly)
        .containsExactly(
            tuple(Customer.Change.JOINED, NINE, Optional.of(new BigDecimal("100.50"))),
            tuple(Customer.Change.CHANGED, at(10), Optional.of(new BigDecimal("200"))),
            tuple(Customer.Change.LOST, at(60), Optional.of(new BigDecimal("200"))));
  }

  @Test
  void aDayOfLossThatIsStillToComeIsNone() throws Exception {
    given.lostProperty = Optional.of("churned_on");
    hubspot.create(
        "companies", 9_001, NINE, Map.of("lifecyclestage", "customer", "churned_on", "2025-12-31"));

    assertThat(customers()).extracting(Customer::change).containsExactly(Customer.Change.JOINED);
  }

  private List<Deal> deals() throws Exception {
    given.deals = true;
    return read().happenings().values().stream()
        .filter(Deal.class::isInstance)
        .map(Deal.class::cast)
        .sorted(Comparator.comparing(Deal::at))
        .toList();
  }

  private void deal(long id, Map<String, String> properties) {
    hubspot.create("deals", id, NINE, properties);
    hubspot.associate("deals", id, "companies", 9_001);
  }

  @Test
  void aDealIsOfferedAndWonInTheCurrencyOfTheAccount() throws Exception {
    deal(
        1,
        Map.of(
            "amount", "120",
            "amount_in_home_currency", "100",
            "hs_is_closed", "true",
            "hs_is_closed_won", "true",
            "closedate", at(60).toString(),
            "hubspot_team_id", "32"));
    hubspot.create("deals", 2, NINE, Map.of("amount", "7"));

    assertThat(deals())
        .containsExactly(
            new Deal(
                deals().get(0).stamp(),
                "9001",
                Deal.Stage.OFFERED,
                Optional.of(new BigDecimal("100")),
                Optional.of("Team 2")),
            new Deal(
                deals().get(1).stamp(),
                "9001",
                Deal.Stage.WON,
                Optional.of(new BigDecimal("100")),
                Optional.of("Team 2")));
    assertThat(deals()).extracting(Deal::at).containsExactly(NINE, at(60));
  }

  @Test
  void aDealIsDeclinedAndOnlyTheTypesThatAreWantedAreRead() throws Exception {
    given.dealTypes = Set.of("existingbusiness");
    deal(
        1,
        Map.of(
            "dealtype", "existingbusiness",
            "hs_is_closed", "true",
            "hs_is_closed_won", "false",
            "closedate", at(60).toString()));
    deal(2, Map.of("dealtype", "newbusiness"));
    deal(3, Map.of());

    assertThat(deals())
        .extracting(Deal::stage)
        .containsExactly(Deal.Stage.OFFERED, Deal.Stage.DECLINED);
  }

  // ---- what it costs

  @Test
  void whatReadingCostsIsReckonedByLimit() {
    Effort effort = new HubspotKind().effort(given.settings()).orElseThrow();

    assertThat(effort.charges())
        .extracting(Effort.Charge::limit, Effort.Charge::poll, Effort.Charge::changed)
        .containsExactly(
            tuple("search", 1.0, 5.0), tuple("app", 1.0, 35.0), tuple("account a day", 1.0, 35.0));
    assertThat(new HubspotKind().settling()).isEqualTo(Duration.ofSeconds(30));
  }
}
