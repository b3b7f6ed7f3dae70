package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.facts.Definitions;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PseudonymsTest {
  private static final List<Family> FAMILIES = Catalogue.of(Definitions.DEFAULT, true).families();
  private static final String SOLVED = "helpdesk_agent_tickets_solved_total";
  private static final String RESPONSES = "helpdesk_agent_csat_responses_total";
  private static final Pseudonyms PLAIN = new Pseudonyms("a key of sixteen", Map.of());

  private final Map<String, List<DataPointSnapshot>> points = new TreeMap<>();

  private PseudonymsTest with(String family, String agent, int value, String... more) {
    Labels labels = Labels.of("agent", agent, "source", "desk");
    for (int i = 0; i < more.length; i += 2) {
      labels = labels.add(more[i], more[i + 1]);
    }
    points
        .computeIfAbsent(family, _ -> new ArrayList<>())
        .add(new CounterDataPointSnapshot(value, labels, null, 7));
    return this;
  }

  private Map<String, Double> shown(Pseudonyms by) {
    return shown(by, "desk");
  }

  /** Values by agent, and by score where there is one. */
  private Map<String, Double> shown(Pseudonyms by, String source) {
    SourceMetrics metrics = new SourceMetrics(source, Instant.EPOCH, false, points, Map.of());
    Map<String, Double> shown = new TreeMap<>();
    for (MetricSnapshot family : by.of(List.of(metrics), FAMILIES)) {
      for (CounterDataPointSnapshot point : ((CounterSnapshot) family).getDataPoints()) {
        assertThat(point.getCreatedTimestampMillis()).isEqualTo(7);
        String score = point.getLabels().get("score");
        shown.put(
            point.getLabels().get("agent") + (score == null ? "" : " " + score), point.getValue());
      }
    }
    return shown;
  }

  @Test
  void anAgentIsShownAsAHashThatDependsOnTheKeyAndTheSource() {
    with(SOLVED, "ann@example.com", 7);

    assertThat(shown(PLAIN).keySet()).singleElement().asString().matches("[0-9a-f]{12}");
    assertThat(shown(PLAIN)).isEqualTo(shown(PLAIN)).containsValue(7.0);
    assertThat(shown(new Pseudonyms("another key, too", Map.of())).keySet())
        .isNotEqualTo(shown(PLAIN).keySet());
    assertThat(shown(PLAIN, "other-desk").keySet()).isNotEqualTo(shown(PLAIN).keySet());
  }

  @Test
  void anAliasStandsInsteadOfTheHash() {
    with(SOLVED, "ann", 7).with(SOLVED, "bob", 8);

    assertThat(shown(new Pseudonyms("a key of sixteen", Map.of("ann", "blue otter"))))
        .hasSize(2)
        .containsEntry("blue otter", 7.0)
        .doesNotContainKeys("ann", "bob");
  }

  @Test
  void whoHasFewerThanFiveIsNotShown() {
    with(SOLVED, "ann", 4).with(SOLVED, "bob", 5);

    assertThat(shown(PLAIN)).hasSize(1).containsValue(5.0);
  }

  @Test
  void theAnswersOfAnAgentAreCountedTogether() {
    with(RESPONSES, "ann", 3, "score", "5")
        .with(RESPONSES, "ann", 2, "score", "1")
        .with(RESPONSES, "bob", 4, "score", "5");

    assertThat(shown(PLAIN).values()).containsExactlyInAnyOrder(3.0, 2.0);
  }

  @Test
  void thoseBeyondTheBudgetStayOther() {
    with(SOLVED, "other", 9);

    assertThat(shown(PLAIN)).containsExactly(Map.entry("other", 9.0));
  }

  @Test
  void nothingElseIsShownThere() {
    with("helpdesk_tickets_solved_total", "ann", 9);

    assertThat(shown(PLAIN)).isEmpty();
  }
}
