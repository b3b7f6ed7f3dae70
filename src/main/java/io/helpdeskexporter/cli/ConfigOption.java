package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.Config;
import io.helpdeskexporter.config.ConfigException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The configuration file, as most commands take it. */
final class ConfigOption {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "helpdesk.yml",
      description = "The configuration file (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of("helpdesk.yml");

  Path file() {
    return file;
  }

  Config load() throws ConfigException {
    return Wiring.loader(System.getenv()).load(file).value();
  }
}
