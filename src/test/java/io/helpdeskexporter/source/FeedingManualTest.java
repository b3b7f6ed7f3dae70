package io.helpdeskexporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/feeding.md} are those of the code. */
class FeedingManualTest {
  private static final Path PAGE = Path.of("docs", "feeding.md");
  private static final String BEGIN = "<!-- streams: generated -->\n";
  private static final String END = "<!-- end of streams -->\n";

  /** After a change of a stream: {@code mvn test -Dgolden.rewrite=true}, and read the diff. */
  @Test
  void theManualTellsEveryStreamAndColumn() throws IOException {
    String page = Files.readString(PAGE);
    String current =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + streams()
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(PAGE, current);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(current);
  }

  private static String streams() {
    StringBuilder text = new StringBuilder();
    for (Happenings.Form form : Happenings.forms().values()) {
      text.append("\n### ").append(form.stream()).append("\n\n").append(form.meaning());
      text.append("\n\n| column | holds | |\n| --- | --- | --- |\n");
      for (Happenings.Column column : form.columns()) {
        text.append("| `")
            .append(column.name())
            .append(column.required() ? "` (required) | " : "` | ")
            .append(column.expected())
            .append(" | ")
            .append(column.meaning())
            .append(" |\n");
      }
    }
    return text.append('\n').toString();
  }
}
