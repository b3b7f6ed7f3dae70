package io.helpdeskexporter.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.helpdeskexporter.domain.ServiceHours.DaysOff;
import io.helpdeskexporter.domain.ServiceHours.Shift;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceHoursTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final LocalDate MAY = LocalDate.parse("2025-05-01");

  @Test
  void hoursAreTheSameAfterTheyWereWrittenDown() {
    ServiceHours hours =
        new ServiceHours(
            BERLIN,
            List.of(new Shift(540, 1020), new Shift(6 * 1440, 7 * 1440)),
            List.of(new DaysOff(MAY, MAY.plusDays(1))));

    assertThat(hours.text()).isEqualTo("Europe/Berlin 540-1020,8640-10080 20209-20210");
    assertThat(ServiceHours.parse(hours.text())).isEqualTo(hours);
    assertThat(ServiceHours.parse(ServiceHours.ALWAYS.text())).isEqualTo(ServiceHours.ALWAYS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Z 0-60", "Nowhere 0-60 ", "Z  ", "Z 0 ", "Z 0-x ", "Z 60-0 ", "Z 0-60 5-4"})
  void whatIsNoHoursIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ServiceHours.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"-1, 60", "60, 60", "1400, 1500", "10000, 10081"})
  void aShiftIsPartOfOneDay(int from, int until) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Shift(from, until));
  }

  @Test
  void shiftsAreSortedAndApart() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ServiceHours(BERLIN, List.of(new Shift(0, 60), new Shift(59, 90)), List.of()))
        .withMessageContaining("overlap");
  }

  @Test
  void daysOffAreNotCountedForEver() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ServiceHours(
                    BERLIN,
                    List.of(new Shift(0, 60)),
                    List.of(new DaysOff(MAY, LocalDate.parse("9999-12-31")))))
        .withMessageContaining("3660");
  }
}
