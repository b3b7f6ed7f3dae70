package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.ConfigException;
import io.helpdeskexporter.config.ConfigLoader;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.kpi.SourceMetrics.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which series of promises a source shows at 0 before it has been read. */
class StartingSeriesTest {
  private static final Database NEVER_ASKED = new Database("jdbc:postgresql://nowhere/", "x", "");

  private static final String POLICY =
      "sla: [{name: all, match: {priority: [high]}, first_response: 1h, next_response: 2h,"
          + " resolution: 8h}]\n";

  private static final String TICKETS =
      """
      sources:
        - name: desk
          kind: file
          tickets: {path: tickets.csv, columns: {id: id, created_at: created%s}}
      """;

  private static final String EVENTS =
      "    events: {path: events.csv, columns: {ticket: t, at: at, kind: kind, actor: by}}\n";

  @TempDir private Path directory;

  @Test
  void everyPromiseOfThePoliciesStartsAtNothingBroken() throws Exception {
    assertThat(broken(POLICY + TICKETS.formatted("") + EVENTS))
        .allSatisfy(sample -> assertThat(sample.value()).isZero())
        .extracting(sample -> sample.labels().get("sla_metric"))
        .containsExactlyInAnyOrder("first_response", "next_response", "resolution");
  }

  @Test
  void whereNobodyTellsWhoWroteThePromisesOfRepliesAreAbsentNotKept() throws Exception {
    assertThat(broken(POLICY + TICKETS.formatted("")))
        .extracting(sample -> sample.labels().get("sla_metric"))
        .containsExactly("resolution");
  }

  @Test
  void whatTheSourceJudgesItselfStartsAtNothingBrokenForEachPriority() throws Exception {
    List<Sample> broken = broken(TICKETS.formatted(", reported: {sla_met: kept}"));

    assertThat(broken)
        .allSatisfy(
            sample -> assertThat(sample.labels()).containsEntry("sla_metric", "resolution"));
    assertThat(broken.stream().map(it -> it.labels().get("priority")).collect(Collectors.toSet()))
        .isEqualTo(
            Set.of(Priority.values()).stream().map(Priority::label).collect(Collectors.toSet()));
  }

  private List<Sample> broken(String config) throws IOException, ConfigException {
    Path file = Reading.config(directory, NEVER_ASKED, config);
    Wiring wiring = new Wiring(new ConfigLoader(Kinds.settings(), Map.of()).load(file).value());
    ConfiguredSource<?> source = wiring.sources().getFirst();
    Policies policies = wiring.policies(source);
    return wiring
        .engine(source, policies, Instant.parse("2026-03-02T09:00:00Z"), List.of())
        .evaluate()
        .samples(wiring.catalogue().families())
        .filter(sample -> sample.family().equals("helpdesk_sla_breaches_total"))
        .toList();
  }
}
