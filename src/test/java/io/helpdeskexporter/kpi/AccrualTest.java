package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccrualTest {
  private static final Measure COST = Measure.amount("cost", Unit.MONEY, "category");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /**
   * Months of 743, 745 and 744 hours, one of a zone that changes by half an hour, and a leap day.
   */
  @ParameterizedTest
  @CsvSource({
    "2026-03, Europe/Berlin, 743",
    "2026-10, Europe/Berlin, 745",
    "2026-01, Europe/Berlin, 744",
    "2026-10, Australia/Lord_Howe, 744",
    "2028-02, UTC, 696"
  })
  void aMonthComesToExactlyItsFigure(YearMonth month, ZoneId zone, int hours) {
    Accrual accrual = accrual("10000.000001", "2020-01-01", Optional.empty(), zone);
    Instant begin = month.atDay(1).atStartOfDay(zone).toInstant();
    Instant end = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();

    List<Observation> within = accrual.between(begin.minusMillis(1), end.minusMillis(1));
    assertThat(within).hasSize(hours);
    assertThat(within.stream().mapToLong(Observation::value).sum()).isEqualTo(10_000_000_001L);
    assertThat(within)
        .extracting(Observation::at)
        .allMatch(at -> !at.isBefore(begin) && at.isBefore(end));
    assertThat(accrual.upTo(end.minusMillis(1)) - accrual.upTo(begin.minusMillis(1)))
        .isEqualTo(10_000_000_001L);
  }

  @Test
  void aMonthThatBeginsOrEndsWithinHasItsShareOfHours() {
    Accrual accrual = accrual("3000", "2026-06-11", Optional.of("2026-08-16"), ZoneId.of("UTC"));

    assertThat(accrual.upTo(Instant.parse("2026-06-11T00:00:00Z"))).isZero();
    assertThat(accrual.upTo(Instant.parse("2026-07-01T00:00:00Z"))).isEqualTo(2_000_000_000L);
    assertThat(accrual.upTo(Instant.parse("2026-08-01T00:00:00Z"))).isEqualTo(5_000_000_000L);
    assertThat(accrual.upTo(Instant.parse("2026-08-15T23:59:59.999Z")))
        .isEqualTo(accrual.upTo(Instant.parse("2036-01-01T00:00:00Z")))
        .isEqualTo(5_000_000_000L + 3_000_000_000L * 15 / 31);
  }

  @Test
  void beforeItsFirstDayAndAfterItsLastThereIsNothing() {
    Accrual accrual = accrual("3000", "2026-06-11", Optional.of("2026-06-12"), BERLIN);

    assertThat(accrual.between(Instant.EPOCH, Instant.parse("2026-06-10T21:59:59.999Z"))).isEmpty();
    assertThat(accrual.between(Instant.EPOCH, Instant.parse("2030-01-01T00:00:00Z")))
        .hasSize(24)
        .extracting(Observation::at)
        .startsWith(Instant.parse("2026-06-10T22:59:59.999Z"))
        .endsWith(Instant.parse("2026-06-11T21:59:59.999Z"));
  }

  @Test
  void whateverLiesBetweenTwoLooksIsThereOnce() {
    Accrual accrual = accrual("744", "2026-01-01", Optional.empty(), BERLIN);
    Instant begin = Instant.parse("2026-02-20T12:00:00Z");
    Instant end = begin.plus(Duration.ofDays(40));
    List<Observation> all = accrual.between(begin, end);
    Instant last = begin;
    long sum = 0;
    for (int look = 0; last.isBefore(end); look++) {
      Instant next = last.plusMillis(1 + (look * 7_919_000L) % 9_000_000L);
      next = next.isAfter(end) ? end : next;
      List<Observation> seen = accrual.between(last, next);
      assertThat(all).containsAll(seen);
      sum += seen.size();
      last = next;
    }
    assertThat(sum).isEqualTo(all.size());
  }

  private static Accrual accrual(String monthly, String from, Optional<String> until, ZoneId zone) {
    return new Accrual(
        COST,
        "salaries",
        new BigDecimal(monthly),
        LocalDate.parse(from),
        until.map(LocalDate::parse),
        zone);
  }
}
