package io.helpdeskexporter.source.zendesk;

import static io.helpdeskexporter.source.zendesk.SimulatedZendesk.agent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Deriver;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts.Promise;
import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.api.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When promises are to be kept whose clocks keep the hours of a schedule, or pause. */
class ZendeskScheduleTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final String CUSTOMER = "5000";
  private static final String SCHEDULES = "/api/v2/business_hours/schedules";
  private static final String WAIT = "requester_wait_time";
  private static final String REPLY = "reply_time";

  private final SimulatedTime time = new SimulatedTime(Instant.parse("2025-06-30T12:00:00Z"));
  private final SimulatedZendesk zendesk = new SimulatedZendesk(time);
  private final Zendesks configured = Zendesks.at(zendesk.url());
  private final Reading reading = new Reading(1_000);

  @AfterEach
  void close() {
    zendesk.close();
    assertThat(zendesk.unexpected()).isEmpty();
    assertThat(reading.contradictions()).isEmpty();
  }

  /** Of Berlin's clocks, such as {@code 2025-03-07 16:00}. */
  private static Instant at(String local) {
    return LocalDateTime.parse(local.replace(' ', 'T')).atZone(BERLIN).toInstant();
  }

  private void created(String at) {
    zendesk.create(1, at(at), CUSTOMER, Map.of());
  }

  private void turned(String at, String metric, String type) {
    zendesk.metricEvent(1, metric, 1, type, at(at));
  }

  private void promised(String at, String metric, int hours) {
    promised(at, metric, hours, true);
  }

  private void promised(String at, String metric, int hours, boolean businessHours) {
    zendesk
        .metricEvent(1, metric, 1, "apply_sla", at(at))
        .put("sla", Map.of("target", 60 * hours, "business_hours", businessHours));
  }

  /** With a clock that runs from the beginning. */
  private void createdAndPromised(String at, String metric, int hours) {
    created(at);
    turned(at, metric, "activate");
    promised(at, metric, hours);
  }

  private void read() throws Exception {
    try (ZendeskSource source = new ZendeskSource(configured.settings(), time, time)) {
      reading.goOn(source);
    }
  }

  private Promise promise(String asOf) {
    return promises(asOf).getFirst();
  }

  private List<Promise> promises(String asOf) {
    return new Deriver(
            new Policies(
                new ZendeskKind().vocabulary(configured.settings()),
                new ZendeskKind().reports(configured.settings()),
                true,
                Definitions.DEFAULT,
                BusinessClock.alwaysOpen(),
                SlaPolicies.NONE))
        .derive(new Timeline(reading.ticket("1"), reading.eventsOf("1"), List.of()), at(asOf))
        .promises();
  }

  private Promise.State state(String asOf) throws Exception {
    read();
    return promise(asOf).state();
  }

  private Instant deadline(String asOf) throws Exception {
    return ((Promise.Running) state(asOf)).deadline();
  }

  // ---- hours, days off, clocks

  @Test
  void aDeadlineInBusinessHoursLiesBehindTheWeekend() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    createdAndPromised("2025-03-07 16:00", REPLY, 4);

    assertThat(deadline("2025-03-07 16:30")).isEqualTo(at("2025-03-10 12:00"));
  }

  @Test
  void littleTimeIsLeftByTheHoursOfTheSchedule() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    createdAndPromised("2025-03-07 12:00", REPLY, 6);

    // Twenty per cent of six hours: one of Monday's and twelve minutes of Friday's.
    assertThat(state("2025-03-07 16:30"))
        .isEqualTo(new Promise.Running(at("2025-03-07 16:48"), at("2025-03-10 10:00")));
    assertThat(promise("2025-03-07 16:30").metric()).isEqualTo(SlaMetric.FIRST_RESPONSE);
    assertThat(promise("2025-03-07 16:30").targetMillis()).hasValue(Duration.ofHours(6).toMillis());
  }

  @Test
  void aDeadlineKeepsTheWallClocksHoursWhenTheyAreChanged() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    createdAndPromised("2025-03-28 16:00", REPLY, 4);

    assertThat(deadline("2025-03-28 16:30")).isEqualTo(Instant.parse("2025-03-31T10:00:00Z"));
  }

  @Test
  void theHourThatIsLeftOutInSpringDoesNotCount() throws Exception {
    zendesk.schedule("41", "Berlin", 0, 24 * 60);
    createdAndPromised("2025-03-30 01:00", REPLY, 4);

    assertThat(deadline("2025-03-30 01:30")).isEqualTo(at("2025-03-30 06:00"));
  }

  @Test
  void holidaysAreWholeDaysTheFirstAndTheLastIncluded() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    zendesk.holiday("41", "2025-05-01", "2025-05-02");
    createdAndPromised("2025-04-30 16:00", REPLY, 4);

    assertThat(deadline("2025-04-30 16:30")).isEqualTo(at("2025-05-05 12:00"));
  }

  @Test
  void aWeekOfMinutesBeginsOnSundayAndMayEndWithItsLast() throws Exception {
    int saturday = 6 * 24 * 60;
    zendesk.schedule("41", "Berlin", saturday + 22 * 60, 7 * 24 * 60, 0, 60);
    createdAndPromised("2025-03-08 21:00", REPLY, 3);

    assertThat(deadline("2025-03-08 21:30")).isEqualTo(at("2025-03-09 01:00"));
  }

  @Test
  void anIntervalThatGoesThroughMidnightIsTakenAsItIs() throws Exception {
    zendesk.schedule("41", "Berlin", (24 + 22) * 60, (2 * 24 + 2) * 60);
    createdAndPromised("2025-03-10 21:00", REPLY, 3);

    assertThat(deadline("2025-03-10 21:30")).isEqualTo(at("2025-03-11 01:00"));
  }

  @ParameterizedTest
  @CsvSource({
    "Berlin, Europe/Berlin",
    "Europe/Paris, Europe/Paris",
    "Pacific Time (US & Canada), America/Los_Angeles",
    "New Delhi, Asia/Kolkata"
  })
  void zonesAreToldByZendesksNamesAndByThoseOfAllTheWorld(String told, String zone)
      throws Exception {
    zendesk.weekdays("41", told, 9, 17);
    createdAndPromised("2025-03-08 12:00", REPLY, 3);

    assertThat(deadline("2025-03-08 12:30"))
        .isEqualTo(LocalDateTime.parse("2025-03-10T12:00").atZone(ZoneId.of(zone)).toInstant());
  }

  // ---- what becomes of a clock

  @Test
  void aClockThatStandsStillHasNoDeadlineAndGoesOnWithTheTimeThatIsLeft() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    createdAndPromised("2025-03-10 10:00", WAIT, 4);
    turned("2025-03-10 11:00", WAIT, "pause");
    turned("2025-03-11 15:00", WAIT, "activate");

    assertThat(deadline("2025-03-10 10:30")).isEqualTo(at("2025-03-10 14:00"));
    assertThat(state("2025-03-10 12:00")).isInstanceOf(Promise.Paused.class);
    assertThat(deadline("2025-03-11 15:30")).isEqualTo(at("2025-03-12 10:00"));
  }

  @Test
  void anotherTargetCountsFromWhenTheClockBeganToRun() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    createdAndPromised("2025-03-10 09:00", REPLY, 8);
    promised("2025-03-10 11:00", REPLY, 3);

    assertThat(deadline("2025-03-10 10:00")).isEqualTo(at("2025-03-10 17:00"));
    assertThat(deadline("2025-03-10 11:30")).isEqualTo(at("2025-03-10 12:00"));
    assertThat(promise("2025-03-10 11:30").targetMillis()).hasValue(Duration.ofHours(3).toMillis());
  }

  @Test
  void aTargetThatComesLateFindsTheTimeThatItsClockHasRun() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    created("2025-03-10 09:00");
    turned("2025-03-10 09:00", WAIT, "activate");
    turned("2025-03-10 10:00", WAIT, "pause");
    turned("2025-03-10 12:00", WAIT, "activate");
    promised("2025-03-10 13:00", WAIT, 4);

    assertThat(deadline("2025-03-10 13:30")).isEqualTo(at("2025-03-10 15:00"));
  }

  @Test
  void aClockOfWhichNobodyToldWhenItBeganRunsFromItsTarget() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    created("2025-03-10 09:00");
    promised("2025-03-10 10:00", REPLY, 4);

    assertThat(deadline("2025-03-10 11:30")).isEqualTo(at("2025-03-10 14:00"));
  }

  @Test
  void aClockThatPausesHasADeadlineInPlainTimeToo() throws Exception {
    created("2025-03-10 10:00");
    turned("2025-03-10 10:00", WAIT, "activate");
    promised("2025-03-10 10:00", WAIT, 10, false);
    turned("2025-03-10 11:00", WAIT, "pause");
    turned("2025-03-10 20:00", WAIT, "activate");

    assertThat(deadline("2025-03-10 10:30")).isEqualTo(at("2025-03-10 20:00"));
    assertThat(deadline("2025-03-10 21:00")).isEqualTo(at("2025-03-11 05:00"));
    assertThat(zendesk.requests()).doesNotContainKey(SCHEDULES);
  }

  @Test
  void ofTwoClocksForOneThingTheOneCountsThatHasATarget() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    createdAndPromised("2025-03-10 09:00", WAIT, 8);
    turned("2025-03-10 09:00", "agent_work_time", "activate");
    turned("2025-03-10 10:00", "agent_work_time", "pause");

    assertThat(deadline("2025-03-10 11:00")).isEqualTo(at("2025-03-10 17:00"));
  }

  @Test
  void eachCycleOfReplyTimeHasAClockOfItsOwn() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    created("2025-03-10 09:00");
    zendesk.reply(1, at("2025-03-10 09:30"), agent(1), true);
    for (int cycle = 2; cycle <= 3; cycle++) {
      Instant at = at("2025-03-1" + cycle + " 10:00");
      zendesk.reply(1, at, CUSTOMER, true);
      zendesk.metricEvent(1, REPLY, cycle, "activate", at);
      zendesk
          .metricEvent(1, REPLY, cycle, "apply_sla", at)
          .put("sla", Map.of("target", 240, "business_hours", true));
      zendesk.reply(1, at.plus(Duration.ofHours(1)), agent(1), true);
      zendesk.metricEvent(1, REPLY, cycle, "fulfill", at.plus(Duration.ofHours(1)));
    }
    read();

    assertThat(promise("2025-03-12 11:30").state()).isInstanceOf(Promise.Met.class);
    assertThat(((Promise.Running) promises("2025-03-13 10:30").getLast().state()).deadline())
        .isEqualTo(at("2025-03-13 14:00"));
  }

  @Test
  void aPromiseThatIsKeptHasNoDeadlineAnyMore() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    createdAndPromised("2025-03-10 09:00", REPLY, 4);
    zendesk.reply(1, at("2025-03-10 11:00"), agent(1), true);
    turned("2025-03-10 11:00", REPLY, "fulfill");

    assertThat(state("2025-03-11 09:00")).isInstanceOf(Promise.Met.class);
  }

  @Test
  void aPromiseIsBrokenWhenZendeskSaysSo() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    createdAndPromised("2025-03-10 09:00", REPLY, 4);
    zendesk.metricEvent(1, REPLY, 1, "breach", at("2025-03-10 13:00")).put("deleted", false);

    assertThat(deadline("2025-03-10 12:59")).isEqualTo(at("2025-03-10 13:00"));
    assertThat(state("2025-03-10 13:00"))
        .isInstanceOfSatisfying(
            Promise.Breached.class,
            breach -> assertThat(breach.at()).isEqualTo(at("2025-03-10 13:00")));
  }

  @Test
  void aBreachStaysOneThoughTheClockTurnsInTheSameSecond() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    createdAndPromised("2025-03-10 09:00", WAIT, 8);
    promised("2025-03-10 11:00", WAIT, 1);
    zendesk.metricEvent(1, WAIT, 1, "breach", at("2025-03-10 11:00")).put("deleted", false);
    turned("2025-03-10 11:00", WAIT, "pause");

    assertThat(state("2025-03-10 12:00")).isInstanceOf(Promise.Breached.class);
  }

  @Test
  void theTimeBetweenASolveAndAReopeningDoesNotCount() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    createdAndPromised("2025-03-10 09:00", WAIT, 4);
    zendesk.change(1, at("2025-03-10 10:00"), agent(1), "status", "solved");
    turned("2025-03-10 10:00", WAIT, "fulfill");
    zendesk.change(1, at("2025-03-11 09:00"), CUSTOMER, "status", "open");
    turned("2025-03-11 09:00", WAIT, "activate");
    promised("2025-03-11 09:00", WAIT, 4);
    read();

    assertThat(promises("2025-03-11 09:30"))
        .extracting(Promise::state)
        .satisfiesExactly(
            kept -> assertThat(kept).isInstanceOf(Promise.Met.class),
            again ->
                assertThat(((Promise.Running) again).deadline()).isEqualTo(at("2025-03-11 12:00")));
  }

  @Test
  void aTargetInPlainTimeTakesThePlaceOfOneInBusinessHours() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    createdAndPromised("2025-03-10 09:00", REPLY, 4);
    promised("2025-03-10 11:00", REPLY, 1, false);
    turned("2025-03-10 11:30", REPLY, "activate");

    assertThat(deadline("2025-03-10 11:45")).isEqualTo(at("2025-03-10 12:00"));
  }

  @Test
  void whatZendeskDoesNotCallBrokenIsNotThoughTheDeadlineHasPassed() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    createdAndPromised("2025-03-10 09:00", REPLY, 4);
    zendesk.metricEvent(1, REPLY, 1, "breach", at("2025-03-10 13:00")).put("deleted", true);
    zendesk.reply(1, at("2025-03-10 15:00"), agent(1), true);

    assertThat(state("2025-03-10 14:00")).isInstanceOf(Promise.Paused.class);
    assertThat(state("2025-03-10 16:00")).isInstanceOf(Promise.Met.class);
  }

  // ---- which schedule

  @Test
  void ofSeveralSchedulesTheOneCountsThatTheTicketWasGiven() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    zendesk.weekdays("42", "Berlin", 12, 20);
    createdAndPromised("2025-03-10 09:00", REPLY, 4);
    zendesk.assignSchedule(1, at("2025-03-10 09:00"), Optional.of("42"));

    assertThat(deadline("2025-03-10 09:30")).isEqualTo(at("2025-03-10 16:00"));
  }

  @Test
  void timeCountsByTheScheduleThatTheTicketHadThen() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    zendesk.weekdays("42", "Berlin", 12, 20);
    createdAndPromised("2025-03-10 09:00", REPLY, 4);
    zendesk.assignSchedule(1, at("2025-03-10 09:00"), Optional.of("41"));
    zendesk.assignSchedule(1, at("2025-03-10 10:00"), Optional.of("42"));
    zendesk.assignSchedule(1, at("2025-03-10 13:00"), Optional.empty());

    assertThat(deadline("2025-03-10 09:30")).isEqualTo(at("2025-03-10 13:00"));
    assertThat(deadline("2025-03-10 10:30")).isEqualTo(at("2025-03-10 15:00"));
    assertThat(state("2025-03-10 13:30")).isInstanceOf(Promise.Paused.class);
  }

  @Test
  void withoutAScheduleOfItsOwnATicketHasNoDeadlineWhereThereAreSeveral() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    zendesk.weekdays("42", "Berlin", 12, 20);
    createdAndPromised("2025-03-10 09:00", REPLY, 4);
    zendesk.metricEvent(1, REPLY, 1, "breach", at("2025-03-10 13:00")).put("deleted", false);

    assertThat(state("2025-03-10 12:00")).isInstanceOf(Promise.Paused.class);
    assertThat(state("2025-03-10 13:00")).isInstanceOf(Promise.Breached.class);
    try (ZendeskSource source = new ZendeskSource(configured.settings(), time, time)) {
      assertThat(source.inspect().notes())
          .singleElement()
          .asString()
          .contains("there are 2", "only of tickets that a trigger gave one of them");
      assertThat(source.fetch(ZendeskSource.SLA, Cursor.START).readings())
          .containsEntry("schedules", 2.0);
    }
  }

  @Test
  void aClockThatTurnedGoesOnByTheHoursOfThenWhenTheScheduleIsChanged() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    time.set(at("2025-03-10 10:00"));
    createdAndPromised("2025-03-10 09:00", REPLY, 4);
    turned("2025-03-10 09:30", WAIT, "activate");
    try (ZendeskSource source = new ZendeskSource(configured.settings(), time, time)) {
      reading.goOn(source);
      zendesk.weekdays("41", "Berlin", 12, 20);
      time.set(at("2025-03-11 10:01"));
      promised("2025-03-11 09:30", WAIT, 4);
      reading.goOn(source);
    }

    assertThat(((Promise.Running) promise("2025-03-10 09:30").state()).deadline())
        .isEqualTo(at("2025-03-10 13:00"));
    assertThat(reading.eventsOf("1").getLast().toString())
        .as("what turns after a day goes by the new hours")
        .contains("from=720");
  }

  // ---- reading them

  @Test
  void schedulesAreAskedForOnceADayHoweverManyClocksGoByThem() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    zendesk.weekdays("42", "Berlin", 9, 17);
    createdAndPromised("2025-03-10 09:00", REPLY, 4);
    try (ZendeskSource source = new ZendeskSource(configured.settings(), time, time)) {
      for (int hour = 0; hour < 47; hour++) {
        Instant now = time.instant().minus(Duration.ofMinutes(10));
        zendesk
            .metricEvent(1, REPLY, 1, "apply_sla", now)
            .put("sla", Map.of("target", 60, "business_hours", true));
        zendesk.assignSchedule(1, now, Optional.of("41"));
        reading.goOn(source);
        time.advance(Duration.ofHours(1));
      }
    }

    assertThat(zendesk.requests())
        .as("the holidays of both")
        .contains(entry(SCHEDULES, 2), entry(SCHEDULES + "/{id}/holidays", 4));
  }

  @Test
  void nobodyAsksForSchedulesWhileNothingGoesByThem() throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    created("2025-03-10 09:00");
    turned("2025-03-10 09:00", REPLY, "activate");
    promised("2025-03-10 09:00", REPLY, 4, false);
    read();

    assertThat(zendesk.requests()).doesNotContainKey(SCHEDULES);
    assertThat(promise("2025-03-10 10:00").state())
        .isInstanceOfSatisfying(
            Promise.Running.class,
            running -> assertThat(running.deadline()).isEqualTo(at("2025-03-10 13:00")));
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void withoutSchedulesBreachesAreToldAndThatNothingElseIs(int status) throws Exception {
    zendesk.refused.put(SCHEDULES, status);
    createdAndPromised("2025-03-10 09:00", REPLY, 4);
    zendesk.metricEvent(1, REPLY, 1, "breach", at("2025-03-10 13:00")).put("deleted", false);

    assertThat(state("2025-03-10 12:00")).isInstanceOf(Promise.Paused.class);
    assertThat(state("2025-03-10 13:00")).isInstanceOf(Promise.Breached.class);
    try (ZendeskSource source = new ZendeskSource(configured.settings(), time, time)) {
      assertThat(source.inspect().notes())
          .singleElement()
          .asString()
          .startsWith("schedules: not in this plan, or not for these credentials");
      assertThat(source.fetch(ZendeskSource.SLA, Cursor.START).readings())
          .containsEntry("schedules_switched_off", 1.0);
    }
  }

  @Test
  void aDeadlineOnAHolidayIsBetterThanNoneWhereHolidaysMayNotBeReadAndThatIsSaid()
      throws Exception {
    zendesk.weekdays("41", "Berlin", 9, 17);
    zendesk.refused.put(SCHEDULES + "/41/holidays", 403);
    createdAndPromised("2025-03-10 09:00", REPLY, 4);

    assertThat(deadline("2025-03-10 10:00")).isEqualTo(at("2025-03-10 13:00"));
    try (ZendeskSource source = new ZendeskSource(configured.settings(), time, time)) {
      assertThat(source.inspect().notes())
          .containsExactly(
              "schedules: the holidays of 41 may not be read; deadlines in them are reckoned as on"
                  + " other days");
      assertThat(source.fetch(ZendeskSource.SLA, Cursor.START).readings())
          .containsEntry("schedules_without_holidays", 1.0);
    }
  }

  @Test
  void aScheduleThatIsNotUnderstoodIsNamed() throws Exception {
    zendesk.weekdays("41", "Atlantis", 9, 17);
    createdAndPromised("2025-03-10 09:00", REPLY, 4);

    assertThat(state("2025-03-10 12:00")).isInstanceOf(Promise.Paused.class);
    try (ZendeskSource source = new ZendeskSource(configured.settings(), time, time)) {
      assertThat(source.inspect().notes())
          .singleElement()
          .asString()
          .contains("schedule 41", "\"Atlantis\" is not known");
      assertThat(source.fetch(ZendeskSource.SLA, Cursor.START).readings())
          .containsEntry("schedules_not_understood", 1.0);
    }
  }
}
