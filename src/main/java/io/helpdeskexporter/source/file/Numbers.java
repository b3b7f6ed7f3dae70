package io.helpdeskexporter.source.file;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;

/** Reads numbers and truth values. */
final class Numbers {
  /** More than any count, time or duration needs; keeps 1e999999999 from becoming digits. */
  private static final int LONGEST = 24;

  private Numbers() {}

  static long whole(Column column, String text) throws BadRow {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw BadRow.expected("bad_number", column, "a whole number", text);
    }
  }

  static OptionalInt count(Column column, String text) throws BadRow {
    long count = whole(column, text);
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw BadRow.expected("bad_number", column, "a count from 0", text);
    }
    return OptionalInt.of((int) count);
  }

  static BigDecimal atLeastOne(Column column, String text) throws BadRow {
    try {
      BigDecimal number = decimal(text);
      if (number.compareTo(BigDecimal.ONE) >= 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw BadRow.expected("bad_number", column, "a number of at least 1", text);
  }

  /** Seconds with or without a fraction, kept to the millisecond. */
  static Duration seconds(Column column, String text) throws BadRow {
    try {
      return Duration.ofMillis(
          decimal(text).scaleByPowerOfTen(3).setScale(0, RoundingMode.HALF_UP).longValueExact());
    } catch (ArithmeticException | NumberFormatException _) {
      throw BadRow.expected("bad_number", column, "a number of seconds", text);
    }
  }

  /**
   * @throws NumberFormatException if it is none, or one written with an exponent
   */
  static BigDecimal decimal(String text) {
    if (text.length() > LONGEST || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
      throw new NumberFormatException("not a plain decimal number");
    }
    return new BigDecimal(text);
  }

  static boolean truth(Column column, String text) throws BadRow {
    if (isFalse(text)) {
      return false;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "1" -> true;
      default -> throw BadRow.hidden("bad_truth", column, "true, false, yes, no, 1 or 0", text);
    };
  }

  static boolean isFalse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "false", "f", "no", "n", "0" -> true;
      default -> false;
    };
  }
}
