package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.ConfigLoader;
import io.helpdeskexporter.config.SourceKinds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourceManualTest {
  private static final String STORE =
      "store: {url: 'jdbc:postgresql://db.example.com/exporter', user: x, password: a-secret}\n";

  @TempDir private Path folder;

  static Iterable<String> presets() {
    return PresetFolder.builtIn();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void theExampleOfTheManualIsAValidConfiguration(String preset) throws Exception {
    var loader = new ConfigLoader(SourceKinds.of(Map.of("sql", SqlSettings.class)), Map.of());

    assertThat(SourceManual.of(preset).examples())
        .isNotEmpty()
        .allSatisfy(
            example -> {
              Path file = Files.writeString(folder.resolve("helpdesk.yml"), STORE + example);
              assertThat(loader.load(file).value().sources()).hasSize(1);
            });
  }
}
