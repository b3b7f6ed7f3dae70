package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.kpi.Quantile.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantileTest {
  @ParameterizedTest(name = "of {0} values, {1} lies at {2} millionths from the first")
  @CsvSource({
    "1, 0.5, 0",
    "2, 0.5, 500000",
    "5, 0.5, 2000000",
    "10, 0.9, 8100000",
    "11, 0.9, 9000000",
    "101, 0.07, 7000000",
    "4, 1, 3000000"
  })
  void linearPositionsLieBetweenValues(long n, double share, long position) {
    assertThat(Method.LINEAR.position(n, Quantile.of(share))).isEqualTo(position);
  }

  /** 0.07 times 100 is more than 7 in floating point. */
  @ParameterizedTest(name = "of {0} values, {1} is number {2}")
  @CsvSource({
    "1, 0.5, 1",
    "2, 0.5, 1",
    "3, 0.5, 2",
    "5, 0.3, 2",
    "10, 0.9, 9",
    "11, 0.9, 10",
    "100, 0.07, 7",
    "4, 1, 4",
    "1000000, 0.000001, 1"
  })
  void theNearestRankIsAlwaysAValue(long n, double share, long number) {
    assertThat(Method.NEAREST_RANK.position(n, Quantile.of(share)))
        .isEqualTo((number - 1) * 1_000_000);
  }

  @ParameterizedTest(name = "{0} is labelled {1}")
  @CsvSource({"0.5, p50", "0.9, p90", "0.999, p99.9", "0.05, p5", "1, p100"})
  void isLabelledByItsPercentile(double share, String label) {
    assertThat(Quantile.of(share).label()).isEqualTo(label);
  }

  @Test
  void isAtLeastNoneAndAtMostAll() {
    assertThatThrownBy(() -> Quantile.of(-0.1)).hasMessage("quantile -0.1: at least 0, at most 1");
    assertThatThrownBy(() -> Quantile.of(90)).hasMessage("quantile 90.0: at least 0, at most 1");
    assertThatThrownBy(() -> Quantile.of(0.1234567))
        .hasMessage("quantile 0.1234567: at most six decimals");
  }
}
