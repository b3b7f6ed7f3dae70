package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.helpdeskexporter.facts.Definitions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoalTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2026-04-11T00:00:00Z"); // 100 days later

  private static final Goal FASTER = goal(7200, 3600);
  private static final Goal MORE = goal(0.5, 0.9);

  @Test
  void progressIsTheShareOfTheWayThatIsGoneWhicheverWayThatIs() {
    assertThat(FASTER.progress(7200)).isZero();
    assertThat(FASTER.progress(5400)).isEqualTo(0.5);
    assertThat(FASTER.progress(3600)).isEqualTo(1);
    assertThat(FASTER.direction()).isEqualTo(Goal.Direction.DOWN);
    assertThat(MORE.progress(0.7)).isEqualTo(0.5, within(1e-12));
    assertThat(MORE.direction()).isEqualTo(Goal.Direction.UP);
  }

  @Test
  void progressMayFallBelowTheStartAndExceedTheTarget() {
    assertThat(FASTER.progress(9000)).isEqualTo(-0.5);
    assertThat(FASTER.progress(1800)).isEqualTo(1.5);
  }

  @Test
  void aTargetIsReachedByWhatMeetsIt() {
    assertThat(FASTER.isReachedBy(3600)).isTrue();
    assertThat(FASTER.isReachedBy(3600.001)).isFalse();
    assertThat(MORE.isReachedBy(0.9)).isTrue();
    assertThat(MORE.isReachedBy(0.899)).isFalse();
  }

  @Test
  void theShareOfTheTimeIsNeverBelowZeroNorAboveOne() {
    assertThat(FASTER.elapsed(START.minusSeconds(1))).isZero();
    assertThat(FASTER.elapsed(day(25))).isEqualTo(0.25);
    assertThat(FASTER.elapsed(END.plusSeconds(1))).isEqualTo(1);
  }

  @Test
  void theProjectionIsTheLineFromTheStartThroughNow() {
    assertThat(FASTER.projected(6300, day(25))).hasValue(3600);
    assertThat(FASTER.projected(7200, day(25))).hasValue(7200);
    assertThat(MORE.projected(0.6, day(50)).orElseThrow()).isEqualTo(0.7, within(1e-12));
  }

  @Test
  void noProjectionGoesBeyondWhatAValueCanBe() {
    assertThat(FASTER.projected(3600, day(25))).hasValue(0);
  }

  @Test
  void thereIsNoProjectionInTheFirstTenthOfTheTime() {
    assertThat(FASTER.projected(6300, day(10).minusMillis(1))).isEmpty();
    assertThat(FASTER.projected(6300, day(10))).isPresent();
  }

  @Test
  void theDeadlineItselfIsTooLate() {
    assertThat(FASTER.isOver(END.minusMillis(1))).isFalse();
    assertThat(FASTER.isOver(END)).isTrue();
    assertThat(FASTER.lastInstant()).isEqualTo(END.minusMillis(1));
  }

  @Test
  void aGoalLeadsSomewhereAndHasTime() {
    assertThatThrownBy(() -> goal(1, 1))
        .hasMessage("goal better: from 1.0 to 1.0; allowed: two different numbers");
    assertThatThrownBy(() -> goal(1, Double.NaN)).hasMessageContaining("two different numbers");
    assertThatThrownBy(() -> goal(1, 2, END, END)).hasMessageContaining("a start before the end");
  }

  private static Instant day(int number) {
    return START.plusSeconds(86_400L * number);
  }

  private static Goal goal(double start, double target) {
    return goal(start, target, START, END);
  }

  private static Goal goal(double start, double target, Instant from, Instant until) {
    return new Goal(
        "better",
        Catalogue.of(Definitions.DEFAULT).indicators().named("first_response").orElseThrow(),
        "acme",
        Optional.empty(),
        "30d",
        start,
        from,
        target,
        until,
        "");
  }
}
