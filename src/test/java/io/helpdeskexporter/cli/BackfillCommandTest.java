package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.fixtures.TestPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written of a log of three tickets, and what is refused. */
class BackfillCommandTest {
  private static final String[] THREE_FAMILIES = {
    "--family", "helpdesk_tickets_created_total", "--family", "helpdesk_(backlog|data)_.*"
  };

  @TempDir Path directory;

  @Test
  void aSmallPastIsWrittenInFilesOfTwoHours() throws Exception {
    read(
        """
        1,2026-03-04T10:00:00Z,new
        2,2026-03-04T11:10:00Z,new
        3,2026-03-04T12:30:00Z,new
        """);

    Ended ended =
        backfill(
            Stream.concat(
                    Stream.of(
                        "--from",
                        "2026-03-04T11:00:00Z",
                        "--to",
                        "2026-03-04T13:00:00+01:00",
                        "--step",
                        "30m",
                        "--instance",
                        "exporter:9853",
                        "--label",
                        "site=north"),
                    Stream.of(THREE_FAMILIES))
                .toArray(String[]::new));

    assertThat(ended.code()).as(ended.err()).isZero();
    Path out = directory.resolve("out");
    assertThat(ended.out())
        .isEqualTo(
            out.resolve("helpdesk-20260304T1000Z.om")
                + "\n"
                + out.resolve("helpdesk-20260304T1200Z.om")
                + "\n");
    assertThat(ended.err())
        .contains("3 instants from 2026-03-04T11:00:00Z to 2026-03-04T12:00:00Z")
        .contains("--step 30m leaves gaps: Prometheus looks back 5 minutes")
        .contains("{instance=\"exporter:9853\",job=\"helpdesk\",site=\"north\"}");
    assertThat(withoutHelp(out.resolve("helpdesk-20260304T1000Z.om")))
        .isEqualTo(
            """
            # TYPE helpdesk_backlog_tickets gauge
            helpdesk_backlog_tickets{age_bucket="0-1d",instance="exporter:9853",job="helpdesk",priority="none",site="north",source="log"} 1.0 1772622000
            helpdesk_backlog_tickets{age_bucket="0-1d",instance="exporter:9853",job="helpdesk",priority="none",site="north",source="log"} 2.0 1772623800
            # TYPE helpdesk_data_watermark_timestamp_seconds gauge
            helpdesk_data_watermark_timestamp_seconds{instance="exporter:9853",job="helpdesk",site="north",source="log"} 1.772622E9 1772622000
            helpdesk_data_watermark_timestamp_seconds{instance="exporter:9853",job="helpdesk",site="north",source="log"} 1.7726238E9 1772623800
            # TYPE helpdesk_tickets_created counter
            helpdesk_tickets_created_total{channel="other",instance="exporter:9853",job="helpdesk",priority="none",site="north",source="log",team="unassigned"} 1.0 1772622000
            helpdesk_tickets_created_total{channel="other",instance="exporter:9853",job="helpdesk",priority="none",site="north",source="log",team="unassigned"} 2.0 1772623800
            # EOF
            """);
  }

  @Test
  void whatIsNotKnownIsRefused() throws Exception {
    read("1,2026-03-04T10:00:00Z,new\n");

    refused("what happened is known up to 2026-03-04T10:00:00Z", "--to", "2026-03-04T10:00:01Z");
    refused("--from: found 2026-03-05T00:00:00Z", "--from", "2026-03-05T00:00:00Z");
    refused("--from: found \"tomorrow\"", "--from", "tomorrow");
    refused("--step: found \"1500ms\"; allowed: whole seconds", "--step", "1500ms");
    refused("--source: found \"lag\"; the configuration has no such source", "--source", "lag");
    refused("--family: found \"(\"; allowed: a regular expression", "--family", "(");
  }

  @Test
  void theLastThreeHoursAreLeftOutUnlessTheyAreAskedFor() throws Exception {
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MINUTES);
    Instant old = now.minus(Duration.ofHours(8));
    Instant recent = now.minus(Duration.ofHours(1));
    read("1,%s,new\n2,%s,new\n".formatted(old, recent));

    refused("a running Prometheus takes nothing of the last 3 hours", "--to", recent.toString());
    Ended without = backfill("--from", "1h", "--family", "helpdesk_tickets_created_total");
    assertThat(without.err()).doesNotContain("to " + recent);
    assertThat(last(without)).isBefore(now.minus(Duration.ofHours(2)));
    Ended with =
        backfill(
            "--from",
            "1h",
            "--recent",
            "--family",
            "helpdesk_tickets_created_total",
            "--step",
            "1m",
            "--out",
            directory.resolve("again").toString());
    assertThat(last(with)).isEqualTo(recent);
  }

  @Test
  void filesOfAnEarlierRunAreNotMixedWithOthers() throws Exception {
    read("1,2026-03-04T10:00:00Z,new\n");
    assertThat(backfill("--from", "1h").code()).isZero();

    refused("is of an earlier run; load or delete what is in", "--from", "1h");
  }

  @Test
  void aSourceThatWasNeverReadHasNoPast() throws IOException {
    config("");

    refused("source log: it was never read to its end", "--from", "1h");
  }

  @Test
  void whatIsCountedUnderOtherDefinitionsIsRefused() throws Exception {
    Path config = read("1,2026-03-04T10:00:00Z,new\n");
    Files.writeString(config, Files.readString(config) + "kpi: {settle_after: 5d}\n");

    refused("it is counted under other definitions than are configured now", "--from", "1h");
  }

  /** The words of the catalogue are tested elsewhere. */
  private static String withoutHelp(Path file) throws IOException {
    return Files.readString(file).replaceAll("# HELP .*\n", "");
  }

  // ---- a log and the command

  private Path read(String rows) throws Exception {
    Path config = config(rows);
    try (Reading reading = Reading.of(config)) {
      reading.toTheEnd();
    }
    return config;
  }

  private Path config(String rows) throws IOException {
    Path tickets =
        Files.writeString(directory.resolve("tickets.csv"), "id,created_at,status\n" + rows);
    return Reading.config(
        directory,
        TestPostgres.freshDatabase(),
        """
        reporting: {zone: UTC}
        sources:
          - name: log
            kind: file
            watermark: last_row
            tickets: {path: %s, columns: {id: id, created_at: created_at, status: status}}
        """
            .formatted(tickets));
  }

  private void refused(String why, String... arguments) {
    Ended ended = backfill(arguments);
    assertThat(ended.err()).contains(why);
    assertThat(ended.code()).isEqualTo(Main.REFUSED);
  }

  private static Instant last(Ended ended) throws IOException {
    List<String> files = ended.out().lines().toList();
    return Files.readAllLines(Path.of(files.getLast())).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .map(Instant::ofEpochSecond)
        .max(Instant::compareTo)
        .orElseThrow();
  }

  /** How a command ended and what it printed. */
  private record Ended(int code, String out, String err) {}

  private Ended backfill(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Stream<String> where =
        List.of(arguments).contains("--out")
            ? Stream.of()
            : Stream.of("--out", directory.resolve("out").toString());
    String[] all =
        Stream.of(
                Stream.of("backfill", "--config", directory.resolve("helpdesk.yml").toString()),
                where,
                Stream.of(arguments))
            .flatMap(it -> it)
            .toArray(String[]::new);
    int code =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(all);
    return new Ended(code, out.toString(), err.toString());
  }
}
