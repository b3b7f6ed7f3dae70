package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.exposition.Annals;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.kpi.Engine;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.store.SourceStore;
import io.helpdeskexporter.store.Store;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The past of a log of sixty tickets about forty topics, of which a label takes twenty-five. */
class PastTest {
  private static final Instant FIRST = Instant.parse("2026-03-04T10:00:00Z");
  private static final Instant LAST = FIRST.plus(Duration.ofHours(59));

  @TempDir Path directory;
  private Path config = Path.of("");

  @BeforeEach
  void aLogIsRead() throws Exception {
    StringBuilder rows = new StringBuilder("id,created_at,status,topic\n");
    for (int i = 0; i < 60; i++) {
      // In the order of time, the ids fall.
      rows.append("%02d,%s,new,topic %d%n".formatted(99 - i, FIRST.plus(hours(i)), i * 7 % 40));
    }
    Path tickets = Files.writeString(directory.resolve("tickets.csv"), rows);
    config =
        Reading.config(
            directory,
            TestPostgres.freshDatabase(),
            """
            reporting: {zone: UTC, windows: [1d, 30d]}
            goals:
              - name: small
                kpi: backlog
                start_value: 60
                start_date: 2026-03-04
                target_value: 10
                deadline: 2026-03-20
            sources:
              - name: log
                kind: file
                watermark: last_row
                tickets:
                  path: %s
                  columns: {id: id, created_at: created_at, status: status, topics: topic}
            """
                .formatted(tickets));
    try (Reading reading = Reading.of(config)) {
      reading.toTheEnd();
    }
  }

  @Test
  void itsLabelsAreThoseOfAStartThoughTheirBudgetOverflows() throws Exception {
    Map<String, Double> past = past(LAST, LAST);
    Map<String, Double> started = started();

    assertThat(past).containsAllEntriesOf(started);
    assertThat(past.keySet().stream().filter(it -> it.startsWith("helpdesk_topic_tickets_total")))
        .hasSize(26)
        .anyMatch(it -> it.contains("topic=\"other\""));
  }

  @Test
  void itShowsTheGoalsAsTheyStoodAndWhatIsConfigured() throws Exception {
    Map<String, Double> past = past(FIRST, FIRST.plus(hours(2)));

    assertThat(past)
        .containsEntry("helpdesk_goal_value{goal=\"small\",source=\"log\"}", 3.0)
        .containsEntry("helpdesk_goal_target_value{goal=\"small\",source=\"log\"}", 10.0)
        .containsEntry(
            "helpdesk_data_watermark_timestamp_seconds{source=\"log\"}",
            FIRST.plus(hours(2)).getEpochSecond() * 1.0)
        .containsKey("helpdesk_kpi_definition_info{kpi=\"backlog\",profile=\"age_from_creation\"}");
    assertThat(past.keySet())
        .as("what nobody did then")
        .noneMatch(it -> it.startsWith("helpdesk_up") || it.startsWith("helpdesk_poll"))
        .noneMatch(it -> it.startsWith("helpdesk_exporter_"));
  }

  private static Duration hours(int n) {
    return Duration.ofHours(n);
  }

  /** By series, as of the later of two instants. */
  private Map<String, Double> past(Instant first, Instant last) throws Exception {
    Wiring wiring = new Wiring(Wired.loader().load(config).value());
    try (Store store = Wired.by(config).open()) {
      Past past = Past.of(wiring, store, wiring.sources(), Map.of(), _ -> true, first, last);
      assertThat(past.remarks()).isEmpty();
      Annals annals = new Annals(Labels.EMPTY);
      if (first.isBefore(last)) {
        annals.goOnAt(first);
        past.addTo(annals, first);
        annals.writeTo(new ByteArrayOutputStream());
      }
      annals.goOnAt(last);
      past.addTo(annals, last);
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      annals.writeTo(text);
      return series(text.toString(StandardCharsets.UTF_8));
    }
  }

  private static Map<String, Double> series(String text) {
    Map<String, Double> all = new TreeMap<>();
    for (String line : text.lines().filter(it -> !it.startsWith("#")).toList()) {
      int time = line.lastIndexOf(' ');
      int value = line.lastIndexOf(' ', time - 1);
      all.put(line.substring(0, value), Double.parseDouble(line.substring(value + 1, time)));
    }
    return all;
  }

  /** What an exporter shows that starts on what is stored. */
  private Map<String, Double> started() throws Exception {
    Wiring wiring = new Wiring(Wired.loader().load(config).value());
    ConfiguredSource<?> source = wiring.sources().getFirst();
    try (Store store = Wired.by(config).open()) {
      SourceStore stored = wiring.stored(store, source);
      Engine engine = wiring.engine(source, wiring.policies(source), LAST, stored.teams());
      engine.restore(stored.totals());
      stored.load(LAST, Duration.ofDays(365), engine::apply);
      SourceMetrics metrics = engine.evaluate();
      Map<String, Double> all = new TreeMap<>();
      metrics
          .samples(wiring.catalogue().families())
          .forEach(
              it -> {
                StringBuilder labels = new StringBuilder();
                new TreeMap<>(it.labels())
                    .forEach(
                        (name, value) ->
                            labels
                                .append(labels.isEmpty() ? "" : ",")
                                .append(name)
                                .append("=\"")
                                .append(value)
                                .append('"'));
                all.put(it.family() + "{" + labels + "}", it.value());
              });
      assertThat(List.copyOf(all.keySet())).hasSizeGreaterThan(50);
      return all;
    }
  }
}
