package io.helpdeskexporter.calendar;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.helpdeskexporter.calendar.WorkingHours.Opening;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkingHoursTest {
  private static final Opening NINE_TO_SIX = new Opening(9 * 60, 18 * 60);

  @Test
  void aRangeOfDaysIsEachOfThem() {
    assertThat(hours("mon-fri", "09:00-18:00").week())
        .containsOnlyKeys(MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)
        .allSatisfy((day, openings) -> assertThat(openings).containsExactly(NINE_TO_SIX));
  }

  @Test
  void daysCanBeListedAndARangeCanGoAroundTheWeeksEnd() {
    assertThat(hours("Sat, sun", "09:00-18:00").week()).containsOnlyKeys(SATURDAY, SUNDAY);
    assertThat(hours("sat-mon,wed", "09:00-18:00").week())
        .containsOnlyKeys(SATURDAY, SUNDAY, MONDAY, WEDNESDAY);
  }

  @Test
  void aDayMayHaveSeveralOpeningsInAnyOrder() {
    assertThat(hours("mon", "13:00-18:00, 8:30 - 12:00").on(MONDAY))
        .containsExactly(new Opening(8 * 60 + 30, 12 * 60), new Opening(13 * 60, 18 * 60));
  }

  @Test
  void aDayThatIsNotNamedOrNamedClosedIsClosed() {
    Map<String, String> text = new LinkedHashMap<>();
    text.put("mon", "09:00-18:00");
    text.put("tue", "closed");
    assertThat(WorkingHours.parse(text).week()).containsOnlyKeys(MONDAY);
    assertThat(WorkingHours.parse(text).on(TUESDAY)).isEmpty();
  }

  @Test
  void twentyFourHoursIsTheWholeDay() {
    assertThat(hours("sun", "24h")).isEqualTo(hours("sun", "00:00-24:00"));
    assertThat(hours("sun", "24h").on(SUNDAY)).containsExactly(new Opening(0, 1440));
  }

  @Test
  void aRangeOverMidnightGoesOnIntoTheNextDay() {
    assertThat(hours("sun", "22:00-06:00").week())
        .isEqualTo(
            Map.of(
                SUNDAY, List.of(new Opening(22 * 60, 1440)),
                MONDAY, List.of(new Opening(0, 6 * 60))));
  }

  @Test
  void aRangeUntilMidnightEndsThere() {
    assertThat(hours("sun", "18:00-00:00").week())
        .isEqualTo(Map.of(SUNDAY, List.of(new Opening(18 * 60, 1440))));
  }

  @Test
  void nightShiftsOfAllDaysLeaveTheMiddleOfEachDayClosed() {
    assertThat(hours("mon-sun", "22:00-06:00").week())
        .hasSize(7)
        .allSatisfy(
            (day, openings) ->
                assertThat(openings)
                    .containsExactly(new Opening(0, 6 * 60), new Opening(22 * 60, 1440)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "9-18",
        "09:00",
        "09:00-25:00",
        "09:60-10:00",
        "24:01-25:00",
        "09:00-09:00",
        "24:00-06:00",
        "09:00-12:00,",
        "24h,01:00-02:00",
        "always"
      })
  void timesThatAreNoTimesAreRefusedWithWhatIsAllowed(String times) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hours("mon", times))
        .withMessageContaining("mon: found \"")
        .withMessageContaining("allowed: times from 00:00 to 24:00 such as 09:00-18:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "monday", "mon-", "mon-wed-fri", "mon,,tue", "mo"})
  void daysThatAreNoDaysAreRefusedWithWhatIsAllowed(String days) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hours(days, "09:00-18:00"))
        .withMessageContaining("in \"" + days + "\"")
        .withMessageContaining("allowed: mon, tue, wed, thu, fri, sat, sun");
  }

  @Test
  void aDayNamedTwiceIsRefused() {
    Map<String, String> text = new LinkedHashMap<>();
    text.put("mon-fri", "09:00-18:00");
    text.put("fri", "09:00-15:00");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkingHours.parse(text))
        .withMessage("working hours: fri is named twice, the second time in \"fri\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hours("mon-fri,tue", "09:00-18:00"))
        .withMessageContaining("tue is named twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mon     | 09:00-12:00,11:59-18:00 | mon: 11:59-18:00 overlaps 09:00-12:00",
        "mon-tue | 05:00-10:00,22:00-06:00 | tue: 05:00-10:00 overlaps 00:00-06:00",
      })
  void openingsThatOverlapAreRefusedAndNamed(String days, String times, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hours(days, times))
        .withMessageContaining(message);
  }

  @Test
  void openingsThatTouchAreAllowed() {
    assertThat(hours("mon", "09:00-12:00,12:00-18:00").on(MONDAY)).hasSize(2);
  }

  @Test
  void openingsOutOfOrderAreRefusedByTheRecord() {
    List<Opening> unsorted = List.of(new Opening(600, 700), new Opening(100, 200));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkingHours(Map.of(MONDAY, unsorted)))
        .withMessageContaining("mon: 01:40-03:20 overlaps 10:00-11:40 or stands before it");
  }

  @Test
  void anOpeningThatIsEmptyOrLeavesTheDayIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Opening(600, 600));
    assertThatIllegalArgumentException().isThrownBy(() -> new Opening(600, 540));
    assertThatIllegalArgumentException().isThrownBy(() -> new Opening(-1, 540));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Opening(600, 1441))
        .withMessageContaining("opening 10:00-24:01");
  }

  @Test
  void hoursThatAreNeverOpenAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkingHours(Map.of()))
        .withMessageContaining("never open");
    assertThatIllegalArgumentException().isThrownBy(() -> hours("mon-sun", "closed"));
  }

  private static WorkingHours hours(String days, String times) {
    return WorkingHours.parse(Map.of(days, times));
  }
}
