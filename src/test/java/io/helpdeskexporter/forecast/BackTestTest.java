package io.helpdeskexporter.forecast;

import static io.helpdeskexporter.forecast.Desk.MONDAY;
import static io.helpdeskexporter.forecast.Desk.ROME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class BackTestTest {
  @Test
  void theErrorIsWhatWasMissedAsAPartOfWhatCame() {
    LocalDate tested = MONDAY.plusWeeks(6);
    Arrivals arrivals =
        Desk.in(ROME)
            .weeks(MONDAY, 6, 40, 10)
            .day(tested, 50)
            .day(tested.plusDays(1), 30)
            .arrivals();

    BackTest test = BackTest.of(arrivals, tested, tested);
    assertThat(test.days()).hasSize(1);
    assertThat(test.days().getFirst().expected().mean()).isCloseTo(40, within(1e-6));
    assertThat(test.days().getFirst().actual()).isEqualTo(50);
    assertThat(test.days().getFirst().naive()).isEqualTo(40);
    assertThat(test.days().getFirst().error()).isCloseTo(-10, within(1e-6));
    assertThat(test.absoluteError().orElseThrow()).isCloseTo(10 / 50.0, within(1e-6));
    assertThat(test.naiveAbsoluteError().orElseThrow()).isEqualTo(10 / 50.0);
    assertThat(test.naiveAbsoluteErrorByHour().orElseThrow())
        .as("ten hours with one more each")
        .isEqualTo(10 / 50.0);

    BackTest two = BackTest.of(arrivals, tested, tested.plusDays(1));
    assertThat(two.naiveAbsoluteError().orElseThrow()).isEqualTo((10 + 10) / 80.0);
  }

  @Test
  void daysOfWhichTooLittleWasKnownAreLeftOut() {
    Arrivals arrivals = Desk.in(ROME).weeks(MONDAY, 4, 40, 10).arrivals();

    assertThat(BackTest.of(arrivals, MONDAY, MONDAY.plusDays(20)).days())
        .extracting(BackTest.Tested::day)
        .first()
        .isEqualTo(MONDAY.plusDays(15));
    assertThat(BackTest.of(arrivals, MONDAY, MONDAY.plusDays(3)).absoluteError()).isEmpty();
    assertThat(BackTest.of(arrivals, MONDAY.plusDays(3), MONDAY).days()).isEmpty();
  }

  @Test
  void whereNothingCameThereIsNoErrorToTell() {
    Arrivals arrivals = Desk.in(ROME).weeks(MONDAY, 4, 40, 0).arrivals();
    LocalDate saturday = MONDAY.plusWeeks(3).plusDays(5);

    BackTest test = BackTest.of(arrivals, saturday, saturday);
    assertThat(test.days()).hasSize(1);
    assertThat(test.absoluteError()).isEmpty();
  }
}
