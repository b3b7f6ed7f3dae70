package io.helpdeskexporter.forecast;

import static io.helpdeskexporter.forecast.Desk.MONDAY;
import static io.helpdeskexporter.forecast.Desk.ROME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeasonalTest {
  /** Of numbers that are sums of many. */
  private static final Offset<Double> EXACT = within(1e-6);

  private static Seasonal learned(Desk desk, LocalDate before) {
    return Seasonal.learn(desk.arrivals(), before).orElseThrow();
  }

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  // What is expected.

  @Test
  void weeksThatAreAlikeGoOn() {
    Seasonal seasonal = learned(Desk.in(ROME).weeks(MONDAY, 8, 40, 10), MONDAY.plusWeeks(8));
    LocalDate next = MONDAY.plusWeeks(8);

    assertThat(seasonal.expected(next).mean()).isCloseTo(40, EXACT);
    assertThat(seasonal.expected(next.plusDays(5)).mean()).isCloseTo(10, EXACT);
    assertThat(
            seasonal
                .expected(
                    next.atStartOfDay(ROME).toInstant(),
                    next.plusDays(7).atStartOfDay(ROME).toInstant())
                .mean())
        .isCloseTo(220, EXACT);
    assertThat(
            seasonal
                .expected(
                    next.atTime(9, 0).atZone(ROME).toInstant(),
                    next.atTime(9, 30).atZone(ROME).toInstant())
                .mean())
        .as("half an hour of ten equal ones")
        .isCloseTo(2, within(0.05));
    assertThat(seasonal.expectedByHour(next)[3]).as("nobody writes at night").isZero();
  }

  @Test
  void growthIsFollowed() {
    Desk desk = Desk.in(ROME);
    for (int week = 0; week < 8; week++) {
      desk.weeks(MONDAY.plusWeeks(week), 1, 40 + 2 * week, 10);
    }

    assertThat(learned(desk, MONDAY.plusWeeks(8)).expected(MONDAY.plusWeeks(8)).mean())
        .as("54 in the last week")
        .isBetween(49.0, 56.0);
  }

  @Test
  void aVolumeThatDoubledToStayIsFollowedWithinAWeek() {
    Desk desk = Desk.in(ROME).weeks(MONDAY, 4, 40, 10).weeks(MONDAY.plusWeeks(4), 4, 80, 20);

    for (int week = 5; week <= 8; week++) {
      Seasonal seasonal = learned(desk, MONDAY.plusWeeks(week));
      assertThat(seasonal.expected(MONDAY.plusWeeks(week)).mean()).isCloseTo(80, within(1.0));
      assertThat(seasonal.expected(MONDAY.plusWeeks(week).plusDays(5)).mean())
          .isCloseTo(20, within(1.0));
      assertThat(seasonal.expectedByHour(MONDAY.plusWeeks(week))[9]).isCloseTo(8, within(0.2));
    }
    assertThat(learned(desk, MONDAY.plusDays(31)).expected(MONDAY.plusDays(31)).mean())
        .as("after three days it may be chance")
        .isBetween(40.0, 60.0);
  }

  @Test
  void aHugeDayMovesTheNextOnesALittle() {
    Desk desk = Desk.in(ROME).weeks(MONDAY, 8, 40, 10);
    LocalDate next = MONDAY.plusWeeks(8);
    desk.tickets(next.minusWeeks(1), 14, 400);
    Seasonal seasonal = learned(desk, next);

    assertThat(seasonal.expected(next).mean()).isBetween(40.0, 45.0);
    assertThat(seasonal.expectedByHour(next)[14]).isBetween(4.0, 6.0);
  }

  @Test
  void fromHolesInTheRecordsNothingIsLearned() {
    Desk desk = Desk.in(ROME).weeks(MONDAY, 5, 40, 10).weeks(MONDAY.plusWeeks(7), 1, 40, 10);
    LocalDate next = MONDAY.plusWeeks(8);

    assertThat(learned(desk, next).expected(next).mean()).isCloseTo(40, EXACT);
    assertThat(learned(desk, MONDAY.plusWeeks(7)).expected(MONDAY.plusWeeks(7)).mean())
        .as("after two weeks of silence")
        .isCloseTo(40, EXACT);
  }

  @Test
  void aQuietDeskIsNotAHole() {
    Desk desk = Desk.in(ROME);
    for (int day = 0; day < 56; day += 4) {
      desk.day(MONDAY.plusDays(day), 2);
    }
    LocalDate next = MONDAY.plusDays(56);

    assertThat(
            learned(desk, next)
                .expected(
                    next.atStartOfDay(ROME).toInstant(),
                    next.plusDays(28).atStartOfDay(ROME).toInstant())
                .mean())
        .as("two tickets every fourth day")
        .isBetween(9.0, 19.0);
  }

  // Holidays.

  @Test
  void holidaysAreNeitherLearnedFromNorExpectedToBeOrdinary() {
    LocalDate next = MONDAY.plusWeeks(8);
    LocalDate coming = next.plusDays(2);
    Desk desk = Desk.in(ROME).off(MONDAY.plusWeeks(7), coming);
    for (LocalDate day = MONDAY; day.isBefore(next); day = day.plusDays(1)) {
      int ordinary = day.getDayOfWeek().getValue() < 6 ? 40 : 10;
      desk.day(day, day.equals(MONDAY.plusWeeks(7)) ? 1 : ordinary);
    }
    Seasonal seasonal = learned(desk, next);

    assertThat(seasonal.expected(next).mean()).isCloseTo(40, EXACT);
    assertThat(seasonal.expected(coming).mean()).as("as on a Sunday").isCloseTo(10, EXACT);
  }

  @Test
  void aHolidayOnASundayIsASunday() {
    LocalDate next = MONDAY.plusWeeks(8);
    Desk desk = Desk.in(ROME).weeks(MONDAY, 8, 40, 10).off(next.plusDays(6));

    assertThat(learned(desk, next).expected(next.plusDays(6)).mean()).isCloseTo(10, EXACT);
  }

  @Test
  void aWeekdayThatWasAlwaysHolidayIsTakenForOneLikeTheOthers() {
    Desk desk = Desk.in(ROME).weeks(MONDAY, 4, 40, 40);
    for (int week = 0; week < 4; week++) {
      desk.off(MONDAY.plusWeeks(week).plusDays(3));
    }

    assertThat(learned(desk, MONDAY.plusWeeks(4)).expected(MONDAY.plusWeeks(4).plusDays(3)).mean())
        .isCloseTo(40, EXACT);
  }

  // Too little history.

  @Test
  void withoutFourteenOrdinaryDaysNothingIsExpected() {
    Arrivals arrivals = Desk.in(ROME).weeks(MONDAY, 8, 40, 10).arrivals();

    assertThat(Seasonal.learn(arrivals, MONDAY)).isEmpty();
    assertThat(Seasonal.learn(arrivals, MONDAY.plusDays(7))).isEmpty();
    assertThat(Seasonal.learn(arrivals, MONDAY.plusDays(14)))
        .as("the first is not whole")
        .isEmpty();
    assertThat(Seasonal.learn(arrivals, MONDAY.plusDays(15))).isPresent();
    Arrivals holidays = Desk.in(ROME).weeks(MONDAY, 3, 40, 10).off(MONDAY.plusDays(9)).arrivals();
    assertThat(Seasonal.learn(holidays, MONDAY.plusDays(15))).isEmpty();
    assertThat(Seasonal.learn(holidays, MONDAY.plusDays(16))).isPresent();
  }

  @Test
  void anEmptyDeskExpectsNothingItKnowsOf() {
    assertThat(Seasonal.learn(Desk.in(ROME).arrivals(), MONDAY)).isEmpty();
    assertThat(
            Seasonal.learn(
                Desk.in(ROME).weeks(MONDAY, 8, 40, 10).arrivals(), MONDAY.plusWeeks(8 + 8)))
        .as("silent for longer than is learned from")
        .isEmpty();
  }

  @Test
  void twoWeeksKnowLessThanEight() {
    Arrivals arrivals = Desk.in(ROME).random(MONDAY, 56, 100, new Random(4)).arrivals();
    Expectation early =
        Seasonal.learn(arrivals, MONDAY.plusWeeks(3)).orElseThrow().expected(MONDAY.plusWeeks(8));
    Expectation late =
        Seasonal.learn(arrivals, MONDAY.plusWeeks(8)).orElseThrow().expected(MONDAY.plusWeeks(8));

    assertThat(early.mean()).isCloseTo(100, within(20.0));
    assertThat(late.mean()).isCloseTo(100, within(12.0));
  }

  // Clocks.

  @Test
  void onDaysOnWhichClocksChangeTheHoursCountThatThereAre() {
    LocalDate spring = LocalDate.of(2026, 3, 29);
    LocalDate autumn = LocalDate.of(2026, 10, 25);
    for (LocalDate change : new LocalDate[] {spring, autumn}) {
      Desk desk = Desk.in(ROME);
      for (LocalDate day = change.minusDays(56); day.isBefore(change); day = day.plusDays(1)) {
        for (int hour = 0; hour < 24; hour++) {
          desk.tickets(day, hour, 5);
        }
      }
      assertThat(learned(desk, change).expected(change).mean())
          .isCloseTo(change.equals(spring) ? 23 * 5 : 25 * 5, EXACT);
      assertThat(learned(desk, change).expectedByHour(change)[2])
          .isCloseTo(change.equals(spring) ? 0 : 10, EXACT);
    }
  }

  @Test
  void aDayOnWhichClocksChangedTeachesNoHourWrongly() {
    LocalDate autumn = LocalDate.of(2026, 10, 25);
    Desk desk = Desk.in(ROME);
    for (LocalDate day = autumn.minusDays(40); day.isBefore(autumn.plusDays(7)); ) {
      for (int hour = 0; hour < 24; hour++) {
        desk.tickets(day, hour, day.equals(autumn) && hour == 2 ? 10 : 5);
      }
      day = day.plusDays(1);
    }

    double[] next = learned(desk, autumn.plusDays(7)).expectedByHour(autumn.plusDays(7));
    assertThat(next[2]).isCloseTo(next[3], EXACT);
  }

  // Rules for all desks.

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void onlyTheTicketsOfTheDaysBeforeMatterAndNotTheirOrder(long seed) {
    Random random = new Random(seed);
    double working = Math.exp(random.nextDouble() * 7);
    LocalDate before = MONDAY.plusDays(20 + random.nextInt(60));
    Desk all = Desk.in(ROME).random(MONDAY, 90, working, random);
    Desk some = Desk.in(ROME);
    Instant midnight = before.atStartOfDay(ROME).toInstant();
    all.tickets().stream().filter(it -> it.isBefore(midnight)).forEach(some.tickets()::add);
    Collections.shuffle(some.tickets(), random);

    assertThat(Seasonal.learn(all.arrivals(), before).map(it -> it.expected(before)))
        .isEqualTo(Seasonal.learn(some.arrivals(), before).map(it -> it.expected(before)));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void thePartsOfATimeExpectWhatTheWholeDoes(long seed) {
    Random random = new Random(seed);
    ZoneId zone = seed % 2 == 0 ? ROME : ZoneId.of("Australia/Lord_Howe");
    LocalDate begin = LocalDate.of(2026, 1, 20).plusDays(random.nextInt(40));
    LocalDate before = begin.plusDays(30 + random.nextInt(26));
    Seasonal seasonal =
        learned(
            Desk.in(zone).random(begin, 60, 50, random).off(before.plusDays(random.nextInt(20))),
            before);
    Instant from = before.atStartOfDay(zone).toInstant().plusSeconds(random.nextInt(100_000));
    Instant to = from.plusSeconds(1 + random.nextInt(3_000_000));
    Instant middle = from.plusMillis(random.nextLong(Duration.between(from, to).toMillis()));

    Expectation whole = seasonal.expected(from, to);
    assertThat(seasonal.expected(from, middle).mean() + seasonal.expected(middle, to).mean())
        .isCloseTo(whole.mean(), EXACT);
    assertThat(whole.lower()).isBetween(0.0, whole.mean());
    assertThat(whole.upper()).isGreaterThanOrEqualTo(whole.mean());
    assertThat(seasonal.expected(from, from)).isEqualTo(new Expectation(0, 0, 0));
    assertThat(Arrays.stream(seasonal.expectedByHour(before)).sum())
        .isCloseTo(seasonal.expected(before).mean(), EXACT);
  }

  @ParameterizedTest(name = "{0} tickets a working day")
  @ValueSource(doubles = {8, 60, 400})
  void theBandHoldsNineTimesInTen(double working) {
    Random random = new Random(11);
    Arrivals arrivals = Desk.in(ROME).random(MONDAY, 56 + 364, working, random).arrivals();
    int[] held = new int[3];
    int[] asked = new int[3];
    for (int day = 56; day < 56 + 357; day++) {
      LocalDate date = MONDAY.plusDays(day);
      Seasonal seasonal = Seasonal.learn(arrivals, date).orElseThrow();
      Instant ten = date.atTime(10, 0).atZone(ROME).toInstant();
      Duration[] lengths = {Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(7)};
      for (int i = 0; i < lengths.length; i++) {
        Expectation expected = seasonal.expected(ten, ten.plus(lengths[i]));
        long came = arrivals.between(ten, ten.plus(lengths[i]));
        held[i] += expected.lower() <= came && came <= expected.upper() ? 1 : 0;
        asked[i]++;
      }
    }
    for (int i = 0; i < held.length; i++) {
      assertThat(held[i] / (double) asked[i]).as("length %d", i).isBetween(0.85, 0.99);
    }
  }

  @Test
  void theBandIsWiderWhereDaysVaryMoreThanTheirHours() {
    Random random = new Random(12);
    Desk desk = Desk.in(ROME);
    for (int day = 0; day < 56 + 364; day++) {
      desk.random(
          MONDAY.plusDays(day), 1, 300 * Math.max(0.2, 1 + 0.2 * random.nextGaussian()), random);
    }
    Arrivals arrivals = desk.arrivals();
    int held = 0;
    for (int day = 56; day < 56 + 364; day++) {
      LocalDate date = MONDAY.plusDays(day);
      Expectation expected = Seasonal.learn(arrivals, date).orElseThrow().expected(date);
      int came = arrivals.day(date).total();
      held += expected.lower() <= came && came <= expected.upper() ? 1 : 0;
    }
    assertThat(held / 364.0).isBetween(0.83, 0.97);
  }

  @ParameterizedTest(name = "{0} tickets a working day")
  @ValueSource(doubles = {3, 30, 300})
  void itIsBetterThanLastWeek(double working) {
    Arrivals arrivals = Desk.in(ROME).random(MONDAY, 200, working, new Random(5)).arrivals();
    BackTest test = BackTest.of(arrivals, MONDAY.plusDays(30), MONDAY.plusDays(199));

    assertThat(test.days()).hasSize(170);
    assertThat(test.absoluteError().orElseThrow())
        .isLessThan(0.85 * test.naiveAbsoluteError().orElseThrow());
    assertThat(test.absoluteErrorByHour().orElseThrow())
        .isLessThan(test.naiveAbsoluteErrorByHour().orElseThrow());
  }

  @Test
  void aZoneOfOddMinutesHasItsOwnHours() {
    ZoneId nepal = ZoneId.of("Asia/Kathmandu");
    Desk desk = Desk.in(nepal).weeks(MONDAY, 8, 40, 10);
    LocalDate next = MONDAY.plusWeeks(8);

    assertThat(learned(desk, next).expectedByHour(next)[7]).isZero();
    assertThat(learned(desk, next).expectedByHour(next)[8]).isCloseTo(4, within(0.1));
    assertThat(
            learned(desk, next)
                .expected(
                    next.atTime(7, 0).atZone(nepal).toInstant(),
                    next.atTime(7, 0).atZone(nepal).toInstant().plus(1, ChronoUnit.HOURS))
                .mean())
        .isZero();
  }
}
