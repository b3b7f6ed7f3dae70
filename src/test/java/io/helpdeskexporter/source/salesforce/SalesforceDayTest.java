package io.helpdeskexporter.source.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An account with few requests a day, which a poll a minute would use up before noon. */
class SalesforceDayTest {
  private static final Instant START = Instant.parse("2025-03-03T00:00:00Z");
  private static final Duration POLL_EVERY = Duration.ofMinutes(1);
  private static final int DAYS = 2;
  private static final int OURS = 1_000;
  private static final Duration A_CASE_EVERY = Duration.ofHours(2);

  private final SimulatedTime time = new SimulatedTime(START);
  private final SimulatedSalesforce salesforce = new SimulatedSalesforce(time);

  @AfterEach
  void close() {
    salesforce.close();
  }

  /**
   * What came of some days.
   *
   * @param usedUp polls that failed
   * @param longest time without a poll
   * @param left requests, to all programs together, as it was told last
   */
  private record Lived(int usedUp, Duration longest, int left) {}

  @Test
  void pollsAtItsPaceNeverUseUpTheDay() throws Exception {
    Lived lived = live(true);

    assertThat(lived.usedUp()).isZero();
    assertThat(lived.longest()).isLessThan(Duration.ofMinutes(20));
    assertThat(lived.left()).as("others' half, and little of ours").isBetween(OURS, OURS * 11 / 10);
  }

  @Test
  void withoutAPaceMostOfTheDayIsWithoutPolls() throws Exception {
    Lived lived = live(false);

    assertThat(lived.usedUp()).isPositive();
    assertThat(lived.longest()).isGreaterThan(Duration.ofHours(12));
  }

  private Lived live(boolean paced) throws Exception {
    salesforce.dailyLimit = 2 * OURS;
    Given given = Given.at(salesforce.url());
    given.useAtMost = Share.parse("50%");
    Reading reading = new Reading(20_000);
    int cases = 0;
    int usedUp = 0;
    Duration longest = Duration.ZERO;
    try (Source source = given.source(time)) {
      Instant began = START;
      while (began.isBefore(START.plus(Duration.ofDays(DAYS)))) {
        time.set(began);
        for (; !START.plus(A_CASE_EVERY.multipliedBy(cases)).isAfter(began); cases++) {
          salesforce.create(cases + 1, began, Map.of());
        }
        Duration interval = POLL_EVERY;
        try {
          source.countTickets();
          reading.goOn(source);
          if (paced) {
            Duration pace = source.pace(Duration.between(began, time.instant())).interval();
            interval = pace.compareTo(interval) > 0 ? pace : interval;
          }
        } catch (SourceException.Unavailable e) {
          usedUp++;
          interval = e.retryAfter().orElseThrow();
        }
        longest = interval.compareTo(longest) > 0 ? interval : longest;
        began = began.plus(interval);
      }
      assertThat(salesforce.unexpected()).isEmpty();
      return new Lived(usedUp, longest, source.traffic().orElseThrow().remaining().get("daily"));
    }
  }
}
