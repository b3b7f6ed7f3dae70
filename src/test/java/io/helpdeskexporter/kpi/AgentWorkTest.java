package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Happening.Work;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.Story;
import io.helpdeskexporter.facts.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule: KPI definitions, "Agent utilisation and occupancy". */
class AgentWorkTest {
  private static final String HANDLED = "agent_handled";

  @Test
  void timeRecordedOnATicketCountsWhenItIsRecordedForTheTeamThatHasIt() {
    Traced seen =
        seen(
            created("Mon 09:00")
                .worked("Mon 09:10", minutes(10))
                .team("Mon 10:00", "Support", "Billing")
                .worked("Mon 10:10", minutes(5)),
            "Mon 12:00");

    assertThat(seen.values(HANDLED)).containsExactly(600_000L, 300_000L);
    assertThat(seen.dated(HANDLED)).containsExactly(at("Mon 09:10"), at("Mon 10:10"));
    assertThat(seen.teams(HANDLED)).containsExactly("Support", "Billing");
  }

  @Test
  void aCorrectionIsMadeUpForByWhatIsRecordedNext() {
    Story story =
        created("Mon 09:00")
            .worked("Mon 09:10", minutes(60))
            .worked("Mon 09:11", minutes(-50))
            .worked("Mon 09:12", minutes(20))
            .worked("Mon 09:13", minutes(40));

    assertThat(seen(story, "Mon 09:11").values(HANDLED)).containsExactly(3_600_000L);
    assertThat(seen(story, "Mon 09:12").values(HANDLED)).containsExactly(3_600_000L);
    assertThat(seen(story, "Mon 12:00").values(HANDLED))
        .as("70 minutes in all")
        .containsExactly(3_600_000L, 600_000L);
  }

  @Test
  void aCorrectionOfWhatWasNeverToldCountsNothing() {
    Story story =
        created("Mon 09:00").worked("Mon 09:10", minutes(-5)).worked("Mon 09:20", minutes(15));

    assertThat(seen(story, "Mon 12:00").values(HANDLED)).containsExactly(600_000L);
  }

  @Test
  void anEntryThatIsToldLateShiftsNoOther() {
    Story story =
        created("Mon 09:00").worked("Mon 09:10", minutes(10)).worked("Mon 09:20", minutes(20));
    Timeline all = story.timeline();
    Timeline before = new Timeline(all.ticket(), all.events().subList(1, 2), List.of());

    assertThat(Traced.of(all, Definitions.DEFAULT, "Mon 12:00").of(HANDLED))
        .containsAll(Traced.of(before, Definitions.DEFAULT, "Mon 12:00").of(HANDLED));
  }

  @Test
  void workStaysDoneWhenTheTicketIsMergedOrSpamAndNoMoreOfItCountsThen() {
    Story story =
        created("Mon 09:00")
            .worked("Mon 09:10", minutes(10))
            .excluded("Mon 09:20", Exclusion.SPAM)
            .worked("Mon 09:30", minutes(10));

    assertThat(seen(story, "Mon 12:00").of(HANDLED))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.value()).isEqualTo(600_000L);
              assertThat(it.windowed()).isTrue();
            });
  }

  @Test
  void whereOnlyATotalIsReportedItCountsAtTheSettlement() {
    Story story =
        created("Mon 09:00")
            .worked("Mon 09:10", minutes(10))
            .solved("Mon 10:00")
            .with(it -> it.reported(handled(minutes(25))));
    Policies policies =
        new Policies(
            Vocabulary.CANONICAL,
            Set.of(ReportedField.HANDLE_TIME),
            true,
            Definitions.DEFAULT,
            BusinessClock.alwaysOpen(),
            SlaPolicies.NONE);
    Derivation derivation = Catalogue.of(Definitions.DEFAULT).derivation(policies);

    assertThat(handled(derivation.derive(story.timeline(), at("Fri 09:59")))).isEmpty();
    assertThat(handled(derivation.derive(story.timeline(), at("Fri 10:00"))))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.at()).isEqualTo(at("Fri 10:00"));
              assertThat(it.value()).isEqualTo(minutes(25).toMillis());
            });
  }

  @Test
  void workThatIsOnNoTicketCountsForItsTeam() {
    Work call = new Work(Stamp.of("w1", at("Mon 09:00")), "ann", Optional.of("grp-7"), minutes(12));
    Traced seen = Traced.of("Mon 12:00", call);

    assertThat(seen.values(HANDLED)).containsExactly(720_000L);
    assertThat(seen.dated(HANDLED)).containsExactly(at("Mon 09:00"));
    assertThat(seen.teams(HANDLED)).containsExactly("care");
  }

  @Test
  void workTakesNoTimeBack() {
    assertThatThrownBy(
            () -> new Work(Stamp.of("w1", at("Mon 09:00")), "ann", Optional.empty(), minutes(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-60 seconds");
  }

  // ---- the estimate

  @Test
  void withoutRecordedTimeTheTimeInHandStandsForItIfAskedFor() {
    Story story =
        created("Mon 09:00")
            .assigned("Mon 09:30", Optional.empty(), "ann")
            .status("Mon 10:00", "pending")
            .status("Mon 12:00", "open")
            .solved("Mon 12:15");

    Traced asked = Traced.of(story, byTimeInHand(), "Fri 13:00");
    assertThat(asked.values("handle_time_estimated")).containsExactly(minutes(45).toMillis());
    assertThat(asked.dated("handle_time_estimated")).containsExactly(at("Fri 12:15"));
    assertThat(asked.count("handle_time")).isZero();
    assertThat(asked.count(HANDLED)).as("an estimate is no work").isZero();
    assertThat(seen(story, "Fri 13:00").count("handle_time_estimated")).isZero();
  }

  @Test
  void whereTimeIsRecordedNothingIsEstimated() {
    Story story =
        created("Mon 09:00")
            .assigned("Mon 09:30", Optional.empty(), "ann")
            .worked("Mon 09:40", minutes(5))
            .solved("Mon 10:00");

    assertThat(Traced.of(story, byTimeInHand(), "Fri 13:00").count("handle_time_estimated"))
        .isZero();
  }

  @Test
  void ofATicketThatNobodyHadNothingIsEstimated() {
    Story story = created("Mon 09:00").solved("Mon 10:00");

    assertThat(Traced.of(story, byTimeInHand(), "Fri 13:00").count("handle_time_estimated"))
        .isZero();
  }

  @Test
  void theTimeInWhichATicketWasOutOfTheKpisIsNoneInHand() {
    Story story =
        created("Mon 09:00")
            .assigned("Mon 09:00", Optional.empty(), "ann")
            .excluded("Mon 09:10", Exclusion.SPAM)
            .restored("Mon 11:00")
            .solved("Mon 11:05");

    assertThat(Traced.of(story, byTimeInHand(), "Fri 13:00").values("handle_time_estimated"))
        .containsExactly(minutes(15).toMillis());
  }

  @Test
  void ticketsThatStaffOpenedAreLeftOutOfHandleTimeWhereTheDefinitionsSaySo() {
    Story story =
        created("Mon 09:00")
            .with(it -> it.openedBy(Actor.AGENT))
            .worked("Mon 09:10", minutes(10))
            .solved("Mon 10:00");
    Definitions without = Definitions.DEFAULT.but().agentCreatedHandled(false).build();

    assertThat(Traced.of(story, Definitions.DEFAULT, "Sat 12:00").count("handle_time"))
        .isEqualTo(1);
    assertThat(Traced.of(story, without, "Sat 12:00").count("handle_time")).isZero();
    assertThat(Traced.of(story, without, "Sat 12:00").count(HANDLED)).isEqualTo(1);
    assertThat(
            Traced.of(story.with(it -> it.openedBy(Actor.CUSTOMER)), without, "Sat 12:00")
                .count("handle_time"))
        .isEqualTo(1);
  }

  @Test
  void anEstimateOfTicketsThatStaffOpenedIsLeftOutLikewise() {
    Story story =
        created("Mon 09:00")
            .with(it -> it.openedBy(Actor.AGENT).assignee("ann"))
            .solved("Mon 10:00");
    Definitions without = byTimeInHand().but().agentCreatedHandled(false).build();

    assertThat(Traced.of(story, byTimeInHand(), "Sat 12:00").count("handle_time_estimated"))
        .isEqualTo(1);
    assertThat(Traced.of(story, without, "Sat 12:00").count("handle_time_estimated")).isZero();
  }

  private static Definitions byTimeInHand() {
    return Definitions.DEFAULT.but().handleProxy(Definitions.HandleProxy.OPEN_ASSIGNED).build();
  }

  private static Traced seen(Story story, String asOf) {
    return Traced.of(story, Definitions.DEFAULT, asOf);
  }

  private static List<Observation> handled(Derivation.Derived derived) {
    return derived.observations().stream()
        .filter(it -> it.measure().name().equals(HANDLED))
        .toList();
  }

  private static Duration minutes(long minutes) {
    return Duration.ofMinutes(minutes);
  }

  private static Reported handled(Duration total) {
    return new Reported(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.of(total),
        List.of());
  }
}
