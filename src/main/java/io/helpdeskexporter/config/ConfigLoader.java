package io.helpdeskexporter.config;

import java.nio.file.Path;
import java.util.Map;

/** Reads the exporter's configuration file. */
public final class ConfigLoader {
  private final SourceKinds kinds;
  private final Map<String, String> environment;

  /**
   * A loader for these kinds of sources.
   *
   * @param environment the variables that {@code ${env:NAME}} means
   */
  public ConfigLoader(SourceKinds kinds, Map<String, String> environment) {
    this.kinds = kinds;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Reads and checks a file.
   *
   * @throws ConfigException with everything that is wrong with the file
   */
  public Loaded<Config> load(Path file) throws ConfigException {
    return ConfigFile.read(
        file, environment, Config.class, kinds.settings(), CrossChecks::problems);
  }
}
