package io.helpdeskexporter.source.zendesk;

import static io.helpdeskexporter.source.zendesk.SimulatedZendesk.agent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.reconcile.Verdicts;
import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.api.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Zendesk's metric sets beside our numbers. */
class ZendeskReconciliationTest {
  /** A Monday. */
  private static final Instant NINE = Instant.parse("2025-03-03T09:00:00Z");

  private static final Instant LATER = NINE.plus(Duration.ofDays(30));
  private static final String CUSTOMER = "5000";

  private final SimulatedTime time = new SimulatedTime(LATER);
  private final SimulatedZendesk zendesk = new SimulatedZendesk(time);

  @AfterEach
  void close() {
    zendesk.close();
    assertThat(zendesk.unexpected()).isEmpty();
  }

  private static Instant at(int minutes) {
    return NINE.plus(Duration.ofMinutes(minutes));
  }

  private void created(long id) {
    zendesk.create(id, NINE, CUSTOMER, Map.of());
  }

  /** By what Zendesk calls it, in minutes: calendar, then business. */
  private Map<String, Object> metrics(long id, Object... namesAndMinutes) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    for (int i = 0; i < namesAndMinutes.length; i += 3) {
      Map<String, Object> minutes = new HashMap<>();
      minutes.put("calendar", namesAndMinutes[i + 1]);
      minutes.put("business", namesAndMinutes[i + 2]);
      metrics.put(namesAndMinutes[i] + "_time_in_minutes", minutes);
    }
    zendesk.ticket(id).put("metric_set", metrics);
    return metrics;
  }

  private Map<String, String> verdicts(long id) throws Exception {
    ZendeskKind kind = new ZendeskKind();
    ZendeskSettings settings = Zendesks.at(zendesk.url()).settings();
    Reading reading = new Reading(100);
    try (ZendeskSource source = new ZendeskSource(settings, time, time)) {
      reading.goOn(source);
    }
    String ticket = String.valueOf(id);
    return new Verdicts(kind.vocabulary(settings), kind.reports(settings), LATER)
        .of(new Timeline(reading.ticket(ticket), reading.eventsOf(ticket), List.of()));
  }

  @Test
  void allFiguresOfATicketAgree() throws Exception {
    created(1);
    zendesk.reply(1, at(20), agent(1), true);
    zendesk.change(1, at(30), agent(1), "status", "pending");
    zendesk.change(1, at(90), agent(1), "status", "hold");
    zendesk.change(1, at(100), agent(1), "status", "open");
    zendesk.change(1, at(26 * 60), agent(1), "status", "solved");
    zendesk.change(1, at(27 * 60), agent(1), "status", "open");
    zendesk.change(1, at(28 * 60), agent(1), "status", "solved");
    Map<String, Object> metrics =
        metrics(
            1,
            "reply",
            20,
            20,
            "first_resolution",
            26 * 60,
            10 * 60,
            "full_resolution",
            28 * 60,
            12 * 60,
            "requester_wait",
            27 * 60 - 60,
            11 * 60 - 60,
            "agent_wait",
            60,
            60,
            "on_hold",
            10,
            10);
    metrics.putAll(Map.of("reopens", 1, "replies", 1, "solved_at", at(28 * 60).toString()));

    Map<String, String> verdicts = verdicts(1);

    assertThat(verdicts).hasSize(14);
    assertThat(verdicts.values()).containsOnly("agrees");
  }

  @Test
  void aBotsReplyIsTheReason() throws Exception {
    created(1);
    zendesk.reply(1, at(1), SimulatedZendesk.BOT, true);
    solved();
    metrics(1, "reply", 1, null);

    assertThat(verdicts(1)).containsExactly(entry("first_response", "bot"));
  }

  @Test
  void aPrivateNoteIsTheReason() throws Exception {
    created(1);
    zendesk.reply(1, at(5), agent(1), false);
    solved();
    metrics(1, "reply", 5, 5);

    assertThat(verdicts(1))
        .containsExactly(entry("first_response", "note"), entry("first_response_business", "note"));
  }

  @Test
  void anotherDefinitionIsTheReason() throws Exception {
    zendesk.create(1, NINE, CUSTOMER, Map.of("submitter_id", Long.valueOf(agent(0))));
    zendesk.reply(1, at(10), CUSTOMER, true);
    solved();
    metrics(1, "reply", 20, 20);

    assertThat(verdicts(1))
        .containsExactly(
            entry("first_response", "profile"), entry("first_response_business", "profile"));
  }

  @Test
  void anotherScheduleIsTheReason() throws Exception {
    created(1);
    zendesk.reply(1, at(25 * 60), agent(1), true);
    zendesk.change(1, at(25 * 60), agent(1), "status", "solved");
    metrics(1, "reply", 25 * 60, 11 * 60);

    assertThat(verdicts(1))
        .containsExactly(
            entry("first_response", "agrees"), entry("first_response_business", "schedule"));
  }

  @Test
  void aMergeIsTheReason() throws Exception {
    created(1);
    created(2);
    zendesk.merge(1, at(30), agent(1), 2);
    metrics(1, "full_resolution", 30, 30);

    assertThat(verdicts(1))
        .containsExactly(
            entry("full_resolution", "merge"), entry("full_resolution_business", "merge"));
  }

  @Test
  void anotherSolveIsTheReason() throws Exception {
    created(1);
    solved();
    zendesk.change(1, at(10 * 24 * 60), agent(1), "status", "open");
    zendesk.change(1, at(11 * 24 * 60), agent(1), "status", "solved");
    metrics(1, "full_resolution", 11 * 24 * 60, null);

    assertThat(verdicts(1)).containsExactly(entry("full_resolution", "solve"));
  }

  @Test
  void whatNothingExplainsStaysUnexplained() throws Exception {
    created(1);
    solved();
    metrics(1, "reply", 17, null);

    assertThat(verdicts(1)).containsExactly(entry("first_response", "unexplained"));
  }

  @Test
  void aMetricSetWithoutNumbersIsNothingToCompare() throws Exception {
    created(1);
    solved();
    metrics(1, "reply", null, null);

    assertThat(verdicts(1)).containsExactly(entry("compared", "NO_NUMBER"));
  }

  private void solved() {
    zendesk.reply(1, at(20), agent(1), true);
    zendesk.change(1, at(60), agent(1), "status", "solved");
  }
}
