package io.helpdeskexporter.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BusinessCalendarTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final BusinessCalendar OFFICE =
      calendar("Europe/Berlin", "mon-fri", "09:00-18:00");

  // 2026-03-02 is a Monday.
  private static final String FRIDAY = "2026-03-06";
  private static final String SATURDAY = "2026-03-07";
  private static final String MONDAY = "2026-03-09";

  @Test
  void workedCheck3ATicketOverTheWeekendTook45BusinessMinutes() {
    Instant created = at(FRIDAY, "17:30");
    Instant replied = at(MONDAY, "09:15");
    assertThat(BusinessClock.alwaysOpen().between(created, replied).toSeconds()).isEqualTo(229_500);
    assertThat(OFFICE.between(created, replied).toSeconds()).isEqualTo(2700);
  }

  @Test
  void workedCheck6AWorkingDayHasNineHoursOnTheDaysTheClocksChange() {
    BusinessCalendar daily = calendar("Europe/Berlin", "mon-sun", "09:00-18:00");
    for (String day : List.of("2026-03-29", "2026-10-25")) {
      assertThat(daily.between(at(day, "00:00"), at(day, "23:59"))).isEqualTo(Duration.ofHours(9));
    }
  }

  @Test
  void workedCheck6ANightInSpringIsAnHourShorter() {
    Instant evening = at("2026-03-28", "20:00");
    Instant morning = at("2026-03-29", "08:00");
    assertThat(BusinessClock.alwaysOpen().between(evening, morning))
        .isEqualTo(Duration.ofHours(11));
  }

  @Test
  void anHourThatTheClockSkipsIsNotWorked() {
    BusinessCalendar night = calendar("Europe/Berlin", "mon-sun", "00:00-06:00");
    assertThat(night.between(at("2026-03-29", "00:00"), at("2026-03-29", "12:00")))
        .isEqualTo(Duration.ofHours(5));
  }

  @Test
  void anHourThatTheClockRepeatsIsWorkedTwice() {
    BusinessCalendar night = calendar("Europe/Berlin", "mon-sun", "00:00-06:00");
    assertThat(night.between(at("2026-10-25", "00:00"), at("2026-10-25", "12:00")))
        .isEqualTo(Duration.ofHours(7));
  }

  @Test
  void hoursThatEndInsideTheRepeatedHourAreOpenTwice() {
    BusinessCalendar night = calendar("Europe/Berlin", "sun", "01:00-02:30");
    Instant firstClosing = Instant.parse("2026-10-25T00:30:00Z");
    Instant reopening = Instant.parse("2026-10-25T01:00:00Z");
    assertThat(night.between(at("2026-10-25", "00:00"), at("2026-10-25", "12:00")))
        .isEqualTo(Duration.ofHours(2));
    assertThat(night.isOpen(firstClosing)).isFalse();
    assertThat(night.nextOpening(firstClosing)).isEqualTo(reopening);
  }

  @Test
  void hoursInsideTheSkippedHourDoNotHappenThatDay() {
    BusinessCalendar night = calendar("Europe/Berlin", "sun", "02:00-03:00");
    assertThat(night.nextOpening(at("2026-03-28", "12:00"))).isEqualTo(at("2026-04-05", "02:00"));
  }

  @Test
  void aDayThatTheCalendarSkipsIsNotWorked() {
    BusinessCalendar apia = calendar("Pacific/Apia", "mon-fri", "09:00-17:00");
    ZoneId zone = ZoneId.of("Pacific/Apia");
    assertThat(
            apia.between(
                at("2011-12-29", "09:00", zone),
                LocalDate.parse("2012-01-02").atStartOfDay(zone).toInstant()))
        .as("Thursday; Friday the 30th never came")
        .isEqualTo(Duration.ofHours(8));
  }

  @Test
  void closedTimeCountsNothing() {
    assertThat(OFFICE.between(at(FRIDAY, "18:00"), at(MONDAY, "09:00"))).isZero();
  }

  @Test
  void timeIsCountedToTheMillisecond() {
    Instant start = at(FRIDAY, "17:59");
    assertThat(OFFICE.millisBetween(start.toEpochMilli() + 1, start.toEpochMilli() + 3))
        .isEqualTo(2);
    assertThat(OFFICE.millisBetween(start.toEpochMilli() + 59_999, start.toEpochMilli() + 60_001))
        .isEqualTo(1);
  }

  @Test
  void backwardsIsNegative() {
    assertThat(OFFICE.between(at(MONDAY, "09:15"), at(FRIDAY, "17:30")))
        .isEqualTo(Duration.ofMinutes(-45));
  }

  @Test
  void aHolidayIsClosedAndADayMayEndEarly() {
    BusinessCalendar bavaria =
        new BusinessCalendar(
            "bavaria",
            BERLIN,
            WorkingHours.parse(Map.of("mon-fri", "09:00-12:00,13:00-18:00")),
            Holidays.of("de", "by")
                .withClosedEveryYear(MonthDay.of(12, 24), LocalTime.of(14, 0))
                .withClosedEveryYear(MonthDay.of(12, 31), LocalTime.of(12, 30)));
    assertThat(businessTimeOf(bavaria, "2026-12-23")).isEqualTo(Duration.ofHours(8));
    assertThat(businessTimeOf(bavaria, "2026-12-24")).isEqualTo(Duration.ofHours(4));
    assertThat(businessTimeOf(bavaria, "2026-12-25")).isZero();
    assertThat(businessTimeOf(bavaria, "2026-12-31")).isEqualTo(Duration.ofHours(3));
    assertThat(bavaria.nextOpening(at("2026-12-24", "14:00"))).isEqualTo(at("2026-12-28", "09:00"));
  }

  @Test
  void aHolidayClosesThePartOfANightShiftThatFallsOnIt() {
    BusinessCalendar night =
        new BusinessCalendar(
            "night",
            BERLIN,
            WorkingHours.parse(Map.of("mon-sun", "22:00-06:00")),
            Holidays.none().withClosed(Set.of(LocalDate.parse(SATURDAY))));
    assertThat(night.between(at(FRIDAY, "12:00"), at(SATURDAY, "12:00")))
        .isEqualTo(Duration.ofHours(2));
    assertThat(night.nextOpening(at(SATURDAY, "00:00"))).isEqualTo(at("2026-03-08", "00:00"));
  }

  @Test
  void aDeadlineGoesOnAtTheNextOpening() {
    assertThat(OFFICE.plus(at(FRIDAY, "16:00"), Duration.ofHours(4)))
        .isEqualTo(at(MONDAY, "11:00"));
  }

  @Test
  void aDeadlineFromOutsideTheHoursRunsFromTheNextOpening() {
    assertThat(OFFICE.plus(at(SATURDAY, "12:00"), Duration.ofHours(1)))
        .isEqualTo(at(MONDAY, "10:00"));
    assertThat(OFFICE.plus(at(FRIDAY, "18:00"), Duration.ofMillis(1)))
        .isEqualTo(at(MONDAY, "09:00").plusMillis(1));
  }

  @Test
  void aDeadlineExactlyAtClosingStaysThere() {
    assertThat(OFFICE.plus(at(FRIDAY, "16:00"), Duration.ofHours(2)))
        .isEqualTo(at(FRIDAY, "18:00"));
  }

  @Test
  void noTimeHasPassedAtTheStartEvenWhenClosed() {
    assertThat(OFFICE.plus(at(SATURDAY, "12:00"), Duration.ZERO)).isEqualTo(at(SATURDAY, "12:00"));
  }

  @Test
  void aNegativeDurationHasNoDeadline() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OFFICE.plus(at(FRIDAY, "16:00"), Duration.ofMillis(-1)))
        .withMessageContaining("PT-0.001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BusinessClock.alwaysOpen().plus(Instant.EPOCH, Duration.ofMillis(-1)));
  }

  @Test
  void anOpeningIsOpenAndAClosingIsNot() {
    assertThat(OFFICE.isOpen(at(FRIDAY, "09:00"))).isTrue();
    assertThat(OFFICE.isOpen(at(FRIDAY, "09:00").minusMillis(1))).isFalse();
    assertThat(OFFICE.isOpen(at(FRIDAY, "18:00").minusMillis(1))).isTrue();
    assertThat(OFFICE.isOpen(at(FRIDAY, "18:00"))).isFalse();
  }

  @Test
  void theNextOpeningOfAnOpenDeskIsNow() {
    assertThat(OFFICE.nextOpening(at(FRIDAY, "10:00"))).isEqualTo(at(FRIDAY, "10:00"));
    assertThat(OFFICE.nextOpening(at(FRIDAY, "18:00"))).isEqualTo(at(MONDAY, "09:00"));
  }

  @Test
  void aDeskThatIsOpenAroundTheClockCountsAllTime() {
    BusinessCalendar always = calendar("Europe/Berlin", "mon-sun", "24h");
    Instant from = at("1999-12-31", "23:00");
    Instant to = at("2031-07-01", "12:34");
    assertThat(always.between(from, to)).isEqualTo(Duration.between(from, to));
    assertThat(always.plus(from, Duration.between(from, to))).isEqualTo(to);
  }

  @Test
  void aDeskThatOpensOnceInFourYearsHasItsDeadlineYearsLater() {
    Holidays allButLeapDay = Holidays.none();
    for (LocalDate day = LocalDate.of(2024, 1, 1); day.getYear() == 2024; day = day.plusDays(1)) {
      if (!MonthDay.from(day).equals(MonthDay.of(2, 29))) {
        allButLeapDay = allButLeapDay.withClosedEveryYear(MonthDay.from(day));
      }
    }
    BusinessCalendar leap =
        new BusinessCalendar(
            "leap", BERLIN, WorkingHours.parse(Map.of("mon-sun", "09:00-10:00")), allButLeapDay);
    assertThat(leap.plus(at("2096-03-01", "00:00"), Duration.ofMinutes(90)))
        .as("2100 is no leap year")
        .isEqualTo(at("2108-02-29", "09:30"));
    assertThat(leap.plus(at("2096-03-01", "00:00"), Duration.ofMillis(1)))
        .isEqualTo(at("2104-02-29", "09:00").plusMillis(1));
    assertThat(leap.nextOpening(at("2096-03-01", "00:00"))).isEqualTo(at("2104-02-29", "09:00"));
  }

  @Test
  void aCalendarThatIsNeverOpenIsRefused() {
    Holidays everyDay = Holidays.none();
    for (LocalDate day = LocalDate.of(2024, 1, 1); day.getYear() == 2024; day = day.plusDays(1)) {
      everyDay = everyDay.withClosedEveryYear(MonthDay.from(day), LocalTime.of(8, 0));
    }
    Holidays closed = everyDay;
    WorkingHours hours = WorkingHours.parse(Map.of("mon-fri", "09:00-18:00"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BusinessCalendar("asleep", BERLIN, hours, closed))
        .withMessageContaining("calendar asleep")
        .withMessageContaining("never open");
  }

  @Test
  void beforeAndAfterTheYearsThatAreKnownAllTimeCounts() {
    Instant nonsense = Instant.parse("0001-01-01T00:00:00Z");
    Instant first = Instant.parse("1970-01-01T00:00:00Z");
    Instant end = Instant.parse("2150-01-01T00:00:00Z");
    Instant beyond = Instant.parse("9999-12-31T23:59:59Z");
    assertThat(OFFICE.between(nonsense, first)).isEqualTo(Duration.between(nonsense, first));
    assertThat(OFFICE.between(end, beyond)).isEqualTo(Duration.between(end, beyond));
    assertThat(OFFICE.between(nonsense, beyond))
        .isEqualTo(
            Duration.between(nonsense, first)
                .plus(OFFICE.between(first, end))
                .plus(Duration.between(end, beyond)));
    assertThat(OFFICE.isOpen(nonsense)).isTrue();
    assertThat(OFFICE.nextOpening(beyond)).isEqualTo(beyond);
    assertThat(OFFICE.plus(nonsense, OFFICE.between(nonsense, beyond))).isEqualTo(beyond);
    assertThat(OFFICE.plus(beyond, Duration.ofHours(4)))
        .isEqualTo(beyond.plus(Duration.ofHours(4)));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> OFFICE.between(Instant.MIN, first));
  }

  @Test
  void theOrderInWhichYearsAreAskedAboutDoesNotMatter() {
    BusinessCalendar forwards = calendar("Europe/Berlin", "mon-fri", "09:00-18:00");
    BusinessCalendar backwards = calendar("Europe/Berlin", "mon-fri", "09:00-18:00");
    List<Duration> ascending = new ArrayList<>();
    List<Duration> descending = new ArrayList<>();
    for (int year = 1970; year < 2060; year++) {
      ascending.add(businessTimeOfYear(forwards, year));
      descending.add(businessTimeOfYear(backwards, 2029 + 2000 - year));
    }
    assertThat(ascending).isEqualTo(descending.reversed());
  }

  @Test
  void manyThreadsGetTheSameAnswers() throws InterruptedException, ExecutionException {
    BusinessCalendar shared = calendar("Europe/Berlin", "mon-fri", "09:00-18:00");
    BusinessCalendar own = calendar("Europe/Berlin", "mon-fri", "09:00-18:00");
    List<Future<Duration>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 400; i++) {
        int year = 1970 + (i * 37) % 170;
        answers.add(threads.submit(() -> businessTimeOfYear(shared, year)));
      }
    }
    for (int i = 0; i < 400; i++) {
      assertThat(answers.get(i).get()).isEqualTo(businessTimeOfYear(own, 1970 + (i * 37) % 170));
    }
  }

  @Test
  void calendarsThatCountAlikeAreEqual() {
    assertThat(OFFICE)
        .isEqualTo(calendar("Europe/Berlin", "mon-fri", "09:00-18:00"))
        .hasSameHashCodeAs(calendar("Europe/Berlin", "mon-fri", "09:00-18:00"))
        .isNotEqualTo(calendar("Europe/Vienna", "mon-fri", "09:00-18:00"))
        .isNotEqualTo(calendar("Europe/Berlin", "mon-fri", "09:00-17:00"));
  }

  private static BusinessCalendar calendar(String zone, String days, String times) {
    return new BusinessCalendar(
        "office", ZoneId.of(zone), WorkingHours.parse(Map.of(days, times)), Holidays.none());
  }

  private static Duration businessTimeOf(BusinessClock clock, String day) {
    LocalDate date = LocalDate.parse(day);
    return clock.between(
        date.atStartOfDay(BERLIN).toInstant(), date.plusDays(1).atStartOfDay(BERLIN).toInstant());
  }

  private static Duration businessTimeOfYear(BusinessClock clock, int year) {
    return clock.between(
        LocalDate.of(year, 1, 1).atStartOfDay(BERLIN).toInstant(),
        LocalDate.of(year + 1, 1, 1).atStartOfDay(BERLIN).toInstant());
  }

  private static Instant at(String day, String time) {
    return at(day, time, BERLIN);
  }

  private static Instant at(String day, String time, ZoneId zone) {
    return LocalDateTime.parse(day + "T" + time).atZone(zone).toInstant();
  }
}
