package io.helpdeskexporter.calendar;

import static io.helpdeskexporter.domain.Status.ON_HOLD;
import static io.helpdeskexporter.domain.Status.OPEN;
import static io.helpdeskexporter.domain.Status.PENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SlaClockTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final BusinessCalendar OFFICE =
      new BusinessCalendar(
          "office", BERLIN, WorkingHours.parse(Map.of("mon-fri", "09:00-18:00")), Holidays.none());
  private static final SlaTarget FOUR_HOURS =
      new SlaTarget(Duration.ofHours(4), Set.of(PENDING, ON_HOLD));

  // 2026-03-02 is a Monday.
  private static final String FRIDAY = "2026-03-06";
  private static final String SATURDAY = "2026-03-07";
  private static final String MONDAY = "2026-03-09";
  private static final String TUESDAY = "2026-03-10";

  private final SlaClock started = start(at(FRIDAY, "16:00"));

  @Test
  void workedCheck4APromiseOfFourBusinessHoursOnFridayAt16BreaksOnMondayAt11() {
    Instant answered = at(MONDAY, "12:00");
    assertThat(started.deadline()).contains(at(MONDAY, "11:00"));
    assertThat(started.isOverdue(answered)).isTrue();
    assertThat(started.deadline().map(due -> Duration.between(due, answered).toSeconds()))
        .contains(3600L);
    assertThat(started.remaining(answered)).isEqualTo(Duration.ofHours(-1));
  }

  @Test
  void theDeadlineItselfIsStillInTime() {
    assertThat(started.isOverdue(at(MONDAY, "11:00"))).isFalse();
    assertThat(started.isOverdue(at(MONDAY, "11:00").plusMillis(1))).isTrue();
  }

  @Test
  void theTimeLeftShrinksOnlyWhileTheDeskIsOpen() {
    assertThat(started.remaining(at(FRIDAY, "17:00"))).isEqualTo(Duration.ofHours(3));
    assertThat(started.remaining(at(FRIDAY, "18:00"))).isEqualTo(Duration.ofHours(2));
    assertThat(started.remaining(at(SATURDAY, "12:00"))).isEqualTo(Duration.ofHours(2));
    assertThat(started.remaining(at(MONDAY, "09:30"))).isEqualTo(Duration.ofMinutes(90));
  }

  @Test
  void whatWasUsedBeforeAPauseCountsAndTheRestRunsFromTheResumption() {
    SlaClock resumed = started.pause(at(FRIDAY, "17:00")).resume(at(MONDAY, "15:00"));
    assertThat(resumed.deadline()).contains(at(MONDAY, "18:00"));
    assertThat(resumed.remaining(at(MONDAY, "16:00"))).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void aPauseOutsideTheHoursCostsNothing() {
    SlaClock resumed = started.pause(at(FRIDAY, "19:00")).resume(at(SATURDAY, "20:00"));
    assertThat(resumed.deadline()).isEqualTo(started.deadline());
  }

  @Test
  void whilePausedThereIsNoDeadlineAndNoRisk() {
    SlaClock paused = started.pause(at(MONDAY, "10:50"));
    assertThat(paused.deadline()).isEmpty();
    assertThat(paused.atRiskFrom()).isEmpty();
    assertThat(paused.isAtRisk(at(TUESDAY, "12:00"))).isFalse();
    assertThat(paused.isOverdue(at(TUESDAY, "12:00"))).isFalse();
    assertThat(paused.remaining(at(TUESDAY, "12:00"))).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void statusesPauseAndResumeAsThePolicySays() {
    SlaClock clock =
        started
            .on(PENDING, at(FRIDAY, "17:00"))
            .on(ON_HOLD, at(MONDAY, "10:00"))
            .on(OPEN, at(MONDAY, "15:00"))
            .on(OPEN, at(MONDAY, "15:30"));
    assertThat(clock.deadline()).contains(at(MONDAY, "18:00"));
    assertThat(
            SlaClock.start(
                    OFFICE,
                    SlaTarget.within(Duration.ofHours(4)),
                    AtRisk.DEFAULT,
                    at(FRIDAY, "16:00"))
                .on(PENDING, at(FRIDAY, "17:00"))
                .deadline())
        .as("a target that pauses on nothing")
        .contains(at(MONDAY, "11:00"));
  }

  @Test
  void aPauseAfterTheDeadlineNoLongerMovesIt() {
    SlaClock late = started.pause(at(MONDAY, "12:00"));
    assertThat(late.deadline()).contains(at(MONDAY, "11:00"));
    assertThat(late.resume(at(TUESDAY, "12:00")).deadline()).contains(at(MONDAY, "11:00"));
    assertThat(late.isOverdue(at(TUESDAY, "12:00"))).isTrue();
    assertThat(late.isAtRisk(at(TUESDAY, "12:00"))).isFalse();
    assertThat(late.remaining(at(MONDAY, "13:00"))).isEqualTo(Duration.ofHours(-2));
  }

  @Test
  void aPauseAtTheDeadlineItselfComesInTime() {
    SlaClock paused = started.pause(at(MONDAY, "11:00"));
    assertThat(paused.deadline()).isEmpty();
    assertThat(paused.resume(at(TUESDAY, "12:00")).deadline()).contains(at(TUESDAY, "12:00"));
  }

  @Test
  void atRiskIsTheLastFifthOfALongTarget() {
    assertThat(started.atRiskFrom()).contains(at(MONDAY, "10:12"));
    assertThat(started.isAtRisk(at(MONDAY, "10:11"))).isFalse();
    assertThat(started.isAtRisk(at(MONDAY, "10:12"))).isTrue();
    assertThat(started.isAtRisk(at(MONDAY, "11:00"))).isTrue();
    assertThat(started.isAtRisk(at(MONDAY, "11:01"))).as("overdue instead").isFalse();
  }

  @Test
  void atRiskIsTheLastQuarterOfAnHourOfAShortTarget() {
    SlaClock short30 =
        SlaClock.start(
            OFFICE, SlaTarget.within(Duration.ofMinutes(30)), AtRisk.DEFAULT, at(FRIDAY, "16:00"));
    assertThat(short30.atRiskFrom()).contains(at(FRIDAY, "16:15"));
  }

  @Test
  void aTargetShorterThanTheWarningIsAtRiskFromItsStart() {
    SlaClock short10 =
        SlaClock.start(
            OFFICE,
            SlaTarget.within(Duration.ofMinutes(10)),
            AtRisk.DEFAULT,
            at(SATURDAY, "16:00"));
    assertThat(short10.atRiskFrom()).contains(at(SATURDAY, "16:00"));
  }

  @Test
  void aPromiseResumedWithLittleTimeLeftIsAtRiskAtOnce() {
    SlaClock resumed = started.pause(at(MONDAY, "10:50")).resume(at(TUESDAY, "12:00"));
    assertThat(resumed.atRiskFrom()).contains(at(TUESDAY, "12:00"));
    assertThat(resumed.deadline()).contains(at(TUESDAY, "12:10"));
  }

  @Test
  void whatCountsAsRiskIsAnOption() {
    AtRisk lastHour = new AtRisk(Duration.ofHours(1), 0);
    SlaClock clock = SlaClock.start(OFFICE, FOUR_HOURS, lastHour, at(FRIDAY, "16:00"));
    assertThat(clock.atRiskFrom()).contains(at(MONDAY, "10:00"));
    assertThatIllegalArgumentException().isThrownBy(() -> new AtRisk(Duration.ofHours(-1), 0.2));
    assertThatIllegalArgumentException().isThrownBy(() -> new AtRisk(Duration.ZERO, 1.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new AtRisk(Duration.ZERO, Double.NaN));
  }

  @Test
  void aChangeBeforeTheLastOneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> started.pause(at(FRIDAY, "15:59")))
        .withMessageContaining("2026-03-06T15:00:00Z")
        .withMessageContaining("2026-03-06T14:59:00Z");
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theDeadlineIsWhereTheRunningBusinessTimeReachesTheTarget(long seed) {
    Random random = new Random(seed);
    List<Instant> changes = changes(random);
    SlaClock clock = start(changes.getFirst());
    Duration used = Duration.ZERO;
    for (int i = 1; i < changes.size() && !used.isNegative(); i++) {
      boolean pauses = i % 2 == 1;
      Instant deadline = clock.deadline().orElse(Instant.MAX);
      if (pauses && changes.get(i).isAfter(deadline)) {
        break;
      }
      used = pauses ? used.plus(OFFICE.between(changes.get(i - 1), changes.get(i))) : used;
      clock = pauses ? clock.pause(changes.get(i)) : clock.resume(changes.get(i));
      Duration left = Duration.ofHours(4).minus(used);
      assertThat(clock.remaining(changes.get(i))).isEqualTo(left);
      assertThat(clock.deadline().isEmpty()).isEqualTo(pauses);
      Instant resumed = changes.get(i);
      clock.deadline().ifPresent(due -> assertThat(OFFICE.between(resumed, due)).isEqualTo(left));
    }
  }

  /** The start, a pause, a resumption, a pause ... */
  private static List<Instant> changes(Random random) {
    List<Instant> changes = new ArrayList<>();
    Instant at = at(FRIDAY, "08:00");
    for (int i = 0; i < 9; i++) {
      at = at.plusMillis(random.nextLong(Duration.ofHours(i % 2 == 1 ? 2 : 40).toMillis()));
      changes.add(at);
    }
    return changes;
  }

  private static SlaClock start(Instant at) {
    return SlaClock.start(OFFICE, FOUR_HOURS, AtRisk.DEFAULT, at);
  }

  private static Instant at(String day, String time) {
    return LocalDateTime.parse(day + "T" + time).atZone(BERLIN).toInstant();
  }
}
