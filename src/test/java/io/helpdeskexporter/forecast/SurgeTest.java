package io.helpdeskexporter.forecast;

import static io.helpdeskexporter.forecast.Desk.MONDAY;
import static io.helpdeskexporter.forecast.Desk.ROME;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurgeTest {
  private static final LocalDate TODAY = MONDAY.plusWeeks(6);

  private static Instant at(int hour, int minute) {
    return TODAY.atTime(hour, minute).atZone(ROME).toInstant();
  }

  /** A desk that had so many tickets between nine and ten on each of the last five Mondays. */
  private static Desk mondays(int... counts) {
    Desk desk = Desk.in(ROME).tickets(TODAY.minusWeeks(6), 12, 1);
    for (int week = 0; week < counts.length; week++) {
      desk.tickets(TODAY.minusWeeks(week + 1), 9, counts[week]);
    }
    return desk;
  }

  @ParameterizedTest(name = "{0} where {1} are usual: {2}")
  @CsvSource({"9,0,false", "10,0,true", "16,9,false", "18,9,false", "19,9,true", "10,4,false"})
  void aSurgeIsThreeDeviationsMoreThanUsualAndTenTickets(int came, int usual, boolean surge) {
    Desk desk = mondays(usual, usual, usual, usual).tickets(TODAY, 9, came);

    assertThat(Surge.at(desk.arrivals(), at(10, 0)))
        .hasValueSatisfying(
            it -> {
              assertThat(it.created()).isEqualTo(came);
              assertThat(it.expected()).isEqualTo(usual);
              assertThat(it.active()).isEqualTo(surge);
            });
  }

  @Test
  void usualIsTheMedianOfTheLastFourWeeksWithoutHolidays() {
    assertThat(Surge.at(mondays(4, 8, 100, 6, 50).arrivals(), at(10, 0)))
        .map(Surge::expected)
        .contains(7.0);
    assertThat(
            Surge.at(mondays(4, 8, 0, 6).off(TODAY.minusWeeks(3)).arrivals(), at(10, 0))
                .map(Surge::expected))
        .contains(6.0);
  }

  @Test
  void oneOrdinaryHourIsNotEnoughToCompareWith() {
    Desk desk =
        mondays(4, 8, 0, 6).off(TODAY.minusWeeks(1), TODAY.minusWeeks(2), TODAY.minusWeeks(3));

    assertThat(Surge.at(desk.arrivals(), at(10, 0))).isEmpty();
    assertThat(Surge.at(Desk.in(ROME).arrivals(), at(10, 0))).isEmpty();
    Desk young = Desk.in(ROME).weeks(TODAY.minusWeeks(2), 2, 40, 40);
    assertThat(Surge.at(young.arrivals(), at(10, 0)))
        .as("its first Monday was not whole")
        .isEmpty();
  }

  @Test
  void theHourEndsAtTheLastFullFiveMinutes() {
    Desk desk = mondays(4, 4, 4, 4).tickets(TODAY, 9, 12);

    assertThat(Surge.at(desk.arrivals(), at(9, 19))).map(Surge::created).contains(0L);
    assertThat(Surge.at(desk.arrivals(), at(9, 20))).map(Surge::created).contains(12L);
    assertThat(Surge.at(desk.arrivals(), at(10, 19))).map(Surge::created).contains(12L);
    assertThat(Surge.at(desk.arrivals(), at(10, 20))).map(Surge::created).contains(0L);
  }

  @Test
  void theSameHourIsTheSameByTheWallClock() {
    LocalDate after = LocalDate.of(2026, 3, 30);
    Desk desk = Desk.in(ROME).tickets(after.minusWeeks(5), 1, 1);
    for (int week = 0; week < 5; week++) {
      desk.tickets(after.minusWeeks(week), 9, 20);
    }

    assertThat(Surge.at(desk.arrivals(), after.atTime(10, 0).atZone(ROME).toInstant()))
        .contains(new Surge(20, 20));
  }
}
