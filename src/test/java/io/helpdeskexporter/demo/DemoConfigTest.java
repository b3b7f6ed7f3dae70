package io.helpdeskexporter.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.cli.Wired;
import io.helpdeskexporter.config.Config;
import io.helpdeskexporter.config.ConfigException;
import io.helpdeskexporter.config.ObjectiveConfig;
import io.helpdeskexporter.config.SourceConfig;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.facts.Deriver;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Promise;
import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.sql.SqlKind;
import io.helpdeskexporter.source.sql.SqlSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The desk as the exporter sees it with the configuration of the demo. */
class DemoConfigTest {
  private static final Instant NOW = Instant.parse("2026-03-12T15:00:00Z");
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 12);

  @TempDir private Path directory;

  @Test
  void itIsValidAndReadsTheDeskAsADecentOne()
      throws ConfigException, IOException, SQLException, SourceException, InterruptedException {
    Database database = TestPostgres.freshDatabase();
    DeskSettings settings = DeskSettings.small(42, TODAY, 90, 25).withChat(20);
    DeskDatabase.open(database::connect, settings, Clock.fixed(NOW, ZoneOffset.UTC)).close();

    Config config = config(database);
    SourceConfig source = config.sources().getFirst();
    List<TicketFacts> all = facts(config, source);

    assertThat(all).hasSizeBetween(2500, 5500);
    assertThat(all).allMatch(facts -> facts.unmapped().isEmpty());
    // Nothing is promised for what the bot did alone.
    List<TicketFacts> counted =
        all.stream()
            .filter(facts -> !facts.gone() && (facts.isUnsolved() || !facts.solves().isEmpty()))
            .toList();
    Map<SlaMetric, Double> kept = promisesKept(counted);
    assertThat(kept.keySet())
        .containsExactlyInAnyOrder(
            SlaMetric.FIRST_RESPONSE, SlaMetric.NEXT_RESPONSE, SlaMetric.RESOLUTION);
    assertThat(kept.values())
        .as("shares of promises kept: %s", kept)
        .allMatch(share -> share > 0.86 && share < 0.985);
    assertThat(share(counted, facts -> !facts.reopens().isEmpty())).isBetween(0.03, 0.09);
    assertThat(share(counted, facts -> facts.escalation().isPresent())).isBetween(0.05, 0.2);
    assertThat(share(counted, facts -> facts.repeat().isPresent())).isLessThan(0.3);
    assertThat(share(counted, TicketFacts::isUnsolved)).isBetween(0.01, 0.1);
    assertThat(share(counted, facts -> facts.firstResponse().isPresent())).isGreaterThan(0.8);
    assertThat(
            share(
                counted.stream().filter(facts -> facts.firstContact().isPresent()).toList(),
                facts -> facts.firstContact().orElseThrow().resolved()))
        .isBetween(0.3, 0.75);
  }

  @Test
  void itsGoalsRunUntilTheEndOfNextMonthOrEndedWithTheLast() throws ConfigException, IOException {
    Config config = config(new Database("jdbc:postgresql://nowhere/", "x", ""));
    ZoneId zone = config.reporting().zone();

    assertThat(config.goals())
        .extracting(goal -> goal.startsAt(zone) + " to " + goal.endsAt(zone))
        .containsOnly(
            "2025-12-31T23:00:00Z to 2026-04-30T22:00:00Z",
            "2025-10-31T23:00:00Z to 2026-02-28T23:00:00Z");
    assertThat(config.benchmarks())
        .allSatisfy(
            benchmark -> {
              assertThat(benchmark.publisher()).contains("made up");
              assertThat(benchmark.edition().isOutdated(TODAY)).isFalse();
            });
  }

  @Test
  void itsObjectivesAreAboutPromisesAndTeamsThatTheDeskHas() throws ConfigException, IOException {
    Config config = config(new Database("jdbc:postgresql://nowhere/", "x", ""));

    assertThat(config.objectives())
        .extracting(ObjectiveConfig::slaMetric)
        .contains(SlaMetric.FIRST_RESPONSE, SlaMetric.NEXT_RESPONSE, SlaMetric.RESOLUTION);
    assertThat(config.objectives())
        .flatExtracting(it -> it.team().stream().toList())
        .isSubsetOf(Arrays.stream(Team.values()).map(Team::title).toList());
  }

  @Test
  void aPasswordIsReadAsItIsWhateverCharactersItHas() throws ConfigException, IOException {
    String password = "a\"b\\c${env:HOME}#'";
    var place = new EmbeddedPostgres.Database("jdbc:postgresql://nowhere/", "x", password);
    Path file = directory.resolve("demo.yml");
    Files.writeString(
        file, DemoConfig.yaml("127.0.0.1", 0, place, place, TODAY.minusDays(90), TODAY));

    assertThat(Wired.loader().load(file).value().store().password())
        .hasValueSatisfying(it -> assertThat(it.reveal()).isEqualTo(password));
    assertThat(Files.readString(file)).doesNotContain("token-" + password);
  }

  @Test
  void itKnowsAFileOfItsOwn() throws IOException {
    var place = new EmbeddedPostgres.Database("jdbc:postgresql://nowhere/", "x", "y");
    Path own = directory.resolve("own.yml");
    Files.writeString(own, DemoConfig.yaml("127.0.0.1", 0, place, place, TODAY, TODAY));

    assertThat(DemoConfig.wrote(own)).isTrue();
    assertThat(DemoConfig.wrote(Files.writeString(directory.resolve("mine.yml"), "sources: []")))
        .isFalse();
  }

  private Config config(Database database) throws ConfigException, IOException {
    // The server of the tests trusts everybody, and an empty password would be refused as missing.
    var place = new EmbeddedPostgres.Database(database.jdbcUrl(), database.user(), "any");
    Path file = directory.resolve("demo.yml");
    Files.writeString(
        file, DemoConfig.yaml("127.0.0.1", 0, place, place, TODAY.minusDays(90), TODAY));
    return Wired.loader().load(file).value();
  }

  private static List<TicketFacts> facts(Config config, SourceConfig source)
      throws SourceException, InterruptedException {
    SqlKind kind = new SqlKind();
    SqlSettings settings = (SqlSettings) source.settings();
    Map<String, BusinessClock> clocks = config.clocks();
    Deriver deriver =
        new Deriver(
            new Policies(
                source.vocabulary(kind.vocabulary(settings)),
                kind.reports(settings),
                kind.tellsMessages(settings),
                config.definitions(source),
                clocks.getOrDefault(source.calendar(), BusinessClock.alwaysOpen()),
                config.slaPolicies(clocks)));
    Map<String, Ticket> tickets = new HashMap<>();
    Map<String, List<TicketEvent>> events = new HashMap<>();
    try (Source open = kind.open("demo", settings, Clock.fixed(NOW, ZoneOffset.UTC))) {
      for (Stream stream : open.streams()) {
        Cursor cursor = Cursor.START;
        Page page;
        do {
          page = open.fetch(stream, cursor);
          cursor = page.next();
          for (Change change : page.changes()) {
            switch (change) {
              case Change.TicketSeen(Ticket ticket) -> tickets.put(ticket.id(), ticket);
              case Change.EventSeen(String ticket, TicketEvent event) ->
                  events.computeIfAbsent(ticket, _ -> new ArrayList<>()).add(event);
              case Change.HappeningSeen _ -> {}
            }
          }
        } while (page.completeUntil().isEmpty());
      }
    }
    return tickets.values().stream()
        .map(
            ticket ->
                deriver.derive(
                    new Timeline(
                        ticket,
                        events.getOrDefault(ticket.id(), List.of()).stream()
                            .sorted(Comparator.comparing(TicketEvent::stamp))
                            .toList(),
                        List.of()),
                    NOW))
        .toList();
  }

  private static Map<SlaMetric, Double> promisesKept(List<TicketFacts> all) {
    Instant longAgo = NOW.minus(Duration.ofDays(80));
    Map<SlaMetric, Double> shares = new HashMap<>();
    all.stream()
        .flatMap(facts -> facts.promises().stream())
        .filter(promise -> promise.startedAt().isAfter(longAgo))
        .filter(
            promise ->
                promise.state() instanceof Promise.Met
                    || promise.state() instanceof Promise.Breached)
        .collect(
            groupingBy(
                Promise::metric,
                groupingBy(promise -> promise.state() instanceof Promise.Met, counting())))
        .forEach(
            (metric, counts) -> {
              double met = counts.getOrDefault(true, 0L);
              shares.put(metric, met / (met + counts.getOrDefault(false, 0L)));
            });
    return shares;
  }

  private static double share(List<TicketFacts> all, Predicate<TicketFacts> which) {
    return all.stream().filter(which).count() / (double) all.size();
  }
}
