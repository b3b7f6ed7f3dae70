package io.helpdeskexporter.kpi;

import io.helpdeskexporter.kpi.Served.Series;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A family, the cut that it shows and its series, numbered as the owner numbers them; each is made
 * when first asked for.
 */
final class Shown<F extends Family> {
  final F family;
  final int cut;
  private final Served served;
  private @Nullable Series[] series = new Series[0];

  Shown(F family, int cut, Served served) {
    this.family = family;
    this.cut = cut;
    this.served = served;
  }

  /**
   * @param more names and values of labels beside the source and the group's
   */
  Series series(int number, Cells.Group group, String... more) {
    if (number >= series.length) {
      series = Arrays.copyOf(series, Math.max(number + 1, 2 * series.length));
    }
    Series known = series[number];
    if (known == null) {
      known = served.series(group, more);
      series[number] = known;
    }
    return known;
  }

  /** Takes the sample of a series away, if it was ever made. */
  void absent(int number) {
    Series known = number < series.length ? series[number] : null;
    if (known != null) {
      known.absent();
    }
  }
}
