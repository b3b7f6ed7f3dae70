package io.helpdeskexporter.source.freshdesk;

import static io.helpdeskexporter.source.freshdesk.Story.CUSTOMER;
import static io.helpdeskexporter.source.freshdesk.Story.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.reconcile.Verdicts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Freshdesk's statistics beside our numbers. */
class FreshdeskReconciliationTest {
  private static final int REPLY = 3;
  private static final int NOTE = 2;
  private static final int RESOLVED = 4;
  private static final int CLOSED = 5;
  private static final long ANN = 101;

  private final Story story = new Story();
  private final SimulatedFreshdesk freshdesk = story.freshdesk;

  @AfterEach
  void close() {
    story.close();
  }

  private Map<String, String> verdicts() throws Exception {
    story.readAt(24 * 60);
    FreshdeskSettings settings = Given.at(freshdesk.url()).settings();
    FreshdeskKind kind = new FreshdeskKind();
    return new Verdicts(
            kind.vocabulary(settings),
            kind.reports(settings),
            Story.START.plus(Duration.ofDays(30)))
        .of(new Timeline(story.ticket(1), story.events(1), List.of()));
  }

  private void answered() {
    freshdesk.say(1, at(20), ANN, REPLY, Map.of());
    freshdesk.setStatus(1, at(60), RESOLVED);
  }

  @Test
  void bothTimesOfATicketAgree() throws Exception {
    freshdesk.create(1, at(0), CUSTOMER);
    answered();

    assertThat(verdicts())
        .containsExactly(entry("first_response", "agrees"), entry("full_resolution", "agrees"));
  }

  @Test
  void aBotsReplyIsTheReason() throws Exception {
    freshdesk.create(1, at(0), CUSTOMER);
    freshdesk.say(1, at(1), SimulatedFreshdesk.BOT, REPLY, Map.of());
    answered();

    assertThat(verdicts())
        .containsExactly(entry("first_response", "bot"), entry("full_resolution", "agrees"));
  }

  @Test
  void aPrivateNoteIsTheReason() throws Exception {
    freshdesk.create(1, at(0), CUSTOMER);
    freshdesk.say(1, at(5), ANN, NOTE, Map.of());
    answered();
    freshdesk.ticket(1).stats.put("first_responded_at", at(5).toString());

    assertThat(verdicts()).containsEntry("first_response", "note");
  }

  @Test
  void theDesksHoursAreTheReason() throws Exception {
    freshdesk.create(1, at(0), CUSTOMER);
    freshdesk.say(1, at(23 * 60), ANN, REPLY, Map.of());
    freshdesk.setStatus(1, at(23 * 60), RESOLVED);
    freshdesk.ticket(1).stats.put("first_responded_at", at(8 * 60).toString());

    assertThat(verdicts()).containsEntry("first_response", "schedule");
  }

  @Test
  void theClosingIsTheReason() throws Exception {
    freshdesk.create(1, at(0), CUSTOMER);
    answered();
    story.readAt(70);
    freshdesk.setStatus(1, at(600), CLOSED);
    freshdesk.ticket(1).stats.put("resolved_at", at(600).toString());

    assertThat(verdicts()).containsEntry("full_resolution", "solve");
  }

  @Test
  void whatNothingExplainsStaysUnexplained() throws Exception {
    freshdesk.create(1, at(0), CUSTOMER);
    answered();
    freshdesk.ticket(1).stats.put("first_responded_at", at(17).toString());

    assertThat(verdicts()).containsEntry("first_response", "unexplained");
  }
}
