package io.helpdeskexporter.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what {@link BlobWriter} wrote; anything else is {@link Malformed}. */
final class BlobReader {
  static final int ABSENT = 0;
  static final int LITERAL = 1;
  static final int FIRST_REFERENCE = 2;

  private final byte[] bytes;
  private final List<String> strings = new ArrayList<>();
  private int position;

  BlobReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Bytes that no version of this program wrote. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  Malformed malformed(String what) {
    return new Malformed("%s before byte %d of %d bytes".formatted(what, position, bytes.length));
  }

  void version(int expected) {
    int found = octet();
    if (found != expected) {
      throw malformed("format " + found + " where " + expected + " was expected");
    }
  }

  /** The format, which is one of 1 to the newest. */
  int versionUpTo(int newest) {
    int found = octet();
    if (found < 1 || found > newest) {
      throw malformed("format " + found + " where 1 to " + newest + " were expected");
    }
    return found;
  }

  void end() {
    if (position != bytes.length) {
      throw malformed("something is left over");
    }
  }

  int octet() {
    if (position == bytes.length) {
      throw malformed("something is missing");
    }
    return bytes[position++] & 0xFF;
  }

  long unsigned() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = octet();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw malformed("a number has no end");
  }

  long signed() {
    long value = unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A number of things that are yet to come and take at least a byte each. */
  int count() {
    long value = unsigned();
    if (value < 0 || value > bytes.length - position) {
      throw malformed("a count of " + value);
    }
    return (int) value;
  }

  /** A number small enough to be an {@code int}. */
  int integer() {
    long value = signed();
    if (value != (int) value) {
      throw malformed("the number " + value);
    }
    return (int) value;
  }

  String literal() {
    int length = count();
    String value = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }

  String string() {
    return optionalString().orElseThrow(() -> malformed("text is missing"));
  }

  Optional<String> optionalString() {
    long code = unsigned();
    if (code == ABSENT) {
      return Optional.empty();
    }
    if (code == LITERAL) {
      String value = literal();
      strings.add(value);
      return Optional.of(value);
    }
    if (code < 0 || code - FIRST_REFERENCE >= strings.size()) {
      throw malformed("text number " + code);
    }
    return Optional.of(strings.get((int) code - FIRST_REFERENCE));
  }

  Instant instant(long baseMillis) {
    return Instant.ofEpochMilli(baseMillis + signed());
  }

  Optional<Instant> optionalInstant(long baseMillis) {
    return present() ? Optional.of(instant(baseMillis)) : Optional.empty();
  }

  Optional<Duration> optionalDuration() {
    return present() ? Optional.of(Duration.ofMillis(signed())) : Optional.empty();
  }

  OptionalInt optionalInteger() {
    return present() ? OptionalInt.of(integer()) : OptionalInt.empty();
  }

  boolean present() {
    return switch (octet()) {
      case 0 -> false;
      case 1 -> true;
      default -> throw malformed("neither present nor absent");
    };
  }
}
