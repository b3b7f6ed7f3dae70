package io.helpdeskexporter.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Instant DUE = Instant.parse("2026-03-09T08:00:00Z");
  private static final LocalDate WEEK = LocalDate.parse("2026-03-02");

  private final Plan weekly =
      new Plan(
          "weekly",
          new Schedule(Every.WEEK, LocalTime.of(8, 0), ZoneOffset.UTC, DayOfWeek.MONDAY),
          List.of("desk", "log"));
  private final Period period = weekly.due(DUE, Optional.empty()).orElseThrow();

  @Test
  void aNewReportBeginsWithTheLastPeriod() {
    assertThat(period.first()).isEqualTo(WEEK);
    assertThat(weekly.due(DUE.minusMillis(1), Optional.empty()).orElseThrow().first())
        .isEqualTo(WEEK.minusWeeks(1));
  }

  @Test
  void whatWasDeliveredIsNotDueAgain() {
    assertThat(weekly.due(DUE.plus(Duration.ofDays(6)), Optional.of(WEEK))).isEmpty();
    assertThat(weekly.due(DUE, Optional.of(WEEK.minusWeeks(1)))).contains(period);
  }

  @Test
  void ofSeveralThatWereMissedTheLatestAloneIsMadeUpFor() {
    Optional<Period> due = weekly.due(DUE, Optional.of(WEEK.minusWeeks(5)));

    assertThat(due).contains(period);
    assertThat(weekly.due(DUE, due.map(Period::first))).isEmpty();
  }

  @Test
  void whereTheClockOfAnotherExporterWasAheadNothingIsDeliveredAgain() {
    assertThat(weekly.due(DUE, Optional.of(WEEK.plusWeeks(1)))).isEmpty();
  }

  @Test
  void itWaitsForTheSourceThatIsFurthestBehind() {
    Instant end = period.to();

    assertThat(weekly.isComplete(period, Map.of("desk", end, "log", end))).isTrue();
    assertThat(weekly.isComplete(period, Map.of("desk", end, "log", end.minusMillis(1)))).isFalse();
    assertThat(weekly.isComplete(period, Map.of("desk", end, "other", end))).isFalse();
  }

  @Test
  void itWaitsSixHoursAndNoLonger() {
    Instant before = DUE.minus(Duration.ofDays(1));

    assertThat(weekly.isLate(period, before, DUE.plus(Duration.ofHours(6)).minusMillis(1)))
        .isFalse();
    assertThat(weekly.isLate(period, before, DUE.plus(Duration.ofHours(6)))).isTrue();
  }

  @Test
  void whatIsMadeUpForWaitsSixHoursFromTheStart() {
    Instant started = DUE.plus(Duration.ofDays(3));

    assertThat(weekly.isLate(period, started, started.plus(Duration.ofHours(5)))).isFalse();
    assertThat(weekly.isLate(period, started, started.plus(Duration.ofHours(6)))).isTrue();
  }
}
