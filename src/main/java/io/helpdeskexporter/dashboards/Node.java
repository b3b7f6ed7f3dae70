package io.helpdeskexporter.dashboards;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects of JSON whose keys stay in the order in which they are written. */
final class Node {
  private Node() {}

  /** An object of keys and values in turn. */
  static Map<String, @Nullable Object> of(@Nullable Object... pairs) {
    if (pairs.length % 2 != 0) {
      throw new IllegalArgumentException("a key without a value among " + pairs.length);
    }
    Map<String, @Nullable Object> node = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      node.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return node;
  }

  /** An object with one more key, or another value of it. */
  static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> node, String key, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(node);
    more.put(key, value);
    return Collections.unmodifiableMap(more);
  }

  /** An object with all keys of another, too; where both have one, both being objects, of both. */
  static Map<String, @Nullable Object> merged(
      Map<String, @Nullable Object> node, Map<String, @Nullable Object> other) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(node);
    other.forEach((key, value) -> all.put(key, both(all.get(key), value)));
    return Collections.unmodifiableMap(all);
  }

  @SuppressWarnings("unchecked") // objects of JSON have no other keys than text
  private static @Nullable Object both(@Nullable Object one, @Nullable Object other) {
    return one instanceof Map<?, ?> && other instanceof Map<?, ?>
        ? merged((Map<String, @Nullable Object>) one, (Map<String, @Nullable Object>) other)
        : other;
  }
}
