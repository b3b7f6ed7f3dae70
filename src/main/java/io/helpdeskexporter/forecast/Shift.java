package io.helpdeskexporter.forecast;

import java.util.Arrays;
import java.util.List;

/**
 * The last time that a desk's volume changed at once and stayed changed: another desk was merged
 * into it, a product was launched, a channel closed. The shape of a week is still known from
 * before, the height is not; so the days before are taken as if they had been as high.
 *
 * <p>A shift is seen where weekdays after stand to the same weekdays before in one ratio, far from
 * 1, that the spread of single days does not explain. Everything is a median: a strange day or two
 * neither make a shift nor hide one.
 *
 * @param first the place of the first day after it; 0 if there was none
 * @param scales by day: what its tickets are multiplied with to stand as high as those after
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves the package
record Shift(int first, double[] scales) {
  /** On each side of it; most of them must show it. */
  static final int MIN_DAYS = 7;

  /** Less than this, up or down, the level follows by itself. */
  private static final double MIN_RATIO = 1.3;

  /**
   * Standard errors of the ratio: of the fifty places at which a shift may be, chance alone makes
   * one of them look as much like one in less than one of a hundred desks.
   */
  private static final double MIN_ERRORS = 6;

  /** After a first one is undone, another may be seen. */
  private static final int MAX_SHIFTS = 3;

  /** Standard error of a median of normal values, as a multiple of that of their mean. */
  private static final double MEDIAN_ERROR = 1.2533;

  /**
   * @param days in order
   */
  static Shift last(List<Day> days) {
    double[] scales = new double[days.size()];
    Arrays.fill(scales, 1);
    int first = 0;
    for (int round = 0; round < MAX_SHIFTS; round++) {
      Split best = null;
      for (int place = MIN_DAYS; place <= days.size() - MIN_DAYS; place++) {
        Split split = Split.at(place, days, scales);
        boolean believed =
            split.errors >= MIN_ERRORS && Math.abs(split.logRatio) >= Math.log(MIN_RATIO);
        best = believed && (best == null || split.missed < best.missed) ? split : best;
      }
      if (best == null) {
        break;
      }
      for (int i = 0; i < best.place; i++) {
        scales[i] *= Math.exp(best.logRatio);
      }
      first = Math.max(first, best.place);
    }
    return new Shift(first, scales);
  }

  /**
   * @param errors by how many of its standard errors the ratio differs from 1
   * @param missed how far days are from what is usual on their side, on average
   */
  private record Split(int place, double logRatio, double errors, double missed) {
    static Split at(int place, List<Day> days, double[] scales) {
      double[][] before = logs(days, scales, 0, place);
      double[][] after = logs(days, scales, place, days.size());
      double[] ratios = new double[days.size() - place];
      int n = 0;
      for (int weekday = 0; weekday < before.length; weekday++) {
        if (before[weekday].length > 0) {
          double usual = Medians.median(before[weekday]);
          for (double each : after[weekday]) {
            ratios[n++] = each - usual;
          }
        }
      }
      if (n < MIN_DAYS) {
        return new Split(place, 0, 0, 0);
      }
      double ratio = Medians.median(Arrays.copyOf(ratios, n));
      double[] deviations = new double[days.size()];
      int m = 0;
      for (int i = 0; i < n; i++) {
        deviations[m++] = Math.abs(ratios[i] - ratio);
      }
      double typical = 0;
      for (double[] of : before) {
        if (of.length > 0) {
          double usual = Medians.median(of);
          typical = Math.max(typical, usual);
          for (double each : of) {
            deviations[m++] = Math.abs(each - usual);
          }
        }
      }
      double spread =
          Math.max(
              Medians.DEVIATIONS_PER_MAD * Medians.median(Arrays.copyOf(deviations, m)),
              Math.exp(-Math.max(0, typical) / 2));
      double error = MEDIAN_ERROR * spread * Math.sqrt(1.0 / n + 1.0 / place);
      return new Split(
          place,
          ratio,
          Math.abs(ratio) / error,
          Arrays.stream(deviations, 0, m).average().orElse(0));
    }

    /** By weekday. */
    private static double[][] logs(List<Day> days, double[] scales, int from, int to) {
      double[][] logs = new double[7][];
      for (int weekday = 0; weekday < logs.length; weekday++) {
        double[] of = new double[to - from];
        int n = 0;
        for (int i = from; i < to; i++) {
          if (days.get(i).weekday() == weekday) {
            of[n++] = Math.log((days.get(i).total() + 0.5) * scales[i]);
          }
        }
        logs[weekday] = Arrays.copyOf(of, n);
      }
      return logs;
    }
  }
}
