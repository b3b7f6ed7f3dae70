package io.helpdeskexporter.source.sql;

import java.time.DateTimeException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A cursor as text: {@code appended;settled=10;position=12}. */
final class CursorText {
  private final String kind;
  private final Map<String, String> fields = new LinkedHashMap<>();

  CursorText(String kind) {
    this.kind = kind;
  }

  CursorText with(String name, Object value) {
    fields.put(name, value.toString());
    return this;
  }

  CursorText with(String name, Optional<?> value) {
    value.ifPresent(present -> with(name, present));
    return this;
  }

  @Override
  public String toString() {
    return kind
        + fields.entrySet().stream()
            .map(field -> ";" + field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining());
  }

  /** What was saved is no cursor of the way in which a stream is read. */
  static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unknown(String kind, Throwable cause) {
      super("the saved cursor is not one of reading by " + kind, cause);
    }
  }

  /**
   * Reads a cursor of {@code kind}.
   *
   * @throws Unknown if the text is none
   */
  static <C> C read(String kind, String text, Function<Map<String, String>, C> cursor) {
    try {
      return cursor.apply(fields(kind, text));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException wrong) {
      throw new Unknown(kind, wrong);
    }
  }

  private static Map<String, String> fields(String kind, String text) {
    String[] parts = text.split(";");
    if (!parts[0].equals(kind)) {
      throw new IllegalArgumentException("another kind");
    }
    Map<String, String> fields = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      fields.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
    }
    return fields;
  }
}
