package io.helpdeskexporter.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SurvivalTest {
  private static final Offset<Double> EXACT = within(1e-9);

  /** Watched from one age to another, and whether it ended there. */
  private record Case(long from, long to, boolean ended) {}

  private static Survival of(List<Case> cases) {
    Survival.Watched watched = new Survival.Watched();
    cases.forEach(it -> watched.add(it.from(), it.to(), it.ended()));
    return watched.curve();
  }

  /** By the definition: a factor for each age at which anything ended. */
  private static double obviously(List<Case> cases, long age) {
    double lasting = 1;
    for (long t = 0; t <= age; t++) {
      long at = t;
      double watched =
          cases.stream()
              .filter(it -> it.to() >= at && (it.from() < at || it.from() == 0))
              .filter(it -> it.from() < it.to() || it.from() == 0)
              .count();
      double ends =
          cases.stream()
              .filter(it -> it.ended() && it.to() == at)
              .filter(it -> it.from() < it.to() || it.from() == 0)
              .count();
      lasting *= ends > 0 ? 1 - ends / watched : 1;
    }
    return lasting;
  }

  private static List<Case> random(Random random) {
    List<Case> cases = new ArrayList<>();
    int size = random.nextInt(60);
    int longest = 1 + random.nextInt(40);
    for (int i = 0; i < size; i++) {
      long from = random.nextInt(3) > 0 ? 0 : random.nextInt(longest);
      cases.add(new Case(from, from + random.nextInt(longest), random.nextInt(4) > 0));
    }
    return cases;
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  /** Remission in weeks of 21 patients under 6-mercaptopurine (Freireich and others, 1963). */
  @Test
  void theTextbookExampleComesOutAsInTheTextbook() {
    Survival.Watched watched = new Survival.Watched();
    for (long age : new long[] {6, 6, 6, 7, 10, 13, 16, 22, 23}) {
      watched.ended(age);
    }
    for (long age : new long[] {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}) {
      watched.lasting(age);
    }
    Survival curve = watched.curve();

    assertThat(curve.beyond(5)).isEqualTo(1);
    assertThat(curve.beyond(6)).isCloseTo(0.857, within(0.0005));
    assertThat(curve.beyond(7)).isCloseTo(0.807, within(0.0005));
    assertThat(curve.beyond(10)).isCloseTo(0.753, within(0.0005));
    assertThat(curve.beyond(13)).isCloseTo(0.690, within(0.0005));
    assertThat(curve.beyond(16)).isCloseTo(0.627, within(0.0005));
    assertThat(curve.beyond(22)).isCloseTo(0.538, within(0.0005));
    assertThat(curve.beyond(23)).isCloseTo(0.448, within(0.0005));
    assertThat(curve.beyond(1_000)).isCloseTo(0.448, within(0.0005));
    assertThat(curve.quantile(0.5)).hasValue(23);
    assertThat(curve.quantile(0.9)).as("the curve does not come down to a tenth").isEmpty();
    assertThat(curve.ended()).isEqualTo(9);
    assertThat(curve.beyond(22, 13)).isCloseTo(0.538 / 0.690, within(0.001));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void itIsTheProductLimitWhateverTheOrder(long seed) {
    Random random = new Random(seed);
    List<Case> cases = random(random);
    Survival curve = of(cases);
    for (long age = 0; age < 90; age++) {
      assertThat(curve.beyond(age)).as("age %d", age).isCloseTo(obviously(cases, age), EXACT);
    }
    Collections.shuffle(cases, random);
    Survival shuffled = of(cases);
    for (long age = 0; age < 90; age++) {
      assertThat(shuffled.beyond(age)).isEqualTo(curve.beyond(age));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aQuantileIsTheFirstAgeThatThePartDoesNotOutlast(long seed) {
    Random random = new Random(seed);
    Survival curve = of(random(random));
    double p = 0.05 + 0.9 * random.nextDouble();
    OptionalLong quantile = curve.quantile(p);

    if (quantile.isPresent()) {
      assertThat(curve.beyond(quantile.getAsLong())).isLessThanOrEqualTo(1 - p);
      assertThat(curve.beyond(quantile.getAsLong() - 1)).isGreaterThan(1 - p);
    } else {
      assertThat(curve.beyond(Long.MAX_VALUE)).isGreaterThan(1 - p);
    }
  }

  @Test
  void whereEverythingEndedItIsThePartThatLastedLonger() {
    Survival.Watched watched = new Survival.Watched();
    for (int age = 1; age <= 10; age++) {
      watched.ended(age);
    }
    Survival curve = watched.curve();

    assertThat(curve.beyond(3)).isCloseTo(0.7, EXACT);
    assertThat(curve.quantile(0.5)).hasValue(5);
    assertThat(curve.quantile(0.9)).hasValue(9);
    assertThat(curve.beyond(10)).isZero();
  }

  @Test
  void whatStillLastsMakesItLonger() {
    Survival.Watched ended = new Survival.Watched();
    Survival.Watched both = new Survival.Watched();
    for (int age = 1; age <= 10; age++) {
      ended.ended(age);
      both.ended(age);
      both.lasting(6);
    }

    assertThat(both.curve().quantile(0.5).orElseThrow())
        .isGreaterThan(ended.curve().quantile(0.5).orElseThrow());
  }

  /** Of tickets that all last as long as each other, those opened long ago are still seen young. */
  @Test
  void casesThatBeganBeforeTheTimeLookedAtSayNothingOfTheirYouth() {
    List<Case> month = new ArrayList<>();
    List<Case> naive = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      month.add(new Case(0, 2, true));
      naive.add(new Case(0, 2, true));
      month.add(new Case(500, 528, false));
      naive.add(new Case(0, 528, false));
    }

    assertThat(of(month).quantile(0.9)).hasValue(2);
    assertThat(of(naive).quantile(0.9)).as("a hundred forgotten tickets outweigh them").isEmpty();
  }

  @Test
  void ofNothingEverythingLasts() {
    Survival curve = new Survival.Watched().curve();

    assertThat(curve.beyond(100)).isEqualTo(1);
    assertThat(curve.quantile(0.5)).isEmpty();
    assertThat(curve.ended()).isZero();
  }

  @Test
  void whatIsOlderThanAnythingThatEndedIsNotExpectedToEndSoon() {
    Survival.Watched watched = new Survival.Watched();
    watched.ended(5);

    assertThat(watched.curve().beyond(10, 7)).isEqualTo(1);
    assertThat(watched.curve().beyond(10, 3)).isZero();
  }

  @Test
  void agesRunForward() {
    Survival.Watched watched = new Survival.Watched();

    assertThatThrownBy(() -> watched.add(5, 4, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("watched from age 5 to 4");
    assertThatThrownBy(() -> watched.ended(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> watched.curve().quantile(1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("quantile 1.5: from 0 to 1");
  }
}
