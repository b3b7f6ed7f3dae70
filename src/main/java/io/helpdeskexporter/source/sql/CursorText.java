package io.helpdeskexporter.source.sql;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

  /**
   * The fields of a cursor of {@code kind}; empty for any other text, such as a cursor that an
   * earlier version or another way of reading left.
   */
  static Optional<Map<String, String>> fields(String kind, String text) {
    String[] parts = text.split(";");
    if (!parts[0].equals(kind)) {
      return Optional.empty();
    }
    Map<String, String> fields = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 0) {
        return Optional.empty();
      }
      fields.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
    }
    return Optional.of(fields);
  }
}
