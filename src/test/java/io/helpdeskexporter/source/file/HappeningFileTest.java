package io.helpdeskexporter.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rows of streams become. */
class HappeningFileTest {
  @TempDir private Path folder;

  @Test
  void aColumnThatTheFileCallsOtherwiseAndItsOwnWordsAreMapped() throws Exception {
    Page page =
        read(
            "presence",
            """
            key,when,user,state,room
            1,2026-03-02 09:00,ann,Online,4
            2,2026-03-02 09:30,ann,offline,4
            """,
            Map.of("agent", "user", "at", "when"),
            Map.of("state", Map.of("online", "available")));

    assertThat(page.rejected()).isEmpty();
    assertThat(page.changes())
        .extracting(change -> ((Change.HappeningSeen) change).happening())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isInstanceOfSatisfying(
                        Happening.Presence.class,
                        presence -> {
                          assertThat(presence.agent()).isEqualTo("ann");
                          assertThat(presence.team()).isEmpty();
                          assertThat(presence.at())
                              .isEqualTo(Instant.parse("2026-03-02T08:00:00Z"));
                          assertThat(presence.state())
                              .isEqualTo(Happening.Presence.State.AVAILABLE);
                        }),
            second ->
                assertThat(((Happening.Presence) second).state())
                    .isEqualTo(Happening.Presence.State.OFFLINE));
  }

  @Test
  void aRowThatCannotBeUnderstoodIsLeftOutAndTheRestGoesOn() throws Exception {
    Page page =
        read(
            "article",
            """
            key,at,action
            1,2026-03-02 09:00,viewed
            2,yesterday,viewed
            3,2026-03-02 09:00,eaten
            ,2026-03-02 09:00,viewed
            5,2026-03-02 09:00,voted up
            """,
            Map.of(),
            Map.of());

    assertThat(page.changes()).hasSize(2);
    assertThat(page.rejected())
        .extracting(Rejected::reason)
        .containsExactly("bad_date", "unknown_word", "missing_key");
    assertThat(page.rejected().get(1).where()).endsWith("article.csv:4");
  }

  @Test
  void aColumnThatTheStreamNeedsAndTheFileLacksStopsTheSource() {
    assertThatThrownBy(() -> read("shift", "key,at,agent\n", Map.of(), Map.of()))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("no column \"until\"");
    assertThatThrownBy(
            () -> read("shift", "key,at,agent,until\n", Map.of("team", "group"), Map.of()))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("no column \"group\" (team)");
  }

  @Test
  void aStreamOrColumnThatThereIsNotIsRefused() {
    assertThatThrownBy(() -> read("lunch", "", Map.of(), Map.of()))
        .hasMessageStartingWith("streams: found \"lunch\"; allowed: answer, article, automation, ");
    assertThatThrownBy(() -> read("shift", "", Map.of("boss", "x"), Map.of()))
        .hasMessage(
            "streams.shift.columns: found \"boss\"; allowed: key, at, sequence, agent, team, until,"
                + " cancelled");
  }

  private Page read(
      String stream,
      String text,
      Map<String, String> columns,
      Map<String, Map<String, String>> words)
      throws IOException, SourceException, InterruptedException {
    Path path = Files.writeString(folder.resolve(stream + ".csv"), text);
    HappeningFile file =
        new HappeningFile(
            path,
            Format.CSV,
            ",",
            "\"",
            "UTF-8",
            ZoneId.of("Europe/Berlin"),
            List.of("yyyy-MM-dd HH:mm"),
            List.of(),
            columns,
            words);
    FileSettings settings =
        new FileSettings(
            Optional.empty(), Optional.empty(), Map.of(stream, file), Watermark.NOW, true);
    try (Source source = new FileKind().open("x", settings, Clock.systemUTC())) {
      assertThat(source.streams()).containsExactly(new Stream(stream));
      return source.fetch(new Stream(stream), Cursor.START);
    }
  }
}
