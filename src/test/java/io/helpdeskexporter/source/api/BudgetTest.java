package io.helpdeskexporter.source.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.Pace;
import io.helpdeskexporter.source.SourceException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How far apart polls have to be, so that what is permitted lasts. */
class BudgetTest {
  private static final Instant START = Instant.parse("2026-03-02T09:30:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Limit DAILY = new Limit("daily", 15_000, DAY);

  private final SimulatedTime time = new SimulatedTime(START);
  private final Budget budget = new Budget(Share.parse("50%"), time, time);

  private Pace poll(int calls, Limit... limits) throws Exception {
    Instant began = time.instant();
    Call call = Call.get("things", "/things").limitedBy(limits);
    for (int i = 0; i < calls; i++) {
      budget.take(call);
    }
    return budget.pace(Duration.between(began, time.instant()));
  }

  /** A minute apart. */
  private Pace polls(int polls, int calls, Limit... limits) throws Exception {
    Pace pace = Pace.FREE;
    for (int i = 0; i < polls; i++) {
      time.advance(MINUTE);
      pace = poll(calls, limits);
    }
    return pace;
  }

  private void told(Limit limit, int remaining, Optional<Duration> resets) {
    budget.learn(limit, OptionalInt.of(limit.calls()), OptionalInt.of(remaining), resets);
  }

  // ---- examples

  /** 7,500 are 1,250 polls a day; one is kept, and five were a little too early. */
  @Test
  void theCallsOfADayAreSpreadOverIt() throws Exception {
    Pace pace = polls(5, 6, DAILY);

    assertThat(pace.scarce()).isEqualTo("daily");
    assertThat(pace.interval()).isBetween(DAY.dividedBy(1249), DAY.dividedBy(1248));
  }

  @Test
  void nothingIsStretchedBeforeFivePollsAreKnown() throws Exception {
    assertThat(polls(4, 6, DAILY)).isEqualTo(Pace.FREE);
    assertThat(polls(1, 6, DAILY)).isNotEqualTo(Pace.FREE);
  }

  @Test
  void whereMostPollsCostNothingNothingIsScarce() throws Exception {
    for (int i = 0; i < 20; i++) {
      polls(1, 3, DAILY);
      assertThat(polls(2, 0, DAILY)).isEqualTo(Pace.FREE);
    }
  }

  /** What it took is gone until this time tomorrow: 4,452 calls are left, which are 742 polls. */
  @Test
  void anImportIsNotTakenForThatWhichPollsUsuallyCost() throws Exception {
    poll(3_000, DAILY);
    Pace pace = polls(8, 6, DAILY);

    assertThat(pace.interval())
        .isCloseTo(DAY.minus(Duration.ofMinutes(8)).dividedBy(742), Duration.ofNanos(1));
  }

  @Test
  void aBusyHourCostsWhatItTookAndIsForgottenADayLater() throws Exception {
    Pace before = polls(9, 2, DAILY);
    Pace after = polls(4, 100, DAILY);
    assertThat(before.interval()).isLessThan(Duration.ofSeconds(24));
    assertThat(after.interval()).as("7,082 are left").isLessThan(Duration.ofSeconds(25));

    time.advance(DAY);
    assertThat(polls(9, 2, DAILY).interval()).isEqualTo(before.interval());
  }

  /** 60 are left to us, which are 30 polls. */
  @Test
  void whatIsLeftUntilAKnownEndIsSpreadUntilThen() throws Exception {
    Limit limit = new Limit("account a day", 1_000, DAY);
    polls(8, 2, limit);
    time.advance(MINUTE);
    told(limit, 562, Optional.of(Duration.ofHours(5)));

    assertThat(poll(2, limit)).isEqualTo(new Pace(Duration.ofMinutes(10), "account a day"));
  }

  /** As before, but the poll took ten minutes, which are over. */
  @Test
  void aPaceIsFromTheStartOfOnePollToTheStartOfTheNext() throws Exception {
    Limit limit = new Limit("account a day", 1_000, DAY);
    polls(8, 2, limit);
    Call call = Call.get("things", "/things").limitedBy(limit);
    budget.take(call);
    time.advance(Duration.ofMinutes(10));
    budget.take(call);
    told(limit, 560, Optional.of(Duration.ofHours(5)));

    assertThat(budget.pace(Duration.ofMinutes(10)).interval())
        .isEqualTo(Duration.ofHours(5).plusMinutes(10).dividedBy(30));
  }

  @Test
  void afterTheEndThereAreAsManyAsBefore() throws Exception {
    Limit limit = new Limit("account a day", 1_000, DAY);
    Pace before = polls(9, 2, limit);
    told(limit, 500, Optional.of(Duration.ofMinutes(30)));
    assertThat(polls(1, 0, limit).interval())
        .as("nothing is left to us, so not before the end")
        .isEqualTo(Duration.ofMinutes(29));

    time.advance(DAY);

    assertThat(polls(9, 2, limit).interval()).isEqualTo(before.interval());
  }

  /** 60 are left to us, which are 30 polls; of our own, the first come back in a day. */
  @Test
  void whereNoEndIsToldOwnCallsComeBackOneByOne() throws Exception {
    Limit limit = new Limit("daily", 1_000, DAY);
    polls(8, 2, limit);
    time.advance(MINUTE);
    told(limit, 562, Optional.empty());

    assertThat(poll(2, limit).interval()).isEqualTo(DAY.minus(Duration.ofMinutes(8)).dividedBy(30));
  }

  @Test
  void aCallThatComesBackIsNotWaitedForAnHour() throws Exception {
    Limit limit = new Limit("daily", 1_000, DAY);
    poll(10, limit);
    time.advance(DAY.minus(MINUTE));
    told(limit, 500, Optional.empty());
    Instant before = time.instant();

    poll(10, limit);

    assertThat(time.instant()).isEqualTo(before.plus(MINUTE));
  }

  @Test
  void whatIsToldHasForgottenTheCallsThatCameBackBefore() throws Exception {
    Limit limit = new Limit("daily", 1_000, DAY);
    poll(10, limit);
    time.advance(DAY.plus(MINUTE));
    told(limit, 500, Optional.empty());

    assertThat(
            catchThrowableOfType(SourceException.Unavailable.class, () -> poll(1, limit))
                .retryAfter())
        .as("others have them, and it is looked again")
        .contains(Duration.ofHours(1));
  }

  @Test
  void whatOthersUseUpSlowsPolls() throws Exception {
    Duration before = polls(9, 6, DAILY).interval();
    List<Duration> intervals = new ArrayList<>();
    for (int remaining = 14_000; remaining > 8_000; remaining -= 1_000) {
      told(DAILY, remaining, Optional.empty());
      intervals.add(polls(1, 6, DAILY).interval());
    }

    assertThat(intervals).isSorted().allSatisfy(it -> assertThat(it).isGreaterThan(before));
    assertThat(intervals.getLast()).isGreaterThan(before.multipliedBy(4));
  }

  @Test
  void nobodyWaitsLongerThanAnHourWithoutBeingTold() throws Exception {
    Limit limit = new Limit("daily", 100, DAY);

    assertThat(polls(5, 6, limit)).isEqualTo(new Pace(Duration.ofHours(1), "daily"));
  }

  @Test
  void theScarcestOfSeveralLimitsIsNamed() throws Exception {
    Limit ample = new Limit("ample", 100_000, DAY);
    Limit search = new Limit("search", 1_000, DAY);

    Pace pace = polls(9, 2, ample, search, DAILY);

    assertThat(pace.scarce()).isEqualTo("search");
    assertThat(pace.interval()).isBetween(DAY.dividedBy(250), DAY.dividedBy(240));
  }

  /** Three of five: 36 s, although a poll then waits for some of its calls. */
  @Test
  void callsOfAShortPeriodWaitForTheirTurnsInsteadOfTheWholePoll() throws Exception {
    Limit exports = new Limit("exports", 10, MINUTE);
    assertThat(polls(9, 3, exports).interval()).isEqualTo(Duration.ofSeconds(36));

    Limit each = new Limit("each", 2, Duration.ofSeconds(1));
    for (int i = 0; i < 9; i++) {
      time.advance(MINUTE);
      Instant began = time.instant();
      Duration interval = poll(50, each).interval();
      assertThat(interval)
          .as("a poll of 50 takes 49 s anyway")
          .isLessThanOrEqualTo(Duration.between(began, time.instant()).plusSeconds(1));
    }
  }

  // ---- properties

  /** What a system permits, and how it tells. */
  private enum Told {
    NOTHING,
    ROLLING,
    AT_MIDNIGHT
  }

  /** Counts as the system does: of any 24 hours, or of the day. */
  private final class Vendor {
    private final Told told;
    private final Limit limit;
    private final Deque<Instant> calls = new ArrayDeque<>();
    private int most;

    Vendor(Told told, Limit limit) {
      this.told = told;
      this.limit = limit;
    }

    void call(Budget of) throws Exception {
      of.take(Call.get("things", "/things").limitedBy(limit));
      Instant now = time.instant();
      calls.add(now);
      while (!calls.getFirst().plus(DAY).isAfter(now)) {
        calls.removeFirst();
      }
      most = Math.max(most, calls.size());
      time.advance(Duration.ofMillis(200));
      Instant later = time.instant();
      Instant midnight = later.truncatedTo(ChronoUnit.DAYS);
      OptionalInt permitted = OptionalInt.of(limit.calls());
      switch (told) {
        case NOTHING -> {}
        case ROLLING ->
            of.learn(
                limit,
                permitted,
                OptionalInt.of(limit.calls() - count(later.minus(DAY))),
                Optional.empty());
        case AT_MIDNIGHT ->
            of.learn(
                limit,
                permitted,
                OptionalInt.of(limit.calls() - count(midnight.minusNanos(1))),
                Optional.of(Duration.between(later, midnight.plus(DAY))));
      }
    }

    private int count(Instant after) {
      return (int) calls.stream().filter(it -> it.isAfter(after)).count();
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  /**
   * Four days of polls, as a loop makes them. In half of the cases one in eight costs twice as much
   * as the others; in half of them one a day costs up to a quarter of the day's calls.
   */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsPermittedLastsAndIsUsed(long seed) throws Exception {
    Random random = new Random(seed);
    int cost = 1 + random.nextInt(6);
    int pollsADay = 60 + random.nextInt(400);
    Share share = new Share(BigDecimal.valueOf(5 + random.nextInt(96), 2));
    int permitted =
        BigDecimal.valueOf((long) cost * pollsADay + random.nextInt(cost))
            .divide(share.ratio(), RoundingMode.CEILING)
            .intValue();
    int ours = share.of(permitted);
    Duration pollEvery =
        DAY.dividedBy(pollsADay).multipliedBy(1 + random.nextInt(40)).dividedBy(20);
    boolean bursts = random.nextBoolean();
    int dearest = random.nextBoolean() ? 2 * cost : cost;
    Told told = Told.values()[random.nextInt(Told.values().length)];
    Vendor vendor = new Vendor(told, new Limit("daily", permitted, DAY));
    Budget of = new Budget(share, time, time);
    boolean ample = !bursts && (DAY.dividedBy(pollEvery) + 3) * dearest <= ours;
    // One poll is kept, and the first five are too early.
    Duration longest = longer(pollEvery, DAY.dividedBy(ours / cost - 6));

    boolean scarce = false;
    Instant began = START;
    for (int polls = 0; began.isBefore(START.plus(DAY.multipliedBy(4))); polls++) {
      time.set(began);
      Duration waited = time.rested();
      boolean burst = bursts && random.nextInt(pollsADay) == 0;
      int calls = burst ? random.nextInt(ours / 4) : random.nextInt(8) == 0 ? dearest : cost;
      try {
        for (int i = 0; i < calls; i++) {
          vendor.call(of);
        }
      } catch (SourceException.Unavailable e) {
        assertThat(burst || scarce).as("poll %s, of %s calls", polls, calls).isTrue();
        scarce = true;
        began = time.instant().plus(e.retryAfter().orElseThrow());
        continue;
      }
      if (!burst && !scarce) {
        assertThat(time.rested()).as("waited by poll %s", polls).isEqualTo(waited);
      }
      Duration interval =
          longer(pollEvery, of.pace(Duration.between(began, time.instant())).interval());
      if (ample) {
        assertThat(interval).as("after poll %s", polls).isEqualTo(pollEvery);
      }
      if (!bursts) {
        assertThat(interval)
            .as("after poll %s", polls)
            .isLessThanOrEqualTo(longest.multipliedBy(dearest == cost ? 1 : 3));
      }
      scarce = interval.equals(Budget.LONGEST_PACE);
      began = began.plus(interval);
    }

    assertThat(vendor.most).as("calls of a day").isLessThanOrEqualTo(ours);
    if (!bursts) {
      assertThat(vendor.calls.size())
          .as("calls of the last day")
          .isGreaterThan((int) (0.9 * Math.min(ours, DAY.dividedBy(pollEvery) * cost)));
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
