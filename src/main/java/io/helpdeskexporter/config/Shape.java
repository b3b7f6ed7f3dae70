package io.helpdeskexporter.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a record expects of the map it is bound to, read from its components. */
record Shape(Class<? extends Record> type, List<Field> fields) {

  /**
   * One component.
   *
   * @param key as written in the file
   */
  record Field(String key, Type type, Rules rules, RecordComponent component) {
    Class<?> raw() {
      return rawOf(type);
    }

    boolean isFlattened() {
      return component.isAnnotationPresent(Flattened.class);
    }

    /** Whether the record to bind is decided by the sibling key {@code kind}. */
    boolean isVariant() {
      return isFlattened() && raw() == Record.class;
    }

    boolean isOptional() {
      return raw() == Optional.class;
    }

    Optional<String> defaultText() {
      return Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value);
    }

    Optional<String> doc() {
      return Optional.ofNullable(component.getAnnotation(Doc.class)).map(Doc::value);
    }

    /** A section of its own whose keys may all be left out, and so may it. */
    boolean isSectionOfDefaults() {
      return raw().isRecord()
          && Scalar.of(type, rules).isEmpty()
          && Shape.of(raw().asSubclass(Record.class)).fields.stream().noneMatch(Field::isRequired);
    }

    boolean isRequired() {
      return !isOptional() && defaultText().isEmpty() && !isSectionOfDefaults();
    }
  }

  static Shape of(Class<? extends Record> type) {
    return new Shape(
        type,
        Arrays.stream(type.getRecordComponents())
            .map(
                component ->
                    new Field(
                        keyOf(component),
                        component.getGenericType(),
                        Rules.of(component),
                        component))
            .toList());
  }

  /** The keys of its map, those of flattened components included. */
  List<String> keys(Optional<Class<? extends Record>> variant) {
    List<String> keys = new ArrayList<>();
    for (Field field : fields) {
      if (field.isVariant()) {
        variant.ifPresent(chosen -> keys.addAll(of(chosen).keys(Optional.empty())));
      } else if (field.isFlattened()) {
        keys.addAll(of(field.raw().asSubclass(Record.class)).keys(variant));
      } else {
        keys.add(field.key());
      }
    }
    if (new HashSet<>(keys).size() < keys.size()) {
      throw new IllegalStateException(type + " has two components for one key: " + keys);
    }
    return List.copyOf(keys);
  }

  boolean hasVariant() {
    return fields.stream().anyMatch(Field::isVariant);
  }

  /** Whether a value of this type may hold a {@link Secret}, so that it is never quoted. */
  static boolean mayHoldSecret(Type type) {
    return mayHoldSecret(type, new HashSet<>());
  }

  private static boolean mayHoldSecret(Type type, Set<Type> seen) {
    if (!seen.add(type)) {
      return false;
    }
    Class<?> raw = rawOf(type);
    if (raw == Secret.class || raw == Record.class) {
      return true;
    }
    if (type instanceof ParameterizedType generic) {
      return Arrays.stream(generic.getActualTypeArguments())
          .anyMatch(argument -> mayHoldSecret(argument, seen));
    }
    return raw.isRecord()
        && Arrays.stream(raw.getRecordComponents())
            .anyMatch(component -> mayHoldSecret(component.getGenericType(), seen));
  }

  static Class<?> rawOf(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      default -> throw new IllegalStateException("the configuration cannot hold a " + type);
    };
  }

  static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  private static String keyOf(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    return key == null
        ? component.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT)
        : key.value();
  }
}
