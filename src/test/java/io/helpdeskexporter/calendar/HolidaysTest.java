package io.helpdeskexporter.calendar;

import static java.time.LocalTime.MIDNIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HolidaysTest {
  private static final LocalDate EASTER_MONDAY = LocalDate.of(2026, 4, 6);
  private static final LocalDate CORPUS_CHRISTI = LocalDate.of(2026, 6, 4);
  private static final LocalDate ASSUMPTION_DAY = LocalDate.of(2026, 8, 15);
  private static final LocalDate REFORMATION_DAY = LocalDate.of(2026, 10, 31);
  private static final LocalDate ORDINARY_DAY = LocalDate.of(2026, 3, 11);
  private static final MonthDay CHRISTMAS_EVE = MonthDay.of(12, 24);

  @Test
  void withoutACountryNoDayIsAHoliday() {
    assertThat(yearOf(2026)).noneMatch(day -> isClosed(Holidays.none(), day));
  }

  @Test
  void theGermanHolidaysOf2026AreTheNineThatAllStatesShare() {
    assertThat(
            yearOf(2026).filter(day -> isClosed(Holidays.of("de"), day)).map(LocalDate::toString))
        .containsExactly(
            "2026-01-01",
            "2026-04-03",
            "2026-04-06",
            "2026-05-01",
            "2026-05-14",
            "2026-05-25",
            "2026-10-03",
            "2026-12-25",
            "2026-12-26");
  }

  @Test
  void aRegionAddsItsOwnAndPlacesInItTheirs() {
    assertThat(isClosed(Holidays.of("de"), CORPUS_CHRISTI)).isFalse();
    assertThat(isClosed(Holidays.of("DE", "BY"), CORPUS_CHRISTI)).isTrue();
    assertThat(isClosed(Holidays.of("de", "by"), ASSUMPTION_DAY)).isFalse();
    assertThat(isClosed(Holidays.of("de", "by/mu"), ASSUMPTION_DAY)).isTrue();
    assertThat(isClosed(Holidays.of("de", "by/mu"), CORPUS_CHRISTI)).isTrue();
  }

  @Test
  void severalRegionsCloseOnTheHolidaysOfEach() {
    Holidays both = Holidays.of("de", List.of("by", "bb"));
    assertThat(List.of(EASTER_MONDAY, CORPUS_CHRISTI, REFORMATION_DAY))
        .allMatch(day -> isClosed(both, day));
  }

  @Test
  void observancesAndDaysOnWhichOnlyBanksCloseDoNotCount() {
    LocalDate earlyMayBankHoliday = LocalDate.of(2026, 5, 4);
    LocalDate christmasEve = LocalDate.of(2026, 12, 24);
    LocalDate boxingDay = LocalDate.of(2025, 12, 26);
    assertThat(isClosed(Holidays.of("gb"), earlyMayBankHoliday)).as("public by law").isTrue();
    assertThat(isClosed(Holidays.of("at"), christmasEve)).isFalse();
    assertThat(isClosed(Holidays.of("ca", "on"), boxingDay)).isTrue();
    assertThat(isClosed(Holidays.of("ca", "ab"), boxingDay)).isFalse();
  }

  @Test
  void aHolidayOnAWeekendCountsWhereItIsObservedEvenInTheYearBefore() {
    Holidays us = Holidays.of("us");
    assertThat(isClosed(us, LocalDate.of(2021, 12, 31))).isTrue();
    assertThat(isClosed(us, LocalDate.of(2022, 12, 26))).isTrue();
    assertThat(isClosed(us, LocalDate.of(2022, 12, 30))).isFalse();
  }

  @Test
  void daysOfOnesOwnAreClosedOnceOrEveryYear() {
    Holidays own =
        Holidays.none().withClosed(Set.of(ORDINARY_DAY)).withClosedEveryYear(MonthDay.of(8, 15));
    assertThat(isClosed(own, ORDINARY_DAY)).isTrue();
    assertThat(isClosed(own, ORDINARY_DAY.plusYears(1))).isFalse();
    assertThat(isClosed(own, ASSUMPTION_DAY)).isTrue();
    assertThat(isClosed(own, ASSUMPTION_DAY.plusYears(1))).isTrue();
  }

  @Test
  void aDayMayCloseEarly() {
    Holidays early = Holidays.none().withClosedEveryYear(CHRISTMAS_EVE, LocalTime.of(13, 0));
    assertThat(early.closedFrom(LocalDate.of(2026, 12, 24))).contains(LocalTime.of(13, 0));
    assertThat(early.closedFrom(LocalDate.of(2026, 12, 23))).isEmpty();
  }

  @Test
  void ofTwoRulesForADayTheOneThatClosesEarlierHolds() {
    Holidays twice =
        Holidays.none()
            .withClosedEveryYear(CHRISTMAS_EVE, LocalTime.of(13, 0))
            .withClosedEveryYear(CHRISTMAS_EVE, LocalTime.of(14, 0));
    assertThat(twice.closedFrom(LocalDate.of(2026, 12, 24))).contains(LocalTime.of(13, 0));
    assertThat(
            twice
                .withClosed(Set.of(LocalDate.of(2026, 12, 24)))
                .closedFrom(LocalDate.of(2026, 12, 24)))
        .contains(MIDNIGHT);
  }

  @Test
  void aDayNamedAsOpenIsOpenWhateverElseIsSaid() {
    Holidays open =
        Holidays.of("de", "by")
            .withClosed(Set.of(ORDINARY_DAY))
            .withClosedEveryYear(CHRISTMAS_EVE)
            .withOpen(Set.of(EASTER_MONDAY, ORDINARY_DAY))
            .withOpenEveryYear(CHRISTMAS_EVE);
    assertThat(List.of(EASTER_MONDAY, ORDINARY_DAY, LocalDate.of(2026, 12, 24)))
        .noneMatch(day -> isClosed(open, day));
    assertThat(isClosed(open, LocalDate.of(2027, 3, 29))).as("Easter Monday of 2027").isTrue();
  }

  @Test
  void anUnknownCountryIsRefusedWithTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Holidays.of("germny"))
        .withMessageMatching(
            "holidays: no country \"germny\"; the nearest of \\d+: de \\(germany\\).*");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Holidays.of("uk"))
        .withMessageContaining("no country \"uk\"");
  }

  @Test
  void anUnknownRegionIsRefusedWithTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Holidays.of("de", "bavaria"))
        .withMessageMatching(
            "holidays: no region \"bavaria\" in de; the nearest of \\d+: by \\(Bavaria\\).*");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Holidays.of("de", "mu"))
        .withMessageContaining("no region \"mu\" in de");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Holidays.of("ua", "kyiv"))
        .withMessageContaining("which has no regions");
  }

  @Test
  void holidaysByTheSameRulesAreEqual() {
    assertThat(Holidays.of("de", List.of("by", "bb")).withClosed(Set.of(ORDINARY_DAY)))
        .isEqualTo(Holidays.of("DE", List.of("bb", "by")).withClosed(Set.of(ORDINARY_DAY)))
        .hasSameHashCodeAs(Holidays.of("de", List.of("bb", "by")).withClosed(Set.of(ORDINARY_DAY)))
        .isNotEqualTo(Holidays.of("de", List.of("by")).withClosed(Set.of(ORDINARY_DAY)))
        .isNotEqualTo(Holidays.of("de", List.of("by", "bb")));
  }

  private static Stream<LocalDate> yearOf(int year) {
    return LocalDate.of(year, 1, 1).datesUntil(LocalDate.of(year + 1, 1, 1));
  }

  private static boolean isClosed(Holidays holidays, LocalDate day) {
    return holidays.closedFrom(day).equals(Optional.of(MIDNIGHT));
  }
}
