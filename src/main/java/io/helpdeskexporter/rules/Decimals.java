package io.helpdeskexporter.rules;

import java.math.BigDecimal;

/** Decimal fractions as people write them. */
final class Decimals {
  private static final int HUNDREDTHS = 2;

  private Decimals() {}

  /** Without zeros at the end and without an exponent. */
  static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** {@code 0.075} as {@code 7.5}. */
  static String percent(BigDecimal ratio) {
    return plain(ratio.movePointRight(HUNDREDTHS)).toPlainString();
  }
}
