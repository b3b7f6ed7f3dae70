package io.helpdeskexporter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.http.WebConfig.RateLimit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void aBurstIsGrantedAndThenOnePerInterval() {
    TokenBucket bucket = bucket(Duration.ofSeconds(1), 3);
    assertThat(granted(bucket, 10)).isEqualTo(3);
    advance(Duration.ofMillis(999));
    assertThat(bucket.grant()).isFalse();
    advance(Duration.ofMillis(1));
    assertThat(granted(bucket, 10)).isEqualTo(1);
    advance(Duration.ofMillis(2_500));
    assertThat(granted(bucket, 10)).isEqualTo(2);
  }

  @Test
  void aLongPauseFillsTheBucketAndNoMore() {
    TokenBucket bucket = bucket(Duration.ofMillis(1), 5);
    advance(Duration.ofDays(365));
    assertThat(granted(bucket, 100)).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1_000_000_000 - 1})
  void theLongestIntervalDoesNotOverflow(int burst) {
    TokenBucket bucket = bucket(Duration.ofSeconds(1_000_000_000), burst);
    assertThat(bucket.grant()).isTrue();
    assertThat(bucket.grant()).isEqualTo(burst > 1);
  }

  private TokenBucket bucket(Duration interval, int burst) {
    return new TokenBucket(new RateLimit(interval, burst), nanos::get);
  }

  private void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  private static long granted(TokenBucket bucket, int asked) {
    return IntStream.range(0, asked).filter(i -> bucket.grant()).count();
  }
}
