package io.helpdeskexporter.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.source.Pace;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.sync.Board.Role;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source that is polled less often is not taken for one that is not heard of. */
class StaleTest {
  private static final Instant NOON = Instant.parse("2026-03-12T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SimulatedTime time = new SimulatedTime(NOON);
  private final AtomicReference<MetricSnapshots> published = new AtomicReference<>();
  private final Vitals vitals = new Vitals("desk", "salesforce", Optional.empty(), MINUTE);

  private Board board(UnaryOperator<Duration> staleAfter) {
    Board board =
        new Board(
            List.of(),
            List::of,
            metrics -> metrics,
            _ -> {},
            Map.of("desk", staleAfter),
            5000,
            published::set,
            time);
    board.takeOn(Role.LEADING);
    SourceMetrics metrics = new SourceMetrics("desk", NOON, false, Map.of(), Map.of());
    board.show(new SourceView(vitals.health(), Optional.of(metrics)));
    return board;
  }

  @BeforeEach
  void read() {
    vitals.succeeded(NOON, NOON, MINUTE);
  }

  @Test
  void itIsStaleAfterThreePolls() {
    Board board = board(interval -> interval.multipliedBy(3));

    assertThat(told("helpdesk_poll_interval_seconds")).isEqualTo(60);
    assertThat(told("helpdesk_source_stale_after_seconds")).isEqualTo(180);
    time.advance(MINUTE.multipliedBy(3));
    assertThat(isStale(board)).isFalse();
    time.advance(Duration.ofSeconds(1));
    assertThat(isStale(board)).isTrue();
  }

  @Test
  void itIsStaleAfterThreeStretchedPolls() {
    vitals.paced(new Pace(Duration.ofMinutes(10), "daily"));
    Board board = board(interval -> interval.multipliedBy(3));

    assertThat(told("helpdesk_poll_interval_seconds")).isEqualTo(600);
    assertThat(told("helpdesk_source_stale_after_seconds")).isEqualTo(1800);
    time.advance(Duration.ofMinutes(30));
    assertThat(isStale(board)).isFalse();
    time.advance(Duration.ofSeconds(1));
    assertThat(isStale(board)).isTrue();
  }

  private static boolean isStale(Board board) {
    return board.metrics().getFirst().stale();
  }

  private double told(String name) {
    return published.get().stream()
        .filter(family -> family.getMetadata().getName().equals(name))
        .flatMap(family -> family.getDataPoints().stream())
        .mapToDouble(point -> ((GaugeDataPointSnapshot) point).getValue())
        .sum();
  }
}
