package io.helpdeskexporter.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.Config;
import io.helpdeskexporter.config.ConfigLoader;
import io.helpdeskexporter.config.SourceKinds;
import io.helpdeskexporter.domain.Exclusion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the manual are configurations that can be loaded. */
class ManualTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml\n(.*?)^```");

  @TempDir private Path folder;

  @Test
  void theExamplesOfTheManualAreAllowed() throws Exception {
    List<FileSettings> examples = new ArrayList<>();
    for (MatchResult example :
        EXAMPLE.matcher(Files.readString(Path.of("docs/sources/file.md"))).results().toList()) {
      examples.add(settings(example.group(1)));
    }

    FileSettings export = examples.get(0);
    assertThat(export.tickets().orElseThrow().tellsHistory(false)).isTrue();
    assertThat(export.tickets().orElseThrow().columns().reported().solvedAt())
        .contains("solved_at");

    FileSettings incidents = examples.get(1);
    TicketFile log = incidents.tickets().orElseThrow();
    assertThat(log.path()).isEqualTo(folder.resolve("incidents.csv.gz"));
    assertThat(log.zone()).isEqualTo(ZoneId.of("Europe/Rome"));
    assertThat(log.rowsAre()).contains(RowsAre.SNAPSHOTS);
    assertThat(log.columns().reported().slaMet()).contains("made_sla");
    assertThat(incidents.watermark()).isEqualTo(Watermark.LAST_ROW);
    assertThat(incidents.follow()).isFalse();

    FileSettings chat = examples.get(2);
    assertThat(chat.tickets().orElseThrow().exclusions()).containsEntry("true", Exclusion.TEST);
    assertThat(chat.tickets().orElseThrow().columns().reported()).isEqualTo(ReportedColumns.NONE);
    assertThat(chat.events().orElseThrow().kinds()).containsEntry("state", EventKind.STATUS);
    assertThat(chat.follow()).isTrue();
    assertThat(new FileKind().tellsMessages(chat)).isTrue();
    assertThat(new FileKind().tellsMessages(incidents)).isFalse();

    TicketColumns contacts = examples.get(3).tickets().orElseThrow().columns();
    assertThat(contacts.rating()).contains("score");
    assertThat(contacts.ratedAt()).contains("answered");
  }

  @Test
  void whatIsLeftOutHasItsDefault() throws Exception {
    FileSettings settings =
        settings(
            """
            sources:
              - name: acme
                kind: file
                tickets: {path: t.csv, columns: {id: id, created_at: created_at}}
            """);

    assertThat(settings).isEqualTo(Given.settings(Given.tickets(folder.resolve("t.csv"))));
  }

  private FileSettings settings(String sources) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("helpdesk.yml"), "store: {embedded_dir: .data}\n" + sources);
    Config config =
        new ConfigLoader(SourceKinds.of(Map.of("file", FileSettings.class)), Map.of())
            .load(file)
            .value();
    return (FileSettings) config.sources().getFirst().settings();
  }
}
