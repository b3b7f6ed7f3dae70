package io.helpdeskexporter.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces the placeholders in scalars by environment variables and contents of files, as the
 * configuration reference tells, and remembers what it put in, so that no message shows it.
 */
final class Placeholders {
  /** A password or token is far below; guards against a path that never ends. */
  private static final int LONGEST_FILE = 64 * 1024;

  private static final Pattern MARK =
      Pattern.compile("(?<escaped>\\$\\$\\{)|\\$\\{(?<inside>[^}]*)}|(?<open>\\$\\{)");
  private static final Pattern ENVIRONMENT =
      Pattern.compile("env:(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<otherwise>.*))?", Pattern.DOTALL);
  private static final String ALLOWED =
      "allowed: ${env:NAME}, ${env:NAME:-default}, ${file:PATH}, and $${ for a literal ${";

  private final Map<String, String> environment;
  private final Path directory;
  private final List<Hidden> hidden = new ArrayList<>();

  private record Hidden(String value, String shown) {}

  /**
   * @param directory what the paths of files are relative to
   */
  Placeholders(Map<String, String> environment, Path directory) {
    this.environment = Map.copyOf(environment);
    this.directory = directory;
  }

  static boolean in(String raw) {
    return raw.contains("${");
  }

  /** The text with every placeholder replaced; empty, and problems told, where one cannot be. */
  Optional<String> resolve(String raw, Consumer<String> problems) {
    StringBuilder resolved = new StringBuilder();
    boolean failed = false;
    Matcher mark = MARK.matcher(raw);
    while (mark.find()) {
      Optional<String> value;
      if (mark.group("escaped") != null) {
        value = Optional.of("${");
      } else if (mark.group("open") != null) {
        problems.accept("found \"${\" without its \"}\"; " + ALLOWED);
        value = Optional.empty();
      } else {
        value = placeholder(mark.group("inside"), problems);
        value.ifPresent(text -> hide(text, mark.group()));
      }
      failed |= value.isEmpty();
      mark.appendReplacement(resolved, Matcher.quoteReplacement(value.orElse("")));
    }
    mark.appendTail(resolved);
    return failed ? Optional.empty() : Optional.of(resolved.toString());
  }

  /** From now on {@code value} appears in no message but as {@code shown}. */
  void hide(String value, String shown) {
    if (!value.isBlank()) {
      hidden.add(new Hidden(value, shown));
    }
  }

  /** The message with every value that came from elsewhere, or is a secret, replaced. */
  String withoutSecrets(String message) {
    String safe = message;
    for (Hidden each :
        hidden.stream()
            .sorted(Comparator.comparingInt((Hidden each) -> -each.value.length()))
            .toList()) {
      safe = safe.replace(each.value, each.shown);
    }
    return safe;
  }

  private Optional<String> placeholder(String inside, Consumer<String> problems) {
    if (inside.startsWith("file:")) {
      return file(inside.substring("file:".length()), problems);
    }
    Matcher variable = ENVIRONMENT.matcher(inside);
    if (!variable.matches()) {
      problems.accept("found " + Words.quoted("${" + inside + "}") + "; " + ALLOWED);
      return Optional.empty();
    }
    String name = variable.group("name");
    Optional<String> set = Optional.ofNullable(environment.get(name));
    if (variable.group("otherwise") != null) {
      return Optional.of(set.filter(value -> !value.isEmpty()).orElse(variable.group("otherwise")));
    }
    if (set.isEmpty()) {
      problems.accept(
          "the environment variable %s is not set; set it, or give a default: ${env:%s:-default}"
              .formatted(name, name));
    }
    return set;
  }

  private Optional<String> file(String path, Consumer<String> problems) {
    String reason;
    try (InputStream in = Files.newInputStream(directory.resolve(path))) {
      byte[] bytes = in.readNBytes(LONGEST_FILE + 1);
      if (bytes.length <= LONGEST_FILE) {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return Optional.of(withoutLastLineEnd(text));
      }
      reason = "longer than " + LONGEST_FILE + " bytes";
    } catch (IOException | InvalidPathException failure) {
      reason = reason(failure);
    }
    problems.accept(
        "cannot read the file of %s: %s; a relative path starts at the directory of this file"
            .formatted(Words.quoted("${file:" + path + "}"), reason));
    return Optional.empty();
  }

  /** Why a file could not be read, in words that hold nothing of its content. */
  static String reason(Exception failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "access is denied";
      case CharacterCodingException _ -> "it is not UTF-8 text";
      case InvalidPathException _ -> "it is not a valid path";
      default -> Optional.ofNullable(failure.getMessage()).orElse("it cannot be read");
    };
  }

  private static String withoutLastLineEnd(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
