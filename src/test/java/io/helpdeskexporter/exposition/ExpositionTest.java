package io.helpdeskexporter.exposition;

import static io.helpdeskexporter.exposition.Format.OPENMETRICS;
import static io.helpdeskexporter.exposition.Format.PROTOBUF;
import static io.helpdeskexporter.exposition.Format.TEXT;
import static io.helpdeskexporter.exposition.Scrape.Encoding.GZIP;
import static io.helpdeskexporter.exposition.Scrape.Encoding.PLAIN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_35_0.Metrics.MetricFamily;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {

  private final Exposition exposition = new Exposition(Clock.SYSTEM);

  @Test
  void nothingIsServedBeforeTheFirstPublish() {
    assertThat(exposition.initialised()).isFalse();
    assertThat(exposition.scrape(TEXT, PLAIN)).isEmpty();
    assertThat(exposition.scrapeNamed(List.of("x"), TEXT, PLAIN)).isEmpty();
    assertThat(exposition.probe("acme", TEXT, PLAIN)).isEmpty();

    exposition.publish(new MetricSnapshots());

    assertThat(exposition.initialised()).isTrue();
    assertThat(exposition.scrape(TEXT, PLAIN)).isPresent();
  }

  @Test
  void aScrapeIsTheKpisAndThenTheRuntimeMetricsOfThisMoment() {
    Counter requests =
        Counter.builder("demo.requests").description("Requests.").register(exposition.meters());
    exposition.publish(Snapshots.gauges(1, 7));

    requests.increment();
    assertThat(text(scrape(TEXT)))
        .isEqualTo(
            """
            # HELP helpdesk_tickets_unsolved Unsolved tickets.
            # TYPE helpdesk_tickets_unsolved gauge
            helpdesk_tickets_unsolved{source="s0000"} 7.0
            # HELP demo_requests_total Requests.
            # TYPE demo_requests_total counter
            demo_requests_total 1.0
            """);
    requests.increment();
    assertThat(text(scrape(TEXT))).contains("demo_requests_total 2.0");
  }

  @Test
  void openMetricsEndsOnce() {
    exposition.meters().counter("demo.requests");
    exposition.publish(Snapshots.ofEachKind());
    assertThat(text(scrape(OPENMETRICS))).endsWith("# EOF\n").containsOnlyOnce("# EOF");
  }

  @Test
  void protobufHoldsTheFamiliesOfBothParts() throws IOException {
    exposition.meters().counter("demo.requests");
    exposition.publish(Snapshots.ofEachKind());
    assertThat(families(scrape(PROTOBUF).toBytes()))
        .contains("helpdesk_tickets_unsolved", "demo_requests_total");
  }

  @ParameterizedTest
  @EnumSource
  void gzipHoldsTheSameBytes(Format format) {
    exposition.meters().counter("demo.requests");
    exposition.publish(Snapshots.ofEachKind());
    Scrape gzip = exposition.scrape(format, GZIP).orElseThrow();
    assertThat(gzip.length()).isEqualTo(gzip.toBytes().length);
    assertThat(unzipped(gzip)).isEqualTo(scrape(format).toBytes());
  }

  @ParameterizedTest
  @EnumSource
  void theKpiPartIsRenderedAndCompressedOncePerRefresh(Format format) {
    exposition.publish(Snapshots.ofEachKind());
    byte[] plain = scrape(format).parts().getFirst();
    byte[] deflated = exposition.scrape(format, GZIP).orElseThrow().parts().get(1);
    assertThat(scrape(format).parts().getFirst()).isSameAs(plain);
    assertThat(exposition.scrape(format, GZIP).orElseThrow().parts().get(1)).isSameAs(deflated);

    exposition.publish(Snapshots.ofEachKind());
    assertThat(scrape(format).parts().getFirst()).isNotSameAs(plain).isEqualTo(plain);
  }

  @ParameterizedTest
  @EnumSource
  void whatARefreshLeavesAloneIsRenderedAndCompressedNoSecondTime(Format format) {
    MetricSnapshot many = Snapshots.gauge("helpdesk_a", 500, 1);
    MetricSnapshot few = Snapshots.gauge("helpdesk_b", 2, 1);
    MetricSnapshot more = Snapshots.gauge("helpdesk_c", 500, 1);
    Pieces first = Pieces.none(format).followedBy(Pieces.cut(new MetricSnapshots(many, few, more)));
    MetricSnapshot changed = Snapshots.gauge("helpdesk_b", 2, 7);
    Pieces next = first.followedBy(Pieces.cut(new MetricSnapshots(many, changed, more)));

    List<Rendered> before = first.rendered().toList();
    List<Rendered> after = next.rendered().toList();
    assertThat(after).hasSize(3);
    assertThat(after.get(0)).isSameAs(before.get(0));
    assertThat(after.get(1).plain()).isNotEqualTo(before.get(1).plain());
    assertThat(after.get(2)).isSameAs(before.get(2));
  }

  @ParameterizedTest
  @EnumSource
  void aFamilyPublishedAgainIsNotReadAgain(Format format) {
    AtomicInteger read = new AtomicInteger();
    MetricSnapshot same =
        new CounterSnapshot(
            new MetricMetadata("helpdesk_replies", "Replies."),
            List.of(
                new CounterDataPointSnapshot(42, Labels.EMPTY, null, 0) {
                  @Override
                  public double getValue() {
                    read.incrementAndGet();
                    return super.getValue();
                  }
                }));
    exposition.publish(new MetricSnapshots(same, Snapshots.gauge("helpdesk_zeal", 500, 1)));
    scrape(format);
    int once = read.get();
    assertThat(once).isPositive();

    MetricSnapshot changed = Snapshots.gauge("helpdesk_zeal", 500, 2);
    exposition.publish(new MetricSnapshots(same, changed));

    assertThat(unzipped(exposition.scrape(format, GZIP).orElseThrow()))
        .isEqualTo(Rendering.whole(format, new MetricSnapshots(same, changed)));
    assertThat(read.get()).as("beside the expected one").isEqualTo(2 * once);
  }

  /** Neither many small families nor a large one beside them are made anew for another's sake. */
  @Test
  void aPieceEndsWhereItIsLargeEnoughAndBeforeALargeFamily() {
    MetricSnapshots families =
        new MetricSnapshots(
            Snapshots.gauge("helpdesk_a", 150, 1),
            Snapshots.gauge("helpdesk_b", 50, 1),
            Snapshots.gauge("helpdesk_c", 199, 1),
            Snapshots.gauge("helpdesk_d", 200, 1),
            Snapshots.gauge("helpdesk_e", 1, 1));
    assertThat(Pieces.cut(families))
        .extracting(piece -> piece.stream().map(it -> it.getMetadata().getName()).toList())
        .containsExactly(
            List.of("helpdesk_a", "helpdesk_b"),
            List.of("helpdesk_c"),
            List.of("helpdesk_d"),
            List.of("helpdesk_e"));
  }

  /** What is kept of the refreshes before must never show. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anAnswerIsAsIfItsRefreshWereTheFirst(long seed) {
    Random random = new Random(seed);
    Map<String, MetricSnapshot> families = new TreeMap<>();
    for (int refresh = 0; refresh < 60; refresh++) {
      for (int change = random.nextInt(6); change > 0; change--) {
        String name = "helpdesk_" + (char) ('a' + random.nextInt(20));
        if (random.nextInt(4) == 0) {
          families.remove(name);
        } else {
          families.put(
              name, Snapshots.gauge(name, random.nextInt(1 << random.nextInt(10)), refresh));
        }
      }
      exposition.publish(new MetricSnapshots(families.values()));
      Exposition first = new Exposition(Clock.SYSTEM);
      first.publish(new MetricSnapshots(families.values()));
      Format format = Format.values()[random.nextInt(3)];
      byte[] expected = first.scrape(format, PLAIN).orElseThrow().toBytes();

      assertThat(scrape(format).toBytes()).isEqualTo(expected);
      assertThat(unzipped(exposition.scrape(format, GZIP).orElseThrow())).isEqualTo(expected);
    }
  }

  /** The pieces end where families do, so an answer is what the library's writers make of all. */
  @ParameterizedTest
  @EnumSource
  void anAnswerInPiecesIsAsInOne(Format format) {
    MetricSnapshots all =
        new MetricSnapshots(
            IntStream.range(0, 40)
                .mapToObj(i -> Snapshots.gauge("helpdesk_" + (char) ('a' + i % 26) + i, i * 10, i))
                .toList());
    exposition.publish(all);

    assertThat(Pieces.cut(all)).hasSizeGreaterThan(10);
    assertThat(scrape(format).toBytes()).isEqualTo(Rendering.whole(format, all));
  }

  @Test
  void oneSourceIsAvailableAloneWithoutRuntimeMetrics() {
    exposition.meters().counter("demo.requests");
    exposition.publish(Snapshots.ofEachKind());
    assertThat(text(exposition.probe("acme", TEXT, PLAIN).orElseThrow()))
        .contains("helpdesk_replies_total{source=\"acme\"} 42.0")
        .contains("helpdesk_tickets_unsolved{source=\"acme\"")
        .doesNotContain("globex")
        .doesNotContain("demo_requests")
        .doesNotContain("helpdesk_exporter_build")
        .doesNotContain("helpdesk_ticket_handling_seconds");
    Scrape gzip = exposition.probe("acme", OPENMETRICS, GZIP).orElseThrow();
    assertThat(new String(unzipped(gzip), UTF_8)).endsWith("# EOF\n");
  }

  @Test
  void aNameSelectsItsFamilyInBothParts() {
    exposition.meters().counter("demo.requests");
    exposition.meters().counter("demo.errors");
    exposition.publish(Snapshots.ofEachKind());
    String text =
        text(
            exposition
                .scrapeNamed(
                    List.of(
                        "demo_requests_total",
                        "helpdesk_tickets_unsolved",
                        "helpdesk_ticket_first_response_seconds_bucket"),
                    TEXT,
                    PLAIN)
                .orElseThrow());
    assertThat(text.lines().filter(line -> line.startsWith("# TYPE")).toList())
        .containsExactly(
            "# TYPE demo_requests_total counter",
            "# TYPE helpdesk_ticket_first_response_seconds histogram",
            "# TYPE helpdesk_tickets_unsolved gauge");
  }

  @Test
  void aNameThatNothingHasSelectsNothing() {
    exposition.publish(Snapshots.ofEachKind());
    List<String> unknown = List.of("helpdesk_tickets_unsolved_by_nobody", "nothing");
    assertThat(text(exposition.scrapeNamed(unknown, TEXT, PLAIN).orElseThrow())).isEmpty();
    assertThat(text(exposition.scrapeNamed(unknown, OPENMETRICS, PLAIN).orElseThrow()))
        .isEqualTo("# EOF\n");
  }

  @Test
  void theRegistryShowsTheCurrentKpisToo() {
    assertThat(exposition.meters().scrape()).isEmpty();
    exposition.publish(Snapshots.gauges(1, 7));
    assertThat(exposition.meters().scrape()).contains("helpdesk_tickets_unsolved");
  }

  @Test
  void aKpiFamilyWithoutThePrefixIsRefusedAndTheSnapshotBeforeStays() {
    exposition.publish(Snapshots.gauges(1, 7));
    MetricSnapshots wrong =
        new MetricSnapshots(GaugeSnapshot.builder().name("jvm_memory_used_bytes").build());
    assertThatThrownBy(() -> exposition.publish(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jvm_memory_used_bytes")
        .hasMessageContaining("helpdesk_");
    assertThat(text(scrape(TEXT))).contains("helpdesk_tickets_unsolved{source=\"s0000\"} 7.0");
  }

  @Test
  void familiesThatExposeOneSampleNameAreRefused() {
    MetricSnapshots twice =
        new MetricSnapshots(
            CounterSnapshot.builder().name("helpdesk_replies").build(),
            GaugeSnapshot.builder().name("helpdesk_replies_created").build());
    assertThatThrownBy(() -> exposition.publish(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("helpdesk_replies_created");
  }

  @Test
  void aMeterWithAKpiNameIsRefused() {
    assertThatThrownBy(() -> exposition.meters().counter("helpdesk.replies"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("helpdesk.replies");
  }

  @Test
  void aCollectorWithAKpiNameIsLeftOut() {
    exposition
        .registry()
        .register(
            () ->
                new MetricSnapshots(
                    GaugeSnapshot.builder()
                        .name("helpdesk_tickets_unsolved")
                        .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder().value(99).build())
                        .build()));
    exposition.publish(Snapshots.gauges(1, 7));
    assertThat(text(scrape(TEXT))).contains("} 7.0").doesNotContain("99.0");
  }

  /** Each refresh has one value throughout; an answer that mixes two refreshes shows two. */
  @ParameterizedTest
  @EnumSource
  void parallelScrapesSeeOneRefreshEach(Scrape.Encoding encoding) throws Exception {
    exposition.publish(Snapshots.gauges(300, 0));
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService scrapers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Set<String>>>> seen = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        seen.add(scrapers.submit(() -> scrapeUntil(done, encoding)));
      }
      for (int refresh = 1; refresh <= 300; refresh++) {
        exposition.publish(Snapshots.gauges(300, refresh));
      }
      done.set(true);
      for (Future<List<Set<String>>> values : seen) {
        assertThat(values.get()).isNotEmpty().allSatisfy(v -> assertThat(v).hasSize(1));
      }
    }
    assertThat(values(scrape(TEXT).toBytes())).containsExactly("300.0");
  }

  @Test
  void theBuildKnowsItsVersion() {
    assertThat(BuildInfo.read().version()).isNotBlank();
    assertThat(BuildInfo.read().revision()).isNotBlank();
  }

  private List<Set<String>> scrapeUntil(AtomicBoolean done, Scrape.Encoding encoding) {
    List<Set<String>> seen = new ArrayList<>();
    do {
      Scrape scrape = exposition.scrape(TEXT, encoding).orElseThrow();
      seen.add(values(encoding == GZIP ? unzipped(scrape) : scrape.toBytes()));
    } while (!done.get());
    return seen;
  }

  private static Set<String> values(byte[] text) {
    return new String(text, UTF_8)
        .lines()
        .filter(line -> line.startsWith("helpdesk_tickets_unsolved{"))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .collect(Collectors.toSet());
  }

  private Scrape scrape(Format format) {
    return exposition.scrape(format, PLAIN).orElseThrow();
  }

  private static String text(Scrape scrape) {
    return new String(scrape.toBytes(), UTF_8);
  }

  private static byte[] unzipped(Scrape scrape) {
    try {
      return new GZIPInputStream(new ByteArrayInputStream(scrape.toBytes())).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> families(byte[] delimited) throws IOException {
    List<String> names = new ArrayList<>();
    try (InputStream in = new ByteArrayInputStream(delimited)) {
      MetricFamily family;
      while ((family = MetricFamily.parseDelimitedFrom(in)) != null) {
        names.add(family.getName());
      }
    }
    return names;
  }
}
