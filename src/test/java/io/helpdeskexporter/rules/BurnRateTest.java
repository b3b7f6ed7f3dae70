package io.helpdeskexporter.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.Holidays;
import io.helpdeskexporter.calendar.ScheduleHistory;
import io.helpdeskexporter.calendar.WorkingHours;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How fast is too fast, for desks that never close and for those that do. */
class BurnRateTest {
  private static final OpeningHours FORTY_FIVE = new OpeningHours(Duration.ofHours(45), 5);

  @Test
  void aDeskThatNeverClosesHasTheFactorsThatAllServicesHave() {
    assertThat(table(OpeningHours.ROUND_THE_CLOCK, 30))
        .containsExactly(
            "critical 0.02 1h 5m 2m 14.4",
            "critical 0.05 6h 30m 15m 6",
            "warning 0.10 1d 2h 1h 3",
            "warning 0.10 3d 6h 3h 1");
  }

  @Test
  void aDeskOfFortyFiveHoursSpendsItsBudgetInFewerOfThem() {
    assertThat(table(FORTY_FIVE, 28))
        .containsExactly(
            "critical 0.02 1h 5m 2m 3.6",
            "critical 0.05 3h 15m 10m 3",
            "warning 0.10 1d 2h 30m 2",
            "warning 0.20 3d 6h 1h 1.33");
  }

  @Test
  void aDayWithFewOpenHoursHoldsNoMoreThanThese() {
    OpeningHours mornings = new OpeningHours(Duration.ofHours(4), 2);

    assertThat(table(mornings, 28))
        .as("16 open hours: three hours hold two of them, three days hold four")
        .containsExactly(
            "critical 0.02 1h 5m 2m 0.32",
            "critical 0.05 3h 15m 10m 0.4",
            "warning 0.10 1d 2h 30m 0.8",
            "warning 0.20 3d 6h 1h 0.8");
  }

  @ParameterizedTest(name = "factor {0} can be reached above a target of {1}")
  @CsvSource({"14.4, 0.931", "6, 0.834", "3, 0.667"})
  void noMoreThanEverythingCanGoWrong(BigDecimal factor, BigDecimal target) {
    BurnRate rate =
        BurnRate.of(OpeningHours.ROUND_THE_CLOCK, 30).stream()
            .filter(it -> it.factor().compareTo(factor) == 0)
            .findAny()
            .orElseThrow();
    BigDecimal justBelow = target.subtract(new BigDecimal("0.002"));

    assertThat(rate.targetNeeded()).isEqualTo(target);
    assertThat(rate.isReachable(BigDecimal.ONE.subtract(target))).isTrue();
    assertThat(rate.isReachable(BigDecimal.ONE.subtract(justBelow))).isFalse();
  }

  @Test
  void theHoursAreThoseOfTheWeekThatIsInForce() {
    BusinessCalendar before = calendar(Map.of("mon-fri", "09:00-18:00"));
    BusinessCalendar after = calendar(Map.of("mon-fri", "09:00-12:00,13:00-17:00", "sat", "24h"));
    Instant change = Instant.parse("2026-09-01T00:00:00Z");
    BusinessClock history =
        new ScheduleHistory(
            List.of(
                new ScheduleHistory.Change(Instant.EPOCH, before),
                new ScheduleHistory.Change(change, after)));

    assertThat(OpeningHours.of(history, change.minusSeconds(1))).isEqualTo(FORTY_FIVE);
    assertThat(OpeningHours.of(history, change))
        .isEqualTo(new OpeningHours(Duration.ofHours(5 * 7 + 24), 6));
    assertThat(OpeningHours.of(BusinessClock.alwaysOpen(), change))
        .isEqualTo(OpeningHours.ROUND_THE_CLOCK);
  }

  private static BusinessCalendar calendar(Map<String, String> hours) {
    return new BusinessCalendar("desk", ZoneOffset.UTC, WorkingHours.parse(hours), Holidays.none());
  }

  private static List<String> table(OpeningHours hours, int days) {
    return BurnRate.of(hours, days).stream()
        .map(
            it ->
                "%s %s %s %s %s %s"
                    .formatted(
                        it.severity().label(),
                        it.share(),
                        it.longWindow(),
                        it.shortWindow(),
                        it.pending(),
                        it.factor()))
        .toList();
  }
}
