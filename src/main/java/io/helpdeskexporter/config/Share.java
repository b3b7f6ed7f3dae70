package io.helpdeskexporter.config;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of something, or all of it.
 *
 * @param ratio above 0, at most 1
 */
public record Share(BigDecimal ratio) {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)( ?%)?");
  private static final int HUNDREDTHS = 2;

  public Share {
    if (ratio.signum() <= 0 || ratio.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("a share is above 0 and at most 100%");
    }
  }

  /** Reads {@code 50%} or {@code 0.5}. */
  @FromText(allowed = "a share above 0 and at most 100%, such as 50% or 0.5")
  public static Share parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new IllegalArgumentException("not a share");
    }
    BigDecimal number = new BigDecimal(written.group(1));
    return new Share(written.group(2) == null ? number : number.movePointLeft(HUNDREDTHS));
  }

  /** So many of a number, rounded down, and at least one. */
  public int of(int whole) {
    return Math.max(1, ratio.multiply(BigDecimal.valueOf(whole)).intValue());
  }

  /** As it is written: {@code 50%}. */
  @Override
  public String toString() {
    return ratio.movePointRight(HUNDREDTHS).stripTrailingZeros().toPlainString() + "%";
  }
}
