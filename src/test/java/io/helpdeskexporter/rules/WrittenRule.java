package io.helpdeskexporter.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A rule as a file of Prometheus has it.
 *
 * @param line in the file where it begins
 * @param comment the lines before its expression that are comments
 */
record WrittenRule(
    Path file,
    int line,
    String comment,
    String group,
    String interval,
    Optional<String> alert,
    Optional<String> record,
    String expr,
    Optional<String> pending,
    Optional<String> keepFiring,
    Map<String, String> labels,
    Map<String, String> annotations) {
  private static final Path FOLDER = Path.of("prometheus/rules");
  private static final Pattern BEGIN = Pattern.compile(" +- (?:alert|record): .*");

  /** Of all files, in their order. */
  static List<WrittenRule> all() {
    return files().stream().flatMap(file -> in(file).stream()).toList();
  }

  static List<WrittenRule> alerts() {
    return all().stream().filter(rule -> rule.alert.isPresent()).toList();
  }

  static List<WrittenRule> recordings() {
    return all().stream().filter(rule -> rule.record.isPresent()).toList();
  }

  static List<Path> files() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<WrittenRule> in(Path file) {
    List<String> lines = lines(file);
    List<Integer> begins = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (BEGIN.matcher(lines.get(i)).matches()) {
        begins.add(i);
      }
    }
    List<WrittenRule> rules = new ArrayList<>();
    Map<?, ?> yaml =
        (Map<?, ?>)
            new Load(LoadSettings.builder().build()).loadFromString(String.join("\n", lines));
    for (Object each : (List<?>) yaml.get("groups")) {
      Map<?, ?> group = (Map<?, ?>) each;
      for (Object rule : (List<?>) group.get("rules")) {
        int begin = begins.get(rules.size());
        rules.add(of(file, begin, comment(lines, begin), group, (Map<?, ?>) rule));
      }
    }
    return rules;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those directly before the rule, and those between its name and its expression. */
  private static String comment(List<String> lines, int begin) {
    StringBuilder comment = new StringBuilder();
    for (int i = begin - 1; i >= 0 && lines.get(i).strip().startsWith("#"); i--) {
      comment.insert(0, lines.get(i).strip() + "\n");
    }
    for (int i = begin + 1; i < lines.size() && lines.get(i).strip().startsWith("#"); i++) {
      comment.append(lines.get(i).strip()).append('\n');
    }
    return comment.toString();
  }

  private static WrittenRule of(
      Path file, int line, String comment, Map<?, ?> group, Map<?, ?> it) {
    return new WrittenRule(
        file,
        line + 1,
        comment,
        String.valueOf(group.get("name")),
        String.valueOf(group.get("interval")),
        text(it, "alert"),
        text(it, "record"),
        text(it, "expr").orElse(""),
        text(it, "for"),
        text(it, "keep_firing_for"),
        texts(it, "labels"),
        texts(it, "annotations"));
  }

  private static Optional<String> text(Map<?, ?> map, String key) {
    return Optional.ofNullable(map.get(key)).map(Object::toString);
  }

  private static Map<String, String> texts(Map<?, ?> map, String key) {
    java.util.Map<String, String> texts = new java.util.LinkedHashMap<>();
    if (map.get(key) instanceof Map<?, ?> found) {
      found.forEach((name, value) -> texts.put(name.toString(), value.toString()));
    }
    return texts;
  }

  /** As messages of a failing test name it. */
  String where() {
    return "%s:%d: %s".formatted(file, line, alert.or(() -> record).orElse("?"));
  }

  String label(String name) {
    return labels.getOrDefault(name, "");
  }

  String annotation(String name) {
    return annotations.getOrDefault(name, "");
  }

  /** A duration of Prometheus of one part, in seconds. */
  static long seconds(String duration) {
    Matcher matcher = Pattern.compile("(\\d+)([smhdw])").matcher(duration);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(duration);
    }
    long count = Long.parseLong(matcher.group(1));
    return count
        * switch (matcher.group(2)) {
          case "s" -> 1;
          case "m" -> 60;
          case "h" -> 3600;
          case "d" -> 86_400;
          default -> 604_800;
        };
  }
}
