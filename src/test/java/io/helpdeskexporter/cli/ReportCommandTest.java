package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.fixtures.TestPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scheduled report on the terminal, of a log that ends on Wednesday, 11 March 2026. */
class ReportCommandTest {
  private static final String BACKLOG = "| Backlog | ";

  @TempDir Path directory;

  @BeforeEach
  void aLogThatEndsInTheMiddleOfAWeek() throws IOException {
    Path tickets =
        Files.writeString(
            directory.resolve("tickets.csv"),
            """
            id,created_at,updated_at,status
            1,2026-02-24T10:00:00Z,2026-02-24T10:00:00Z,new
            2,2026-03-03T10:00:00Z,2026-03-03T10:00:00Z,new
            3,2026-03-04T10:00:00Z,2026-03-04T10:00:00Z,new
            4,2026-03-09T00:00:00Z,2026-03-09T00:00:00Z,new
            5,2026-03-11T10:00:00Z,2026-03-11T10:00:00Z,new
            """);
    Reading.config(
        directory,
        TestPostgres.freshDatabase(),
        """
        reporting: {zone: UTC}
        reports:
          - {name: weekly, every: week, directory: out}
        sources:
          - name: log
            kind: file
            watermark: last_row
            tickets:
              path: %s
              columns: {id: id, created_at: created_at, updated_at: updated_at, status: status}
        """
            .formatted(tickets));
  }

  @Test
  void itIsOfTheLastPeriodThatWasOverWhateverTheTimeOfDay() {
    Ended ended = report("--read", "--markdown", "weekly", "--as-of", "2026-03-09T00:00:00Z");

    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .startsWith("# weekly: 2026-03-02 to 2026-03-08\n")
        .contains("\n- Data: log read up to 2026-03-11 10:00:00 +00:00\n")
        .contains(BACKLOG + "3 | 1 | +200.0 % | worse |");
    assertThat(directory.resolve("out")).as("nothing is delivered").doesNotExist();
  }

  @Test
  void aPeriodThatIsReadInPartSaysSo() {
    Ended ended = report("--read", "--markdown", "weekly", "--as-of", "2026-03-16T12:00:00Z");

    assertThat(ended.out())
        .startsWith("# weekly: 2026-03-09 to 2026-03-15\n")
        .contains("**before the period was over**", BACKLOG + "5 | 3 | +66.7 % | worse |");
  }

  @Test
  void ofAPeriodThatNothingWasReadOfNothingIsKnown() {
    Ended ended = report("--read", "--markdown", "weekly", "--as-of", "2026-03-23T12:00:00Z");

    assertThat(ended.out())
        .startsWith("# weekly: 2026-03-16 to 2026-03-22\n")
        .contains("**before the period was over**", BACKLOG + "– | 5 | – |  |");
  }

  @Test
  void whatIsNotConfiguredIsRefusedWithWhatIs() {
    Ended ended = report("--markdown", "weakly");

    assertThat(ended.code()).isEqualTo(Main.REFUSED);
    assertThat(ended.err()).contains("--markdown: found \"weakly\"; the configuration has weekly");
  }

  /** How a command ended and what it printed. */
  private record Ended(int code, String out, String err) {}

  private Ended report(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all =
        Stream.concat(
                Stream.of("report", "--config", directory.resolve("helpdesk.yml").toString()),
                Stream.of(arguments))
            .toArray(String[]::new);
    int code =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(all);
    return new Ended(code, out.toString(), err.toString());
  }
}
