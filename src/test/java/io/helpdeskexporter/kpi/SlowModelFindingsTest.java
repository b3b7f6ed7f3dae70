package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.TicketEvent.SlaDeadline;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the slow model once found to be otherwise, each in a story that shows why. */
class SlowModelFindingsTest {
  private static final String LATER = "Mon+4 00:00";

  @Test
  void aTicketThatIsCreatedSolvedIsSolvedWithoutReplyAndTheCustomerWaitsForNoFirstOne() {
    Traced seen =
        seen(created("Mon 09:00").with(it -> it.status("solved")).reply("Mon 10:00"), LATER);

    assertThat(seen.count("solved_without_reply")).isEqualTo(1);
    assertThat(seen.count("first_response")).isZero();
    assertThat(seen.values("resolution")).containsExactly(0L);
  }

  @Test
  void aTicketLeavesNoStatusBeforeItsFirst() {
    Story open = created("Mon 09:00").with(it -> it.status("open"));

    assertThat(seen(open, LATER).count("status_seconds")).isZero();
  }

  @Test
  void whatComesAfterASolveWithoutReplyIsNoFirstResponseEvenIfABotSolvedItInBetween() {
    Traced seen =
        seen(
            created("Mon 09:00")
                .closed("Mon 09:10")
                .status("Mon 09:20", "open", Actor.CUSTOMER)
                .status("Mon 09:30", "solved", Actor.BOT)
                .customer("Mon 09:40")
                .reply("Mon 09:50"),
            LATER);

    assertThat(seen.count("first_response")).isZero();
    assertThat(seen.values("next_response")).containsExactly(600_000L);
  }

  @Test
  void whatABotAloneHadSolvedIsNotReopened() {
    Traced seen =
        seen(
            created("Mon 09:00")
                .status("Mon 09:10", "solved", Actor.SYSTEM)
                .reopened("Mon 09:20")
                .status("Mon 09:30", "solved", Actor.BOT)
                .reopened("Mon 09:40"),
            LATER);

    assertThat(seen.dated("reopened")).containsExactly(at("Mon 09:20"));
  }

  @Test
  void whatABotAloneHadSolvedSettlesNothingWhenItComesBack() {
    Traced seen =
        seen(
            created("Mon 09:00")
                .status("Mon 09:10", "solved", Actor.SYSTEM)
                .reopened("Mon 09:20")
                .status("Mon 09:30", "solved", Actor.BOT)
                .excluded("Mon 09:40", Exclusion.SPAM)
                .restored("Mon 09:50"),
            LATER);

    assertThat(seen.count("resolution")).isZero();
  }

  @Test
  void aSolveByABotEndsTheWaitingForTheNextResponse() {
    Definitions bots = withBotReplies();
    Traced seen =
        Traced.of(
            created("Mon 09:00")
                .bot("Mon 09:01")
                .customer("Mon 09:10")
                .status("Mon 09:20", "solved", Actor.BOT)
                .reopened("Mon 09:30")
                .reply("Mon 09:40"),
            bots,
            LATER);

    assertThat(seen.count("next_response")).isZero();
  }

  @Test
  void aChangeOfHandsInTheSameGoAsAnEscalationIsNoReassignmentWhicheverIsToldFirst() {
    Story agentFirst =
        created("Mon 09:00")
            .assigned("Mon 09:10", Optional.of("ann"), "bob")
            .escalated("Mon 09:10", Escalation.HIERARCHICAL);
    Story again =
        created("Mon 09:00")
            .escalated("Mon 09:05", Escalation.HIERARCHICAL)
            .escalated("Mon 09:10", Escalation.HIERARCHICAL)
            .assigned("Mon 09:10", Optional.of("ann"), "bob");

    assertThat(seen(agentFirst, LATER).count("reassigned")).isZero();
    assertThat(seen(again, LATER).count("reassigned")).isZero();
  }

  @Test
  void aDeadlineThatIsMovedWithoutATargetKeepsTheTargetThatSaysWhenItIsAtRisk() {
    Story story = created("Mon 09:00");
    SlaDeadline first =
        new SlaDeadline(
            story.stamp("Mon 09:00"),
            SlaMetric.FIRST_RESPONSE,
            Optional.of(at("Mon 19:00")),
            Optional.of(Duration.ofHours(10)));
    story.event(first).due("Mon 10:00", SlaMetric.FIRST_RESPONSE, "Mon 12:00");

    assertThat(seen(story, "Mon 11:00").contributions())
        .filteredOn(it -> it.level().name().equals("sla_at_risk"))
        .extracting(Contribution::from)
        .as("two hours, a fifth of ten, before it")
        .containsExactly(at("Mon 10:00"));
  }

  @Test
  void theLastHourOfADayIsInThatDay() {
    Chronicle desk =
        new Chronicle()
            .with(presence("1", "2026-03-02T22:00:00Z", "care", Happening.Presence.State.BUSY))
            .with(shift("2", "2026-03-02T22:00:00Z", "2026-03-02T23:00:00Z", "care"));

    assertThat(desk.shown("2026-03-03T11:00:00Z", "helpdesk_report_agent_adherent_seconds"))
        .as("23 to 24 o'clock in Berlin, seen on the next day")
        .containsEntry("helpdesk_report_agent_adherent_seconds{window=today}", 0.0)
        .containsEntry("helpdesk_report_agent_adherent_seconds{window=this_week}", 3600.0);
  }

  @Test
  void aTeamThatIsToldLateShiftsNoOtherOfTheHour() {
    Happening.Shift care = shift("1", "2026-03-02T10:00:00Z", "2026-03-02T10:20:00Z", "care");
    Happening.Shift billing = shift("2", "2026-03-02T10:30:00Z", "2026-03-02T10:40:00Z", "billing");
    List<Observation> before = scheduled(care);

    assertThat(scheduled(care, billing)).hasSize(2).containsAll(before);
  }

  private static List<Observation> scheduled(Happening... happenings) {
    return Traced.of(Definitions.DEFAULT, List.of(), "Mon 12:00", happenings).of("agent_scheduled");
  }

  private static Happening.Presence presence(
      String key, String at, String team, Happening.Presence.State state) {
    return new Happening.Presence(
        Stamp.of(key, Instant.parse(at)), "ann", Optional.of(team), state);
  }

  private static Happening.Shift shift(String key, String at, String until, String team) {
    return new Happening.Shift(
        Stamp.of(key, Instant.parse(at)), "ann", Optional.of(team), Instant.parse(until), false);
  }

  private static Traced seen(Story story, String asOf) {
    return Traced.of(story, Definitions.DEFAULT, asOf);
  }

  private static Definitions withBotReplies() {
    return Definitions.DEFAULT.but().botReplyCounts(true).build();
  }
}
