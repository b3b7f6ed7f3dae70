package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.StatusMeaning;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads {@code preset.yaml}, strictly: a key that it does not know is an error. */
final class PresetReader {
  private static final String FILE = "preset.yaml";

  private final PresetFolder folder;
  private final String name;

  private PresetReader(PresetFolder folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /**
   * @param preset the name of a built-in preset or the path of a folder
   * @throws IllegalArgumentException saying what is wrong, and in which file
   */
  static Preset read(String preset) {
    PresetFolder folder = PresetFolder.of(preset);
    return new PresetReader(folder, preset)
        .parse(
            folder
                .file(FILE)
                .orElseThrow(
                    () -> new IllegalArgumentException(folder.place(FILE) + " is missing")));
  }

  private Preset parse(String yaml) {
    Section top;
    try {
      top = new Section("", new Load(LoadSettings.builder().build()).loadFromString(yaml));
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(folder.place(FILE) + ": " + e.getMessage(), e);
    }
    Section vocabulary = top.section("vocabulary");
    Optional<Epoch> epoch = top.word("epoch", Epoch.class);
    Preset preset =
        new Preset(
            name,
            top.text("description").orElse(""),
            top.list("databases"),
            top.text("zone").orElse("UTC"),
            epoch.isPresent(),
            epoch.equals(Optional.of(Epoch.MILLISECONDS)),
            top.flag("server_zone"),
            top.sections("options", this::option),
            List.copyOf(top.sections("streams", this::stream).values()),
            top.lists("requires"),
            vocabulary.words("statuses", this::statusMeaning),
            vocabulary.words("priorities", word -> find(Priority.class, word)),
            vocabulary.words("channels", word -> find(Channel.class, word)),
            reports(top.list("reports")),
            top.list("notes"),
            folder);
    vocabulary.finish();
    top.finish();
    for (String database : preset.databases()) {
      if (!Dialect.NAMES.contains(database)) {
        throw top.wrong("databases", database, String.join(", ", Dialect.NAMES));
      }
    }
    return preset;
  }

  private enum Epoch {
    SECONDS,
    MILLISECONDS
  }

  private OptionSpec option(String key, Section section) {
    OptionSpec.Type type = section.word("type", OptionSpec.Type.class).orElse(OptionSpec.Type.TEXT);
    Optional<Object> fallback = section.value("default");
    OptionSpec spec =
        new OptionSpec(
            key,
            type,
            Optional.empty(),
            section.flag("required"),
            section.flag("lower_case"),
            section.list("one_of"),
            section.text("about").orElse(""));
    return new OptionSpec(
        key,
        type,
        fallback.map(spec::value),
        spec.required(),
        spec.lowerCase(),
        spec.oneOf(),
        spec.about());
  }

  private StreamSpec stream(String key, Section section) {
    StreamSpec.Gives gives = section.requiredWord("gives", StreamSpec.Gives.class);
    StreamSpec.Reading reading = section.requiredWord("read", StreamSpec.Reading.class);
    if ((gives == StreamSpec.Gives.DELETIONS) != (reading == StreamSpec.Reading.SCANNED)) {
      throw section.wrong("read", reading.name(), "scanned for deletions and nothing else");
    }
    return new StreamSpec(
        key,
        gives,
        reading,
        section.word("snapshots", StreamSpec.Snapshots.class).orElse(StreamSpec.Snapshots.NEVER),
        section.text("if_table"),
        section.text("every"),
        section.flag("other_columns"));
  }

  private Optional<StatusMeaning> statusMeaning(String word) {
    return find(Status.class, word)
        .<StatusMeaning>map(status -> status)
        .or(() -> Words.find(Exclusion.class, word));
  }

  private Set<ReportedField> reports(List<String> words) {
    Set<ReportedField> fields = EnumSet.noneOf(ReportedField.class);
    for (String word : words) {
      fields.add(
          find(ReportedField.class, word)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "%s: reports: found %s; allowed: %s"
                              .formatted(
                                  folder.place(FILE), word, Words.all(ReportedField.class)))));
    }
    return fields;
  }

  private static <E extends Enum<E>> Optional<E> find(Class<E> type, String word) {
    return Words.find(type, word);
  }

  /** A map of the file, which forgets a key once it is asked for. */
  private final class Section {
    private final String path;
    private final Map<String, Object> left = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();

    Section(String path, Object found) {
      this.path = path;
      if (!(found instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException(
            "%s: %s: found no map; allowed: keys and values".formatted(folder.place(FILE), path));
      }
      map.forEach(
          (key, value) -> {
            if (value != null) {
              left.put(String.valueOf(key), value);
            }
          });
    }

    Optional<Object> value(String key) {
      known.add(key);
      return Optional.ofNullable(left.remove(key));
    }

    Optional<String> text(String key) {
      return value(key).map(Object::toString).map(String::strip);
    }

    boolean flag(String key) {
      Object found = value(key).orElse(false);
      if (!(found instanceof Boolean flag)) {
        throw wrong(key, found.toString(), "true or false");
      }
      return flag;
    }

    List<String> list(String key) {
      return switch (value(key).orElse(List.of())) {
        case List<?> list -> list.stream().map(Object::toString).toList();
        case Object other -> throw wrong(key, other.toString(), "a list");
      };
    }

    <E extends Enum<E>> Optional<E> word(String key, Class<E> type) {
      Optional<String> word = text(key);
      if (word.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          find(type, word.get()).orElseThrow(() -> wrong(key, word.get(), Words.all(type))));
    }

    <E extends Enum<E>> E requiredWord(String key, Class<E> type) {
      return word(key, type).orElseThrow(() -> wrong(key, "nothing", Words.all(type)));
    }

    Section section(String key) {
      return new Section(at(key), value(key).orElse(Map.of()));
    }

    <T> Map<String, T> sections(String key, BiFunction<String, Section, T> read) {
      Section all = section(key);
      Map<String, T> sections = new LinkedHashMap<>();
      for (String each : List.copyOf(all.left.keySet())) {
        Section one = all.section(each);
        sections.put(each, read.apply(each, one));
        one.finish();
      }
      return sections;
    }

    Map<String, List<String>> lists(String key) {
      Section all = section(key);
      Map<String, List<String>> lists = new LinkedHashMap<>();
      for (String each : List.copyOf(all.left.keySet())) {
        lists.put(each, all.list(each));
      }
      return lists;
    }

    <T> Map<String, T> words(String key, Function<String, Optional<T>> meaning) {
      Section all = section(key);
      Map<String, T> words = new LinkedHashMap<>();
      for (String each : List.copyOf(all.left.keySet())) {
        String word = all.text(each).orElse("");
        words.put(
            each,
            meaning
                .apply(word)
                .orElseThrow(() -> all.wrong(each, word, "one of the exporter's own words")));
      }
      return words;
    }

    /** Whatever is left was not asked for. */
    void finish() {
      for (String key : left.keySet()) {
        throw new IllegalArgumentException(
            "%s: found the key %s; allowed: %s%s"
                .formatted(
                    folder.place(FILE),
                    at(key),
                    String.join(", ", known),
                    Words.suggestion(key, known)));
      }
    }

    IllegalArgumentException wrong(String key, String found, String allowed) {
      return new IllegalArgumentException(
          "%s: %s: found %s; allowed: %s".formatted(folder.place(FILE), at(key), found, allowed));
    }

    private String at(String key) {
      return path.isEmpty() ? key : path + "." + key;
    }
  }
}
