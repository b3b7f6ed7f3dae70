package io.helpdeskexporter.cli;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;

/**
 * A short text that differs where values differ. The values' own order of elements does not matter
 * in sets and maps.
 */
final class Fingerprint {
  private static final int BYTES = 16;

  private Fingerprint() {}

  static String of(Object... parts) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      text.append(canonical(part)).append('\n');
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String canonical(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(it -> canonical(it.getKey()) + '=' + canonical(it.getValue()))
              .sorted()
              .toList()
              .toString();
      case java.util.Set<?> set ->
          set.stream().map(Fingerprint::canonical).sorted().toList().toString();
      case Collection<?> all -> all.stream().map(Fingerprint::canonical).toList().toString();
      case Record record -> record(record);
      default -> value.toString();
    };
  }

  private static String record(Record record) {
    StringBuilder text = new StringBuilder(record.getClass().getSimpleName());
    for (var component : record.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        text.append('|')
            .append(component.getName())
            .append('=')
            .append(canonical(component.getAccessor().invoke(record)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("component " + component.getName(), e);
      }
    }
    return text.toString();
  }
}
