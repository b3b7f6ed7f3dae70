package io.helpdeskexporter.source.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Happening.Deal.Stage;
import io.helpdeskexporter.domain.Reported.Promise;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.SimulatedTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of what is in Salesforce. */
class SalesforceRulesTest {
  private static final Instant NINE = Instant.parse("2025-03-03T09:00:00Z");
  private static final String CASE = SimulatedSalesforce.caseId(1);
  private static final String AGENT = SimulatedSalesforce.agent(1);

  private final SimulatedTime time = new SimulatedTime(NINE);
  private final SimulatedSalesforce salesforce = new SimulatedSalesforce(time);
  private final Given given = Given.at(salesforce.url());

  @AfterEach
  void close() {
    assertThat(salesforce.unexpected()).isEmpty();
    salesforce.close();
  }

  private Instant at(int minutes) {
    Instant at = NINE.plus(Duration.ofMinutes(minutes));
    time.set(at.isAfter(time.instant()) ? at : time.instant());
    return at;
  }

  private void created(Map<String, Object> fields) {
    salesforce.create(1, at(0), fields);
  }

  private Reading read() throws Exception {
    time.advance(Duration.ofMinutes(20));
    Reading reading = new Reading(500);
    try (SalesforceSource source = given.source(time)) {
      reading.goOn(source);
    }
    assertThat(reading.contradictions()).isEmpty();
    return reading;
  }

  private <E extends TicketEvent> List<E> events(Class<E> type) throws Exception {
    return read().eventsOf(CASE).stream().filter(type::isInstance).map(type::cast).toList();
  }

  private Ticket ticket() throws Exception {
    return read().ticket(CASE);
  }

  // ---- cases

  @Test
  void aCaseIsToldWithWhatItIs() throws Exception {
    created(
        Map.of(
            "Priority", "High",
            "Origin", "Phone",
            "Type", "Problem",
            "Reason", "Billing",
            "ContactId", SimulatedSalesforce.id("003", 7),
            "AccountId", SimulatedSalesforce.id("001", 8)));

    Ticket ticket = ticket();

    assertThat(ticket.createdAt()).isEqualTo(NINE);
    assertThat(ticket.status()).contains("New");
    assertThat(ticket.priority()).contains("High");
    assertThat(ticket.channel()).contains("Phone");
    assertThat(ticket.team()).contains("Queue 0");
    assertThat(ticket.assignee()).isEmpty();
    assertThat(ticket.requester()).contains(SimulatedSalesforce.id("003", 7));
    assertThat(ticket.organization()).contains(SimulatedSalesforce.id("001", 8));
    assertThat(ticket.topics()).containsExactly("Problem", "Billing");
    assertThat(ticket.openedBy()).isEqualTo(Actor.CUSTOMER);
  }

  @Test
  void fieldsOfOnesOwnAreTeamAndTopics() throws Exception {
    given.teamField = Optional.of("Team__c");
    given.topicFields = List.of("Area__c");
    created(Map.of("Team__c", "Experts", "Area__c", "Login;Password", "Type", "Problem"));
    salesforce.change(1, at(5), "Team__c", "Wizards", AGENT);
    salesforce.own(1, at(6), SimulatedSalesforce.queueId(1), AGENT);

    assertThat(ticket().team()).contains("Wizards");
    assertThat(ticket().topics()).containsExactly("Login", "Password", "Problem");
    assertThat(events(TicketEvent.TeamChanged.class))
        .singleElement()
        .satisfies(
            moved -> {
              assertThat(moved.from()).contains("Experts");
              assertThat(moved.to()).contains("Wizards");
            });
  }

  @Test
  void aDeletedCaseIsLeftOutUntilItIsRestored() throws Exception {
    created(Map.of());
    salesforce.delete(1, at(5));
    assertThat(ticket().excluded()).contains(Exclusion.DELETED);

    salesforce.restore(1, time.instant());
    assertThat(ticket().excluded()).isEmpty();
  }

  @Test
  void aMergedCaseLivesOnInTheOther() throws Exception {
    created(Map.of());
    salesforce.merge(1, at(5), 2);

    assertThat(ticket().mergedInto()).contains(SimulatedSalesforce.caseId(2));
    assertThat(ticket().excluded()).isEmpty();
  }

  @Test
  void aCaseThatWasErasedBeforeAnybodyLookedIsLeftOut() throws Exception {
    created(Map.of());
    salesforce.create(2, at(1), Map.of());
    Reading reading = new Reading(500);
    try (SalesforceSource source = given.source(time)) {
      reading.goOn(source);
      salesforce.erase(1, at(10));
      salesforce.delete(2, at(11));
      time.advance(Duration.ofHours(26));
      reading.goOn(source);
    }

    assertThat(reading.eventsOf(CASE))
        .filteredOn(TicketEvent.Excluded.class::isInstance)
        .singleElement()
        .satisfies(event -> assertThat(event.at()).isEqualTo(NINE.plus(Duration.ofMinutes(10))));
    assertThat(reading.eventsOf(SimulatedSalesforce.caseId(2)))
        .noneMatch(TicketEvent.Excluded.class::isInstance);
    assertThat(reading.ticket(SimulatedSalesforce.caseId(2)).excluded())
        .contains(Exclusion.DELETED);
  }

  @Test
  void casesOfOtherRecordTypesAreInternal() throws Exception {
    given.recordTypes = Set.of("Support");
    created(Map.of("RecordType.DeveloperName", "Support"));
    salesforce.create(2, at(1), Map.of("RecordType.DeveloperName", "Facilities"));

    Reading reading = read();

    assertThat(reading.ticket(CASE).excluded()).isEmpty();
    assertThat(reading.ticket(SimulatedSalesforce.caseId(2)).excluded())
        .contains(Exclusion.INTERNAL);
  }

  @Test
  void aCaseThatWasClosedBeforeItWasCreatedIsLeftOutAndCounted() throws Exception {
    created(
        Map.of(
            "IsClosed", true, "Status", "Closed", "ClosedDate", NINE.minus(Duration.ofDays(400))));
    salesforce.create(2, at(1), Map.of());
    try (SalesforceSource source = given.source(time)) {
      Page page = source.fetch(SalesforceSource.CASES, Cursor.START);

      assertThat(page.changes()).hasSize(1);
      assertThat(page.rejected())
          .extracting(Rejected::reason)
          .containsExactly("closed_before_created");
      assertThat(source.fetch(SalesforceSource.CASES, Cursor.START).rejected()).isEmpty();
    }
  }

  @Test
  void aRecordTypeThatNobodyMayReadIsNoReasonToLeaveAllCasesOut() {
    given.recordTypes = Set.of("Support");
    salesforce.schema.get("Case").remove("RecordTypeId");
    created(Map.of());

    assertThatThrownBy(this::read)
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageStartingWith("record_types: ");
  }

  @Test
  void theAccountOfTheContactIsTheOrganisationWhereTheCaseHasNone() throws Exception {
    created(
        Map.of(
            "ContactId", SimulatedSalesforce.id("003", 7),
            "Contact.AccountId", SimulatedSalesforce.id("001", 9)));

    assertThat(ticket().organization()).contains(SimulatedSalesforce.id("001", 9));
  }

  // ---- statuses

  @Test
  void whateverClosesACaseIsClosed() throws Exception {
    salesforce.status("Done", "Erledigt", true);
    created(Map.of());
    salesforce.status(1, at(5), "Done", AGENT);

    assertThat(ticket().status()).contains("Closed");
    assertThat(events(TicketEvent.StatusChanged.class))
        .extracting(TicketEvent.StatusChanged::to)
        .containsExactly("Closed");
  }

  @Test
  void aClosedStatusMeansSolvedWhereTheOperatorSaysSo() throws Exception {
    given.solvedStatuses = Set.of("Done");
    salesforce.status("Done", "Erledigt", true);
    created(Map.of());
    salesforce.status(1, at(5), "Done", AGENT);
    Vocabulary vocabulary = new SalesforceKind().vocabulary(given.settings());

    assertThat(ticket().status()).contains("Done");
    assertThat(vocabulary.status("Done")).contains(Status.SOLVED);
  }

  @Test
  void historyThatNamesALabelIsUnderstood() throws Exception {
    created(Map.of());
    salesforce.history(1, at(5), "Status", "New", "Geschlossen", AGENT);

    assertThat(events(TicketEvent.StatusChanged.class))
        .extracting(TicketEvent.StatusChanged::to)
        .containsExactly("Closed");
  }

  @Test
  void anUnknownStatusKeepsItsWord() throws Exception {
    salesforce.status("Parked", "Parked", false);
    created(Map.of("Status", "Parked"));

    assertThat(ticket().status()).contains("Parked");
    assertThat(new SalesforceKind().vocabulary(given.settings()).status("Parked")).isEmpty();
  }

  @Test
  void usualStatusesAreKnown() {
    Vocabulary vocabulary = new SalesforceKind().vocabulary(given.settings());

    assertThat(vocabulary.status("In Progress")).contains(Status.OPEN);
    assertThat(vocabulary.status("Escalated")).contains(Status.OPEN);
    assertThat(vocabulary.status("Waiting on Customer")).contains(Status.PENDING);
    assertThat(vocabulary.status("Waiting on Engineering")).contains(Status.ON_HOLD);
    assertThat(vocabulary.status("Resolved")).contains(Status.SOLVED);
    assertThat(vocabulary.status("Closed")).contains(Status.CLOSED);
  }

  @Test
  void whenACaseWasClosedIsKnownWithoutItsHistory() throws Exception {
    created(
        Map.of("IsClosed", true, "Status", "Closed", "ClosedDate", NINE.plus(Duration.ofHours(2))));

    assertThat(events(TicketEvent.Snapshot.class))
        .singleElement()
        .satisfies(
            state -> {
              assertThat(state.at()).isEqualTo(NINE.plus(Duration.ofHours(2)));
              assertThat(state.status()).contains("Closed");
            });
  }

  @Test
  void withoutHistoryStatesAreTold() throws Exception {
    given.history = false;
    created(Map.of("Priority", "High"));

    assertThat(events(TicketEvent.AssigneeChanged.class)).hasSize(1);
    assertThat(events(TicketEvent.Snapshot.class))
        .singleElement()
        .satisfies(
            state -> {
              assertThat(state.status()).contains("New");
              assertThat(state.priority()).contains("High");
              assertThat(state.team()).contains("Queue 0");
            });
    assertThat(salesforce.queries).noneMatch(soql -> soql.contains("FROM CaseHistory"));
  }

  // ---- history

  @Test
  void aQueueStaysTheTeamWhenSomebodyTakesTheCaseOutOfIt() throws Exception {
    created(Map.of());
    salesforce.own(1, at(5), AGENT, AGENT);
    salesforce.own(1, at(10), SimulatedSalesforce.queueId(1), AGENT);

    Reading reading = read();

    List<TicketEvent.TeamChanged> teams = new ArrayList<>();
    List<TicketEvent.AssigneeChanged> assignees = new ArrayList<>();
    for (TicketEvent event : reading.eventsOf(CASE)) {
      if (event instanceof TicketEvent.TeamChanged it) {
        teams.add(it);
      } else if (event instanceof TicketEvent.AssigneeChanged it) {
        assignees.add(it);
      }
    }
    assertThat(teams).extracting(it -> it.to().orElse("")).containsExactly("Queue 0", "Queue 1");
    assertThat(teams.getFirst().from()).contains("Queue 0");
    assertThat(assignees).extracting(it -> it.to().orElse("")).containsExactly(AGENT, "");
  }

  @Test
  void ofAChangeOfOwnerOnlyTheRowWithIdsCounts() throws Exception {
    created(Map.of());
    salesforce.own(1, at(5), AGENT, AGENT);

    assertThat(events(TicketEvent.AssigneeChanged.class)).hasSize(1);
  }

  @Test
  void aQueueThatIsNewIsAskedFor() throws Exception {
    created(Map.of());
    Reading reading = new Reading(500);
    try (SalesforceSource source = given.source(time)) {
      reading.goOn(source);
      salesforce.queue(9, "Night shift");
      salesforce.own(1, at(5), SimulatedSalesforce.queueId(9), AGENT);
      reading.goOn(source);
    }

    assertThat(reading.ticket(CASE).team()).contains("Night shift");
  }

  @Test
  void escalationsAreTold() throws Exception {
    created(Map.of());
    salesforce.history(1, at(5), "IsEscalated", "false", "true", AGENT);
    salesforce.history(1, at(6), "IsEscalated", "true", "false", AGENT);
    salesforce.history(1, at(7), "Status", "New", "Escalated", AGENT);
    salesforce.history(1, at(8), "ownerEscalated", AGENT, SimulatedSalesforce.agent(2), AGENT);

    assertThat(events(TicketEvent.Escalated.class))
        .extracting(TicketEvent::at)
        .containsExactly(
            NINE.plus(Duration.ofMinutes(5)),
            NINE.plus(Duration.ofMinutes(7)),
            NINE.plus(Duration.ofMinutes(8)));
  }

  @Test
  void aChangeOfPriorityIsToldAndOfOtherFieldsNot() throws Exception {
    created(Map.of());
    salesforce.history(1, at(5), "Priority", "Low", "High", AGENT);
    salesforce.history(1, at(6), "Subject", "a customer's words", "other words", AGENT);

    assertThat(read().eventsOf(CASE))
        .singleElement()
        .isInstanceOfSatisfying(
            TicketEvent.PriorityChanged.class,
            event -> {
              assertThat(event.from()).contains("Low");
              assertThat(event.to()).contains("High");
            });
  }

  @Test
  void whoChangedAStatusIsKnownByTheKindOfUser() throws Exception {
    created(Map.of());
    salesforce.status(1, at(5), "Working", AGENT);
    salesforce.status(1, at(6), "Closed", SimulatedSalesforce.ROBOT);
    salesforce.status(1, at(7), "Working", SimulatedSalesforce.PORTAL);

    assertThat(events(TicketEvent.StatusChanged.class))
        .extracting(TicketEvent.StatusChanged::by)
        .containsExactly(Actor.AGENT, Actor.SYSTEM, Actor.CUSTOMER);
  }

  // ---- messages

  private Map<Instant, Author> authors() throws Exception {
    Map<Instant, Author> authors = new TreeMap<>();
    events(TicketEvent.Message.class).forEach(it -> authors.put(it.at(), it.author()));
    return authors;
  }

  @Test
  void emailsAreMessagesOfWhoWroteThem() throws Exception {
    created(Map.of());
    Instant reply = at(5);
    salesforce.email(1, reply, false, AGENT);
    Instant answer = at(6);
    salesforce.email(1, answer, true, SimulatedSalesforce.ROBOT);

    assertThat(authors()).isEqualTo(Map.of(reply, Author.agent(AGENT), answer, Author.CUSTOMER));
  }

  @Test
  void theEmailThatOpenedTheCaseIsTheCaseItself() throws Exception {
    created(Map.of());
    salesforce.email(1, NINE.minusSeconds(40), true, SimulatedSalesforce.ROBOT);

    assertThat(authors()).isEmpty();
  }

  @Test
  void anAutomaticReplyIsNobodys() throws Exception {
    created(Map.of());
    Instant robot = at(5);
    salesforce.email(1, robot, false, SimulatedSalesforce.ROBOT);
    Instant atOnce = NINE.plusSeconds(20);
    salesforce.email(1, atOnce, false, AGENT);

    assertThat(authors()).isEqualTo(Map.of(robot, Author.SYSTEM, atOnce, Author.SYSTEM));
  }

  @Test
  void afterACallAReplyMayBeQuick() throws Exception {
    created(Map.of("Origin", "Phone"));
    Instant atOnce = NINE.plusSeconds(20);
    salesforce.email(1, atOnce, false, AGENT);

    assertThat(authors()).isEqualTo(Map.of(atOnce, Author.agent(AGENT)));
  }

  @Test
  void draftsForwardedMailsAndMailsOfNoCaseAreNoMessages() throws Exception {
    created(Map.of());
    salesforce.email(1, at(5), false, AGENT).put("Status", "5");
    salesforce.email(1, at(6), false, AGENT).put("Status", "4");
    salesforce.email(1, at(7), false, AGENT).put("ParentId", null);
    salesforce.email(1, at(8), true, AGENT).put("ParentId", SimulatedSalesforce.id("00Q", 1));

    assertThat(authors()).isEmpty();
    assertThat(salesforce.queries)
        .filteredOn(soql -> soql.contains("FROM EmailMessage"))
        .isNotEmpty()
        .allMatch(soql -> soql.contains("AND ParentId != null"));
  }

  @Test
  void aDraftThatIsSentIsAReplyOfThen() throws Exception {
    created(Map.of());
    Map<String, Object> mail = salesforce.email(1, at(5), false, AGENT);
    mail.put("Status", "5");
    Reading reading = new Reading(500);
    try (SalesforceSource source = given.source(time)) {
      reading.goOn(source);
      Instant sent = at(30);
      mail.put("Status", "3");
      mail.put("MessageDate", sent);
      salesforce.touch(mail, sent);
      reading.goOn(source);

      assertThat(reading.eventsOf(CASE))
          .singleElement()
          .satisfies(event -> assertThat(event.at()).isEqualTo(sent));
    }
  }

  @Test
  void commentsAreRepliesWhereTheyArePublished() throws Exception {
    created(Map.of());
    salesforce.comment(1, at(5), true, AGENT);
    salesforce.comment(1, at(6), false, AGENT);
    salesforce.comment(1, at(7), true, SimulatedSalesforce.PORTAL);
    salesforce.comment(1, at(8), true, SimulatedSalesforce.BOT);

    List<TicketEvent.Message> messages = events(TicketEvent.Message.class);

    assertThat(messages)
        .extracting(it -> it.author().actor())
        .containsExactly(Actor.AGENT, Actor.AGENT, Actor.CUSTOMER, Actor.BOT);
    assertThat(messages)
        .extracting(TicketEvent.Message::visible)
        .containsExactly(true, false, true, true);
  }

  @Test
  void noCustomersWordsAreAskedFor() throws Exception {
    created(Map.of());
    salesforce.email(1, at(5), true, SimulatedSalesforce.ROBOT);
    salesforce.comment(1, at(6), true, AGENT);

    read();

    assertThat(salesforce.queries)
        .isNotEmpty()
        .noneMatch(
            soql -> soql.matches(".*(Subject|Description|Body|Address|Comment,|Name,Email).*"));
  }

  // ---- promises

  private Promise promise() throws Exception {
    List<Promise> promises = ticket().reported().promises();
    assertThat(promises).hasSize(1);
    return promises.getFirst();
  }

  @Test
  void anOpenMilestoneIsAPromiseWithItsTarget() throws Exception {
    created(Map.of());
    Instant target = NINE.plus(Duration.ofHours(4));
    salesforce.milestone(1, "First Response", NINE, target);

    assertThat(promise())
        .isEqualTo(
            new Promise(
                SlaMetric.FIRST_RESPONSE, Optional.empty(), Optional.of(target), Optional.empty()));
  }

  @Test
  void aMilestoneIsKeptIfItWasCompletedByItsTarget() throws Exception {
    created(Map.of());
    Instant target = NINE.plus(Duration.ofHours(4));
    salesforce.milestone(1, "Resolution Time", NINE, target);
    salesforce.complete(1, "Resolution Time", at(240));

    assertThat(promise())
        .isEqualTo(
            new Promise(
                SlaMetric.RESOLUTION, Optional.of(true), Optional.of(target), Optional.of(target)));
  }

  @Test
  void whatSalesforceComputesItselfIsKeptToBeCompared() throws Exception {
    Instant closed = NINE.plus(Duration.ofHours(3));
    created(Map.of("IsClosed", true, "Status", "Closed", "ClosedDate", closed));
    salesforce.milestone(1, "Resolution Time", NINE, NINE.plus(Duration.ofHours(4)));
    salesforce.complete(1, "Resolution Time", at(10));
    salesforce.milestone(1, "First Response", NINE, NINE.plus(Duration.ofHours(4)));
    salesforce.complete(1, "First Response", at(20));
    salesforce.milestone(1, "First Response", NINE, NINE.plus(Duration.ofHours(4)));
    salesforce.complete(1, "First Response", at(30));

    assertThat(ticket().reported().firstReplyAt()).contains(NINE.plus(Duration.ofMinutes(20)));
    assertThat(ticket().reported().closedAt()).contains(closed);
    assertThat(new SalesforceKind().reports(given.settings())).containsExactly(ReportedField.SLA);
  }

  @Test
  void aMilestoneIsBrokenIfItWasCompletedLater() throws Exception {
    created(Map.of());
    Map<String, Object> row =
        salesforce.milestone(1, "Resolution Time", NINE, NINE.plusSeconds(60));
    salesforce.complete(1, "Resolution Time", NINE.plusSeconds(61));
    row.put("IsViolated", false);

    assertThat(promise().met()).contains(false);
  }

  @Test
  void aMilestoneThatSalesforceSaysIsViolatedIsBroken() throws Exception {
    created(Map.of());
    Map<String, Object> row =
        salesforce.milestone(1, "Resolution Time", NINE, NINE.plusSeconds(60));
    salesforce.complete(1, "Resolution Time", NINE.plusSeconds(59));
    row.put("IsViolated", true);

    assertThat(promise().met()).contains(false);
  }

  @Test
  void whileTheClockStandsStillThereIsNoDeadline() throws Exception {
    created(Map.of("IsStopped", true));
    salesforce.milestone(1, "First Response", NINE, NINE.plus(Duration.ofHours(4)));

    assertThat(promise().dueAt()).isEmpty();
    assertThat(promise().met()).isEmpty();
  }

  @Test
  void aMilestoneThatIsCompletedIsToldThoughItsCaseDidNotChange() throws Exception {
    created(Map.of());
    salesforce.milestone(1, "First Response", NINE, NINE.plus(Duration.ofHours(4)));
    Reading reading = new Reading(500);
    try (SalesforceSource source = given.source(time)) {
      reading.goOn(source);
      salesforce.complete(1, "First Response", at(40));
      reading.goOn(source);
    }

    assertThat(reading.ticket(CASE).reported().promises())
        .singleElement()
        .satisfies(it -> assertThat(it.met()).contains(true));
  }

  @Test
  void aMilestoneThatIsCompletedWhileAllCasesAreReadForTheFirstTimeIsNotMissed() throws Exception {
    for (int i = 1; i <= 4; i++) {
      salesforce.create(i, at(i), Map.of());
    }
    salesforce.milestone(1, "First Response", NINE, NINE.plus(Duration.ofDays(4)));
    at(60);
    Reading reading = new Reading(500);
    try (SalesforceSource source = given.rows(2).source(time)) {
      while (reading.tickets().size() < 3) {
        reading.page(source);
      }
      salesforce.complete(1, "First Response", at(70));
      time.advance(Duration.ofDays(3));
      reading.goOn(source);
      reading.goOn(source);
    }

    assertThat(reading.ticket(CASE).reported().promises())
        .singleElement()
        .satisfies(it -> assertThat(it.met()).contains(true));
  }

  @Test
  void aTargetThatMovesOnWithoutATraceIsFoundWithinAnHour() throws Exception {
    created(Map.of());
    Map<String, Object> row =
        salesforce.milestone(1, "First Response", NINE, NINE.plus(Duration.ofHours(4)));
    Instant moved = NINE.plus(Duration.ofHours(9));
    Reading reading = new Reading(500);
    try (SalesforceSource source = given.source(time)) {
      at(40);
      reading.goOn(source);
      row.put("TargetDate", moved);
      at(101);
      reading.goOn(source);
    }

    assertThat(reading.contradictions()).isEmpty();
    assertThat(reading.ticket(CASE).reported().promises())
        .singleElement()
        .satisfies(it -> assertThat(it.dueAt()).contains(moved));
  }

  @Test
  void milestonesThatDoNotFitIntoTheRowOfTheirCaseAreAskedFor() throws Exception {
    created(Map.of());
    salesforce.childrenPerRow = 2;
    for (int i = 1; i <= 5; i++) {
      salesforce.milestone(1, "Response", NINE, NINE.plus(Duration.ofHours(i)));
    }

    assertThat(ticket().reported().promises()).hasSize(5);
  }

  @Test
  void whatAMilestonePromisesIsInItsNameUnlessItIsSaid() {
    MilestoneRows rows = new MilestoneRows(Map.of("Triage", SlaMetric.FIRST_RESPONSE));

    assertThat(rows.metric("First Response")).isEqualTo(SlaMetric.FIRST_RESPONSE);
    assertThat(rows.metric("Resolution Time")).isEqualTo(SlaMetric.RESOLUTION);
    assertThat(rows.metric("Case close")).isEqualTo(SlaMetric.RESOLUTION);
    assertThat(rows.metric("Response to customer")).isEqualTo(SlaMetric.NEXT_RESPONSE);
    assertThat(rows.metric("TRIAGE")).isEqualTo(SlaMetric.FIRST_RESPONSE);
    assertThat(rows.metric("Verify entitlement")).isEqualTo(SlaMetric.OTHER);
  }

  // ---- satisfaction, customers, deals

  @Test
  void anAnswerInAFieldOfTheCaseIsARating() throws Exception {
    Instant given = NINE.plus(Duration.ofHours(1));
    created(Map.of("CSAT_Score__c", "4", "CSAT_Date__c", given));

    assertThat(events(TicketEvent.Rated.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.answer().score()).isEqualTo(4);
              assertThat(event.at()).isEqualTo(given);
            });
  }

  private static Map<String, Object> row(String type, String id, Object... fields) {
    Map<String, Object> row = new HashMap<>();
    row.put("Id", id);
    row.put("IsDeleted", false);
    row.put("SystemModstamp", NINE);
    for (int i = 0; i < fields.length; i += 2) {
      row.put(fields[i].toString(), fields[i + 1]);
    }
    return row;
  }

  @Test
  void anAccountIsACustomerFromItsDayOnInItsZone() throws Exception {
    given.customers =
        Optional.of(
            new SalesforceSettings.Customers(
                "Since__c", Optional.of("Lost__c"), Optional.of("Monthly__c")));
    given.zone = ZoneId.of("Europe/Berlin");
    String account = SimulatedSalesforce.id("001", 1);
    salesforce.put(
        "Account",
        row(
            "Account",
            account,
            "Since__c",
            "2024-05-01",
            "Lost__c",
            "2025-03-01",
            "Monthly__c",
            new BigDecimal("99.5")));
    salesforce.put("Account", row("Account", SimulatedSalesforce.id("001", 2)));

    Map<String, Happening> told = read().happenings();

    assertThat(told).hasSize(3);
    assertThat(told.get("Customer " + account + "/joined").at())
        .isEqualTo(Instant.parse("2024-04-30T22:00:00Z"));
    assertThat(told.get("Customer " + account + "/lost").at())
        .isEqualTo(Instant.parse("2025-02-28T23:00:00Z"));
    assertThat(told.values())
        .filteredOn(it -> ((Happening.Customer) it).monthly().isPresent())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(((Happening.Customer) it).monthly()).contains(new BigDecimal("99.5"));
              assertThat(it.at()).isEqualTo(NINE);
            });
  }

  @Test
  void anOpportunityIsAnOfferAndItsAnswer() throws Exception {
    given.dealTypes = Set.of("Renewal", "Buyer's remorse");
    String account = SimulatedSalesforce.id("001", 1);
    Object[] offer = {
      "AccountId",
      account,
      "Type",
      "Renewal",
      "Amount",
      new BigDecimal("1200.0"),
      "IsClosed",
      true,
      "IsWon",
      true,
      "CloseDate",
      "2025-03-02",
      "CreatedDate",
      NINE.minus(Duration.ofDays(9))
    };
    salesforce.put("Opportunity", row("Opportunity", SimulatedSalesforce.id("006", 1), offer));
    Map<String, Object> lost =
        salesforce.put("Opportunity", row("Opportunity", SimulatedSalesforce.id("006", 2), offer));
    lost.put("IsWon", false);
    lost.put("Amount", null);
    Map<String, Object> open =
        salesforce.put("Opportunity", row("Opportunity", SimulatedSalesforce.id("006", 3), offer));
    open.put("IsClosed", false);
    open.put("Type", "Buyer's remorse");
    Map<String, Object> other =
        salesforce.put("Opportunity", row("Opportunity", SimulatedSalesforce.id("006", 4), offer));
    other.put("Type", "New Customer");

    Map<String, List<Stage>> stages = new TreeMap<>();
    for (Happening happening : read().happenings().values()) {
      Happening.Deal deal = (Happening.Deal) happening;
      assertThat(deal.customer()).isEqualTo(account);
      stages
          .computeIfAbsent(deal.stamp().key().split("/")[0], _ -> new ArrayList<>())
          .add(deal.stage());
    }

    assertThat(stages)
        .isEqualTo(
            Map.of(
                SimulatedSalesforce.id("006", 1),
                List.of(Stage.ACCEPTED, Stage.OFFERED, Stage.WON),
                SimulatedSalesforce.id("006", 2),
                List.of(Stage.DECLINED, Stage.OFFERED),
                SimulatedSalesforce.id("006", 3),
                List.of(Stage.OFFERED)));
  }

  @Test
  void withoutBeingAskedNeitherAccountsNorOpportunitiesAreRead() throws Exception {
    created(Map.of());

    read();

    assertThat(salesforce.requests().keySet())
        .noneMatch(it -> it.contains("Account") || it.contains("Opportunity"));
  }

  // ---- how it is read

  @Test
  void pagesThatEndEarlyAreGoneOnFromWithoutALink() throws Exception {
    salesforce.rowsPerPage = 2;
    for (int i = 1; i <= 9; i++) {
      salesforce.create(i, at(i), Map.of());
    }

    assertThat(read().tickets()).hasSize(9);
    assertThat(salesforce.requests().keySet()).noneMatch(it -> it.contains("01g"));
  }

  @Test
  void manyRowsOfOneSecondAreAllRead() throws Exception {
    for (int i = 1; i <= 40; i++) {
      salesforce.create(i, NINE, Map.of());
    }
    given.rows(7);

    assertThat(read().tickets()).hasSize(40);
  }

  @Test
  void whatIsSeenLateIsReadThoughItsTimeWasPassed() throws Exception {
    created(Map.of());
    Reading reading = new Reading(500);
    try (SalesforceSource source = given.source(time)) {
      Instant before = at(10);
      at(21);
      salesforce.create(2, at(21), Map.of());
      at(22);
      reading.goOn(source);
      // Its transaction ends now, with the time at which it wrote.
      salesforce.create(3, before, Map.of());
      salesforce.ticket(3).put("SystemModstamp", before);
      at(26);
      reading.goOn(source);
    }

    assertThat(reading.tickets()).containsKey(SimulatedSalesforce.caseId(3));
  }

  @Test
  void whatIsSeenLateIsReadThoughTheRunThatPassedItTookLong() throws Exception {
    for (int i = 1; i <= 4; i++) {
      salesforce.create(i, at(i), Map.of());
    }
    given.rows(2);
    Reading reading = new Reading(500);
    try (SalesforceSource source = given.source(time)) {
      Page first = source.fetch(SalesforceSource.CASES, Cursor.START);
      reading.take(SalesforceSource.CASES, first);
      salesforce.create(5, NINE.plusSeconds(70), Map.of());
      salesforce.ticket(5).put("SystemModstamp", NINE.plusSeconds(70));
      at(300);
      Page second = source.fetch(SalesforceSource.CASES, first.next());
      reading.take(SalesforceSource.CASES, second);
      Page third = source.fetch(SalesforceSource.CASES, second.next());
      assertThat(third.completeUntil().orElseThrow()).isBefore(NINE);
      reading.take(SalesforceSource.CASES, third);
      reading.goOn(source);
    }

    assertThat(reading.tickets()).containsKey(SimulatedSalesforce.caseId(5));
  }

  @Test
  void nothingCountsAsKnownBeforeItHasSettled() throws Exception {
    created(Map.of());
    time.set(NINE.plus(Duration.ofMinutes(30)));
    try (SalesforceSource source = given.source(time)) {
      assertThat(source.fetch(SalesforceSource.CASES, Cursor.START).completeUntil())
          .contains(NINE.plus(Duration.ofMinutes(25)));
    }
    assertThat(new SalesforceKind().settling()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void whatHasNotChangedSinceADayIsLeftOut() throws Exception {
    given.since = LocalDate.parse("2025-03-03");
    salesforce.create(1, NINE.minus(Duration.ofDays(1)), Map.of());
    salesforce.ticket(1).put("SystemModstamp", NINE.minus(Duration.ofDays(1)));
    salesforce.create(2, NINE, Map.of());

    assertThat(read().tickets()).containsOnlyKeys(SimulatedSalesforce.caseId(2));
  }

  @Test
  void aQuietPollTakesFourRequests() throws Exception {
    created(Map.of());
    Reading reading = new Reading(500);
    try (SalesforceSource source = given.source(time)) {
      reading.goOn(source);
      int before = salesforce.requestCount();
      time.advance(Duration.ofMinutes(1));
      reading.goOn(source);

      assertThat(salesforce.requestCount() - before).isEqualTo(4);
      assertThat(
              new SalesforceKind()
                  .effort(given.settings())
                  .orElseThrow()
                  .charges()
                  .getFirst()
                  .poll())
          .isEqualTo(4);
    }
  }

  @Test
  void idsHaveEighteenCharacters() {
    assertThat(Ids.whole("001ak00000OKNPH")).isEqualTo("001ak00000OKNPHAA5");
    assertThat(Ids.whole("003ak000003dQCG")).isEqualTo("003ak000003dQCGAA2");
    assertThat(Ids.whole("001ak00000OKNPHAA5")).isEqualTo("001ak00000OKNPHAA5");
  }
}
