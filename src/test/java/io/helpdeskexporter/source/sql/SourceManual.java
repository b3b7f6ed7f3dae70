package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.fixtures.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of the manual about a preset, whose examples are meant to be copied. */
record SourceManual(String preset, String text) {
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\\n(.*?)```");
  private static final String PASSWORD = "read only";

  static SourceManual of(String preset) {
    try {
      return new SourceManual(preset, Files.readString(Path.of("docs/sources/" + preset + ".md")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A user who may read just what the manual says is needed. */
  Database reader(Database owner, String name) {
    if (owner.jdbcUrl().startsWith("jdbc:postgresql:")) {
      owner.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, PASSWORD));
    } else {
      owner.execute("CREATE USER %s@'%%' IDENTIFIED BY '%s'".formatted(name, PASSWORD));
    }
    grants().forEach(grant -> owner.execute(grant.replace("exporter", name)));
    return new Database(owner.jdbcUrl(), name, PASSWORD);
  }

  /** The statements of the first block of SQL in the chapter about rights. */
  private List<String> grants() {
    String begin = "```sql\n";
    int from = text.indexOf(begin, text.indexOf("## Rights")) + begin.length();
    return Arrays.stream(text.substring(from, text.indexOf("```", from)).split(";\\s*"))
        .filter(statement -> !statement.isBlank())
        .toList();
  }

  /** The examples of configuration, with secrets that need no file. */
  List<String> examples() {
    return YAML.matcher(text)
        .results()
        .map(block -> block.group(1))
        .filter(block -> block.startsWith("sources:"))
        .map(block -> block.replaceAll("\\$\\{[^}]*}", Matcher.quoteReplacement("a-secret")))
        .toList();
  }
}
