package io.helpdeskexporter.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes small values densely: numbers as 7-bit groups, strings in full the first time and by
 * number afterwards. The same calls always give the same bytes.
 */
final class BlobWriter {
  private final Map<String, Integer> strings = new HashMap<>();
  private byte[] bytes = new byte[256];
  private int size;

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  void octet(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size * 2);
    }
    bytes[size++] = (byte) value;
  }

  /** A number taken as unsigned: small ones take one byte. */
  void unsigned(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      octet((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    octet((int) rest);
  }

  /** A number near zero on either side. */
  void signed(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  /** Text that no other place of the blob repeats. */
  void literal(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    unsigned(utf8.length);
    if (size + utf8.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + utf8.length));
    }
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  void string(String value) {
    Integer known = strings.putIfAbsent(value, strings.size());
    if (known == null) {
      octet(BlobReader.LITERAL);
      literal(value);
    } else {
      unsigned(known + BlobReader.FIRST_REFERENCE);
    }
  }

  void string(Optional<String> value) {
    value.ifPresentOrElse(this::string, () -> octet(BlobReader.ABSENT));
  }

  /** Kept to the millisecond, relative to an instant that the reader knows too. */
  void instant(Instant value, long baseMillis) {
    signed(value.toEpochMilli() - baseMillis);
  }

  void instant(Optional<Instant> value, long baseMillis) {
    octet(value.isPresent() ? 1 : 0);
    value.ifPresent(at -> instant(at, baseMillis));
  }

  /** Kept to the millisecond. */
  void duration(Optional<Duration> value) {
    octet(value.isPresent() ? 1 : 0);
    value.ifPresent(duration -> signed(duration.toMillis()));
  }

  void integer(OptionalInt value) {
    octet(value.isPresent() ? 1 : 0);
    value.ifPresent(this::signed);
  }
}
