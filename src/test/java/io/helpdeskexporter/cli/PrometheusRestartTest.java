package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.cli.GeneratedDesk.Mark;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.PrometheusServer;
import io.helpdeskexporter.fixtures.PrometheusServer.Sample;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A real Prometheus scrapes an exporter that is killed in between. What it has stored in the end
 * has to add up to what was fed, and its functions have to see no reset.
 */
class PrometheusRestartTest {
  private static final String WATERMARK = "helpdesk_data_watermark_timestamp_seconds";

  private static final Map<String, Mark> COUNTERS =
      Map.of(
          "helpdesk_tickets_created_total", Mark.CREATED,
          "helpdesk_tickets_solved_total", Mark.FIRST_SOLVE,
          "helpdesk_ticket_first_response_seconds_count", Mark.FIRST_REPLY);

  /** Polls that see something new; one a second. */
  private static final int STEPS = 100;

  @TempDir Path directory;

  @Test
  void prometheusAddsUpWhatWasFedAcrossAKill() throws Exception {
    GeneratedDesk desk = GeneratedDesk.of(31, 1_500);
    Path config = Reading.config(directory, TestPostgres.freshDatabase(), GeneratedDesk.SOURCE);
    int before = desk.size() / 2;
    try (Feeder feeder = new Feeder(desk, directory, 31)) {
      feeder.write(before);
      feeder.start(12, Duration.ofMillis(20));
      LiveExporter exporter = LiveExporter.start(config);
      int port = exporter.port();
      exporter.awaitUpTo(desk.completeAfter(before));
      try (PrometheusServer prometheus =
          PrometheusServer.started(PrometheusServer.scraping("desk", "127.0.0.1:" + port))) {
        awaitStored(prometheus, desk.completeAfter(before));
        for (int step = 1; step <= STEPS; step++) {
          if (step == STEPS / 2) {
            // Tickets come in while nobody reads them.
            exporter.process().killHard();
            exporter.close();
          }
          feeder.allow(before + (desk.size() - before) * step / STEPS);
          if (step == STEPS / 2) {
            awaitDown(prometheus);
            exporter = LiveExporter.start(config, port);
          }
          exporter.awaitUpTo(desk.completeAfter(feeder.written()));
        }
        feeder.finish(LiveExporter.LIMIT);
        exporter.awaitUpTo(GeneratedDesk.END);
        awaitStored(prometheus, GeneratedDesk.END);

        assertAddsUp(prometheus, desk);
      } finally {
        exporter.close();
      }
    }
  }

  private static void assertAddsUp(PrometheusServer prometheus, GeneratedDesk desk) {
    Samples watermarks = samples(prometheus, WATERMARK).values().iterator().next();
    // Between these two, and so in every answer below.
    Sample first = watermarks.first();
    Sample last = watermarks.last();
    assertThat(instant(last)).isEqualTo(GeneratedDesk.END);
    Duration all = Duration.between(first.at(), last.at());
    assertThat(
            prometheus.query(
                "sum(count_over_time(up[%dms] @ %s)) - sum(sum_over_time(up[%dms] @ %s))"
                    .formatted(all.toMillis(), seconds(last), all.toMillis(), seconds(last))))
        .singleElement()
        .satisfies(missed -> assertThat(missed.value()).as("failed scrapes").isPositive());

    COUNTERS.forEach(
        (name, mark) -> {
          long fed = desk.count(mark, GeneratedDesk.END) - desk.count(mark, instant(first));
          assertThat(fed).as(name + " fed").isGreaterThan(100);
          assertAddsUp(prometheus, name, fed, first.at(), last);
        });
  }

  private static void assertAddsUp(
      PrometheusServer prometheus, String name, long fed, Instant from, Sample last) {
    Map<String, Samples> series = samples(prometheus, name);
    double difference = 0;
    for (Map.Entry<String, Samples> entry : series.entrySet()) {
      List<Sample> samples =
          entry.getValue().samples.stream()
              .filter(it -> !it.at().isBefore(from) && !it.at().isAfter(last.at()))
              .toList();
      assertThat(samples)
          .as(entry.getKey())
          .extracting(Sample::value)
          .isSortedAccordingTo(Comparator.naturalOrder());
      assertThat(samples.getFirst().at()).as("all series are there at first").isEqualTo(from);
      difference += samples.getLast().value() - samples.getFirst().value();
    }
    assertThat(difference).as(name + ": last sample - first sample").isEqualTo(fed);

    // One millisecond longer than from the first sample to the last, so that the first is inside
    // whether or not a range contains its beginning. Prometheus extrapolates by no more than that.
    long millis = Duration.between(from, last.at()).toMillis() + 1;
    String range = "%s[%dms] @ %s".formatted(name, millis, seconds(last));
    assertThat(prometheus.query("resets(" + range + ")"))
        .hasSize(series.size())
        .allSatisfy(resets -> assertThat(resets.value()).as(resets.labels().toString()).isZero());
    assertThat(prometheus.query("sum(increase(" + range + "))"))
        .singleElement()
        .satisfies(
            increase ->
                assertThat(increase.value())
                    .as(name + ": increase over " + millis + " ms")
                    .isBetween(fed * (1 - 1e-9), fed * (millis / (millis - 1.0)) * (1 + 1e-9)));
  }

  private static void awaitStored(PrometheusServer prometheus, Instant watermark) {
    Eventually.holds(
        "Prometheus has stored what is complete up to " + watermark,
        LiveExporter.LIMIT,
        () ->
            prometheus.query(WATERMARK).stream()
                .anyMatch(sample -> !instant(sample).isBefore(watermark)));
  }

  private static void awaitDown(PrometheusServer prometheus) {
    Eventually.holds(
        "Prometheus has missed it",
        LiveExporter.LIMIT,
        () -> prometheus.query("up == 0").size() == 1);
  }

  /** All samples that are stored of a metric, as they came, by series. */
  private static Map<String, Samples> samples(PrometheusServer prometheus, String name) {
    JsonNode data =
        prometheus.api(
            "/api/v1/query?query=" + URLEncoder.encode(name + "[1h]", StandardCharsets.UTF_8));
    Map<String, Samples> all = new TreeMap<>();
    for (JsonNode series : data.path("result")) {
      List<Sample> samples =
          series
              .path("values")
              .valueStream()
              .map(
                  value ->
                      new Sample(
                          Map.of(),
                          Instant.ofEpochMilli(Math.round(value.path(0).asDouble() * 1000)),
                          Double.parseDouble(value.path(1).asString())))
              .toList();
      all.put(series.path("metric").toString(), new Samples(samples));
    }
    return all;
  }

  private record Samples(List<Sample> samples) {
    Sample first() {
      return samples.getFirst();
    }

    Sample last() {
      return samples.getLast();
    }
  }

  private static Instant instant(Sample watermark) {
    return Instant.ofEpochMilli(Math.round(watermark.value() * 1000));
  }

  /** The time of a sample as PromQL writes it. */
  private static String seconds(Sample sample) {
    return "%d.%03d".formatted(sample.at().getEpochSecond(), sample.at().getNano() / 1_000_000);
  }
}
