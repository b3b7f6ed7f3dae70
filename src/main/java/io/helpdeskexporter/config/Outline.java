package io.helpdeskexporter.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a binder met in a file and where: every key and item with its line, and those values that
 * were right even if others were not.
 */
final class Outline {
  private final Map<String, Spot> spots = new LinkedHashMap<>();
  private final Map<String, Bound> values = new LinkedHashMap<>();

  /**
   * A value of one spot.
   *
   * @param shown as a message may show it: as written, before placeholders were replaced
   */
  record Found<T>(Spot spot, T value, String shown) {}

  private record Bound(Object value, String shown) {}

  void met(Spot spot) {
    spots.putIfAbsent(spot.path(), spot);
  }

  void bound(Spot spot, Object value, String shown) {
    values.put(spot.path(), new Bound(value, shown));
  }

  /** The keys and items directly under {@code path}, in the order of the file. */
  List<Spot> under(String path) {
    return spots.values().stream()
        .filter(spot -> spot.parent().equals(path) && !spot.path().isEmpty())
        .toList();
  }

  /** The value at {@code path} where it is of this type, and was met and found right. */
  <T> Stream<Found<T>> at(String path, Class<T> type) {
    Bound bound = values.get(path);
    Spot spot = spots.get(path);
    return spot != null && bound != null && type.isInstance(bound.value())
        ? Stream.of(new Found<>(spot, type.cast(bound.value()), bound.shown()))
        : Stream.empty();
  }

  /** The line of {@code path}, or of the nearest thing around it that is in the file. */
  int line(String path) {
    String around = path;
    while (!spots.containsKey(around) && !around.isEmpty()) {
      around =
          around.substring(
              0, Math.max(0, Math.max(around.lastIndexOf('.'), around.lastIndexOf('['))));
    }
    return Optional.ofNullable(spots.get(around)).map(Spot::line).orElse(1);
  }
}
