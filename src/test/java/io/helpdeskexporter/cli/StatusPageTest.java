package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.ConfigException;
import io.helpdeskexporter.config.ConfigLoader;
import io.helpdeskexporter.exposition.BuildInfo;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.sync.Board;
import io.helpdeskexporter.sync.Board.Role;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the readiness check says of a process that has no numbers yet. */
class StatusPageTest {
  private static final Instant NOW = Instant.parse("2026-03-12T15:00:00Z");
  private static final Database NEVER_ASKED = new Database("jdbc:postgresql://nowhere/", "x", "");

  @TempDir private Path directory;
  private final Board board =
      new Board(
          List.of(),
          List::of,
          metrics -> metrics,
          _ -> {},
          Map.of("desk", Duration.ofSeconds(30)),
          5000,
          _ -> {},
          Clock.fixed(NOW, ZoneOffset.UTC));
  private Wiring wiring;

  @BeforeEach
  void wire() throws ConfigException {
    Path config = Reading.config(directory, NEVER_ASKED, GeneratedDesk.SOURCE);
    wiring = new Wiring(new ConfigLoader(Kinds.settings(), Map.of()).load(config).value());
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

  private String notReadyBecause() {
    return StatusPage.of(BuildInfo.read(), NOW, NOW, board, wiring, Map.of())
        .notReadyBecause()
        .orElseThrow();
  }
}
