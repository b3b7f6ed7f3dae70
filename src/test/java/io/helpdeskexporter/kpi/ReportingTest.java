package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportingTest {
  /** Spring: on 29 March 2026, Berlin has no 02:30. 1 March is a Sunday. */
  @ParameterizedTest(name = "{0} at {1} is from {2} to {3}")
  @CsvSource({
    "2h, 2026-03-29T12:00:00Z, 2026-03-29T10:00:00.001Z, 2026-03-29T12:00:00.001Z",
    "1d, 2026-03-29T12:00:00Z, 2026-03-28T12:00:00.001Z, 2026-03-29T12:00:00.001Z",
    "today, 2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T12:00:00.001Z",
    "yesterday, 2026-03-30T12:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "yesterday, 2026-10-26T12:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
    "this_week, 2026-03-01T12:00:00Z, 2026-02-22T23:00:00Z, 2026-03-01T12:00:00.001Z",
    "last_week, 2026-03-30T12:00:00Z, 2026-03-22T23:00:00Z, 2026-03-29T22:00:00Z",
    "this_month, 2026-03-31T21:59:59.999Z, 2026-02-28T23:00:00Z, 2026-03-31T22:00:00Z",
    "this_month, 2026-03-31T22:00:00Z, 2026-03-31T22:00:00Z, 2026-03-31T22:00:00.001Z",
    "last_month, 2026-03-31T21:59:59.999Z, 2026-01-31T23:00:00Z, 2026-02-28T23:00:00Z",
    "last_month, 2026-01-15T12:00:00Z, 2025-11-30T23:00:00Z, 2025-12-31T23:00:00Z",
  })
  void windowsFollowTheReportingZone(String window, Instant now, Instant from, Instant to) {
    assertThat(Reporting.in(ZoneId.of("Europe/Berlin")).span(Window.of(window), now))
        .isEqualTo(new Reporting.Span(from, to));
  }

  @Test
  void aWeekBeginsOnTheDayThatIsConfigured() {
    Reporting monday = Reporting.in(ZoneId.of("America/New_York"));
    Reporting sunday =
        new Reporting(
            monday.zone(), DayOfWeek.SUNDAY, monday.windows(), monday.quantiles(), monday.method());

    assertThat(sunday.span(Window.of("this_week"), Instant.parse("2026-03-04T12:00:00Z")).from())
        .isEqualTo("2026-03-01T05:00:00Z");
  }

  /**
   * Newfoundland's clocks went back at one minute past midnight, into the day before; Santiago has
   * days without a midnight; Apia skipped a whole day.
   */
  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({
    "America/St_Johns, 2010-11-07T00:00:00Z",
    "America/Santiago, 2025-09-06T00:00:00Z",
    "Pacific/Apia, 2011-12-29T00:00:00Z"
  })
  void noWindowEverMovesBack(ZoneId zone, Instant start) {
    Reporting reporting = Reporting.in(zone);
    for (Window window : Window.Calendar.values()) {
      Reporting.Span last = reporting.span(window, start);
      for (Instant t = start; t.isBefore(start.plus(Duration.ofDays(3))); t = t.plusSeconds(20)) {
        Reporting.Span next = reporting.span(window, t);
        assertThat(next.from()).isAfterOrEqualTo(last.from());
        assertThat(next.to()).isAfterOrEqualTo(last.to()).isAfterOrEqualTo(next.from());
        last = next;
      }
    }
  }

  @Test
  void theHorizonIsTheBeginningOfTheLongestWindow() {
    assertThat(Reporting.in(ZoneId.of("UTC")).horizon(Instant.parse("2026-03-31T00:00:00Z")))
        .isEqualTo("2025-12-31T00:00:00.001Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0d", "7 d", "7w", "week", "", "-1h", "P7D"})
  void anUnknownWindowIsToldWhatIsAllowed(String window) {
    assertThatThrownBy(() -> Window.of(window))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "window \"%s\": allowed are a number of hours or days, such as 12h or 7d, today,"
                    .formatted(window)
                + " yesterday, this_week, last_week, this_month, last_month");
  }

  @Test
  void theMedianIsAlwaysShownAndNoWindowTwice() {
    Reporting standard = Reporting.in(ZoneId.of("UTC"));

    assertThat(with(standard, List.of(Quantile.of(0.9), Quantile.of(0.1))).quantiles())
        .containsExactly(Quantile.of(0.1), Quantile.MEDIAN, Quantile.of(0.9));
    assertThatThrownBy(
            () ->
                new Reporting(
                    standard.zone(),
                    DayOfWeek.MONDAY,
                    Collections.nCopies(2, Window.of("24h")),
                    List.of(),
                    Quantile.Method.LINEAR))
        .hasMessage("window 24h is given twice");
  }

  private static Reporting with(Reporting reporting, List<Quantile> quantiles) {
    return new Reporting(
        reporting.zone(),
        reporting.weekStart(),
        reporting.windows(),
        quantiles,
        reporting.method());
  }
}
