package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.cli.Reading.Numbers;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.ExporterProcess;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real incident log of 17,136 tickets through the whole exporter, compared with numbers that were
 * counted without it. The log lies beside the checkout, not in it.
 */
class IncidentLogReplayTest {
  private static final Path LOG =
      Path.of("../shared/data/uci-incident-log/incident_event_log.csv.gz");

  private static final String SOURCE =
      """
      reporting: {zone: Europe/Rome, windows: [1d, 365d, yesterday, last_month], quantile_method: %s}
      calendars:
        office: {zone: Europe/Rome, hours: {mon-fri: "09:00-17:00"}}
      sources:
        - name: incidents
          kind: file
          calendar: office
          statuses:
            Active: open
            Awaiting User Info: pending
            Awaiting Vendor: on_hold
            Awaiting Problem: on_hold
            Awaiting Evidence: on_hold
            Resolved: solved
          priorities: {"1": urgent, "2": high, "3": normal, "4": low}
          watermark: last_row
          tickets:
            path: %s
            zone: Europe/Rome
            date_format: d/M/yyyy HH:mm
            missing: ["?"]
            rows_are: snapshots
            columns:
              id: number
              version: sys_mod_count
              created_at: opened_at
              updated_at: sys_updated_at
              status: incident_state
              priority: priority
              channel: contact_type
              team: assignment_group
              assignee: assigned_to
              requester: caller_id
              reported:
                solved_at: resolved_at
                closed_at: closed_at
                reopens: reopen_count
                reassignments: reassignment_count
                sla_met: made_sla
      """;

  @TempDir Path directory;

  @Test
  void everyNumberIsAsCountedByOthers() throws Exception {
    if (absent()) {
      return;
    }
    Path config = config(LOG.toAbsolutePath().toString(), "linear");
    try (Reading reading = Reading.of(config).toTheEnd()) {
      assertAllNumbers(reading);
    }
    Path nearest = directory.resolve("nearest.yml");
    Files.writeString(
        nearest,
        Files.readString(config)
            .replace("quantile_method: linear", "quantile_method: nearest_rank"));
    try (Reading reading = Reading.of(nearest)) {
      assertThat(
              reading
                  .asOf(at("2017-02-25T00:00:00+01:00"))
                  .one("helpdesk_report_resolution_seconds", "window", "365d", "stat", "p50"))
          .isEqualTo(102_000.0);
    }
  }

  @Test
  void shuffledDuplicatedAndCutIntoFilesTheyAreTheSame() throws Exception {
    if (absent()) {
      return;
    }
    List<String> rows = rows();
    String header = rows.removeFirst();
    Random random = new Random(7);
    rows.addAll(rows.subList(0, rows.size() / 3));
    Collections.shuffle(rows, random);
    Path parts = Files.createDirectory(directory.resolve("parts"));
    int part = 0;
    for (int from = 0; from < rows.size(); part++) {
      int to = Math.min(rows.size(), from + 1 + random.nextInt(12_000));
      write(parts.resolve("part-%03d.csv.gz".formatted(part)), header, rows.subList(from, to));
      from = to;
    }
    try (Reading reading = Reading.of(config(parts + "/*.csv.gz", "linear")).toTheEnd()) {
      assertAllNumbers(reading);
    }
  }

  @Test
  void killedInTheMiddleAndStartedAgainTheyAreTheSame() throws Exception {
    if (absent()) {
      return;
    }
    Path config = config(LOG.toAbsolutePath().toString(), "linear");
    for (int kill = 0; kill < 3; kill++) {
      try (ExporterProcess exporter =
          ExporterProcess.start(
              "run", "--config", config.toString(), "--web.listen-address=127.0.0.1:0")) {
        exporter.awaitOutput("listening on", Duration.ofSeconds(60));
        try (Reading reading = Reading.of(config)) {
          long before = reading.tickets();
          Eventually.holds(
              "more tickets are stored",
              Duration.ofSeconds(60),
              () -> reading.tickets() > before || reading.isComplete());
        }
        exporter.killHard();
      }
    }
    try (Reading reading = Reading.of(config).toTheEnd()) {
      assertAllNumbers(reading);
    }
  }

  private static void assertAllNumbers(Reading reading) {
    assertThat(created(reading, "2016-03-01T00:00:00+01:00", "last_month"))
        .as("February")
        .isEqualTo(207);
    assertThat(created(reading, "2016-04-01T00:00:00+02:00", "last_month"))
        .as("March")
        .isEqualTo(8_995);
    assertThat(created(reading, "2016-05-01T00:00:00+02:00", "last_month"))
        .as("April")
        .isEqualTo(7_934);
    assertThat(created(reading, "2016-03-08T00:00:00+01:00", "yesterday"))
        .as("7 March")
        .isEqualTo(607);

    Numbers easter = reading.asOf(at("2016-03-28T00:00:00+02:00"));
    assertThat(easter.sum("helpdesk_tickets")).as("backlog").isEqualTo(1_743);
    assertThat(age(easter, "0-1d")).isEqualTo(30);
    assertThat(age(easter, "1-3d")).isEqualTo(71);
    assertThat(age(easter, "3-7d")).isEqualTo(738);
    assertThat(age(easter, "7-30d")).isEqualTo(904);
    assertThat(age(easter, "30d+")).isZero();

    Numbers end = reading.asOf(at("2017-02-25T00:00:00+01:00"));
    assertThat(end.one("helpdesk_report_tickets_created", "window", "365d")).isEqualTo(17_136);
    assertThat(
            end.one(
                "helpdesk_report_tickets_created_by_channel", "window", "365d", "channel", "phone"))
        .isEqualTo(17_100);
    assertThat(
            end.one(
                "helpdesk_report_tickets_created_by_channel", "window", "365d", "channel", "email"))
        .isEqualTo(36);
    assertThat(end.sum("helpdesk_ticket_resolution_seconds_count")).isEqualTo(15_906);
    assertThat(end.one("helpdesk_report_resolution_seconds", "window", "365d", "stat", "mean"))
        .isCloseTo(710_034.398, org.assertj.core.data.Offset.offset(0.0005));
    assertThat(end.one("helpdesk_report_resolution_seconds", "window", "365d", "stat", "p50"))
        .isEqualTo(102_030);
    assertThat(
            end.one("helpdesk_report_resolution_business_seconds", "window", "365d", "stat", "p50"))
        .isEqualTo(32_340);
    assertThat(end.one("helpdesk_report_reopened_tickets", "window", "365d")).isEqualTo(202);
    assertThat(end.one("helpdesk_report_tickets_reopened", "window", "365d")).isEqualTo(243);
    assertThat(end.sum("helpdesk_tickets_reopened_total")).isEqualTo(243);
    assertThat(end.one("helpdesk_report_reassigned_tickets", "window", "365d")).isEqualTo(8_352);
    assertThat(end.one("helpdesk_report_tickets_reassigned", "window", "365d")).isEqualTo(17_645);
    assertThat(end.sum("helpdesk_sla_breaches_total")).isEqualTo(7_332);
    assertThat(end.sum("helpdesk_sla_promises_ended_total")).isEqualTo(9_804 + 7_332);
    assertThat(reading.countUpTo("resolution", Duration.ofDays(1))).isEqualTo(7_383);
  }

  private static double created(Reading reading, String asOf, String window) {
    return reading.asOf(at(asOf)).one("helpdesk_report_tickets_created", "window", window);
  }

  private static double age(Numbers numbers, String bucket) {
    return numbers.sum("helpdesk_backlog_tickets", "age_bucket", bucket);
  }

  private static java.time.Instant at(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  private Path config(String path, String method) {
    return Reading.config(directory, TestPostgres.freshDatabase(), SOURCE.formatted(method, path));
  }

  private static boolean absent() {
    if (!Files.exists(LOG)) {
      System.out.println("not replayed: " + LOG + " is not there");
      return true;
    }
    return false;
  }

  private static List<String> rows() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(LOG)), StandardCharsets.UTF_8))) {
      return new ArrayList<>(reader.lines().toList());
    }
  }

  private static void write(Path file, String header, List<String> rows) throws IOException {
    try (Writer writer =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      writer.write(header + "\n");
      for (String row : rows) {
        writer.write(row + "\n");
      }
    }
  }
}
