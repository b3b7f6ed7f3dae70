package io.helpdeskexporter.config;

import io.helpdeskexporter.config.Shape.Field;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Binds YAML nodes to records and notes every problem on the way instead of stopping at the first.
 * Inside this class a null is a value that could not be had, and whose problem is noted.
 */
final class Binder {
  private static final Set<Tag> ORDINARY =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

  /** The types of lists and maps in an Object. */
  private record Any(List<Object> list, Map<String, Object> map) {}

  private static final Type ANY_LIST = Any.class.getRecordComponents()[0].getGenericType();
  private static final Type ANY_MAP = Any.class.getRecordComponents()[1].getGenericType();

  private final Placeholders placeholders;
  private final Path directory;
  private final Map<String, Class<? extends Record>> kinds;
  private final Outline outline = new Outline();
  private final List<Problem> problems = new ArrayList<>();

  private record Entry(Node value, int line) {}

  /**
   * @param directory what relative paths start at
   * @param kinds the records that a {@link Flattened} Record can be
   */
  Binder(Placeholders placeholders, Path directory, Map<String, Class<? extends Record>> kinds) {
    this.placeholders = placeholders;
    this.directory = directory;
    this.kinds = kinds;
  }

  /** The record; empty where {@link #problems} says why not. */
  <R extends Record> Optional<R> bind(Class<R> type, Node root) {
    Spot at = Spot.root(lineOf(root, 1));
    outline.met(at);
    return Optional.ofNullable(value(type, Rules.NONE, root, at)).map(type::cast);
  }

  /** So far, in the order in which they were met. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  Outline outline() {
    return outline;
  }

  private @Nullable Object value(Type type, Rules rules, Node node, Spot at) {
    if (!ORDINARY.contains(node.getTag())) {
      return problem(at, "found a YAML tag; allowed: " + allowed(type, rules) + ", without a tag");
    }
    Class<?> raw = Shape.rawOf(type);
    if (raw == Optional.class) {
      Object value = value(Shape.argument(type, 0), rules, node, at);
      return value == null ? null : Optional.of(value);
    }
    if (isNothing(node)) {
      return problem(at, "found nothing; allowed: " + allowed(type, rules));
    }
    Optional<Scalar> scalar = Scalar.of(type, rules);
    if (scalar.isPresent() && node instanceof ScalarNode text) {
      return scalar(type, scalar.get(), text, at);
    }
    if (raw == Object.class) {
      return anything(node, at);
    }
    if (raw == List.class) {
      List<Object> list = items(Shape.argument(type, 0), type, rules, node, at);
      return list == null ? null : Collections.unmodifiableList(list);
    }
    if (raw == Set.class) {
      List<Object> list = items(Shape.argument(type, 0), type, rules, node, at);
      return list == null ? null : distinct(list, at);
    }
    if (node instanceof MappingNode map) {
      if (raw == Map.class) {
        return map(type, rules, map, at);
      }
      if (raw.isRecord() && (scalar.isEmpty() || mayBeMap(raw))) {
        return section(raw.asSubclass(Record.class), map, at);
      }
    }
    return problem(at, "found " + found(type, node) + "; allowed: " + allowed(type, rules));
  }

  /** A list or a map whose meaning is its kind's business. */
  private @Nullable Object anything(Node node, Spot at) {
    if (node.isRecursive()) {
      return problem(at, "found an anchor that holds itself; allowed: a text, a list or a map");
    }
    return node instanceof MappingNode map
        ? map(ANY_MAP, Rules.NONE, map, at)
        : value(ANY_LIST, Rules.NONE, node, at);
  }

  private @Nullable Object scalar(Type type, Scalar scalar, ScalarNode node, Spot at) {
    String raw = node.getValue();
    Optional<String> text = resolved(node, at);
    if (text.isEmpty()) {
      return null;
    }
    if (type == Secret.class) {
      placeholders.hide(text.get(), Secret.HIDDEN);
    }
    try {
      return scalar.parser().parse(text.get(), directory);
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException refused) {
      String near =
          Words.nearest(raw, scalar.words())
              .map(word -> " (did you mean " + word + "?)")
              .orElse("");
      return problem(at, "found " + found(type, node) + "; allowed: " + scalar.allowed() + near);
    }
  }

  /** The text with its placeholders replaced. */
  private Optional<String> resolved(ScalarNode node, Spot at) {
    return placeholders.resolve(node.getValue(), text -> problem(at, text));
  }

  /** The items of a list; one value alone is a list of one, where it is written on one line. */
  private @Nullable List<Object> items(Type item, Type whole, Rules rules, Node node, Spot at) {
    List<Node> nodes =
        switch (node) {
          case SequenceNode sequence -> sequence.getValue();
          case ScalarNode one when Scalar.of(item, rules).isPresent() -> List.of(one);
          default -> List.of();
        };
    if (nodes.isEmpty() && !(node instanceof SequenceNode)) {
      problem(at, "found " + found(whole, node) + "; allowed: " + allowed(whole, rules));
      return null;
    }
    List<Object> values = new ArrayList<>();
    boolean complete = true;
    for (int i = 0; i < nodes.size(); i++) {
      Node each = nodes.get(i);
      Spot spot = node instanceof SequenceNode ? at.item(i, lineOf(each, at.line())) : at;
      Object value = bound(item, rules, each, spot);
      if (value == null) {
        complete = false;
      } else {
        values.add(value);
      }
    }
    return complete ? values : null;
  }

  private @Nullable Object distinct(List<Object> values, Spot at) {
    Set<Object> set = new LinkedHashSet<>();
    boolean distinct = true;
    for (int i = 0; i < values.size(); i++) {
      if (!set.add(values.get(i))) {
        String path = at.item(i, at.line()).path();
        problem(at.item(i, outline.line(path)), "stands in the list twice; allowed: once");
        distinct = false;
      }
    }
    return distinct ? Collections.unmodifiableSet(set) : null;
  }

  private @Nullable Object map(Type type, Rules rules, MappingNode node, Spot at) {
    Type keyType = Shape.argument(type, 0);
    Scalar keys =
        Scalar.of(keyType, Rules.NONE)
            .orElseThrow(() -> new IllegalStateException("a map cannot have keys of " + keyType));
    Map<Object, Object> values = new LinkedHashMap<>();
    boolean complete = true;
    for (var entry : entries(node, at).entrySet()) {
      Spot spot = at.key(entry.getKey(), entry.getValue().line());
      Object key = key(keys, rules, entry.getKey(), spot);
      Object value = bound(Shape.argument(type, 1), rules, entry.getValue().value(), spot);
      if (key == null || value == null) {
        complete = false;
      } else {
        values.put(key, value);
      }
    }
    return complete ? Collections.unmodifiableMap(values) : null;
  }

  private @Nullable Object key(Scalar keys, Rules rules, String text, Spot at) {
    String allowed = rules.keysMatching().map(KeysMatching::allowed).orElse(keys.allowed());
    if (rules.keysMatching().map(pattern -> text.matches(pattern.value())).orElse(true)) {
      try {
        return keys.parser().parse(text, directory);
      } catch (IllegalArgumentException | DateTimeException refused) {
        String near =
            Words.nearest(text, keys.words())
                .map(word -> " (did you mean " + word + "?)")
                .orElse("");
        return problem(at, "found the key " + Words.quoted(text) + "; allowed: " + allowed + near);
      }
    }
    return problem(at, "found the key " + Words.quoted(text) + "; allowed: " + allowed);
  }

  private @Nullable Object section(Class<? extends Record> type, MappingNode node, Spot at) {
    Map<String, Entry> entries = entries(node, at);
    Shape shape = Shape.of(type);
    Optional<Class<? extends Record>> variant =
        shape.hasVariant() ? variant(entries, at) : Optional.empty();
    if (shape.hasVariant() && variant.isEmpty()) {
      refuseUnknown(entries, keysOfAnyKind(shape), "no kind has it", at);
    } else {
      List<String> known = shape.keys(variant);
      refuseUnknown(entries, known, "allowed: " + String.join(", ", known), at);
    }
    return record(type, entries, variant, at);
  }

  private Optional<Class<? extends Record>> variant(Map<String, Entry> entries, Spot at) {
    Entry kind = entries.get("kind");
    if (kind == null || !(kind.value() instanceof ScalarNode node) || isNothing(node)) {
      return Optional.empty(); // which the component of that key reports
    }
    Spot spot = at.key("kind", lineOf(node, kind.line()));
    // Without the problems of a placeholder, for the same reason.
    Optional<String> name = placeholders.resolve(node.getValue(), _ -> {});
    Optional<Class<? extends Record>> settings = name.map(kinds::get);
    if (name.isPresent() && settings.isEmpty()) {
      String near =
          Words.nearest(node.getValue(), kinds.keySet())
              .map(word -> " (did you mean " + word + "?)")
              .orElse("");
      problem(
          spot,
          "found "
              + Words.quoted(node.getValue())
              + "; allowed: "
              + String.join(", ", kinds.keySet())
              + near);
    }
    return settings;
  }

  /** What may be written as long as nobody knows of which kind it is. */
  private Set<String> keysOfAnyKind(Shape shape) {
    Set<String> keys = new LinkedHashSet<>(shape.keys(Optional.empty()));
    kinds.values().forEach(kind -> keys.addAll(shape.keys(Optional.of(kind))));
    return keys;
  }

  private void refuseUnknown(
      Map<String, Entry> entries, Collection<String> known, String otherwise, Spot at) {
    entries.forEach(
        (key, entry) -> {
          if (!known.contains(key)) {
            String hint =
                Words.nearest(key, known)
                    .map(word -> "did you mean " + word + "?")
                    .orElse(otherwise);
            problem(at.at(entry.line()), "unknown key " + Words.quoted(key) + "; " + hint);
          }
        });
  }

  private @Nullable Object record(
      Class<? extends Record> type,
      Map<String, Entry> entries,
      Optional<Class<? extends Record>> variant,
      Spot at) {
    List<Field> fields = Shape.of(type).fields();
    @Nullable Object[] arguments = new Object[fields.size()];
    boolean complete = true;
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = component(fields.get(i), entries, variant, at);
      complete &= arguments[i] != null;
    }
    return complete ? construct(type, arguments, at) : null;
  }

  private @Nullable Object component(
      Field field, Map<String, Entry> entries, Optional<Class<? extends Record>> variant, Spot at) {
    if (field.isVariant()) {
      return variant.isEmpty() ? null : record(variant.get(), entries, Optional.empty(), at);
    }
    if (field.isFlattened()) {
      return record(field.raw().asSubclass(Record.class), entries, variant, at);
    }
    Entry entry = entries.get(field.key());
    if (entry != null) {
      return bound(field.type(), field.rules(), entry.value(), at.key(field.key(), entry.line()));
    }
    if (field.isOptional()) {
      return Optional.empty();
    }
    if (field.defaultText().isPresent()) {
      return defaulted(field, field.defaultText().get(), at.key(field.key(), at.line()));
    }
    if (field.isSectionOfDefaults()) {
      Class<? extends Record> section = field.raw().asSubclass(Record.class);
      return record(section, Map.of(), Optional.empty(), at.key(field.key(), at.line()));
    }
    return problem(
        at,
        "missing key %s; needed: %s"
            .formatted(Words.quoted(field.key()), allowed(field.type(), field.rules())));
  }

  private Object defaulted(Field field, String text, Spot at) {
    Object value = value(field.type(), field.rules(), composed(text), at);
    if (value == null) {
      throw new IllegalStateException(
          "the default of %s in %s is not allowed: %s"
              .formatted(field.key(), field.component().getDeclaringRecord(), problems.getLast()));
    }
    return value;
  }

  /** The value, remembered with its place in the file. */
  private @Nullable Object bound(Type type, Rules rules, Node node, Spot at) {
    Spot spot = at.at(node instanceof ScalarNode ? lineOf(node, at.line()) : at.line());
    outline.met(spot);
    Object value = value(type, rules, node, spot);
    if (value != null) {
      Object inside = value instanceof Optional<?> some ? some.orElseThrow() : value;
      outline.bound(spot, inside, found(type, node));
    }
    return value;
  }

  private @Nullable Object construct(
      Class<? extends Record> type, @Nullable Object[] arguments, Spot at) {
    try {
      Constructor<? extends Record> canonical =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      canonical.setAccessible(true);
      return canonical.newInstance(arguments);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException reason) {
        return problem(at, placeholders.withoutSecrets(String.valueOf(reason.getMessage())));
      }
      throw new IllegalStateException(type + " failed to check itself", refused.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** By key; of a key that stands twice, the first. */
  private Map<String, Entry> entries(MappingNode node, Spot at) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Spot spot = at.at(lineOf(tuple.getKeyNode(), at.line()));
      if (!(tuple.getKeyNode() instanceof ScalarNode key)
          || !ORDINARY.contains(key.getTag())
          || key.getValue().isEmpty()) {
        problem(spot, "found a key that is not a text; allowed: a text");
        continue;
      }
      Entry first =
          entries.putIfAbsent(key.getValue(), new Entry(tuple.getValueNode(), spot.line()));
      if (first != null) {
        problem(
            spot,
            "duplicate key %s; the first is on line %d"
                .formatted(Words.quoted(key.getValue()), first.line()));
      }
    }
    return entries;
  }

  /** What may be written, in words. */
  static String allowed(Type type, Rules rules) {
    Class<?> raw = Shape.rawOf(type);
    if (raw == Optional.class) {
      return allowed(Shape.argument(type, 0), rules);
    }
    if (raw == List.class || raw == Set.class) {
      return "a list of: " + allowed(Shape.argument(type, 0), rules);
    }
    if (raw == Map.class) {
      return "a map whose keys are: %s, and whose values are: %s"
          .formatted(
              rules
                  .keysMatching()
                  .map(KeysMatching::allowed)
                  .orElseGet(() -> allowed(Shape.argument(type, 0), Rules.NONE)),
              allowed(Shape.argument(type, 1), rules));
    }
    return Scalar.of(type, rules)
        .map(Scalar::allowed)
        .orElseGet(
            () ->
                "a map with the keys "
                    + String.join(
                        ", ", Shape.of(raw.asSubclass(Record.class)).keys(Optional.empty())));
  }

  /** Whether a type that is written on one line can be written as a map as well. */
  static boolean mayBeMap(Class<?> type) {
    return Scalar.fromText(type)
        .map(factory -> factory.getAnnotation(FromText.class).orMap())
        .orElse(false);
  }

  private static String found(Type type, Node node) {
    return switch (node) {
      case ScalarNode scalar when Shape.mayHoldSecret(type) -> hidden(scalar.getValue());
      case ScalarNode scalar -> Words.quoted(scalar.getValue());
      case SequenceNode _ -> "a list";
      default -> "a map";
    };
  }

  /** A secret as it may be shown: the placeholder if it is one and nothing else. */
  private static String hidden(String raw) {
    return Words.quoted(raw.matches("\\$\\{[^}]*}") ? raw : Secret.HIDDEN);
  }

  /** As after {@code key:} with no value; an empty text in quotes is a text. */
  private static boolean isNothing(Node node) {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
  }

  /** Without marks, so that what is in it counts as standing where the default applies. */
  private static Node composed(String text) {
    return new Compose(
            LoadSettings.builder().setSchema(new CoreSchema()).setUseMarks(false).build())
        .composeString(text)
        .orElseThrow(() -> new IllegalStateException("a default must not be empty"));
  }

  private static int lineOf(Node node, int otherwise) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(otherwise);
  }

  private @Nullable Object problem(Spot at, String text) {
    problems.add(new Problem(at.line(), at.path(), text));
    return null;
  }
}
