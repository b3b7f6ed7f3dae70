package io.helpdeskexporter.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.helpdeskexporter.calendar.ScheduleHistory.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleHistoryTest {
  private static final BusinessClock NINE_TO_FIVE = daily("09:00-17:00");
  private static final BusinessClock TEN_TO_TWO = daily("10:00-14:00");
  private static final Instant CHANGE = at("02", "12:00");
  private static final ScheduleHistory HISTORY =
      new ScheduleHistory(
          List.of(
              new Change(Instant.EPOCH, NINE_TO_FIVE),
              new Change(CHANGE, TEN_TO_TWO),
              new Change(at("04", "00:00"), BusinessClock.alwaysOpen())));

  @Test
  void eachMomentCountsAsTheScheduleThenInForceSays() {
    assertThat(HISTORY.between(at("01", "00:00"), at("02", "00:00")))
        .isEqualTo(Duration.ofHours(8));
    assertThat(HISTORY.between(at("02", "00:00"), at("03", "00:00")))
        .as("9 to 12 under the first, 12 to 14 under the second")
        .isEqualTo(Duration.ofHours(5));
    assertThat(HISTORY.between(at("01", "00:00"), at("05", "00:00")))
        .isEqualTo(Duration.ofHours(8 + 5 + 4 + 24));
    assertThat(HISTORY.between(at("05", "00:00"), at("01", "00:00")))
        .isEqualTo(Duration.ofHours(-41));
  }

  @Test
  void theFirstScheduleHoldsBeforeItsBeginningToo() {
    ScheduleHistory late = new ScheduleHistory(List.of(new Change(CHANGE, NINE_TO_FIVE)));
    assertThat(late.between(at("01", "00:00"), at("02", "00:00"))).isEqualTo(Duration.ofHours(8));
  }

  @Test
  void oneScheduleIsTheTrivialHistory() {
    ScheduleHistory trivial = ScheduleHistory.of(NINE_TO_FIVE);
    assertThat(trivial.between(at("01", "00:00"), at("09", "11:00")))
        .isEqualTo(NINE_TO_FIVE.between(at("01", "00:00"), at("09", "11:00")));
    assertThat(trivial.plus(at("01", "16:00"), Duration.ofHours(2))).isEqualTo(at("02", "10:00"));
  }

  @Test
  void aDeadlineRunsThroughAChangeOfSchedule() {
    assertThat(HISTORY.plus(at("01", "09:00"), Duration.ofHours(8 + 3)))
        .isEqualTo(at("02", "12:00"));
    assertThat(HISTORY.plus(at("01", "09:00"), Duration.ofHours(8 + 5)))
        .isEqualTo(at("02", "14:00"));
    assertThat(HISTORY.plus(at("01", "09:00"), Duration.ofHours(8 + 5 + 1)))
        .isEqualTo(at("03", "11:00"));
    assertThat(HISTORY.plus(at("03", "14:00"), Duration.ofHours(3))).isEqualTo(at("04", "03:00"));
  }

  @Test
  void openingsFollowTheScheduleInForce() {
    assertThat(HISTORY.isOpen(at("01", "09:30"))).isTrue();
    assertThat(HISTORY.isOpen(at("03", "09:30"))).isFalse();
    assertThat(HISTORY.nextOpening(at("02", "15:00"))).isEqualTo(at("03", "10:00"));
    assertThat(HISTORY.nextOpening(at("03", "15:00")))
        .as("opened by the change itself")
        .isEqualTo(at("04", "00:00"));
  }

  @Test
  void aDeadlineAtTheLastClosingBeforeAChangeStaysThere() {
    assertThat(HISTORY.plus(at("03", "13:00"), Duration.ofHours(1))).isEqualTo(at("03", "14:00"));
  }

  @Test
  void aScheduleHoldsFromTheVeryInstantOfTheChange() {
    Instant opening = at("05", "09:00");
    ScheduleHistory later =
        new ScheduleHistory(
            List.of(new Change(Instant.EPOCH, NINE_TO_FIVE), new Change(opening, TEN_TO_TWO)));
    assertThat(later.isOpen(opening)).isFalse();
    assertThat(later.isOpen(opening.minusMillis(1))).isFalse();
    assertThat(HISTORY.isOpen(CHANGE.minusMillis(1))).isTrue();
    assertThat(HISTORY.isOpen(at("04", "00:00").minusMillis(1))).isFalse();
    assertThat(later.nextOpening(at("04", "18:00"))).isEqualTo(at("05", "10:00"));
  }

  @Test
  void aHistoryThatIsEmptyOrOutOfOrderIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ScheduleHistory(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ScheduleHistory(
                    List.of(new Change(CHANGE, NINE_TO_FIVE), new Change(CHANGE, TEN_TO_TWO))))
        .withMessageContaining("2026-03-02T12:00:00Z after 2026-03-02T12:00:00Z");
    assertThatIllegalArgumentException().isThrownBy(() -> ScheduleHistory.of(HISTORY));
  }

  private static BusinessCalendar daily(String times) {
    return new BusinessCalendar(
        times, ZoneOffset.UTC, WorkingHours.parse(Map.of("mon-sun", times)), Holidays.none());
  }

  private static Instant at(String dayOfMarch, String time) {
    return Instant.parse("2026-03-" + dayOfMarch + "T" + time + ":00Z");
  }
}
