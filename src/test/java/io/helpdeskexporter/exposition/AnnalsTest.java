package io.helpdeskexporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text that promtool reads. */
class AnnalsTest {
  private static final Instant FIRST = Instant.ofEpochSecond(1_700_000_000);

  private final Annals annals = new Annals(Labels.of("job", "helpdesk"));

  @Test
  void familiesAndSeriesAreNotInterleavedAndTimesRise() throws IOException {
    add(0, unsolved("acme", 7), waiting("acme", 1));
    add(60, waiting("acme", 1), unsolved("acme", 8), unsolved("beta", 0.5));

    assertThat(written())
        .isEqualTo(
            """
            # TYPE helpdesk_unsolved gauge
            # HELP helpdesk_unsolved Unsolved \\"tickets\\".
            helpdesk_unsolved{job="helpdesk",source="acme"} 7.0 1700000000
            helpdesk_unsolved{job="helpdesk",source="acme"} 8.0 1700000060
            helpdesk_unsolved{job="helpdesk",source="beta"} 0.5 1700000060
            # TYPE helpdesk_waiting gauge
            # HELP helpdesk_waiting Waiting.
            helpdesk_waiting{job="helpdesk",source="acme"} 1.0 1700000000
            helpdesk_waiting{job="helpdesk",source="acme"} 1.0 1700000060
            # EOF
            """);
  }

  @Test
  void aSeriesHasNoSampleWhileItIsAbsent() throws IOException {
    add(0, unsolved("acme", 7), waiting("acme", 1));
    add(60, waiting("acme", 1));
    add(120, unsolved("acme", 7), waiting("acme", 1));

    assertThat(written())
        .contains(
            """
            helpdesk_unsolved{job="helpdesk",source="acme"} 7.0 1700000000
            helpdesk_unsolved{job="helpdesk",source="acme"} 7.0 1700000120
            # TYPE helpdesk_waiting\
            """);
  }

  @Test
  void countersAndHistogramsAreWrittenAsAScrapeWritesThem() throws IOException {
    CounterSnapshot created =
        CounterSnapshot.builder()
            .name("helpdesk_created")
            .help("Created.")
            .dataPoint(
                CounterSnapshot.CounterDataPointSnapshot.builder()
                    .labels(Labels.of("team", "a\"b\\c\nd"))
                    .value(12)
                    .createdTimestampMillis(1)
                    .build())
            .build();
    HistogramSnapshot took =
        HistogramSnapshot.builder()
            .name("helpdesk_took_seconds")
            .unit(Unit.SECONDS)
            .help("Took.")
            .dataPoint(
                HistogramSnapshot.HistogramDataPointSnapshot.builder()
                    .labels(Labels.of("team", "a"))
                    .classicHistogramBuckets(
                        ClassicHistogramBuckets.of(
                            new double[] {15, 2_592_000, Double.POSITIVE_INFINITY},
                            new long[] {2, 0, 1}))
                    .sum(2.5)
                    .build())
            .build();
    add(0, took, created);

    assertThat(written())
        .isEqualTo(
            """
            # TYPE helpdesk_created counter
            # HELP helpdesk_created Created.
            helpdesk_created_total{job="helpdesk",team="a\\"b\\\\c\\nd"} 12.0 1700000000
            # TYPE helpdesk_took_seconds histogram
            # UNIT helpdesk_took_seconds seconds
            # HELP helpdesk_took_seconds Took.
            helpdesk_took_seconds_bucket{job="helpdesk",team="a",le="15.0"} 2 1700000000
            helpdesk_took_seconds_bucket{job="helpdesk",team="a",le="2592000.0"} 2 1700000000
            helpdesk_took_seconds_bucket{job="helpdesk",team="a",le="+Inf"} 3 1700000000
            helpdesk_took_seconds_count{job="helpdesk",team="a"} 3 1700000000
            helpdesk_took_seconds_sum{job="helpdesk",team="a"} 2.5 1700000000
            # EOF
            """);
  }

  @Test
  void whatIsWrittenIsForgotten() throws IOException {
    add(0, unsolved("acme", 7), waiting("acme", 1));
    written();
    add(60, unsolved("acme", 8));

    assertThat(written())
        .isEqualTo(
            """
            # TYPE helpdesk_unsolved gauge
            # HELP helpdesk_unsolved Unsolved \\"tickets\\".
            helpdesk_unsolved{job="helpdesk",source="acme"} 8.0 1700000060
            # EOF
            """);
  }

  @Test
  void timeOnlyRises() throws IOException {
    add(60, unsolved("acme", 7));
    written();

    assertThatThrownBy(() -> add(60, unsolved("acme", 8)))
        .hasMessageContaining("allowed: rising whole seconds");
  }

  private void add(int seconds, MetricSnapshot... shown) {
    annals.goOnAt(FIRST.plusSeconds(seconds));
    List.of(shown).forEach(annals::add);
  }

  private String written() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    annals.writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static GaugeSnapshot unsolved(String source, double value) {
    return gauge("helpdesk_unsolved", "Unsolved \"tickets\".", source, value);
  }

  private static GaugeSnapshot waiting(String source, double value) {
    return gauge("helpdesk_waiting", "Waiting.", source, value);
  }

  private static GaugeSnapshot gauge(String name, String help, String source, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(
            GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(Labels.of("source", source))
                .value(value)
                .build())
        .build();
  }
}
