package io.helpdeskexporter.source.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the files of a preset are: built in, or a folder of the operator's own. */
sealed interface PresetFolder {
  /** What the file holds; empty if there is none. */
  Optional<String> file(String name);

  /** For messages. */
  String place(String name);

  /** A preset that comes with the program. */
  record BuiltIn(String preset) implements PresetFolder {
    @Override
    public Optional<String> file(String name) {
      return resource("presets/" + preset + "/" + name);
    }

    @Override
    public String place(String name) {
      return "preset " + preset + ", " + name;
    }
  }

  record OfTheOperator(Path folder) implements PresetFolder {
    @Override
    public Optional<String> file(String name) {
      try {
        return Optional.of(Files.readString(folder.resolve(name)));
      } catch (NoSuchFileException none) {
        return Optional.empty();
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "preset: %s cannot be read (%s); allowed: a readable text file"
                .formatted(folder.resolve(name), e.getClass().getSimpleName()),
            e);
      }
    }

    @Override
    public String place(String name) {
      return folder.resolve(name).toString();
    }
  }

  /**
   * @param preset the name of a built-in preset, or a path, which has a slash in it or begins with
   *     a dot
   */
  static PresetFolder of(String preset) {
    if (preset.startsWith(".") || preset.contains("/") || preset.contains("\\")) {
      Path folder = Path.of(preset);
      if (!Files.isRegularFile(folder.resolve("preset.yaml"))) {
        throw new IllegalArgumentException(
            "preset: found \"%s\", which has no preset.yaml in it; allowed: %s"
                .formatted(preset, allowed()));
      }
      return new OfTheOperator(folder);
    }
    if (!builtIn().contains(preset)) {
      throw new IllegalArgumentException(
          "preset: found \"%s\"; allowed: %s%s"
              .formatted(preset, allowed(), Words.suggestion(preset, builtIn())));
    }
    return new BuiltIn(preset);
  }

  /** The names of all presets that come with the program. */
  static List<String> builtIn() {
    return resource("presets/index.txt").orElse("").lines().filter(l -> !l.isBlank()).toList();
  }

  private static String allowed() {
    return String.join(", ", builtIn()) + ", or the path of a folder such as ./my-preset";
  }

  private static Optional<String> resource(String name) {
    try (InputStream in = PresetFolder.class.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
