package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.cli.GeneratedDesk.Mark;
import io.helpdeskexporter.cli.Reading.Numbers;
import io.helpdeskexporter.exposition.Annals;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.PrometheusServer;
import io.helpdeskexporter.fixtures.PrometheusServer.Sample;
import io.helpdeskexporter.fixtures.Promtool;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log is read by a live exporter; its past is written, made blocks of by promtool, and taken in
 * by a real Prometheus that then scrapes the exporter, to which the rest of the log is told.
 */
class BackfillEndToEndTest {
  private static final String WATERMARK = "helpdesk_data_watermark_timestamp_seconds";
  private static final Duration PAST = Duration.ofHours(30);

  /** The log is of 2024, and Prometheus deletes what is older than it is to keep. */
  private static final String RETENTION = "--storage.tsdb.retention.time=100y";

  /** Since before the log. */
  private static final String EVER = "[20y]";

  private static final Map<String, Mark> COUNTERS =
      Map.of(
          "helpdesk_tickets_created_total", Mark.CREATED,
          "helpdesk_tickets_solved_total", Mark.FIRST_SOLVE,
          "helpdesk_ticket_first_response_seconds_count", Mark.FIRST_REPLY);

  @TempDir Path directory;

  @Test
  void prometheusSeesOneCourseFromThePastIntoThePresent() throws Exception {
    GeneratedDesk desk = GeneratedDesk.of(47, 900);
    Path config = Reading.config(directory, TestPostgres.freshDatabase(), GeneratedDesk.SOURCE);
    int before = desk.size() * 4 / 5;
    try (Feeder feeder = new Feeder(desk, directory, 47)) {
      feeder.write(before);
      Instant seam = desk.completeAfter(before);
      try (LiveExporter exporter = LiveExporter.start(config)) {
        Exposed live = exporter.awaitUpTo(seam);
        assertThat(Exposed.of(pastAt(config, seam)).differencesFrom(live)).isEmpty();

        Path blocks = directory.resolve("blocks");
        String target = "127.0.0.1:" + exporter.port();
        List<Path> files = backfilled(config, seam, target);
        assertThat(files).hasSizeBetween(15, 17);
        files.forEach(file -> Promtool.createBlocks(file, blocks));
        try (PrometheusServer prometheus =
            PrometheusServer.startedOn(
                blocks, PrometheusServer.scraping("helpdesk", target), RETENTION)) {
          awaitStored(prometheus, seam);
          feeder.start(12, Duration.ofMillis(5));
          feeder.allow(desk.size());
          feeder.finish(LiveExporter.LIMIT);
          awaitStored(prometheus, GeneratedDesk.END);

          assertThePastIsAnswered(prometheus, config, seam);
          assertNothingIsReset(prometheus, target);
          assertAddsUp(prometheus, desk, seam);
        }
      }
    }
  }

  /** What would have been scraped at the very end of what is known. */
  private static String pastAt(Path config, Instant t) throws Exception {
    Wiring wiring = new Wiring(Wired.loader().load(config).value());
    try (var store = Wired.by(config).open()) {
      Past past = Past.of(wiring, store, wiring.sources(), Map.of(), _ -> true, t, t);
      assertThat(past.remarks()).isEmpty();
      Annals annals = new Annals(Labels.EMPTY);
      annals.goOnAt(Instant.EPOCH);
      past.addTo(annals, t);
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      annals.writeTo(text);
      return text.toString(StandardCharsets.UTF_8).replace(" 0\n", "\n");
    }
  }

  private List<Path> backfilled(Path config, Instant to, String target) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(
                "backfill",
                "--config",
                config.toString(),
                "--from",
                to.minus(PAST).toString(),
                "--to",
                to.toString(),
                "--instance",
                target,
                "--out",
                directory.resolve("out").toString());
    assertThat(code).as(err.toString()).isZero();
    return out.toString().lines().map(Path::of).toList();
  }

  /** Every number that Prometheus has of an instant is the one that a report gives for it. */
  private static void assertThePastIsAnswered(
      PrometheusServer prometheus, Path config, Instant seam) throws Exception {
    Random random = new Random(47);
    Reading reading = Reading.of(config);
    try (reading) {
      for (int i = 0; i < 4; i++) {
        Instant t = instant(seam, random.nextInt(Math.toIntExact(PAST.toMinutes() / 5) - 1));
        Map<String, Double> found = at(prometheus, "{__name__=~\"helpdesk_.+\"}", t);
        Numbers expected = reading.asOf(t);
        assertThat(expected.samples()).hasSizeGreaterThan(500);
        Map<String, Double> all = new TreeMap<>();
        expected.samples().stream()
            .filter(it -> !it.family().startsWith("helpdesk_agent_"))
            .forEach(it -> all.put(series(it.family(), it.labels()), it.value()));
        Map<String, Double> missed = new TreeMap<>(all);
        missed.entrySet().removeIf(it -> it.getValue().equals(found.get(it.getKey())));
        assertThat(missed).as("as of " + t + " of " + all.size()).isEmpty();
        assertThat(found).containsEntry(WATERMARK + "{source=desk}", t.toEpochMilli() / 1000.0);
      }
    }
  }

  /** The instant of a backfill that is so many before its last one. */
  private static Instant instant(Instant to, int steps) {
    long step = 300;
    return Instant.ofEpochSecond((to.getEpochSecond() / step - steps) * step);
  }

  private static Map<String, Double> at(PrometheusServer prometheus, String selector, Instant t) {
    return prometheus.query("%s @ %d".formatted(selector, t.getEpochSecond())).stream()
        .collect(
            Collectors.toMap(
                it -> series(it.labels().getOrDefault("__name__", ""), it.labels()),
                Sample::value));
  }

  private static String series(String name, Map<String, String> labels) {
    Map<String, String> rest = new TreeMap<>(labels);
    List.of("__name__", "job", "instance").forEach(rest::remove);
    return name + rest;
  }

  private static void assertNothingIsReset(PrometheusServer prometheus, String target) {
    List<String> names =
        StreamSupport.stream(prometheus.api("/api/v1/label/__name__/values").spliterator(), false)
            .map(it -> it.asString())
            .filter(it -> it.matches("helpdesk_.*_(total|bucket|count|sum)"))
            .toList();
    assertThat(names).hasSizeGreaterThan(50);
    for (String name : names) {
      assertThat(prometheus.query("resets(%s%s)".formatted(name, EVER)))
          .as(name)
          .isNotEmpty()
          .allSatisfy(
              resets -> {
                assertThat(resets.value()).as(resets.labels().toString()).isZero();
                assertThat(resets.labels()).containsEntry("instance", target);
              });
    }
  }

  private static void assertAddsUp(PrometheusServer prometheus, GeneratedDesk desk, Instant seam) {
    Instant first = instant(seam, Math.toIntExact(PAST.toMinutes() / 5) - 1);
    COUNTERS.forEach(
        (name, mark) -> {
          long fed = desk.count(mark, GeneratedDesk.END) - desk.count(mark, first);
          double then = one(prometheus, "sum(%s @ %d)".formatted(name, first.getEpochSecond()));
          double now = one(prometheus, "sum(%s)".formatted(name));
          assertThat(now - then).as(name).isEqualTo(fed);
          // Each series that was there then, over the seam; the last scrape is some seconds ago.
          double increase =
              one(
                  prometheus,
                  "sum(increase(%s%s) and %s @ %d)"
                      .formatted(name, EVER, name, first.getEpochSecond()));
          assertThat(increase).as(name).isBetween(fed * 0.9, fed * 1.01);
        });
  }

  private static double one(PrometheusServer prometheus, String query) {
    List<Sample> samples = prometheus.query(query);
    assertThat(samples).as(query).hasSize(1);
    return samples.getFirst().value();
  }

  private static void awaitStored(PrometheusServer prometheus, Instant watermark) {
    Eventually.holds(
        "Prometheus has stored what is complete up to " + watermark,
        LiveExporter.LIMIT,
        () ->
            prometheus.query(WATERMARK).stream()
                .anyMatch(
                    it ->
                        !Instant.ofEpochMilli(Math.round(it.value() * 1000)).isBefore(watermark)));
  }
}
