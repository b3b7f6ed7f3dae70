package io.helpdeskexporter.sync;

import io.helpdeskexporter.source.Traffic;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What the exporter says about itself and its reading. A value that is not known is left out: a
 * source that has never been read has no last successful poll.
 */
public final class SelfMetrics {
  private final Instant startedAt;

  /**
   * @param startedAt when this process began to count
   */
  public SelfMetrics(Instant startedAt) {
    this.startedAt = startedAt;
  }

  /** The families for these sources. */
  public List<MetricSnapshot> of(List<SourceHealth> sources) {
    List<MetricSnapshot> all = new ArrayList<>();
    all.add(
        gauge(
            "helpdesk_up",
            "Whether the latest poll of the source succeeded.",
            sources,
            it -> Optional.of(it.up() ? 1.0 : 0.0)));
    all.add(info(sources));
    Map<String, Instant> watermarks = new LinkedHashMap<>();
    sources.forEach(it -> it.watermark().ifPresent(at -> watermarks.put(it.name(), at)));
    all.add(watermarks(watermarks));
    all.add(
        gauge(
            "helpdesk_last_successful_poll_timestamp_seconds",
            "When the source was last read to its end.",
            sources,
            it -> it.lastSuccess().map(SelfMetrics::seconds)));
    all.add(
        gauge(
            "helpdesk_poll_duration_seconds",
            "Duration of the latest poll, reading, deriving and storing included.",
            sources,
            it -> it.pollDuration().map(SelfMetrics::seconds)));
    all.add(
        gauge(
            "helpdesk_poll_interval_seconds",
            "Time between the starts of two polls: as configured, or longer so that what the source"
                + " permits lasts.",
            sources,
            it -> Optional.of(seconds(it.interval().inForce()))));
    all.add(
        gauge(
            "helpdesk_tickets_stored",
            "Tickets of the source in the store, merged and excluded ones included.",
            sources,
            it ->
                it.tickets().isPresent()
                    ? Optional.of((double) it.tickets().getAsLong())
                    : Optional.empty()));
    all.add(
        gauge(
            "helpdesk_coverage_ratio",
            "Tickets in the store divided by the tickets that the source itself counts.",
            sources,
            it -> boxed(it.coverage())));
    all.add(
        gauge(
            "helpdesk_import_remaining_changes",
            "Changes still to be read by a running import, as the source estimates.",
            sources,
            it ->
                it.importing() && it.remaining().isPresent()
                    ? Optional.of((double) it.remaining().getAsLong())
                    : Optional.empty()));
    all.add(remaining(sources));
    all.add(readings(sources));
    all.add(
        counter(
            "helpdesk_polls",
            "Polls tried since the exporter started.",
            sources,
            it -> Map.of(Labels.EMPTY, (double) it.polls())));
    all.add(
        counter(
            "helpdesk_poll_failures",
            "Polls that failed since the exporter started.",
            sources,
            it -> Map.of(Labels.EMPTY, (double) it.pollFailures())));
    all.add(
        counter(
            "helpdesk_api_requests",
            "Pages and counts asked of the source since the exporter started.",
            sources,
            it ->
                Map.of(
                    Labels.EMPTY,
                    (double) it.traffic().map(Traffic::requests).orElse(it.requests()))));
    all.add(
        counter(
            "helpdesk_api_request_failures",
            "Requests that failed since the exporter started, by reason.",
            sources,
            it -> byReason(it.traffic().map(Traffic::failures).orElse(it.failures()))));
    all.add(
        counter(
            "helpdesk_api_throttled_seconds",
            "Seconds waited because the source asked for it, since the exporter started.",
            sources,
            it ->
                Map.of(
                    Labels.EMPTY,
                    seconds(
                        it.throttled()
                            .plus(it.traffic().map(Traffic::waited).orElse(Duration.ZERO))))));
    all.add(
        counter(
            "helpdesk_rejected_rows",
            "Rows that could not be understood and were left out since the exporter started, by"
                + " reason.",
            sources,
            it -> byReason(it.rejected())));
    all.removeIf(family -> family.getDataPoints().isEmpty());
    return all;
  }

  /**
   * The family that tells up to when everything is counted.
   *
   * @param watermarks by source
   */
  public static MetricSnapshot watermarks(Map<String, Instant> watermarks) {
    GaugeSnapshot.Builder family =
        GaugeSnapshot.builder()
            .name("helpdesk_data_watermark_timestamp_seconds")
            .help(
                cached(
                    "All events of the source up to this instant, by its own clock, are"
                        + " counted."));
    watermarks.forEach(
        (source, at) ->
            family.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .labels(Labels.of("source", source))
                    .value(seconds(at))
                    .build()));
    return family.build();
  }

  private static GaugeSnapshot info(List<SourceHealth> sources) {
    GaugeSnapshot.Builder family =
        GaugeSnapshot.builder()
            .name("helpdesk_source_info")
            .help("The configured sources, their kinds, and where a ticket's page is.");
    for (SourceHealth source : sources) {
      family.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(
                  Labels.of(
                      "kind",
                      source.kind(),
                      "source",
                      source.name(),
                      "url_template",
                      source.urlTemplate().orElse("")))
              .value(1)
              .build());
    }
    return family.build();
  }

  private static GaugeSnapshot readings(List<SourceHealth> sources) {
    GaugeSnapshot.Builder family =
        GaugeSnapshot.builder()
            .name("helpdesk_source_reading")
            .help(
                cached(
                    "What a source says about its own reading, such as open gaps in its ids; the"
                        + " unit is in the label."));
    for (SourceHealth source : sources) {
      source
          .readings()
          .forEach(
              (reading, value) ->
                  family.dataPoint(
                      GaugeDataPointSnapshot.builder()
                          .labels(Labels.of("reading", reading, "source", source.name()))
                          .value(value)
                          .build()));
    }
    return family.build();
  }

  private static GaugeSnapshot remaining(List<SourceHealth> sources) {
    GaugeSnapshot.Builder family =
        GaugeSnapshot.builder()
            .name("helpdesk_api_rate_limit_remaining")
            .help(
                cached(
                    "Requests that were left to all programs together when the source last told, by"
                        + " limit."));
    for (SourceHealth source : sources) {
      source
          .traffic()
          .ifPresent(
              traffic ->
                  traffic
                      .remaining()
                      .forEach(
                          (limit, remaining) ->
                              family.dataPoint(
                                  GaugeDataPointSnapshot.builder()
                                      .labels(Labels.of("source", source.name(), "limit", limit))
                                      .value(remaining)
                                      .build())));
    }
    return family.build();
  }

  private static GaugeSnapshot gauge(
      String name,
      String help,
      List<SourceHealth> sources,
      Function<SourceHealth, Optional<Double>> value) {
    GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(cached(help));
    for (SourceHealth source : sources) {
      value
          .apply(source)
          .ifPresent(
              it ->
                  family.dataPoint(
                      GaugeDataPointSnapshot.builder()
                          .labels(Labels.of("source", source.name()))
                          .value(it)
                          .build()));
    }
    return family.build();
  }

  private CounterSnapshot counter(
      String name,
      String help,
      List<SourceHealth> sources,
      Function<SourceHealth, Map<Labels, Double>> values) {
    CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(cached(help));
    for (SourceHealth source : sources) {
      values
          .apply(source)
          .forEach(
              (labels, value) ->
                  family.dataPoint(
                      CounterDataPointSnapshot.builder()
                          .labels(labels.merge(Labels.of("source", source.name())))
                          .value(value)
                          .createdTimestampMillis(startedAt.toEpochMilli())
                          .build()));
    }
    return family.build();
  }

  /** None of this is looked up by a scrape. */
  private static String cached(String sentence) {
    return sentence.substring(0, sentence.length() - 1) + ", cached, refreshed every poll.";
  }

  private static Map<Labels, Double> byReason(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .collect(
            java.util.stream.Collectors.toMap(
                entry -> Labels.of("reason", entry.getKey()), entry -> (double) entry.getValue()));
  }

  private static Optional<Double> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  private static double seconds(Instant at) {
    return at.toEpochMilli() / 1000.0;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
