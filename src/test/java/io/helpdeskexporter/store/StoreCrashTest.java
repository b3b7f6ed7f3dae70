package io.helpdeskexporter.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.PostgresServer;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever breaks, and whenever: nothing is lost and nothing counted twice. */
class StoreCrashTest {
  private static final Instant END = RandomWorld.END.plus(Duration.ofDays(30));
  private static final int TICKETS = 45;

  /** Without an end to them, a slow machine would never come to a commit. */
  private static final int CUTS_BEFORE_A_COMMIT = 10;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 5);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aFailureWhileDerivingLeavesEverythingAsItWas(long seed) {
    RandomWorld world = new RandomWorld(seed);
    List<List<Change>> pages = world.pages(world.changes(TICKETS), true);
    try (StoreFixture straight = StoreFixture.empty();
        StoreFixture failing = StoreFixture.empty()) {
      tell(straight.source, pages, new CountingDerivation());
      tell(failing.source, pages, failingAtTimes(world));
      assertSame(failing.source, straight.source);
    }
  }

  /** The connections of the store are cut again and again, wherever its transactions stand. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aConnectionCutAnywhereLosesNothingAndCountsNothingTwice(long seed) throws Exception {
    RandomWorld world = new RandomWorld(seed);
    List<List<Change>> pages = world.pages(world.changes(TICKETS), true);
    try (StoreFixture straight = StoreFixture.empty();
        StoreFixture cut = StoreFixture.empty();
        ExecutorService scissors = Executors.newSingleThreadExecutor()) {
      tell(straight.source, pages, new CountingDerivation());
      AtomicBoolean told = new AtomicBoolean();
      Semaphore allowed = new Semaphore(CUTS_BEFORE_A_COMMIT);
      Future<Integer> cuts =
          scissors.submit(
              () -> {
                int cutting = 0;
                while (!told.get()) {
                  allowed.acquire();
                  int now = cutConnections(cut.database);
                  if (now == 0) {
                    allowed.release();
                  }
                  cutting += now;
                }
                return cutting;
              });
      Runnable allowMore =
          () -> {
            allowed.drainPermits();
            allowed.release(CUTS_BEFORE_A_COMMIT);
          };
      try {
        tell(cut.source, pages, new CountingDerivation(), allowMore);
      } finally {
        told.set(true);
        allowMore.run();
      }
      assertThat(cuts.get()).isPositive();
      // The pool may still hold a connection that was cut.
      Eventually.passes(
          "both stores hold the same",
          Duration.ofSeconds(30),
          () -> {
            try {
              assertSame(cut.source, straight.source);
            } catch (StoreException.Unavailable e) {
              throw new AssertionError("a connection that was cut", e);
            }
          });
    }
  }

  @Test
  void aServerThatIsKilledContinuesWhereItsLastCommitWas() {
    RandomWorld world = new RandomWorld(1);
    List<List<Change>> pages = world.pages(world.changes(TICKETS), true);
    try (StoreFixture straight = StoreFixture.empty();
        PostgresServer server = PostgresServer.started();
        StoreFixture killed = StoreFixture.on(server.freshDatabase())) {
      tell(straight.source, pages, new CountingDerivation());
      int half = pages.size() / 2;
      tell(killed.source, pages.subList(0, half), new CountingDerivation());
      server.kill();
      server.start();
      tell(killed.source, pages, new CountingDerivation());
      assertThat(StorePicture.loaded(killed.source, END).lines())
          .containsExactlyElementsOf(StorePicture.loaded(straight.source, END).lines());
      assertThat(StorePicture.ledgered(killed.source))
          .isEqualTo(StorePicture.totals(killed.source));
    }
  }

  @Test
  void twoSourcesWrittenAtOnceDoNotDisturbEachOther() throws Exception {
    RandomWorld oneWorld = new RandomWorld(1);
    List<List<Change>> onePages = oneWorld.pages(oneWorld.changes(TICKETS), true);
    RandomWorld otherWorld = new RandomWorld(2);
    List<List<Change>> otherPages = otherWorld.pages(otherWorld.changes(TICKETS), true);
    try (StoreFixture alone = StoreFixture.empty();
        StoreFixture together = StoreFixture.empty();
        ExecutorService writers = Executors.newFixedThreadPool(2)) {
      SourceStore otherAlone = alone.store.source("other", "sql", CountingDerivation.REPEATS);
      SourceStore otherTogether = together.store.source("other", "sql", CountingDerivation.REPEATS);
      tell(alone.source, onePages, new CountingDerivation());
      tell(otherAlone, otherPages, new CountingDerivation());
      Future<?> one =
          writers.submit(() -> tell(together.source, onePages, new CountingDerivation()));
      Future<?> other =
          writers.submit(() -> tell(otherTogether, otherPages, new CountingDerivation()));
      one.get();
      other.get();
      assertSame(together.source, alone.source);
      assertSame(otherTogether, otherAlone);
    }
  }

  /** Two processes should not; if they do all the same, numbers stay right. */
  @Test
  void twoWritersOfOneSourceCountNothingTwice() throws Exception {
    RandomWorld world = new RandomWorld(3);
    List<List<Change>> pages = world.pages(world.changes(TICKETS), true);
    try (StoreFixture alone = StoreFixture.empty();
        StoreFixture one = StoreFixture.empty();
        StoreFixture other = StoreFixture.on(one.database);
        ExecutorService writers = Executors.newFixedThreadPool(2)) {
      tell(alone.source, pages, new CountingDerivation());
      Future<?> first = writers.submit(() -> tell(one.source, pages, new CountingDerivation()));
      Future<?> second = writers.submit(() -> tell(other.source, pages, new CountingDerivation()));
      first.get();
      second.get();
      assertSame(one.source, alone.source);
    }
  }

  /** Tells pages as a loop would: after a failure it goes on from the cursor that is stored. */
  private static void tell(SourceStore source, List<List<Change>> pages, Derivation derivation) {
    tell(source, pages, derivation, () -> {});
  }

  private static void tell(
      SourceStore source, List<List<Change>> pages, Derivation derivation, Runnable committed) {
    AtomicInteger told = new AtomicInteger();
    while (told.get() < pages.size()) {
      untilItWorks(() -> told.set(tellNext(source, pages, derivation)));
      committed.run();
    }
    AtomicLong remaining = new AtomicLong(1);
    while (remaining.get() > 0) {
      untilItWorks(() -> remaining.set(source.deriveDue(END, 7, derivation).remaining()));
      committed.run();
    }
  }

  private static int tellNext(SourceStore source, List<List<Change>> pages, Derivation derivation) {
    Cursor cursor = source.cursor(StoreFixture.STREAM);
    int next = cursor.isStart() ? 0 : Integer.parseInt(cursor.value());
    if (next < pages.size()) {
      Page page = Page.more(pages.get(next), new Cursor(Integer.toString(next + 1)));
      source.save(StoreFixture.STREAM, page, Optional.empty(), derivation);
    }
    return next + 1;
  }

  private static void untilItWorks(Runnable action) {
    for (int tries = 0; tries < 10_000; tries++) {
      try {
        action.run();
        return;
      } catch (StoreException.Unavailable | StoreException.Defect e) {
        assertThat(e).hasMessageContaining("source acme");
      }
    }
    throw new AssertionError("it never worked");
  }

  private static Derivation failingAtTimes(RandomWorld world) {
    CountingDerivation derivation = new CountingDerivation();
    return (timeline, asOf) -> {
      if (world.below(20) == 0) {
        throw new IllegalStateException("as if something were wrong");
      }
      return derivation.derive(timeline, asOf);
    };
  }

  private static int cutConnections(Database database) {
    String name = database.jdbcUrl().substring(database.jdbcUrl().lastIndexOf('/') + 1);
    return Integer.parseInt(
        TestPostgres.admin()
            .value(
                """
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE datname = '%s' AND state <> 'idle'
                """
                    .formatted(name))
            .orElseThrow());
  }

  private static void assertSame(SourceStore found, SourceStore expected) {
    assertThat(StorePicture.rows(found)).isEqualTo(StorePicture.rows(expected));
    assertThat(StorePicture.totals(found)).isEqualTo(StorePicture.totals(expected));
    assertThat(StorePicture.ledgered(found)).isEqualTo(StorePicture.totals(expected));
    assertThat(found.holdings()).isEqualTo(expected.holdings());
  }
}
