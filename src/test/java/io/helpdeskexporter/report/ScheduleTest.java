package io.helpdeskexporter.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.kpi.Reporting;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest(name = "{0} at {1}: {2} to {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DAY   | 2026-03-10T08:00+01:00 | 2026-03-09 | 2026-03-09
          DAY   | 2026-03-10T07:59+01:00 | 2026-03-08 | 2026-03-08
          WEEK  | 2026-03-09T08:00+01:00 | 2026-03-02 | 2026-03-08
          WEEK  | 2026-03-09T07:59+01:00 | 2026-02-23 | 2026-03-01
          WEEK  | 2026-03-15T23:59+01:00 | 2026-03-02 | 2026-03-08
          MONTH | 2026-03-01T08:00+01:00 | 2026-02-01 | 2026-02-28
          MONTH | 2026-03-01T07:59+01:00 | 2026-01-01 | 2026-01-31
          MONTH | 2026-01-31T12:00+01:00 | 2025-12-01 | 2025-12-31
          """)
  void theLastPeriodIsDueFromItsTimeOfTheDayAfterOn(
      Every every, OffsetDateTime now, LocalDate first, LocalDate last) {
    Period due = schedule(every, "08:00").lastDue(now.toInstant());

    assertThat(due.first()).isEqualTo(first);
    assertThat(due.last()).isEqualTo(last);
  }

  @Test
  void aWeekBeginsWithTheDayThatTheReportingZoneSays() {
    Schedule sundays = new Schedule(Every.WEEK, LocalTime.of(8, 0), BERLIN, DayOfWeek.SUNDAY);

    Period due = sundays.lastDue(Instant.parse("2026-03-09T07:00:00Z"));

    assertThat(due.title()).isEqualTo("2026-03-01 to 2026-03-07");
  }

  @Test
  void aPeriodIsAsLongAsTheClocksMakeIt() {
    Schedule daily = schedule(Every.DAY, "08:00");

    Period spring = daily.lastDue(Instant.parse("2026-03-30T06:00:00Z"));
    Period autumn = daily.lastDue(Instant.parse("2026-10-26T07:00:00Z"));

    assertThat(spring.title()).isEqualTo("2026-03-29");
    assertThat(Duration.between(spring.from(), spring.to())).hasHours(23);
    assertThat(autumn.title()).isEqualTo("2026-10-25");
    assertThat(Duration.between(autumn.from(), autumn.to())).hasHours(25);
  }

  @Test
  void eightInTheMorningIsEightInTheMorningBeforeAndAfterAChangeOfTheClocks() {
    Schedule weekly = schedule(Every.WEEK, "08:00");
    Period winter = weekly.lastDue(Instant.parse("2026-03-29T12:00:00Z"));
    Period summer = weekly.lastDue(Instant.parse("2026-03-30T12:00:00Z"));

    assertThat(weekly.dueAt(winter)).isEqualTo(Instant.parse("2026-03-23T07:00:00Z"));
    assertThat(weekly.dueAt(summer)).isEqualTo(Instant.parse("2026-03-30T06:00:00Z"));
  }

  @Test
  void whatIsDueAtATimeThatTheClocksSkipIsDueAsMuchLater() {
    Schedule daily = schedule(Every.DAY, "02:30");
    Period saturday = daily.lastWhole(Instant.parse("2026-03-29T12:00:00Z"));

    assertThat(saturday.title()).isEqualTo("2026-03-28");
    assertThat(daily.dueAt(saturday)).isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
  }

  @Test
  void noReportIsDueBeforeItsPeriodIsOver() {
    // Here the clocks skip the first hour of the day.
    ZoneId beirut = ZoneId.of("Asia/Beirut");
    Schedule midnight = new Schedule(Every.DAY, LocalTime.MIDNIGHT, beirut, DayOfWeek.MONDAY);
    Period saturday = midnight.lastWhole(Instant.parse("2026-03-29T12:00:00Z"));

    assertThat(saturday.title()).isEqualTo("2026-03-28");
    assertThat(midnight.dueAt(saturday)).isEqualTo(saturday.to());
    assertThat(midnight.lastDue(saturday.to())).isEqualTo(saturday);
    assertThat(midnight.lastDue(saturday.to().minusMillis(1)).title()).isEqualTo("2026-03-27");
  }

  @Test
  void aDayThatTheCalendarFallsBackIntoIsOverAllTheSame() {
    // At midnight the clocks go back to 23:00 of the day before.
    ZoneId havana = ZoneId.of("America/Havana");
    Schedule daily = new Schedule(Every.DAY, LocalTime.of(8, 0), havana, DayOfWeek.MONDAY);
    for (int minute = 0; minute < 48 * 60; minute += 10) {
      Instant t = Instant.parse("2026-10-31T12:00:00Z").plus(Duration.ofMinutes(minute));
      Period whole = daily.lastWhole(t);
      assertThat(whole.to()).isBeforeOrEqualTo(t);
      assertThat(daily.dueAt(daily.lastDue(t))).isBeforeOrEqualTo(t);
    }
  }

  @Test
  void thePeriodBeforeEndsWhereThePeriodBegins() {
    for (Every every : Every.values()) {
      Schedule schedule = schedule(every, "08:00");
      Period period = schedule.lastWhole(Instant.parse("2026-04-15T12:00:00Z"));

      assertThat(schedule.previous(period).to()).isEqualTo(period.from());
      assertThat(schedule.lastWhole(period.to())).as("it is over then").isEqualTo(period);
    }
  }

  @Test
  void itsWindowCoversAPeriodAndNothingElseAsOfItsLastInstant() {
    Reporting reporting = Reporting.in(BERLIN);
    for (Every every : Every.values()) {
      Period period = schedule(every, "08:00").lastWhole(Instant.parse("2026-04-01T12:00:00Z"));

      assertThat(reporting.span(every.window(), period.lastInstant()))
          .isEqualTo(new Reporting.Span(period.from(), period.to()));
    }
  }

  @Test
  void aMonthIsNamedAsAMonth() {
    Period march = schedule(Every.MONTH, "08:00").lastWhole(Instant.parse("2026-04-15T12:00:00Z"));

    assertThat(march.title()).isEqualTo("2026-03");
  }

  private static Schedule schedule(Every every, String at) {
    return new Schedule(every, LocalTime.parse(at), BERLIN, DayOfWeek.MONDAY);
  }
}
