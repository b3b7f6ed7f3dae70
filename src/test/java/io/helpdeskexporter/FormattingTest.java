package io.helpdeskexporter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FormattingTest {
  @Test
  void everySourceIsFormattedAsMakeFormatWouldFormatIt() throws Exception {
    var listed = new StringWriter();
    var problems = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of("--dry-run"));
    arguments.addAll(sources());

    new Main(
            new PrintWriter(listed, true),
            new PrintWriter(problems, true),
            InputStream.nullInputStream())
        .format(arguments.toArray(String[]::new));

    assertThat(problems.toString()).as("what the formatter could not read").isEmpty();
    assertThat(listed.toString().lines()).as("not formatted; run: make format").isEmpty();
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      List<String> sources =
          files.map(Path::toString).filter(name -> name.endsWith(".java")).sorted().toList();
      assertThat(sources).as("Java sources under src").isNotEmpty();
      return sources;
    }
  }
}
