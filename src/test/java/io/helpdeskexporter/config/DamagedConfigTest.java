package io.helpdeskexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to a file in an editor: it loads, or every problem is a sentence with a line.
 */
class DamagedConfigTest {
  private static final String SECRET = "hunter2-tR0ub4dor";
  private static final int DAMAGES_PER_SEED = 100;
  private static final String[] SNIPPETS = {
    ":",
    " ",
    "  ",
    "-",
    "- ",
    "#",
    "'",
    "\"",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a ",
    "*a ",
    "!x ",
    "|",
    ">",
    "%",
    "@",
    "\t",
    "\n",
    "~",
    "0",
    "-1",
    "99999999999999999999",
    "${",
    "${env:RT_PASSWORD}",
    "$${",
    "<<: ",
    "? ",
    "é",
    "\u0000",
    "${file:secrets/store-password}",
    "? [a]\n",
    "&b",
    "*b",
    "24x7",
    "null",
    "2026-02-31",
    "PT9999999999999999H"
  };

  @TempDir Path directory;

  static LongStream seeds() {
    return LongStream.range(0, 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aDamagedFileLoadsOrIsRefusedWithLinesAndWithoutSecrets(long seed) throws Exception {
    Random random = new Random(seed);
    Yaml yaml = Yaml.in(directory);
    ConfigLoader loader =
        new ConfigLoader(
            ConfigTest.KINDS, AimProblemsTest.INDICATORS, Map.of("RT_PASSWORD", SECRET));
    yaml.write("secrets/store-password", SECRET);
    yaml.write("secrets/push-token", SECRET + SECRET);
    yaml.write("secrets/webhook", SECRET);
    yaml.write("secrets/webhook-before", SECRET);
    yaml.write("secrets/agents-token", SECRET + SECRET);
    yaml.write("secrets/wallboard-token", SECRET + SECRET);
    yaml.write("secrets/report-token", SECRET);
    yaml.write("secrets/agents-key", SECRET + SECRET + SECRET);
    String whole = Files.readString(Path.of("examples", "full.yml"));
    loader.load(yaml.file(whole));
    int refused = 0;
    for (int i = 0; i < DAMAGES_PER_SEED; i++) {
      String damaged = whole;
      for (int times = random.nextInt(3); times >= 0; times--) {
        damaged = damage(damaged, random);
      }
      try {
        loader.load(yaml.file(damaged));
      } catch (ConfigException expected) {
        refused++;
        int lines = (int) damaged.lines().count() + 1;
        assertThat(expected.getMessage()).as(damaged).doesNotContain(SECRET);
        assertThat(expected.problems())
            .as(damaged)
            .isNotEmpty()
            .allSatisfy(
                problem -> {
                  assertThat(problem.line()).isBetween(1, lines);
                  assertThat(problem.text()).isNotBlank().doesNotContain("\n");
                });
      } catch (RuntimeException crash) {
        throw new AssertionError("crashed on:\n" + damaged, crash);
      }
    }
    assertThat(refused).as("of %s damages", DAMAGES_PER_SEED).isGreaterThan(DAMAGES_PER_SEED / 2);
  }

  private static String damage(String text, Random random) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int line = random.nextInt(lines.size());
    String old = lines.get(line);
    int at = random.nextInt(old.length() + 1);
    String snippet = SNIPPETS[random.nextInt(SNIPPETS.length)];
    switch (random.nextInt(8)) {
      case 0 -> lines.remove(line);
      case 1 -> lines.add(random.nextInt(lines.size()), old);
      case 2 -> lines.set(line, " " + old);
      case 3 -> lines.set(line, old.replaceFirst("^ {1,2}", ""));
      case 4 -> lines.set(line, old.substring(0, at) + snippet + old.substring(at));
      case 5 -> lines.set(line, old.replaceFirst(":.*", Matcher.quoteReplacement(": " + snippet)));
      case 6 -> lines.set(line, old.substring(0, at));
      default -> lines.set(line, lines.get(random.nextInt(lines.size())));
    }
    return String.join("\n", lines) + "\n";
  }
}
