package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.cli.GeneratedDesk.Mark;
import io.helpdeskexporter.fixtures.ClassArchive;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.ExporterProcess;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The exporter is killed two hundred times, at whatever it is doing: starting, importing a few
 * thousand tickets, following their logs while they grow. In the end it has to show what one shows
 * that read the whole logs in one go.
 */
class KillTest {
  private static final int DESKS = 4;
  private static final int KILLS = 51;
  private static final int TICKETS = 1_500;

  /** This share of a desk's rows is there from the beginning; the rest comes between the kills. */
  private static final double IMPORTED = 0.6;

  /**
   * So many kills at most hit the import: however slow the machine, the logs are to be followed.
   */
  private static final int LAST_OF_THE_IMPORT = KILLS / 3;

  private static final Duration SHORTEST_START_UP = Duration.ofSeconds(1);

  /** What the store shows of the moment of a kill, compared with the kill before. */
  private enum Moment {
    BEFORE_THERE_WERE_TABLES,
    BEFORE_THE_FIRST_PAGE,
    IMPORTING,
    /** The import is over; this life has written nothing yet. */
    LIVE_BEFORE_WRITING,
    /** A page is stored and not all of its tickets are counted. */
    LIVE_BETWEEN_PAGE_AND_COUNT,
    LIVE_AFTER_WRITING
  }

  /** When to kill. */
  private enum Aim {
    /** Before it can have come as far as its first table. */
    AT_ONCE,
    /** Anywhere from the start of the process until it listens. */
    START_UP,
    /** Anywhere in the first second after that, or as long as the start took. */
    RUNNING,
    /** Right after the first transaction that was committed. */
    FIRST_COMMIT,
    /** Within some milliseconds after one that was committed. */
    COMMIT,
    /** When the import is over. */
    IMPORTED
  }

  @TempDir Path scratch;
  private final Map<Moment, Integer> moments = new EnumMap<>(Moment.class);
  private int beforeListening;

  @Test
  void twoHundredKillsChangeNoNumber() throws Exception {
    ClassArchive archive = ClassArchive.in(scratch);
    for (int seed = 1; seed <= DESKS; seed++) {
      GeneratedDesk desk = GeneratedDesk.of(seed, TICKETS);
      Outcome expected = uninterrupted(desk, seed, archive);
      assertThat(expected.scrape.sum("helpdesk_tickets_created_total"))
          .isEqualTo(desk.count(Mark.CREATED, GeneratedDesk.END));
      assertThat(expected.scrape.sum("helpdesk_tickets_solved_total"))
          .isEqualTo(desk.count(Mark.FIRST_SOLVE, GeneratedDesk.END));
      assertThat(expected.scrape.sum("helpdesk_ticket_first_response_seconds_count"))
          .isEqualTo(desk.count(Mark.FIRST_REPLY, GeneratedDesk.END));

      Outcome found = killedAgainAndAgain(desk, seed, archive);

      assertSame("desk " + seed, found, expected);
    }
    System.out.printf("kills: %s, before it listened: %d%n", moments, beforeListening);
    assertThat(moments.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(DESKS * KILLS)
        .isGreaterThanOrEqualTo(200);
    assertThat(moments).containsOnlyKeys(Moment.values());
    assertThat(moments.get(Moment.IMPORTING)).isGreaterThanOrEqualTo(DESKS);
    // How many are hit depends on how fast the machine is today.
    assertThat(moments.get(Moment.LIVE_AFTER_WRITING)).isGreaterThanOrEqualTo(DESKS * 4);
    assertThat(beforeListening).isGreaterThanOrEqualTo(DESKS * 4);
  }

  /** All that two runs have to agree on. */
  private record Outcome(
      Exposed scrape,
      List<String> totals,
      long tickets,
      long events,
      Map<Instant, List<String>> asOf) {}

  private static void assertSame(String desk, Outcome found, Outcome expected) {
    assertThat(found.totals).as(desk + ": totals").isEqualTo(expected.totals);
    assertThat(found.scrape.differencesFrom(expected.scrape)).as(desk + ": metrics").isEmpty();
    assertThat(found.tickets).as(desk + ": tickets").isEqualTo(expected.tickets);
    assertThat(found.events).as(desk + ": events").isEqualTo(expected.events);
    expected.asOf.forEach(
        (instant, lines) ->
            assertThat(found.asOf.get(instant)).as(desk + ": as of " + instant).isEqualTo(lines));
  }

  private Outcome uninterrupted(GeneratedDesk desk, int seed, ClassArchive archive)
      throws Exception {
    Path directory = Files.createDirectory(scratch.resolve("uninterrupted-" + seed));
    Path config = Reading.config(directory, TestPostgres.freshDatabase(), GeneratedDesk.SOURCE);
    ExporterProcess.Command command = LiveExporter.command(config, 0);
    try (Feeder feeder = new Feeder(desk, directory, seed)) {
      feeder.write(desk.size());
      ExporterProcess.Command first =
          seed == 1 ? archive.writtenBy(command) : archive.usedBy(command);
      try (LiveExporter exporter = LiveExporter.listening(first.start())) {
        Exposed scrape = exporter.awaitUpTo(GeneratedDesk.END);
        exporter.process().stopGently();
        return outcome(config, scrape);
      }
    }
  }

  private Outcome killedAgainAndAgain(GeneratedDesk desk, int seed, ClassArchive archive)
      throws Exception {
    Path directory = Files.createDirectory(scratch.resolve("killed-" + seed));
    Database database = TestPostgres.freshDatabase();
    Path config = Reading.config(directory, database, GeneratedDesk.SOURCE);
    ExporterProcess.Command command = archive.usedBy(LiveExporter.command(config, 0));
    Random random = new Random(seed);
    try (Feeder feeder = new Feeder(desk, directory, seed);
        Watch watch = new Watch(database)) {
      int imported = (int) (desk.size() * IMPORTED);
      feeder.write(imported);
      feeder.start(12, Duration.ofMillis(20));
      Duration startUp = SHORTEST_START_UP;
      for (int kill = 1; kill <= KILLS; kill++) {
        feeder.allow(imported + (desk.size() - imported) * kill / (KILLS + 1));
        startUp = live(command, aim(kill, random), startUp, random, watch);
        moments.merge(watch.moment(), 1, Integer::sum);
      }
      // This one lives through the last changes, and another starts from what it left.
      try (LiveExporter exporter = LiveExporter.listening(command.start())) {
        feeder.finish(LiveExporter.LIMIT);
        Exposed lived = exporter.awaitUpTo(GeneratedDesk.END);
        exporter.process().killHard();
        Outcome outcome = outcome(config, lived);
        try (LiveExporter last = LiveExporter.listening(command.start())) {
          Exposed loaded = last.awaitUpTo(GeneratedDesk.END);
          assertThat(loaded.differencesFrom(lived)).as("loaded anew").isEmpty();
          last.process().killHard();
        }
        assertThat(outcome(config, lived).totals).isEqualTo(outcome.totals);
        return outcome;
      }
    }
  }

  private static Aim aim(int kill, Random random) {
    return switch (kill) {
      case 1 -> Aim.AT_ONCE;
      case 2 -> Aim.FIRST_COMMIT;
      case LAST_OF_THE_IMPORT -> Aim.IMPORTED;
      default -> List.of(Aim.START_UP, Aim.RUNNING, Aim.COMMIT).get(random.nextInt(3));
    };
  }

  /** One life, and how long it took until it listened (or what was assumed, if it did not live). */
  private Duration live(
      ExporterProcess.Command command, Aim aim, Duration usual, Random random, Watch watch) {
    Duration startUp = usual;
    long startedNanos = System.nanoTime();
    watch.begin();
    try (ExporterProcess process = command.start()) {
      if (aim != Aim.AT_ONCE && aim != Aim.START_UP) {
        process.awaitOutput("listening on", LiveExporter.LIMIT);
        startUp = longer(SHORTEST_START_UP, Duration.ofNanos(System.nanoTime() - startedNanos));
      }
      switch (aim) {
        case AT_ONCE -> pause(Duration.ofMillis(100), random);
        case START_UP -> pause(startUp, random);
        case RUNNING -> pause(startUp, random);
        case FIRST_COMMIT -> watch.awaitCommit(0, startUp.multipliedBy(3));
        case COMMIT -> {
          watch.awaitCommit(random.nextInt(4), startUp.multipliedBy(3));
          pause(Duration.ofMillis(30), random);
        }
        case IMPORTED ->
            Eventually.holds("the import is over", LiveExporter.LIMIT, watch::isImported);
      }
      assertThat(process.alive()).as("it lived until it was killed: %s", process.stderr()).isTrue();
      process.killHard();
      if (!process.stderr().contains("listening on")) {
        beforeListening++;
      }
      return startUp;
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static void pause(Duration upTo, Random random) {
    LockSupport.parkNanos(Math.round(upTo.toNanos() * random.nextDouble()));
  }

  private static Outcome outcome(Path config, Exposed scrape) throws Exception {
    try (Reading reading = Reading.of(config)) {
      Map<Instant, List<String>> asOf = new TreeMap<>();
      for (int days : List.of(9, 21, 33, 40, 55)) {
        Instant instant = GeneratedDesk.BEGIN.plus(Duration.ofDays(days));
        asOf.put(instant, reading.asOf(instant).lines());
      }
      return new Outcome(
          scrape, reading.totals(), reading.tickets(), reading.holdings().events(), asOf);
    }
  }

  /** What can be seen of the store from outside while the exporter lives and dies. */
  private static final class Watch implements AutoCloseable {
    private final Connection connection;
    private long batchAtBegin;

    Watch(Database database) throws SQLException {
      connection = database.connect();
    }

    /** A new life begins. */
    void begin() {
      batchAtBegin = batch();
    }

    /** Returns when this life has committed more than so many transactions. */
    void awaitCommit(int more, Duration limit) {
      long deadline = System.nanoTime() + limit.toNanos();
      while (batch() <= batchAtBegin + more && System.nanoTime() < deadline) {
        LockSupport.parkNanos(1_000_000);
      }
    }

    /** After a kill, which PostgreSQL may not even have noticed yet. */
    Moment moment() {
      if (number("SELECT count(*) FROM pg_tables WHERE tablename = 'source'") == 0) {
        return Moment.BEFORE_THERE_WERE_TABLES;
      }
      if (number("SELECT count(*) FROM stream_position") == 0) {
        return Moment.BEFORE_THE_FIRST_PAGE;
      }
      if (!isImported()) {
        return Moment.IMPORTING;
      }
      if (number("SELECT count(*) FROM ticket WHERE wake_at = '-infinity'") > 0) {
        return Moment.LIVE_BETWEEN_PAGE_AND_COUNT;
      }
      return batch() == batchAtBegin ? Moment.LIVE_BEFORE_WRITING : Moment.LIVE_AFTER_WRITING;
    }

    boolean isImported() {
      return number("SELECT count(*) FROM source WHERE watermark IS NOT NULL") > 0;
    }

    private long batch() {
      return number("SELECT count(*) FROM pg_tables WHERE tablename = 'source'") == 0
          ? 0
          : number("SELECT coalesce(max(batch), 0) FROM source");
    }

    private long number(String sql) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getLong(1);
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
