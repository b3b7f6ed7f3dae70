package io.helpdeskexporter.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.source.Pace;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IntervalTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration TOOK = Duration.ofSeconds(10);
  private static final long NO_HINT = Long.MAX_VALUE;

  private final Interval free = Interval.of(MINUTE);
  private final Interval ample = free.at(new Pace(Duration.ofSeconds(40), "daily"));
  private final Interval scarce = free.at(new Pace(Duration.ofSeconds(69), "daily"));

  /** In seconds. */
  private static long rests(Interval interval, Duration took, long hintedIn) {
    long hinted = hintedIn == NO_HINT ? NO_HINT : Duration.ofSeconds(hintedIn).toNanos();
    return Duration.ofNanos(interval.after(took).endsAfterNanos(hinted)).toSeconds();
  }

  @Test
  void whereNothingIsScarceItIsAsConfigured() {
    assertThat(free.inForce()).isEqualTo(MINUTE);
    assertThat(ample.inForce()).isEqualTo(MINUTE);
    assertThat(rests(free, TOOK, NO_HINT)).isEqualTo(50);
    assertThat(rests(ample, TOOK, NO_HINT)).isEqualTo(50);
  }

  @Test
  void aScarceLimitStretchesIt() {
    assertThat(scarce.inForce()).isEqualTo(Duration.ofSeconds(69));
    assertThat(rests(scarce, TOOK, NO_HINT)).isEqualTo(59);
  }

  @Test
  void aHintEndsTheRestAsSoonAsThePacePermits() {
    assertThat(rests(free, TOOK, 5)).isEqualTo(5);
    assertThat(rests(free, TOOK, 500)).isEqualTo(50);
    assertThat(rests(ample, TOOK, 5)).as("not before 40 s have passed").isEqualTo(30);
    assertThat(rests(ample, TOOK, 35)).isEqualTo(35);
    assertThat(rests(scarce, TOOK, 5)).isEqualTo(59);
  }

  @Test
  void afterAPollThatTookLongerThereIsNoRest() {
    assertThat(rests(free, Duration.ofMinutes(2), NO_HINT)).isNotPositive();
    assertThat(rests(scarce, Duration.ofMinutes(2), NO_HINT)).isNotPositive();
  }

  @Test
  void afterAFailureNoHintEndsTheRest() {
    assertThat(Rest.exactly(TOOK).endsAfterNanos(1)).isEqualTo(TOOK.toNanos());
  }

  @Test
  void aPaceAboutAsSlowAsConfiguredIsNeitherStretchedNorAmple() {
    Interval about = free.at(new Pace(Duration.ofSeconds(58), "daily"));

    assertThat(about.isStretched()).isFalse();
    assertThat(about.isAmple()).isFalse();
    assertThat(free.at(new Pace(Duration.ofSeconds(54), "daily")).isAmple()).isTrue();
    assertThat(free.isAmple()).isTrue();
  }
}
