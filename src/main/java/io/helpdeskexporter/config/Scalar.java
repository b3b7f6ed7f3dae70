package io.helpdeskexporter.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A type whose values are written on one line.
 *
 * @param allowed what may be written, in words, for messages and for the reference
 * @param words the known words, to suggest the nearest; empty where the type has none
 */
record Scalar(String allowed, Collection<String> words, Parser parser) {

  /** Refuses a text with an {@link IllegalArgumentException} or a {@link DateTimeException}. */
  @FunctionalInterface
  interface Parser {
    /**
     * The value that the text means.
     *
     * @param directory what relative paths start at
     */
    Object parse(String text, Path directory);
  }

  /** Empty for types that are lists, maps or sections. */
  static Optional<Scalar> of(Type type, Rules rules) {
    if (!(type instanceof Class<?> plain)) {
      return Optional.empty();
    }
    Optional<Method> fromText = fromText(plain);
    if (fromText.isPresent()) {
      return Optional.of(oneLine(fromText.get()));
    }
    return isWord(plain) ? Optional.of(word(plain)) : builtIn(plain, rules);
  }

  static Optional<Method> fromText(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(FromText.class))
        .findFirst();
  }

  private static Optional<Scalar> builtIn(Class<?> type, Rules rules) {
    return switch (type.getName()) {
      case "java.lang.String" -> Optional.of(text(rules));
      // What a kind interprets itself: a text here, and lists and maps of them (see Binder).
      case "java.lang.Object" -> some("a text, a list or a map", text -> text);
      case "boolean", "java.lang.Boolean" -> some("true or false", Scalar::bool);
      case "int", "java.lang.Integer" ->
          some(rules.bounded("a whole number"), text -> within(rules, text, Integer::valueOf));
      case "long", "java.lang.Long" ->
          some(rules.bounded("a whole number"), text -> within(rules, text, Long::valueOf));
      case "double", "java.lang.Double" ->
          some(rules.bounded("a number"), text -> within(rules, text, Scalar::number));
      case "java.time.Duration" ->
          some(
              rules.bounded("a duration") + ", such as 30s, 5m, PT5M",
              text -> within(rules, text, DurationText::parse));
      case "java.time.Instant" ->
          some("a time with its offset, such as 2026-03-01T08:00:00Z", Scalar::instant);
      case "java.time.LocalDate" -> some("a date, such as 2026-03-01", LocalDate::parse);
      case "java.time.LocalTime" -> some("a time of day, such as 09:00", LocalTime::parse);
      case "java.time.ZoneId" ->
          Optional.of(
              new Scalar(
                  "an IANA time zone, such as Europe/Berlin",
                  ZoneId.getAvailableZoneIds(),
                  (text, _) -> ZoneId.of(text)));
      case "java.nio.file.Path" ->
          Optional.of(
              new Scalar(
                  "a path; a relative one starts at the directory of this file",
                  List.of(),
                  (text, directory) -> directory.resolve(required(text))));
      case "java.net.URI" ->
          some("an absolute URL, such as https://helpdesk.example.com", Scalar::uri);
      case "io.helpdeskexporter.config.Secret" ->
          some("a secret, best as ${file:PATH} or ${env:NAME}", text -> Secret.of(required(text)));
      default -> Optional.empty();
    };
  }

  private static Optional<Scalar> some(String allowed, Function<String, Object> parse) {
    return Optional.of(new Scalar(allowed, List.of(), (text, _) -> parse.apply(text)));
  }

  private static Scalar text(Rules rules) {
    return new Scalar(
        rules.matching().map(Matching::allowed).orElse("a text"),
        List.of(),
        (text, _) ->
            require(
                text, rules.matching().map(pattern -> text.matches(pattern.value())).orElse(true)));
  }

  /** An enum, or a sealed interface that only enums implement. */
  private static boolean isWord(Class<?> type) {
    return type.isEnum()
        || (type.isSealed()
            && Arrays.stream(type.getPermittedSubclasses()).allMatch(Scalar::isWord));
  }

  private static Scalar word(Class<?> type) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Object constant : constants(type)) {
      values.put(((Enum<?>) constant).name().toLowerCase(Locale.ROOT), constant);
    }
    return new Scalar(
        String.join(", ", values.keySet()),
        List.copyOf(values.keySet()),
        (text, _) ->
            Optional.ofNullable(values.get(text))
                .orElseThrow(() -> new IllegalArgumentException("not one of the words")));
  }

  private static List<Object> constants(Class<?> type) {
    if (type.isEnum()) {
      return List.of(type.getEnumConstants());
    }
    return Arrays.stream(type.getPermittedSubclasses())
        .flatMap(permitted -> constants(permitted).stream())
        .toList();
  }

  private static Scalar oneLine(Method factory) {
    Scalar parameter =
        of(factory.getGenericParameterTypes()[0], Rules.NONE)
            .orElseThrow(() -> new IllegalStateException(factory + " takes no one-line value"));
    return new Scalar(
        factory.getAnnotation(FromText.class).allowed(),
        List.of(),
        (text, directory) -> call(factory, parameter.parser.parse(text, directory)));
  }

  private static Object call(Method factory, Object argument) {
    try {
      factory.setAccessible(true);
      return factory.invoke(null, argument);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof RuntimeException reason) {
        throw reason;
      }
      throw new IllegalStateException(refused);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static <T extends Comparable<T>> T within(
      Rules rules, String text, Function<String, T> parse) {
    T value = parse.apply(text);
    boolean allowed =
        rules.min().map(least -> value.compareTo(parse.apply(least)) >= 0).orElse(true)
            && rules.max().map(most -> value.compareTo(parse.apply(most)) <= 0).orElse(true);
    return require(value, allowed);
  }

  private static Object bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static Double number(String text) {
    double value = new BigDecimal(text).doubleValue();
    return require(value, Double.isFinite(value));
  }

  private static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  private static URI uri(String text) {
    URI uri = URI.create(text);
    return require(uri, uri.isAbsolute() && uri.getHost() != null);
  }

  private static String required(String text) {
    return require(text, !text.isBlank());
  }

  private static <T> T require(T value, boolean allowed) {
    if (!allowed) {
      throw new IllegalArgumentException("not allowed");
    }
    return value;
  }
}
