package io.helpdeskexporter.config;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of something is to go well. All of it is no objective: nothing may ever go wrong then,
 * and there is no budget to watch.
 *
 * @param ratio above 0, below 1; exactly as written, since what is left to 1 is computed with
 */
public record Target(BigDecimal ratio) {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,2}(?:\\.\\d{1,6})?)( ?%)?");
  private static final int HUNDREDTHS = 2;

  public Target {
    if (ratio.signum() <= 0 || ratio.compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException("a target is above 0 and below 100%");
    }
  }

  /** Reads {@code 95%} or {@code 0.95}. */
  @FromText(allowed = "a share above 0 and below 100%, such as 95% or 0.95")
  public static Target parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new IllegalArgumentException("not a share");
    }
    BigDecimal number = new BigDecimal(written.group(1));
    return new Target(written.group(2) == null ? number : number.movePointLeft(HUNDREDTHS));
  }
}
