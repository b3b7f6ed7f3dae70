package io.helpdeskexporter.source.sql;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;

/**
 * A value of the columns that rows are read in the order of. It is kept as the database gave it, to
 * its last digit and without a change of time zone, because it is given back for comparison.
 */
sealed interface CursorValue {
  /** A time that does not say its zone. */
  record Local(LocalDateTime value) implements CursorValue {}

  record Moment(OffsetDateTime value) implements CursorValue {}

  record Whole(long value) implements CursorValue {}

  record Text(String value) implements CursorValue {}

  /** What JDBC is given. */
  default Object jdbc() {
    return switch (this) {
      case Local(LocalDateTime value) -> value;
      case Moment(OffsetDateTime value) -> value;
      case Whole(long value) -> value;
      case Text(String value) -> value;
    };
  }

  default String encoded() {
    return switch (this) {
      case Local(LocalDateTime value) -> "local:" + value;
      case Moment(OffsetDateTime value) -> "moment:" + value;
      case Whole(long value) -> "whole:" + value;
      case Text(String value) -> "text:" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    };
  }

  /**
   * @throws IllegalArgumentException or a {@link java.time.DateTimeException} if it is none
   */
  static CursorValue decoded(String text) {
    String[] parts = text.split(":", 2);
    return switch (parts[0]) {
      case "local" -> new Local(LocalDateTime.parse(parts[1]));
      case "moment" -> new Moment(OffsetDateTime.parse(parts[1]));
      case "whole" -> new Whole(Long.parseLong(parts[1]));
      case "text" -> new Text(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      default -> throw new IllegalArgumentException("not a cursor's value: " + text);
    };
  }
}
