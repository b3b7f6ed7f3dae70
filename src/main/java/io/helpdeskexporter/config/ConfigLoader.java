package io.helpdeskexporter.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads the exporter's configuration file. */
public final class ConfigLoader {
  private final SourceKinds kinds;
  private final List<KnownIndicator> indicators;
  private final Map<String, String> environment;

  /**
   * A loader for these kinds of sources, and for files without goals and benchmarks.
   *
   * @param environment the variables that {@code ${env:NAME}} means
   */
  public ConfigLoader(SourceKinds kinds, Map<String, String> environment) {
    this(kinds, List.of(), environment);
  }

  /**
   * A loader for these kinds of sources.
   *
   * @param indicators those that goals and benchmarks may be about
   * @param environment the variables that {@code ${env:NAME}} means
   */
  public ConfigLoader(
      SourceKinds kinds, List<KnownIndicator> indicators, Map<String, String> environment) {
    this.kinds = kinds;
    this.indicators = List.copyOf(indicators);
    this.environment = Map.copyOf(environment);
  }

  /**
   * Reads and checks a file.
   *
   * @throws ConfigException with everything that is wrong with the file
   */
  public Loaded<Config> load(Path file) throws ConfigException {
    return ConfigFile.read(
        file,
        environment,
        Config.class,
        kinds.settings(),
        outline -> CrossChecks.problems(outline, indicators));
  }
}
