package io.helpdeskexporter.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.helpdeskexporter.forecast.BreachOutlook.Running;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BreachOutlookTest {
  private static Survival evenly(int until) {
    Survival.Watched watched = new Survival.Watched();
    for (int age = 1; age <= until; age++) {
      watched.ended(age);
    }
    return watched.curve();
  }

  @Test
  void aPromiseBreaksAsOftenAsThoseOfItsAgeOutlastedTheDeadline() {
    Survival fulfilment = evenly(100);

    assertThat(BreachOutlook.expectedBreaches(fulfilment, List.of(new Running(0, 80))))
        .isCloseTo(0.2, within(1e-9));
    assertThat(BreachOutlook.expectedBreaches(fulfilment, List.of(new Running(60, 80))))
        .as("half of those that took longer than 60 took longer than 80")
        .isCloseTo(0.5, within(1e-9));
    assertThat(
            BreachOutlook.expectedBreaches(
                fulfilment, List.of(new Running(0, 80), new Running(60, 80))))
        .isCloseTo(0.7, within(1e-9));
  }

  @Test
  void whatIsBrokenAlreadyDoesNotBreakAgainAndWithoutPromisesNoneBreaks() {
    assertThat(BreachOutlook.expectedBreaches(evenly(100), List.of(new Running(80, 80)))).isZero();
    assertThat(BreachOutlook.expectedBreaches(evenly(100), List.of())).isZero();
  }

  @Test
  void aPromiseOlderThanAllThatWereEverKeptIsExpectedToBreak() {
    assertThat(BreachOutlook.expectedBreaches(evenly(10), List.of(new Running(20, 30))))
        .isEqualTo(1);
  }

  @Test
  void asManyBreakAsWereExpected() {
    Random random = new Random(3);
    Survival.Watched past = new Survival.Watched();
    for (int i = 0; i < 20_000; i++) {
      past.ended(lasting(random));
    }
    Survival fulfilment = past.curve();
    double expected = 0;
    int broken = 0;
    for (int i = 0; i < 20_000; i++) {
      long age = random.nextInt(2_000);
      long deadline = age + 1 + random.nextInt(2_000);
      long lasts = lasting(random);
      if (lasts > age) {
        expected += BreachOutlook.expectedBreaches(fulfilment, List.of(new Running(age, deadline)));
        broken += lasts > deadline ? 1 : 0;
      }
    }

    assertThat(expected).isCloseTo(broken, within(0.03 * broken));
  }

  /** Often soon, sometimes never seeming to end. */
  private static long lasting(Random random) {
    return (long) Math.exp(6 + random.nextGaussian());
  }
}
