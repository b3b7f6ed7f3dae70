package io.helpdeskexporter.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/**
 * A speed at which an error budget must not be spent: so many times as fast as would use it up
 * exactly when the period is over. It is looked at over two windows, a long one that makes sure it
 * matters, and a short one that makes sure it still goes on.
 *
 * @param share of the budget that is gone when the speed was kept up for the long window
 * @param longHours of the calendar in the long window
 * @param longWindow as PromQL writes it
 * @param shortWindow as PromQL writes it
 * @param pending for how long it has to go on before anybody is told, as PromQL writes it
 * @param factor rounded to hundredths, as it is compared with
 */
record BurnRate(
    Severity severity,
    BigDecimal share,
    long longHours,
    String longWindow,
    String shortWindow,
    String pending,
    BigDecimal factor) {
  private static final int HUNDREDTHS = 2;
  private static final int THOUSANDTHS = 3;

  /**
   * Of a desk that never closes. The windows are those of the SRE workbook with a third row between
   * its last two; at 30 days the factors come out as 14.4, 6, 3 and 1.
   */
  private static final List<Row> ROUND_THE_CLOCK =
      List.of(
          new Row(Severity.CRITICAL, "0.02", Duration.ofHours(1), "5m", "2m"),
          new Row(Severity.CRITICAL, "0.05", Duration.ofHours(6), "30m", "15m"),
          new Row(Severity.WARNING, "0.10", Duration.ofDays(1), "2h", "1h"),
          new Row(Severity.WARNING, "0.10", Duration.ofDays(3), "6h", "3h"));

  /**
   * Of a desk that closes: events fall into opening hours only, so a day holds a working day's
   * worth of the budget and not a day's. Six hours would reach across a closing, hence three; the
   * pauses before telling are shorter, as they must end before closing.
   */
  private static final List<Row> OPENING_HOURS =
      List.of(
          new Row(Severity.CRITICAL, "0.02", Duration.ofHours(1), "5m", "2m"),
          new Row(Severity.CRITICAL, "0.05", Duration.ofHours(3), "15m", "10m"),
          new Row(Severity.WARNING, "0.10", Duration.ofDays(1), "2h", "30m"),
          new Row(Severity.WARNING, "0.20", Duration.ofDays(3), "6h", "1h"));

  private record Row(
      Severity severity, String share, Duration longWindow, String shortWindow, String pending) {}

  /** The four of a desk, the fastest first. */
  static List<BurnRate> of(OpeningHours hours, int days) {
    return (hours.isRoundTheClock() ? ROUND_THE_CLOCK : OPENING_HOURS)
        .stream().map(row -> of(row, hours, days)).toList();
  }

  private static BurnRate of(Row row, OpeningHours hours, int days) {
    BigDecimal share = new BigDecimal(row.share);
    BigDecimal factor =
        share
            .multiply(BigDecimal.valueOf(hours.in(days).toSeconds()))
            .divide(
                BigDecimal.valueOf(hours.atMostIn(row.longWindow).toSeconds()),
                HUNDREDTHS,
                RoundingMode.HALF_UP);
    return new BurnRate(
        row.severity,
        share,
        row.longWindow.toHours(),
        window(row.longWindow),
        row.shortWindow,
        row.pending,
        Decimals.plain(factor));
  }

  private static String window(Duration window) {
    return window.toDays() > 0 ? window.toDays() + "d" : window.toHours() + "h";
  }

  /** More than everything cannot go wrong: at a small target, a fast speed is out of reach. */
  boolean isReachable(BigDecimal budget) {
    return factor.multiply(budget).compareTo(BigDecimal.ONE) < 0;
  }

  /**
   * The target above which it can be reached: 1 − 1 ÷ factor, rounded up to tenths of a percent.
   */
  BigDecimal targetNeeded() {
    return BigDecimal.ONE.subtract(BigDecimal.ONE.divide(factor, THOUSANDTHS, RoundingMode.DOWN));
  }
}
