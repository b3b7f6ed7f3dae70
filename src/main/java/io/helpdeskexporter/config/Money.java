package io.helpdeskexporter.config;

import java.math.BigDecimal;

/**
 * An amount of money as written.
 *
 * @param amount from 0 to 10<sup>12</sup>, with at most six decimals
 */
public record Money(BigDecimal amount) {

  /**
   * Reads {@code 12500} or {@code 12500.50}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  @FromText(allowed = "an amount from 0 to 1000000000000, such as 12500 or 12500.50")
  public static Money parse(String text) {
    if (!text.matches("\\d{1,12}(\\.\\d{1,6})?|1000000000000")) {
      throw new IllegalArgumentException("no amount");
    }
    return new Money(new BigDecimal(text));
  }
}
