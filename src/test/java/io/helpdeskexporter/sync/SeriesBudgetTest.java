package io.helpdeskexporter.sync;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.Label;
import io.helpdeskexporter.kpi.Level;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SeriesBudgetTest {
  private static final Family TICKETS =
      new Family.Gauge("helpdesk_tickets", "Open.", Level.of("open"), Set.of(Label.TEAM));

  private final SeriesBudget budget = new SeriesBudget(2, List.of(TICKETS));
  private final Logger log = (Logger) LoggerFactory.getLogger(SeriesBudget.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void leave() {
    log.detachAppender(lines);
  }

  @Test
  void useAndBudgetAreShownSideBySide() {
    assertThat(budget.of(List.of(desk("care"))))
        .extracting(
            family -> family.getMetadata().getName() + " " + value(family.getDataPoints().get(0)))
        .containsExactly("helpdesk_exporter_series 1.0", "helpdesk_exporter_series_budget 2.0");
  }

  @Test
  void itWarnsOnceEachTimeTheBudgetIsExceeded() {
    SourceMetrics over = desk("care", "sales", "vip");

    budget.of(List.of(desk("care", "sales")));
    assertThat(lines.list).isEmpty();
    budget.of(List.of(over));
    budget.of(List.of(over));
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement()
        .asString()
        .startsWith("source desk: 3 series, which is more than labels.max_series_per_source (2)");
    budget.of(List.of(desk("care")));
    budget.of(List.of(over));
    assertThat(lines.list).hasSize(2);
  }

  private static SourceMetrics desk(String... teams) {
    List<DataPointSnapshot> points =
        Stream.of(teams)
            .<DataPointSnapshot>map(
                team ->
                    GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("source", "desk", "team", team))
                        .value(1)
                        .build())
            .toList();
    return new SourceMetrics(
        "desk", Instant.EPOCH, false, Map.of("helpdesk_tickets", points), Map.of());
  }

  private static double value(GaugeDataPointSnapshot point) {
    return point.getValue();
  }
}
