package io.helpdeskexporter.exposition;

/**
 * The CRC-32 of two byte sequences put one after the other, from their two CRCs and the length of
 * the second.
 *
 * <p>A CRC is the remainder of a polynomial over GF(2), so appending {@code n} bytes multiplies the
 * first remainder by x<sup>8n</sup> and adds (exclusive or) the second. The power is found by
 * squaring; bit 31 stands for x<sup>0</sup>, because CRC-32 is written with its bits reversed.
 */
final class Crc {

  /** x^32 modulo the CRC-32 polynomial, reversed. */
  private static final int POLYNOMIAL = 0xEDB88320;

  private static final int ONE = 1 << 31;

  /** {@code SQUARES[k]} is x^(8 * 2^k): what 2^k further bytes multiply a remainder by. */
  private static final int[] SQUARES = squares();

  private Crc() {}

  /** The CRC-32 of {@code first ++ second}. */
  static long join(long first, long second, long lengthOfSecond) {
    int shift = ONE;
    for (int k = 0; lengthOfSecond >>> k != 0; k++) {
      if ((lengthOfSecond >>> k & 1) != 0) {
        shift = times(shift, SQUARES[k]);
      }
    }
    return Integer.toUnsignedLong(times((int) first, shift) ^ (int) second);
  }

  /**
   * The product of two remainders, by Horner's rule from the highest power of {@code a} downwards.
   */
  private static int times(int a, int b) {
    int product = 0;
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      product = timesX(product);
      if ((a >>> bit & 1) != 0) {
        product ^= b;
      }
    }
    return product;
  }

  private static int timesX(int a) {
    return (a & 1) == 0 ? a >>> 1 : (a >>> 1) ^ POLYNOMIAL;
  }

  private static int[] squares() {
    int[] squares = new int[Long.SIZE];
    int power = ONE;
    for (int i = 0; i < Byte.SIZE; i++) {
      power = timesX(power);
    }
    for (int k = 0; k < squares.length; k++) {
      squares[k] = power;
      power = times(power, power);
    }
    return squares;
  }
}
