package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.helpdeskexporter.config.Config;
import io.helpdeskexporter.explain.AddedUp;
import io.helpdeskexporter.explain.Explainer;
import io.helpdeskexporter.explain.Explanation;
import io.helpdeskexporter.explain.Question;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.FedSeries;
import io.helpdeskexporter.store.Known;
import io.helpdeskexporter.store.SourceStore;
import io.helpdeskexporter.store.Store;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The database that a running RT 5.0.3 wrote, which lies beside the checkout and not in it: what
 * the explanations of its tickets say, one by one, adds up to what is scraped of all of them.
 */
class ExplainReplayTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Of "lead" and "clerk", both with the password "open sesame". */
  private static final String USERS =
      """
      basic_auth_users:
        lead: %1$s
        clerk: %1$s
      """;

  @TempDir Path directory;

  @Test
  void itsTicketsAddUpToWhatItsNumbersAreAtAnyInstant() throws Exception {
    if (!Files.exists(Rt5SampleReplayTest.DUMP)) {
      System.out.println("not replayed: " + Rt5SampleReplayTest.DUMP + " is not there");
      return;
    }
    Database rt = TestPostgres.freshDatabase();
    Rt5SampleReplayTest.load(rt);
    Path file =
        Reading.config(directory, TestPostgres.freshDatabase(), Rt5SampleReplayTest.config(rt));
    Config config = Wiring.loader(Map.of()).load(file).value();
    Wiring wiring = new Wiring(config);
    ConfiguredSource<?> source = wiring.sources().getFirst();
    try (Store store =
        Store.open(
            OwnStore.of(config.store()).settings(),
            Known.of(wiring.catalogue().families()),
            Optional.empty())) {
      ReadOnce.read(wiring, source, store, Clock.systemUTC());
      SourceStore stored = wiring.stored(store, source);
      for (String instant :
          List.of(
              "2026-09-14T12:00:00Z",
              "2026-09-15T08:17:00Z",
              "2026-09-16T20:00:00Z",
              "2026-10-01T00:00:00Z")) {
        Instant asOf = Instant.parse(instant);
        Explainer explainer = wiring.explainer(source, stored, asOf);
        Map<String, BigDecimal> sums = new TreeMap<>();
        stored.forEachTimeline(
            timeline -> {
              if (!timeline.ticket().createdAt().isAfter(asOf)) {
                AddedUp.add(explainer.explain(timeline), sums);
              }
            });
        assertThat(doubles(sums))
            .as(instant)
            .isEqualTo(
                AddedUp.shown(
                    ReportCommand.metrics(wiring, source, store, asOf),
                    wiring.catalogue().families(wiring.policies(source))))
            .hasSizeGreaterThan(50);
      }
      asCounted(wiring, source, store);
    }
  }

  /** By the ledgers that are stored, against the totals that are stored. */
  private static void asCounted(Wiring wiring, ConfiguredSource<?> source, Store store)
      throws Exception {
    SourceStore stored = wiring.stored(store, source);
    Explaining explaining = new Explaining(wiring, store);
    List<String> tickets = new ArrayList<>();
    stored.forEachTimeline(it -> tickets.add(it.ticket().id()));
    assertThat(tickets).hasSizeGreaterThan(10);
    Set<String> forEver = new HashSet<>();
    Set<String> served = new HashSet<>();
    for (Family family : wiring.catalogue().families()) {
      if (family instanceof Family.Ever it) {
        forEver.add(it.measure().name());
        served.add(it.measure().name());
      } else if (family instanceof Family.Report it) {
        served.add(it.measure().name());
      }
    }
    long explained = 0;
    List<String> counted = new ArrayList<>();
    for (String ticket : tickets) {
      Explanation all = explaining.answer(new Question(source.name(), ticket, Optional.empty()));
      explained += all.kpis().stream().mapToLong(it -> it.entries().size()).sum();
      stored.ticket(ticket).orElseThrow().ledger().entries().stream()
          .map(it -> it.counted().measure().name())
          .filter(served::contains)
          .forEach(counted::add);
    }
    assertThat(explained).as("all but what forecasts alone are made of").isEqualTo(counted.size());
    assertThat(counted.stream().filter(forEver::contains).count())
        .isEqualTo(
            stored.totals().stream()
                .filter(it -> forEver.contains(it.measure().name()))
                .mapToLong(it -> it.count())
                .sum())
        .isGreaterThan(100);
  }

  @Test
  void whatIsAskedOfARunningExporterAddsUpToWhatItServes() throws Exception {
    if (!Files.exists(Rt5SampleReplayTest.DUMP)) {
      System.out.println("not replayed: " + Rt5SampleReplayTest.DUMP + " is not there");
      return;
    }
    Database rt = TestPostgres.freshDatabase();
    Rt5SampleReplayTest.load(rt);
    Files.writeString(
        directory.resolve("web.yml"),
        USERS.formatted(BCrypt.withDefaults().hashToString(4, "open sesame".toCharArray())));
    Path file =
        Reading.config(
            directory,
            TestPostgres.freshDatabase(),
            "listen: {web_config_file: web.yml, explain_users: [lead]}\n"
                + Rt5SampleReplayTest.config(rt)
                    .replace("windows: [30d]", "windows: [30d, 366d]")
                    .replace("kind: sql\n", "kind: sql\n    poll_every: 1s\n"));
    try (RunningExporter exporter = RunningExporter.start(file)) {
      Scrape scrape = scraped(exporter);
      Map<String, BigDecimal> sums = new TreeMap<>();
      Set<String> told = new TreeSet<>();
      for (String ticket : tickets(rt)) {
        HttpResponse<String> answer = ask(exporter, "lead", ticket);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        fed(JSON.readTree(answer.body())).forEach(it -> AddedUp.add(it, sums));
        told.add(ticket);
      }
      assertThat(told).hasSizeGreaterThan(10);
      assertThat(doubles(sums)).isEqualTo(additive(scrape)).hasSizeGreaterThan(100);

      assertThat(ask(exporter, "clerk", "1").statusCode()).isEqualTo(403);
      assertThat(exporter.get("/explain?source=rt&ticket=1").statusCode()).isEqualTo(401);
      HttpResponse<String> unknown = ask(exporter, "lead", "4711");
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(unknown.body()).contains("the nearest ids are:");
      assertThat(exporter.log()).doesNotContain("4711").doesNotContain("ticket=");
    }
  }

  private static Scrape scraped(RunningExporter exporter) throws IOException {
    Scrape[] found = new Scrape[1];
    Eventually.passes(
        "the sample has been read",
        RunningExporter.LIMIT,
        () -> {
          HttpResponse<String> answer = exporter.get("/metrics", "Authorization", basic("lead"));
          assertThat(answer.statusCode()).isEqualTo(200);
          Scrape scrape = Scrape.of(answer.body());
          assertThat(scrape.one("helpdesk_up", "source", "rt")).isEqualTo(1);
          found[0] = scrape;
        });
    return found[0];
  }

  private static List<String> tickets(Database rt) {
    return List.of(
        rt.value("SELECT string_agg(id::text, ',') FROM public.tickets WHERE type = 'ticket'")
            .orElseThrow()
            .split(","));
  }

  private static HttpResponse<String> ask(RunningExporter exporter, String user, String ticket) {
    return exporter.get("/explain?source=rt&ticket=" + ticket, "Authorization", basic(user));
  }

  private static String basic(String user) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":open sesame").getBytes(StandardCharsets.UTF_8));
  }

  /** What a ticket feeds by the JSON that tells of it. */
  private static List<FedSeries> fed(JsonNode explanation) {
    List<FedSeries> all = new ArrayList<>();
    for (JsonNode part : explanation.get("kpis")) {
      for (JsonNode entry : part.get("counted")) {
        entry.get("series").forEach(it -> all.add(fedBy(it)));
        entry.get("windows").forEach(it -> all.add(fedBy(it)));
      }
      for (JsonNode standing : part.get("standing")) {
        if (standing.get("now").asBoolean()) {
          standing.get("series").forEach(it -> all.add(fedBy(it)));
        }
      }
    }
    return all.stream().filter(it -> it.kind().isAdditive()).toList();
  }

  private static FedSeries fedBy(JsonNode series) {
    TreeMap<String, String> labels = new TreeMap<>();
    series
        .get("labels")
        .properties()
        .forEach(it -> labels.put(it.getKey(), it.getValue().asString()));
    JsonNode bucket = series.get("bucket");
    return new FedSeries(
        series.get("family").asString(),
        labels,
        List.of(),
        FedSeries.Kind.valueOf(series.get("kind").asString().toUpperCase(Locale.ROOT)),
        series.get("amount").decimalValue(),
        bucket.isNull()
            ? OptionalDouble.empty()
            : OptionalDouble.of(
                bucket.asString().equals("+Inf")
                    ? Double.POSITIVE_INFINITY
                    : Double.parseDouble(bucket.asString())));
  }

  /** All that is served of families that add up, and not 0. */
  private static Map<String, Double> additive(Scrape scrape) {
    Set<String> names = new HashSet<>();
    for (Family family : Catalogue.of(Definitions.DEFAULT).families()) {
      switch (family) {
        case Family.Histogram it ->
            List.of("_count", "_sum", "_bucket").forEach(end -> names.add(it.name() + end));
        case Family.Counter _,
            Family.SumCounter _,
            Family.Gauge _,
            Family.Sum _,
            Family.WindowCount _,
            Family.WindowSum _ ->
            names.add(family.name());
        case Family.AgentCounter _,
            Family.Earliest _,
            Family.WindowDistinct _,
            Family.WindowSeconds _,
            Family.Judged _,
            Family.Forecast _,
            Family.SlaTargets _ -> {}
      }
    }
    Map<String, Double> all = new TreeMap<>();
    scrape.numbers().samples().stream()
        .filter(it -> names.contains(it.family()) && it.value() != 0)
        .forEach(
            it -> {
              Map<String, String> labels = new TreeMap<>(it.labels());
              labels.computeIfPresent("le", (_, le) -> le.equals("+Inf") ? "Infinity" : le);
              all.put(AddedUp.name(it.family(), labels), it.value());
            });
    return all;
  }

  private static Map<String, Double> doubles(Map<String, BigDecimal> sums) {
    Map<String, Double> all = new TreeMap<>();
    sums.forEach((series, sum) -> all.put(series, sum.doubleValue()));
    return all;
  }
}
