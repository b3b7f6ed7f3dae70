package io.helpdeskexporter.source.sql;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An option that a preset offers.
 *
 * @param fallback its value where the configuration gives none; without one it is NULL in SQL
 * @param lowerCase whether its texts are folded, for comparison without regard to case
 * @param oneOf the only texts that it may have; empty where any will do
 * @param about one sentence for the reference
 */
record OptionSpec(
    String name,
    Type type,
    Optional<Object> fallback,
    boolean required,
    boolean lowerCase,
    List<String> oneOf,
    String about) {

  OptionSpec {
    oneOf = List.copyOf(oneOf);
  }

  enum Type {
    TEXT("a text"),
    NUMBER("a whole number"),
    FLAG("true or false"),
    /** Becomes as many SQL values as it has elements. */
    LIST("a list of texts"),
    /** Becomes one SQL value: a JSON object. */
    MAP("a map"),
    DURATION("a duration, such as 30s, 5m, 24h or PT5M"),
    ZONE("an IANA time zone, such as Europe/Berlin"),
    /** Becomes part of the SQL text, at <code>${name}</code>. */
    IDENTIFIER("a name of letters, digits, _ and .");

    private final String allowed;

    Type(String allowed) {
      this.allowed = allowed;
    }

    String allowed() {
      return allowed;
    }
  }

  /**
   * The value as it is used: String, Long, Boolean, {@code List<String>}, {@code Map<String,
   * Object>}, Duration or ZoneId.
   *
   * @throws IllegalArgumentException saying what was found and what is allowed
   */
  Object value(Object found) {
    try {
      return switch (type) {
        case TEXT -> known(folded(scalar(found)));
        case NUMBER -> Long.valueOf(scalar(found));
        case FLAG -> flag(scalar(found));
        case LIST -> list(found);
        case MAP -> map(found);
        case DURATION -> duration(scalar(found));
        case ZONE -> ZoneId.of(scalar(found));
        case IDENTIFIER -> identifier(scalar(found));
      };
    } catch (IllegalArgumentException | DateTimeException wrong) {
      throw new IllegalArgumentException(
          "options.%s: found %s; allowed: %s".formatted(name, shown(found), allowed()), wrong);
    }
  }

  private String allowed() {
    return oneOf.isEmpty() ? type.allowed() : String.join(", ", oneOf);
  }

  private String known(String text) {
    if (!oneOf.isEmpty() && !oneOf.contains(text)) {
      throw new IllegalArgumentException("none of those it may be");
    }
    return text;
  }

  private static String scalar(Object found) {
    if (found instanceof List || found instanceof Map) {
      throw new IllegalArgumentException("more than one value");
    }
    return found.toString().strip();
  }

  private String folded(String text) {
    return lowerCase ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static Boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private List<String> list(Object found) {
    List<String> texts = new ArrayList<>();
    Iterable<?> elements =
        found instanceof List<?> list ? list : List.of(scalar(found).split("\\s*,\\s*"));
    for (Object element : elements) {
      String text = folded(scalar(element));
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return List.copyOf(texts);
  }

  private static Map<String, Object> map(Object found) {
    if (!(found instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("not a map");
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(scalar(key), value));
    return copy;
  }

  /** {@code 90s}, {@code 5m}, {@code 24h}, {@code 2d} or as ISO 8601 writes it. */
  static Duration duration(String text) {
    if (text.matches("\\d{1,9}[smhd]")) {
      long amount = Long.parseLong(text.substring(0, text.length() - 1));
      return switch (text.charAt(text.length() - 1)) {
        case 's' -> Duration.ofSeconds(amount);
        case 'm' -> Duration.ofMinutes(amount);
        case 'h' -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
    return Duration.parse(text);
  }

  /** What may stand in SQL unquoted; it is the only value that becomes part of a statement. */
  private static String identifier(String text) {
    if (!text.matches("([A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?)?")) {
      throw new IllegalArgumentException("not a name");
    }
    return text;
  }

  private static String shown(Object found) {
    return switch (found) {
      case List<?> _ -> "a list";
      case Map<?, ?> _ -> "a map";
      default -> '"' + found.toString() + '"';
    };
  }
}
