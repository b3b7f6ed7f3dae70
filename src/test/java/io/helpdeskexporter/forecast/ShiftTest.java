package io.helpdeskexporter.forecast;

import static io.helpdeskexporter.forecast.Desk.MONDAY;
import static io.helpdeskexporter.forecast.Desk.ROME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShiftTest {
  private static final LocalDate EIGHT_WEEKS_ON = MONDAY.plusWeeks(8);

  private static Shift last(Desk desk, LocalDate from, LocalDate before) {
    Arrivals arrivals = desk.arrivals();
    List<Day> days = from.datesUntil(before).map(arrivals::day).toList();
    return Shift.last(days);
  }

  @ParameterizedTest(name = "{0} times as many, of {1} a working day")
  @CsvSource({"2, 40", "0.4, 40", "1.5, 300", "16, 40", "0.1, 400"})
  void isSeenOnceItLastedAWeek(double ratio, double working) {
    Desk desk =
        Desk.in(ROME)
            .random(MONDAY, 56, working, new Random(1))
            .random(EIGHT_WEEKS_ON, 7, working * ratio, new Random(2));

    assertThat(last(desk, MONDAY, EIGHT_WEEKS_ON).first()).isZero();
    assertThat(last(desk, MONDAY, EIGHT_WEEKS_ON.plusDays(3)).first())
        .as("three days may be chance")
        .isZero();
    Shift shift = last(desk, MONDAY.plusWeeks(1), EIGHT_WEEKS_ON.plusDays(7));
    assertThat(shift.first()).isBetween(47, 49);
    assertThat(shift.scales()[0]).isCloseTo(ratio, within(0.3 * ratio));
    assertThat(shift.scales()[55]).isEqualTo(1);
  }

  @Test
  void twoOfThemAreBothUndone() {
    Desk desk =
        Desk.in(ROME)
            .weeks(MONDAY, 3, 40, 10)
            .weeks(MONDAY.plusWeeks(3), 3, 120, 30)
            .weeks(MONDAY.plusWeeks(6), 2, 60, 15);
    Shift shift = last(desk, MONDAY, EIGHT_WEEKS_ON);

    assertThat(shift.first()).isEqualTo(42);
    assertThat(shift.scales()[0]).isCloseTo(1.5, within(0.1));
    assertThat(shift.scales()[21]).isCloseTo(0.5, within(0.02));
  }

  @Test
  void aWeekOfOutageIsNoShiftOnceItIsOver() {
    Desk desk =
        Desk.in(ROME)
            .weeks(MONDAY, 5, 40, 10)
            .weeks(MONDAY.plusWeeks(5), 1, 90, 25)
            .weeks(MONDAY.plusWeeks(6), 2, 40, 10);

    assertThat(Seasonal.learn(desk.arrivals(), EIGHT_WEEKS_ON))
        .hasValueSatisfying(
            it -> assertThat(it.expected(EIGHT_WEEKS_ON).mean()).isBetween(40.0, 44.0));
  }

  @Test
  void slowGrowthIsNone() {
    Desk desk = Desk.in(ROME);
    Random random = new Random(3);
    for (int day = 0; day < 56; day++) {
      desk.random(MONDAY.plusDays(day), 1, 100 * Math.pow(1.04, day / 7.0), random);
    }
    assertThat(last(desk, MONDAY, EIGHT_WEEKS_ON).first()).isZero();
  }

  @ParameterizedTest(name = "{0} tickets a working day")
  @ValueSource(doubles = {1, 6, 60, 600})
  void chanceAloneHardlyEverLooksLikeOne(double working) {
    int seen = 0;
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Desk desk = Desk.in(ROME);
      for (int day = 0; day < 56; day++) {
        double busy = working * Math.exp(0.2 * random.nextGaussian());
        desk.random(MONDAY.plusDays(day), 1, busy, random);
      }
      seen += last(desk, MONDAY, EIGHT_WEEKS_ON).first() > 0 ? 1 : 0;
    }
    assertThat(seen).isLessThanOrEqualTo(6);
  }

  @Test
  void aDeskWithoutTicketsHasNone() {
    assertThat(last(Desk.in(ROME), MONDAY, EIGHT_WEEKS_ON).first()).isZero();
    assertThat(last(Desk.in(ROME), MONDAY, MONDAY).scales()).isEmpty();
  }
}
