package io.helpdeskexporter.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Any YAML file that is bound to one record. */
public final class ConfigFile {
  /** Far above any configuration written by hand. */
  private static final int LONGEST = 1024 * 1024;

  /** Words of the file itself in the YAML reader's messages: they might be part of a password. */
  private static final Pattern QUOTED_FROM_FILE =
      Pattern.compile("(?<=undefined alias|tag handle|but found:|UTF-8:|version:) .*");

  private ConfigFile() {}

  /**
   * Reads {@code file} as a {@code type}.
   *
   * @param environment the variables that {@code ${env:NAME}} means
   * @throws ConfigException with everything that is wrong with it
   */
  public static <R extends Record> Loaded<R> read(
      Path file, Map<String, String> environment, Class<R> type) throws ConfigException {
    return read(file, environment, type, Map.of(), _ -> List.of());
  }

  /**
   * @param checks what no record can check alone; sees all values that are right, even where others
   *     are not
   */
  static <R extends Record> Loaded<R> read(
      Path file,
      Map<String, String> environment,
      Class<R> type,
      Map<String, Class<? extends Record>> kinds,
      Function<Outline, List<Problem>> checks)
      throws ConfigException {
    Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    Node root = composed(file);
    Binder binder = new Binder(new Placeholders(environment, directory), directory, kinds);
    Optional<R> bound = binder.bind(type, root);
    List<Problem> problems = new ArrayList<>(binder.problems());
    problems.addAll(checks.apply(binder.outline()));
    if (!problems.isEmpty()) {
      throw new ConfigException(file.toString(), problems);
    }
    return new Loaded<>(
        bound.orElseThrow(() -> new IllegalStateException("no value and no problem")),
        file,
        binder.outline());
  }

  private static Node composed(Path file) throws ConfigException {
    String text = text(file);
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.toString())
            .setSchema(new CoreSchema())
            .setAllowNonScalarKeys(true) // which the binder refuses, with their line
            .build();
    try {
      return new Compose(settings)
          .composeString(text)
          .orElseThrow(() -> refused(file, 0, "is empty; see examples/ for what it may hold"));
    } catch (MarkedYamlEngineException invalid) {
      int line = invalid.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      String reason = withoutFileText(String.valueOf(invalid.getProblem()));
      throw refused(file, line, "not valid YAML: " + reason);
    } catch (ReaderException invalid) {
      throw refused(
          file,
          lineOf(text, invalid.getPosition()),
          "not valid YAML: found a character that it does not allow");
    } catch (YamlEngineException | NumberFormatException invalid) {
      // The latter comes of an escaped character beyond the last one there is.
      throw refused(file, 0, "not valid YAML: found a version or a character that is unknown");
    }
  }

  private static int lineOf(String text, int codePoint) {
    return 1 + (int) text.codePoints().limit(codePoint).filter(c -> c == '\n').count();
  }

  private static String withoutFileText(String message) {
    return QUOTED_FROM_FILE.matcher(message.replaceAll("\\s+", " ")).replaceFirst(" ...");
  }

  private static String text(Path file) throws ConfigException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw refused(file, 0, "is longer than " + LONGEST + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IOException failure) {
      throw refused(file, 0, "cannot be read: " + Placeholders.reason(failure));
    }
  }

  private static ConfigException refused(Path file, int line, String text) {
    return new ConfigException(file.toString(), List.of(new Problem(line, "", text)));
  }
}
