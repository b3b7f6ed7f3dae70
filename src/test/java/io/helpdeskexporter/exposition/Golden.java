package io.helpdeskexporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares with a file under {@code src/test/resources/golden}. Running the tests with {@code
 * -Dgolden.rewrite=true} writes the files instead; the difference is then read like code.
 */
public final class Golden {

  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  public static void assertMatches(String name, String actual) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
    }
    assertThat(actual)
        .as("differs from %s; -Dgolden.rewrite=true rewrites it", file)
        .isEqualTo(Files.readString(file));
  }
}
