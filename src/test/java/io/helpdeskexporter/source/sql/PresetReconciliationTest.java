package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.reconcile.Verdicts;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceContract;
import io.helpdeskexporter.source.sql.ZammadDesk.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Zammad, Request Tracker and Chatwoot measure in their databases beside our numbers. */
class PresetReconciliationTest {
  /** A Monday. */
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

  private static Instant minute(long minutes) {
    return NINE.plus(Duration.ofMinutes(minutes));
  }

  private static Map<String, String> verdicts(SourceContract.Desk desk, String ticket)
      throws Exception {
    try (Source source = desk.open()) {
      Drained drained = new Drained().poll(source);
      assertThat(drained.rejected()).isEmpty();
      return new Verdicts(desk.vocabulary(), Set.of(), NINE.plus(Duration.ofDays(30)))
          .of(new Timeline(drained.ticket(ticket), drained.events(ticket), List.of()));
    }
  }

  // ---- Zammad

  private final ZammadDesk zammad = new ZammadDesk();

  private String solvedInZammad() {
    String ticket = zammad.createTicket(NINE);
    zammad.reply(ticket, minute(20), Actor.AGENT);
    zammad.state(ticket, minute(60), ZammadDesk.LARS, ZammadDesk.CLOSED);
    zammad.set(
        ticket,
        "first_response_at = '%s', close_at = '%s', first_response_in_min = 20, close_in_min = 60"
            .formatted(ZammadDesk.utc(minute(20)), ZammadDesk.utc(minute(60))));
    return ticket;
  }

  @Test
  void allThatZammadMeasuredAgrees() throws Exception {
    assertThat(verdicts(zammad, solvedInZammad()))
        .containsExactly(
            entry("first_resolution", "agrees"),
            entry("first_resolution_business", "agrees"),
            entry("first_response", "agrees"),
            entry("first_response_business", "agrees"));
  }

  @Test
  void anOlderZammadTellsNoLastClose() throws Exception {
    zammad.database().execute("ALTER TABLE tickets DROP COLUMN last_close_at");

    assertThat(verdicts(zammad, solvedInZammad())).doesNotContainKey("full_resolution");
  }

  @Test
  void aNewerZammadTellsTheLastCloseToo() throws Exception {
    String ticket = solvedInZammad();
    zammad.state(ticket, minute(90), ZammadDesk.LARS, ZammadDesk.OPEN);
    zammad.state(ticket, minute(120), ZammadDesk.LARS, ZammadDesk.CLOSED);
    zammad.set(ticket, "last_close_at = '%s'".formatted(ZammadDesk.utc(minute(120))));

    assertThat(verdicts(zammad, ticket))
        .containsEntry("full_resolution", "agrees")
        .containsEntry("first_resolution", "agrees");
  }

  @Test
  void whatPausesZammadsClockIsTheReason() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.reply(ticket, minute(20), Actor.AGENT);
    zammad.state(ticket, minute(20), ZammadDesk.LARS, ZammadDesk.PENDING_REMINDER);
    zammad.state(ticket, minute(60), ZammadDesk.LARS, ZammadDesk.CLOSED);
    zammad.set(ticket, "close_in_min = 20");

    assertThat(verdicts(zammad, ticket))
        .containsExactly(entry("first_resolution_business", "profile"));
  }

  @Test
  void theHoursOfZammadsSlaAreTheReason() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.reply(ticket, minute(24 * 60), Actor.AGENT);
    zammad.state(ticket, minute(24 * 60), ZammadDesk.LARS, ZammadDesk.CLOSED);
    zammad.set(ticket, "first_response_in_min = %d".formatted(10 * 60));

    assertThat(verdicts(zammad, ticket))
        .containsExactly(entry("first_response_business", "schedule"));
  }

  @Test
  void aPublicNoteThatZammadDoesNotCountIsTheReason() throws Exception {
    String ticket = zammad.createTicket(NINE);
    zammad.article(ticket, minute(5), ZammadDesk.LARS, Sender.AGENT, ZammadDesk.NOTE);
    zammad.reply(ticket, minute(20), Actor.AGENT);
    zammad.state(ticket, minute(60), ZammadDesk.LARS, ZammadDesk.CLOSED);
    zammad.set(ticket, "first_response_in_min = 20");

    assertThat(verdicts(zammad, ticket)).containsExactly(entry("first_response_business", "note"));
  }

  @Test
  void aMergeInZammadIsTheReason() throws Exception {
    String ticket = zammad.createTicket(NINE);
    String other = zammad.createTicket(NINE);
    zammad.state(ticket, minute(30), ZammadDesk.LARS, ZammadDesk.OPEN);
    zammad.merge(ticket, minute(30), minute(40), ZammadDesk.LARS, other);
    zammad.state(ticket, minute(41), ZammadDesk.LARS, ZammadDesk.CLOSED);
    zammad.set(ticket, "close_in_min = 41");

    assertThat(verdicts(zammad, ticket)).containsValue("merge").hasSize(1);
  }

  // ---- Request Tracker

  private final RtDesk rt = new RtDesk();

  private void times(String ticket, Instant started, Instant resolved) {
    rt.database()
        .execute(
            "UPDATE tickets SET started = '%s', resolved = '%s' WHERE id = %s"
                .formatted(RtDesk.utc(started), RtDesk.utc(resolved), ticket));
  }

  @Test
  void bothTimesOfRequestTrackerAgree() throws Exception {
    String ticket = rt.createTicket(NINE);
    rt.reply(ticket, minute(20), Actor.AGENT);
    rt.changeStatus(ticket, minute(20), Status.OPEN);
    rt.changeStatus(ticket, minute(60), Status.SOLVED);
    times(ticket, minute(20), minute(60));

    assertThat(verdicts(rt, ticket))
        .containsExactly(entry("first_response", "agrees"), entry("full_resolution", "agrees"));
  }

  @Test
  void whatWasNeverStartedNorResolvedIsNoTime() throws Exception {
    String ticket = rt.createTicket(NINE);
    rt.changeStatus(ticket, minute(60), Status.SOLVED);
    times(ticket, Instant.EPOCH, Instant.EPOCH);

    assertThat(verdicts(rt, ticket)).containsExactly(entry("compared", "NO_NUMBER"));
  }

  @Test
  void thatSomebodyOpenedItBeforeIsTheReason() throws Exception {
    String ticket = rt.createTicket(NINE);
    rt.changeStatus(ticket, minute(4), Status.OPEN);
    rt.reply(ticket, minute(20), Actor.AGENT);
    rt.changeStatus(ticket, minute(60), Status.SOLVED);
    rt.changeStatus(ticket, minute(90), Status.CLOSED);
    times(ticket, minute(4), minute(90));

    assertThat(verdicts(rt, ticket))
        .containsExactly(entry("first_response", "touch"), entry("full_resolution", "solve"));
  }

  @Test
  void whatNothingExplainsInRequestTrackerStaysUnexplained() throws Exception {
    String ticket = rt.createTicket(NINE);
    rt.reply(ticket, minute(20), Actor.AGENT);
    rt.changeStatus(ticket, minute(60), Status.SOLVED);
    times(ticket, minute(7), minute(61));

    assertThat(verdicts(rt, ticket).values()).containsOnly("unexplained");
  }

  // ---- Chatwoot

  private final ChatwootDesk chatwoot = ChatwootDesk.community();

  /** As a worker writes it, in seconds. */
  private void measured(
      String conversation, Instant at, String name, long value, long inBusinessHours) {
    chatwoot
        .database()
        .execute(
            """
            INSERT INTO reporting_events (name, value, value_in_business_hours, account_id,
              conversation_id, event_start_time, event_end_time)
            SELECT '%s', %d, %d, account_id, id, created_at, '%s' FROM conversations
            WHERE account_id = 1 AND display_id = %s
            """
                .formatted(name, value, inBusinessHours, ChatwootDesk.utc(at), conversation));
  }

  private void resolved(String conversation, Instant at, long value, long inBusinessHours) {
    chatwoot.set(conversation, "status = " + ChatwootDesk.RESOLVED);
    measured(conversation, at, "conversation_resolved", value, inBusinessHours);
  }

  @Test
  void allThatChatwootMeasuredAgrees() throws Exception {
    String conversation = chatwoot.createTicket(NINE);
    chatwoot.reply(conversation, minute(20), Actor.AGENT);
    measured(conversation, minute(20), "first_response", 1200, 1200);
    resolved(conversation, minute(60), 3600, 3600);
    measured(conversation, minute(90), "conversation_opened", 1800, 0);
    resolved(conversation, minute(120), 7200, 7200);

    assertThat(verdicts(chatwoot, conversation))
        .containsOnlyKeys(
            "first_response",
            "first_response_business",
            "first_resolution",
            "first_resolution_business",
            "full_resolution",
            "full_resolution_business")
        .allSatisfy((figure, verdict) -> assertThat(verdict).as(figure).isEqualTo("agrees"));
  }

  @Test
  void anInboxWithoutHoursMeasuresNone() throws Exception {
    String conversation = chatwoot.createTicket(NINE);
    chatwoot.reply(conversation, minute(20), Actor.AGENT);
    measured(conversation, minute(20), "first_response", 1200, 0);
    resolved(conversation, minute(60), 3600, 0);

    assertThat(verdicts(chatwoot, conversation))
        .containsOnlyKeys("first_response", "first_resolution", "full_resolution");
  }

  @Test
  void aBotThatChatwootTookForAnAgentIsTheReason() throws Exception {
    String conversation = chatwoot.createTicket(NINE);
    chatwoot.message(conversation, minute(1), ChatwootDesk.OUTGOING, "'AgentBot'", "1");
    chatwoot.reply(conversation, minute(20), Actor.AGENT);
    measured(conversation, minute(1), "first_response", 60, 0);
    resolved(conversation, minute(60), 3600, 0);

    assertThat(verdicts(chatwoot, conversation)).containsEntry("first_response", "bot");
  }

  @Test
  void theHoursOfChatwootsInboxAreTheReason() throws Exception {
    String conversation = chatwoot.createTicket(NINE);
    chatwoot.reply(conversation, minute(24 * 60), Actor.AGENT);
    measured(conversation, minute(24 * 60), "first_response", 24 * 3600, 10 * 3600);
    resolved(conversation, minute(24 * 60 + 1), 24 * 3600 + 60, 0);

    assertThat(verdicts(chatwoot, conversation))
        .containsEntry("first_response", "agrees")
        .containsEntry("first_response_business", "schedule");
  }

  @Test
  void thatChatwootMeasuresFromTheReopeningStaysUnexplained() throws Exception {
    String conversation = chatwoot.createTicket(NINE);
    chatwoot.reply(conversation, minute(20), Actor.AGENT);
    resolved(conversation, minute(60), 3600, 0);
    measured(conversation, minute(90), "conversation_opened", 1800, 0);
    resolved(conversation, minute(120), 1860, 0);

    assertThat(verdicts(chatwoot, conversation))
        .containsEntry("first_resolution", "agrees")
        .containsEntry("full_resolution", "unexplained");
  }
}
