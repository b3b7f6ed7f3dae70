package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.ConfigException;
import io.helpdeskexporter.exposition.BuildInfo;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.http.ServiceStatus;
import io.helpdeskexporter.http.ServiceStatus.Outlook;
import io.helpdeskexporter.kpi.Goal;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.kpi.Standing.Outcome;
import io.helpdeskexporter.source.Pace;
import io.helpdeskexporter.sync.Board;
import io.helpdeskexporter.sync.Board.Role;
import io.helpdeskexporter.sync.Interval;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the readiness check says of a process that has no numbers yet. */
class StatusPageTest {
  private static final Instant NOW = Instant.parse("2026-03-12T15:00:00Z");
  private static final Database NEVER_ASKED = new Database("jdbc:postgresql://nowhere/", "x", "");

  private static final String GOALS =
      """
      goals:
        - name: fewer-reopenings
          kpi: reopen_rate
          window: 30d
          start_date: 2026-01-01
          start_value: 9%
          target_value: 7%
          deadline: 2026-02-28
      """;

  @TempDir private Path directory;
  private final Board board =
      new Board(
          List.of(),
          List::of,
          metrics -> metrics,
          _ -> {},
          Map.of("desk", _ -> Duration.ofSeconds(30)),
          5000,
          _ -> {},
          Clock.fixed(NOW, ZoneOffset.UTC));
  private Wiring wiring;

  @BeforeEach
  void wire() throws ConfigException {
    Path config = Reading.config(directory, NEVER_ASKED, GOALS + GeneratedDesk.SOURCE);
    wiring = new Wiring(Wiring.loader(Map.of()).load(config).value());
  }

  @Test
  void itSaysThatItStartsUntilTheStoreHasSaidWhetherAnotherLeads() {
    assertThat(notReadyBecause()).startsWith("starting:");

    board.takeOn(Role.STANDING_BY);
    assertThat(notReadyBecause()).startsWith("standing by:");
  }

  @Test
  void oneThatLeadsDoesNotSayThatItStandsByBeforeItsSourcesShowSomething() {
    board.takeOn(Role.LEADING);

    assertThat(notReadyBecause()).isEqualTo("first import of desk is under way");
  }

  @Test
  void whatAGoalCameToIsBeingComputedUntilItIsKnown() {
    Goal over = wiring.goals().getFirst();
    assertThat(outlook(Map.of())).isEqualTo(Outlook.BEING_COMPUTED);
    assertThat(outlook(Map.of(over, new Outcome(OptionalDouble.of(0.05)))))
        .isEqualTo(Outlook.REACHED);
    assertThat(outlook(Map.of(over, new Outcome(OptionalDouble.empty()))))
        .isEqualTo(Outlook.NOT_MEASURED);
  }

  @Test
  void aSourceThatIsPolledLessOftenSaysHowOftenAndWhy() {
    Duration minute = Duration.ofMinutes(1);
    Duration longer = Duration.ofSeconds(69);
    Interval interval = Interval.of(minute);

    assertThat(StatusPage.slowed(interval)).isEmpty();
    assertThat(StatusPage.slowed(interval.at(new Pace(minute, "daily")))).isEmpty();
    assertThat(StatusPage.slowed(interval.at(new Pace(longer, "daily"))))
        .contains(new ServiceStatus.Pace(longer, minute, "daily"));
  }

  private Outlook outlook(Map<Goal, Outcome> outcomes) {
    SourceMetrics shown = new SourceMetrics("desk", NOW, false, Map.of(), Map.of());
    return StatusPage.goals(List.of(shown), wiring, outcomes).getFirst().outlook();
  }

  private String notReadyBecause() {
    return StatusPage.of(BuildInfo.read(), NOW, NOW, board, wiring, Map.of())
        .notReadyBecause()
        .orElseThrow();
  }
}
