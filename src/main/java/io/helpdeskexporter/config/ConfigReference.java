package io.helpdeskexporter.config;

import io.helpdeskexporter.config.Shape.Field;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The page that lists every key, printed from the records that the keys are bound to. */
public final class ConfigReference {
  private static final String INTRODUCTION =
      """
      # Configuration

      One YAML file says everything; `examples/` holds some to start from. This page is printed from the code that
      reads the file. Every mistake in it is reported at once, each with its line; an unknown key is a mistake.

      How values are written:

      - Durations: `30s`, `5m`, `1h30m`, `4d` (days of 24 hours), `500ms`, or in the ISO form `PT5M`.
      - A list of one value may be written as the value alone.
      - Relative paths start at the directory of the configuration file.
      - In any value, `${env:NAME}` stands for an environment variable, `${env:NAME:-default}` for one that may be unset
        or empty, and `${file:PATH}` for the content of a file without its last line end. `$${` is a literal `${`.
      - Secrets are best given this way. They are never printed, and neither is what came from a placeholder.
      - A key that is not needed is left out; a key without a value is a mistake.
      """;

  /** Told once, in the introduction. */
  private static final String DURATIONS = ", such as 30s, 5m, PT5M";

  private final StringBuilder page = new StringBuilder(INTRODUCTION);

  private ConfigReference() {}

  /** The whole page, in Markdown. */
  public static String markdown(SourceKinds kinds) {
    ConfigReference reference = new ConfigReference();
    for (Field section : Shape.of(Config.class).fields()) {
      reference.section(section);
    }
    kinds.settings().forEach(reference::kind);
    return reference.page.toString();
  }

  /** Every key of the file by its last name, without those of the kinds. */
  static Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    collectKeys(Config.class, keys);
    return keys;
  }

  private static void collectKeys(Class<? extends Record> type, Set<String> keys) {
    for (Field field : Shape.of(type).fields()) {
      if (!field.isFlattened()) {
        keys.add(field.key());
        recordIn(field.type()).ifPresent(inner -> collectKeys(inner, keys));
      }
    }
  }

  private void section(Field field) {
    page.append("\n## `%s`\n\n%s\n".formatted(field.key() + suffix(field.raw()), doc(field)));
    recordIn(field.type()).ifPresent(this::table);
    if (field.raw() == KpiConfig.class) {
      page.append('\n').append(KpiConfig.Profile.table());
    }
  }

  private void kind(String name, Class<? extends Record> settings) {
    page.append("\n## `sources[]` of `kind: %s`\n\n".formatted(name));
    Optional.ofNullable(settings.getAnnotation(Doc.class))
        .ifPresent(doc -> page.append(doc.value()).append("\n\n"));
    page.append("These keys stand beside those of all sources.\n");
    table(settings);
  }

  private void table(Class<? extends Record> type) {
    page.append("\n| Key | Type | Default | Meaning |\n| --- | --- | --- | --- |\n");
    rows("", type);
  }

  private void rows(String prefix, Class<? extends Record> type) {
    for (Field field : Shape.of(type).fields()) {
      if (field.isVariant()) {
        continue;
      }
      if (field.isFlattened()) {
        rows(prefix, field.raw().asSubclass(Record.class));
        continue;
      }
      String key = prefix + field.key();
      Optional<Class<? extends Record>> inner = recordIn(field.type());
      page.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  key, cell(typeOf(field, inner)), cell(defaultOf(field)), cell(doc(field))));
      inner.ifPresent(record -> rows(key + suffix(containerOf(field.type())) + ".", record));
    }
  }

  private static String typeOf(Field field, Optional<Class<? extends Record>> inner) {
    Optional<Scalar> scalar = Scalar.of(unwrapped(field.type()), field.rules());
    if (inner.isPresent() && scalar.isEmpty()) {
      return switch (suffix(containerOf(field.type()))) {
        case "[]" -> "list of sections";
        case ".NAME" -> "sections by name";
        default -> "section";
      };
    }
    return Binder.allowed(field.type(), field.rules())
        .replaceFirst("^an? ", "")
        .replace(DURATIONS, "");
  }

  private static String defaultOf(Field field) {
    if (field.isRequired()) {
      return "required";
    }
    return field.defaultText().map(text -> "`" + text + "`").orElse("");
  }

  private static String doc(Field field) {
    return field
        .doc()
        .orElseThrow(() -> new IllegalStateException(field.component() + " has no @Doc"));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static String suffix(Class<?> container) {
    return container == List.class || container == Set.class
        ? "[]"
        : container == Map.class ? ".NAME" : "";
  }

  private static Type unwrapped(Type type) {
    return Shape.rawOf(type) == Optional.class ? Shape.argument(type, 0) : type;
  }

  private static Class<?> containerOf(Type type) {
    return Shape.rawOf(unwrapped(type));
  }

  /** The record whose keys are to be listed: itself, an item, or a value of a map. */
  private static Optional<Class<? extends Record>> recordIn(Type type) {
    Type whole = unwrapped(type);
    Class<?> raw = Shape.rawOf(whole);
    if (raw == List.class || raw == Set.class) {
      return recordIn(Shape.argument(whole, 0));
    }
    if (raw == Map.class) {
      return recordIn(Shape.argument(whole, 1));
    }
    return raw.isRecord() && (Scalar.of(raw, Rules.NONE).isEmpty() || Binder.mayBeMap(raw))
        ? Optional.of(raw.asSubclass(Record.class))
        : Optional.empty();
  }
}
