package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.Config;
import io.helpdeskexporter.config.ConfigLoader;
import io.helpdeskexporter.source.SourceKind;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page about each vendor whose API is read, against what it describes. */
class VendorManualTest {
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SECRET = Pattern.compile("\\$\\{file:(?:/run/)?(secrets/[a-z-]+)}");
  private static final Pattern KEY =
      Pattern.compile("`([a-z_]+)[:`]|^ +(?:- )?([a-z_]+):", Pattern.MULTILINE);

  /** Those that have pages of their own kind. */
  private static final Set<String> OTHERS = Set.of("sql", "file", "push");

  @TempDir private Path folder;

  static Stream<String> vendors() {
    return Kinds.ALL.stream().<String>map(SourceKind::name).filter(kind -> !OTHERS.contains(kind));
  }

  @ParameterizedTest
  @MethodSource("vendors")
  void theFirstExampleIsAValidConfiguration(String kind) throws Exception {
    String yaml = EXAMPLE.matcher(page(kind)).results().findFirst().orElseThrow().group(1);
    Files.createDirectory(folder.resolve("secrets"));
    for (MatchResult secret : SECRET.matcher(yaml).results().toList()) {
      Files.writeString(folder.resolve(secret.group(1)), "x");
    }
    Path file =
        Files.writeString(
            folder.resolve("helpdesk.yml"),
            "store: {embedded_dir: .data}\n" + SECRET.matcher(yaml).replaceAll("\\${file:$1}"));

    Config config = new ConfigLoader(Kinds.settings(), Map.of()).load(file).value();

    assertThat(config.sources()).singleElement().extracting("kind").isEqualTo(kind);
  }

  @ParameterizedTest
  @MethodSource("vendors")
  void everyOptionIsExplained(String kind) throws Exception {
    Set<String> explained =
        KEY.matcher(page(kind))
            .results()
            .map(key -> key.group(key.group(1) == null ? 2 : 1))
            .collect(Collectors.toSet());

    assertThat(explained).containsAll(options(kind));
  }

  private static String page(String kind) throws IOException {
    return Files.readString(Path.of("docs", "sources", kind + ".md"));
  }

  private static List<String> options(String kind) {
    return Arrays.stream(Kinds.named(kind).orElseThrow().settings().getRecordComponents())
        .map(RecordComponent::getName)
        .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
        .toList();
  }
}
