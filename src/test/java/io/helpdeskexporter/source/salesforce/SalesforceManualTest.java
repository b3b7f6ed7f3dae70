package io.helpdeskexporter.source.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.ConfigLoader;
import io.helpdeskexporter.config.SourceKinds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about Salesforce, against what it describes. */
class SalesforceManualTest {
  private static final Path PAGE = Path.of("docs", "sources", "salesforce.md");
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ROW = Pattern.compile("^\\| (`.*?`.*?) \\|", Pattern.MULTILINE);

  @TempDir private Path folder;

  @Test
  void theExampleIsAValidConfiguration() throws Exception {
    Files.writeString(folder.resolve("salesforce-secret"), "x");
    Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
    assertThat(example.find()).isTrue();
    Path file =
        Files.writeString(
            folder.resolve("helpdesk.yml"),
            "store: {embedded_dir: .data}\n"
                + example.group(1).replace("/run/secrets/", folder + "/"));

    assertThat(
            new ConfigLoader(
                    SourceKinds.of(Map.of("salesforce", SalesforceSettings.class)), Map.of())
                .load(file)
                .value()
                .sources())
        .singleElement()
        .extracting(source -> ((SalesforceSettings) source.settings()).address())
        .hasToString("https://acme.my.salesforce.com");
  }

  @Test
  void everyOptionIsExplained() throws Exception {
    String options = Files.readString(PAGE).split("## Options")[1].split("## What becomes")[0];
    String keys =
        ROW.matcher(options).results().map(row -> row.group(1)).reduce("", String::concat);

    for (var component : SalesforceSettings.class.getRecordComponents()) {
      String key = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
      assertThat(keys).contains("`" + key + "`");
    }
  }
}
