package io.helpdeskexporter.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A configuration file of a test, in a directory of its own. */
record Yaml(Path directory, Map<String, String> environment) {
  /** The kinds of these tests: as the real ones, but without what lies behind them. */
  static final SourceKinds KINDS =
      SourceKinds.of(Map.of("sql", SqlSettings.class, "file", FileSettings.class));

  /** A store and a source, for tests about something else. */
  static final String REST =
      """
      store: {embedded_dir: .data}
      sources: [{name: rt, kind: file, tickets: {path: t.csv, format: csv}}]
      """;

  @Doc("A helpdesk's database.")
  record SqlSettings(
      @Doc("The statements to use.") String preset,
      @Doc("The database.") String url,
      @Doc("The user.") String user,
      @Doc("The password.") Optional<Secret> password,
      @Doc("What the preset asks for.") @Default("{}") Map<String, Object> options) {
    SqlSettings {
      if (!url.startsWith("jdbc:")) {
        throw new IllegalArgumentException("url: found " + url + "; allowed: a JDBC URL");
      }
    }
  }

  @Doc("Ticket logs in files.")
  record FileSettings(@Doc("The tickets.") Tickets tickets) {
    record Tickets(@Doc("The file.") Path path, @Doc("Its format.") Format format) {}

    enum Format {
      CSV,
      JSONL
    }
  }

  static Yaml in(Path directory) {
    return new Yaml(directory, Map.of());
  }

  Yaml with(String variable, String value) {
    var more = new java.util.HashMap<>(environment);
    more.put(variable, value);
    return new Yaml(directory, Map.copyOf(more));
  }

  <R extends Record> R read(Class<R> type, String text) throws ConfigException {
    return ConfigFile.read(file(text), environment, type).value();
  }

  Config load(String text) throws ConfigException {
    return new ConfigLoader(KINDS, environment).load(file(text)).value();
  }

  /** Everything that is wrong with it, as the operator reads it. */
  String problems(String text) {
    try {
      return "no problem: " + load(text);
    } catch (ConfigException refused) {
      return withoutDirectory(refused);
    }
  }

  <R extends Record> String problems(Class<R> type, String text) {
    try {
      return "no problem: " + read(type, text);
    } catch (ConfigException refused) {
      return withoutDirectory(refused);
    }
  }

  Path file(String text) {
    return write("helpdesk.yml", text);
  }

  Path write(String name, String text) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String withoutDirectory(ConfigException refused) {
    return String.valueOf(refused.getMessage()).replace(directory + "/", "");
  }
}
