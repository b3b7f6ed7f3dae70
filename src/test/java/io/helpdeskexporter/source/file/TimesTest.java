package io.helpdeskexporter.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");
  private static final Column COLUMN = new Column("created_at", "opened", true);

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          iso                        | 2026-03-02T08:00:00Z              | 2026-03-02T08:00:00Z
          iso                        | 2026-03-02T08:00:00.250+02:00     | 2026-03-02T06:00:00.250Z
          iso                        | 2026-03-02T08:00:00.000+0000      | 2026-03-02T08:00:00Z
          iso                        | 2026-03-02 08:00:00.5+00          | 2026-03-02T08:00:00.500Z
          iso                        | 2026-03-02 08:00:00               | 2026-03-02T07:00:00Z
          iso                        | 2026-03-02T08:00                  | 2026-03-02T07:00:00Z
          iso                        | 2026-03-02                        | 2026-03-01T23:00:00Z
          iso                        | 2026-03-02T08:00:00Z[Asia/Tokyo]  | 2026-03-02T08:00:00Z
          epoch_seconds              | 1456701360                        | 2016-02-28T23:16:00Z
          epoch_seconds              | 1456701360.5                      | 2016-02-28T23:16:00.500Z
          epoch_millis               | 1456701360123                     | 2016-02-28T23:16:00.123Z
          d/M/yyyy HH:mm             | 29/2/2016 01:16                   | 2016-02-29T00:16:00Z
          dd-MMM-yy                  | 01-AUG-23                         | 2023-07-31T22:00:00Z
          M/d/yyyy h:mm a            | 3/2/2026 4:05 pm                  | 2026-03-02T15:05:00Z
          yyyy-MM-dd HH:mm:ss xx     | 2026-03-02 08:00:00 -0500         | 2026-03-02T13:00:00Z
          'yyyy-MM-dd''at''HH:mm'    | 2026-03-02at08:00                 | 2026-03-02T07:00:00Z
          """)
  void datesAreRead(String format, String text, Instant expected) throws BadRow {
    assertThat(Times.of(ROME, List.of(format)).parse(COLUMN, text)).isEqualTo(expected);
  }

  @Test
  void aTimeThatTheClocksSkippedInSpringMovesForwardByTheGap() throws BadRow {
    assertThat(Times.of(ROME, List.of("iso")).parse(COLUMN, "2016-03-27T02:59:00"))
        .isEqualTo("2016-03-27T03:59:00+02:00");
  }

  @Test
  void aTimeThatTheClocksShowedTwiceInAutumnIsTheEarlier() throws BadRow {
    assertThat(Times.of(ROME, List.of("iso")).parse(COLUMN, "2016-10-30T02:30:00"))
        .isEqualTo("2016-10-30T02:30:00+02:00");
  }

  @Test
  void formatsAreTriedInTheirOrder() throws BadRow {
    Times times = Times.of(ROME, List.of("d/M/yyyy", "M/d/yyyy", "iso"));

    assertThat(times.parse(COLUMN, "4/3/2026")).isEqualTo("2026-03-03T23:00:00Z");
    assertThat(times.parse(COLUMN, "3/14/2026")).isEqualTo("2026-03-13T23:00:00Z");
    assertThat(times.parse(COLUMN, "2026-03-14")).isEqualTo("2026-03-13T23:00:00Z");
  }

  @ParameterizedTest(name = "{0} does not take {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          d/M/yyyy      | 31/2/2026
          d/M/yyyy      | 1/13/2026
          d/M/yyyy      | 1/1/2026 x
          iso           | 2026-02-30
          iso           | yesterday
          iso           | yesterday afternoon
          epoch_seconds | 1e999999999
          epoch_millis  | 99999999999999999999999
          """)
  void animpossibleDateIsRefusedAndNotMended(String format, String text) {
    BadRow bad =
        catchThrowableOfType(
            BadRow.class, () -> Times.of(ROME, List.of(format)).parse(COLUMN, text));

    assertThat(bad.reason()).isEqualTo("bad_date");
    assertThat(bad.detail())
        .isEqualTo(
            "column \"opened\" (created_at): expected a date as %s, found \"%s\""
                .formatted(format, text));
  }

  @Test
  void aLongTextInADateColumnIsNotShown() {
    BadRow bad =
        catchThrowableOfType(
            BadRow.class,
            () ->
                Times.of(ROME, List.of("iso"))
                    .parse(COLUMN, "Hello, this is Ms Miller, I cannot log in any more"));

    assertThat(bad.detail()).endsWith("found 50 characters of text").doesNotContain("Miller");
  }

  @Test
  void aFormatThatIsNoneIsRefusedAtOnce() {
    assertThatThrownBy(() -> Times.of(ROME, List.of("bogus")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("date_format: found \"bogus\"; allowed: a pattern such as");
    assertThatThrownBy(() -> Times.of(ROME, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
