package io.helpdeskexporter.kpi;

import java.math.BigDecimal;

/**
 * Which share of the values lies below: 0.5 is the median. Kept in millionths, so that ranks are
 * computed without rounding.
 *
 * @param millionths from 0, the lowest value, to 1,000,000, the highest
 */
public record Quantile(int millionths) implements Comparable<Quantile> {
  static final int ONE = 1_000_000;

  public static final Quantile MEDIAN = new Quantile(ONE / 2);

  public Quantile {
    if (millionths < 0 || millionths > ONE) {
      throw new IllegalArgumentException(
          "quantile %s: at least 0, at most 1".formatted(millionths / (double) ONE));
    }
  }

  /**
   * @param share such as 0.9; at most six decimals
   */
  public static Quantile of(double share) {
    long millionths = Math.round(share * ONE);
    if (Math.abs(share * ONE - millionths) > 1e-6) {
      throw new IllegalArgumentException("quantile " + share + ": at most six decimals");
    }
    return new Quantile(Math.toIntExact(millionths));
  }

  /** As a label value: p50, p99.9. */
  public String label() {
    return "p" + BigDecimal.valueOf(millionths, 4).stripTrailingZeros().toPlainString();
  }

  @Override
  public int compareTo(Quantile other) {
    return Integer.compare(millionths, other.millionths);
  }

  /** What lies between two values of a sample where no value is exactly at the rank. */
  public enum Method {
    /** Position (n-1)p from 0, interpolated: as spreadsheets and PostgreSQL's percentile_cont. */
    LINEAR {
      @Override
      long position(long n, Quantile quantile) {
        return (n - 1) * quantile.millionths;
      }
    },
    /** The smallest value that p of all do not exceed: position ceil(pn) from 1, at least 1. */
    NEAREST_RANK {
      @Override
      long position(long n, Quantile quantile) {
        return Math.max(0, Math.ceilDiv(n * quantile.millionths, ONE) - 1) * ONE;
      }
    };

    /**
     * Where the quantile lies among {@code n} sorted values, in millionths of a place, from 0.
     *
     * @param n at least 1
     */
    abstract long position(long n, Quantile quantile);
  }
}
