package io.helpdeskexporter.source.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.ConfigLoader;
import io.helpdeskexporter.config.SourceKinds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about HubSpot, against what it describes. */
class HubspotManualTest {
  private static final Path PAGE = Path.of("docs", "sources", "hubspot.md");
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void theExamplesAreOneValidConfiguration() throws Exception {
    Files.createDirectory(folder.resolve("secrets"));
    Files.writeString(folder.resolve("secrets/hubspot-token"), "x");
    Files.writeString(folder.resolve("secrets/hubspot-client-secret"), "x");
    StringBuilder yaml = new StringBuilder("store: {embedded_dir: .data}\n");
    Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
    while (example.find()) {
      yaml.append(example.group(1));
    }
    Path file = Files.writeString(folder.resolve("helpdesk.yml"), yaml);

    assertThat(
            new ConfigLoader(SourceKinds.of(Map.of("hubspot", HubspotSettings.class)), Map.of())
                .load(file)
                .value()
                .sources())
        .singleElement()
        .extracting(source -> (HubspotSettings) source.settings())
        .satisfies(
            settings -> {
              assertThat(settings.address()).hasToString("https://api.hubapi.com");
              assertThat(settings.stages()).containsEntry("Rückfrage", "pending");
              assertThat(settings.useAtMost()).hasToString("50%");
            });
  }
}
