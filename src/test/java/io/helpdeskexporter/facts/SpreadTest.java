package io.helpdeskexporter.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.helpdeskexporter.facts.Spread.Hour;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpreadTest {
  private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @Test
  void whatIsRoundedOffAnHourIsInALaterOne() {
    assertThat(hours(Spread.over(10, FROM, at("03:00"))))
        .containsExactly(
            new Hour(1, at("01:00").minusMillis(1), 3),
            new Hour(2, at("02:00").minusMillis(1), 3),
            new Hour(3, at("03:00").minusMillis(1), 4));
  }

  @Test
  void theLastHourMayBeShorter() {
    assertThat(hours(Spread.over(100, FROM, at("01:15"))))
        .containsExactly(
            new Hour(1, at("01:00").minusMillis(1), 80),
            new Hour(2, at("01:15").minusMillis(1), 20));
  }

  @Test
  void anHourIsKnownWithItsLastMillisecond() {
    Spread spread = Spread.over(24, FROM, at("24:00"));

    assertThat(spread.upTo(at("00:59"))).isZero();
    assertThat(spread.upTo(at("01:00").minusMillis(2))).isZero();
    assertThat(spread.upTo(at("01:00").minusMillis(1))).isEqualTo(1);
    assertThat(spread.next(at("01:00").minusMillis(1)))
        .contains(new Hour(2, at("02:00").minusMillis(1), 1));
    assertThat(spread.next(at("24:00").minusMillis(1))).isEmpty();
  }

  @Test
  void aPartHasItsShareOnly() {
    Spread part =
        Spread.over(240, FROM, at("24:00")).within(at("22:30"), at("30:00")).orElseThrow();

    assertThat(hours(part))
        .containsExactly(
            new Hour(23, at("23:00").minusMillis(1), 5),
            new Hour(24, at("24:00").minusMillis(1), 10));
    assertThat(part.within(at("24:00"), at("30:00"))).isEmpty();
  }

  @Test
  void aTimeThatEndsBeforeItBeginsIsNone() {
    assertThatThrownBy(() -> Spread.over(1, FROM, FROM))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void allHoursAddUpAndEachIsItsShareToTheRoundedPart(long seed) {
    Random random = new Random(seed);
    long amount = random.nextLong(1_000_000_000_000_000_000L);
    long length = 1 + random.nextLong(Duration.ofDays(60).toMillis());
    Spread whole = Spread.over(amount, FROM, FROM.plusMillis(length));
    List<Hour> hours = hours(whole);

    assertThat(hours.stream().mapToLong(Hour::amount).sum()).isEqualTo(amount);
    assertThat(hours).extracting(Hour::amount).allMatch(it -> it >= 0);
    long known = 0;
    for (Hour hour : hours) {
      known += hour.amount();
      assertThat(whole.upTo(hour.at())).isEqualTo(known);
      double share = Duration.between(FROM, hour.at().plusMillis(1)).toMillis() / (double) length;
      assertThat((double) known).isCloseTo(share * amount, within(1 + amount * 1e-12));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void partsAddUpToTheWhole(long seed) {
    Random random = new Random(seed);
    long length = 1000 + random.nextLong(Duration.ofDays(5).toMillis());
    Spread whole = Spread.over(random.nextLong(1_000_000_000), FROM, FROM.plusMillis(length));
    Instant cut = FROM.plusMillis(1 + random.nextLong(length - 1));
    Spread before = whole.within(Instant.MIN, cut).orElseThrow();
    Spread after = whole.within(cut, Instant.MAX).orElseThrow();

    assertThat(sum(before) + sum(after)).isEqualTo(whole.amount());
    assertThat(before.upTo(Instant.MAX.minusSeconds(1))).isEqualTo(sum(before));
  }

  private static long sum(Spread spread) {
    return hours(spread).stream().mapToLong(Hour::amount).sum();
  }

  private static List<Hour> hours(Spread spread) {
    return spread.hours(FROM.minusMillis(1), FROM.plus(Duration.ofDays(100)));
  }

  /** A time of the first day, or of the next. */
  private static Instant at(String clock) {
    String[] parts = clock.split(":", 2);
    return FROM.plus(
        Duration.ofHours(Long.parseLong(parts[0])).plusMinutes(Long.parseLong(parts[1])));
  }
}
