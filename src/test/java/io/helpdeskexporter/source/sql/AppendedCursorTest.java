package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.source.sql.AppendedReader.IdTable;
import io.helpdeskexporter.source.sql.AppendedReader.Limits;
import io.helpdeskexporter.source.sql.AppendedReader.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AppendedCursorTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final Duration STUCK_AFTER = Duration.ofMinutes(15);
  private static final Duration GAP_MEMORY = Duration.ofHours(6);

  private final Simulated table = new Simulated();
  private AppendedCursor cursor = AppendedCursor.START;
  private Limits limits = new Limits(100, STUCK_AFTER, GAP_MEMORY);

  @Test
  void aRowThatCommitsAfterHigherOnesIsRead() throws Exception {
    Writer slow = table.begin();
    slow.insert();
    table.begin().insert().commit();
    pollEvery(Duration.ofSeconds(10), 12);
    assertThat(table.read).containsExactly(2L);

    slow.commit();
    poll();

    assertThat(table.read).containsExactly(1L, 2L);
  }

  @Test
  void rowsAreReadAtOnceButSettledOnlyWhenNothingBelowCanAppear() throws Exception {
    Writer slow = table.begin();
    slow.insert();
    table.begin().insert().commit();
    pollEvery(Duration.ofSeconds(10), 12);
    assertThat(cursor.settled()).isEqualTo(AppendedCursor.NOTHING);
    assertThat(cursor.waiting(table.now)).isGreaterThan(Duration.ofMinutes(1));

    slow.rollback();
    pollEvery(Duration.ofSeconds(10), 4);

    assertThat(cursor.settled()).isEqualTo(2);
    assertThat(cursor.gaps()).as("the hole is a rollback").isEmpty();
  }

  @Test
  void aWriterThatHasAnIdButNoNumberYetWhenTheCandidateIsSeenIsWaitedFor() throws Exception {
    Writer slow = table.begin();
    slow.takeId();
    table.begin().insert().commit();
    poll();
    slow.takeNumber();
    pollEvery(Duration.ofSeconds(2), 5);
    slow.commit();
    pollEvery(Duration.ofSeconds(2), 5);

    assertThat(table.read).containsExactly(1L, 2L);
  }

  @Test
  void aWriterThatDoesNotEndIsNotWaitedForLongerThanToldAndIsStillFoundLater() throws Exception {
    Writer stuck = table.begin();
    stuck.insert();
    table.begin().insert().commit();
    pollEvery(Duration.ofMinutes(1), 20);
    assertThat(cursor.settled()).isEqualTo(2);
    assertThat(cursor.openGaps()).isEqualTo(1);

    table.pass(Duration.ofHours(5));
    stuck.commit();
    poll();

    assertThat(table.read).containsExactly(1L, 2L);
    assertThat(cursor.openGaps()).isZero();
  }

  @Test
  void gapsAreForgottenInTheEnd() throws Exception {
    table.withoutFence();
    table.begin().insert().rollback();
    table.begin().insert().commit();
    poll();
    assertThat(cursor.gaps()).hasSize(1);

    table.pass(GAP_MEMORY);
    poll();

    assertThat(cursor.gaps()).isEmpty();
  }

  @Test
  void holesThatWereThereLongBeforeAreNotWaitedFor() throws Exception {
    table.withoutFence();
    table.begin().insert().rollback();
    for (int i = 0; i <= AppendedCursor.GAP_REACH; i++) {
      table.begin().insert().commit();
    }
    limits = new Limits(1_000, STUCK_AFTER, GAP_MEMORY);
    poll();

    assertThat(cursor.gaps()).isEmpty();
  }

  @Test
  void aFirstImportReadsEachRowOnceWhereNothingHoldsTheFence() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      table.begin().insert().commit();
    }
    table.timePassesWithEachFetch(Duration.ofMillis(300));
    poll();

    assertThat(table.read).hasSize(5_000);
    assertThat(table.rowsRead).as("rows read").isLessThan(5_800);
    assertThat(cursor.settled()).isEqualTo(5_000);
  }

  @Test
  void aTableThatWasRestoredToAnEarlierStateIsReadOnFromThere() throws Exception {
    for (int i = 0; i < 10; i++) {
      table.begin().insert().commit();
    }
    pollEvery(Duration.ofSeconds(10), 5);
    assertThat(cursor.settled()).isEqualTo(10);

    table.restoreTo(4);
    poll();
    table.read.clear();
    table.begin().insert().commit();
    pollEvery(Duration.ofSeconds(10), 5);

    assertThat(table.read).contains(5L);
  }

  @Test
  void aCursorStaysSmallWhateverIsMissing() throws Exception {
    table.withoutFence();
    for (int i = 0; i < 5_000; i++) {
      table.begin().insert().rollback();
      table.begin().insert().commit();
    }
    poll();

    assertThat(cursor.gaps()).hasSize(AppendedCursor.MOST_GAPS);
    assertThat(cursor.gaps().getLast().last()).as("the newest are kept").isEqualTo(9_999);
    assertThat(cursor.encoded().length()).isLessThan(20_000);
  }

  @Test
  void anotherKindOfCursorIsRefused() {
    assertThatThrownBy(() -> AppendedCursor.decoded("changed;at=whole:1"))
        .isInstanceOf(CursorText.Unknown.class);
    assertThatThrownBy(() -> AppendedCursor.decoded("appended;settled=x"))
        .isInstanceOf(CursorText.Unknown.class);
    assertThat(AppendedCursor.decoded("")).isEqualTo(AppendedCursor.START);
  }

  /** Writers that begin, pause, commit and roll back as they like. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverIsCommittedIsReadInTheEnd(long seed) throws Exception {
    Random random = new Random(seed);
    boolean fence = random.nextBoolean();
    if (!fence) {
      table.withoutFence();
    }
    limits = new Limits(1 + random.nextInt(20), STUCK_AFTER, GAP_MEMORY);
    List<Writer> writers = new ArrayList<>();
    for (int step = 0; step < 600; step++) {
      switch (random.nextInt(8)) {
        case 0, 1 -> writers.add(table.begin());
        case 2, 3 -> one(writers, random).ifPresent(Writer::insert);
        case 4 -> one(writers, random).filter(w -> !w.waitsForNumber()).ifPresent(Writer::takeId);
        case 5 ->
            one(writers, random)
                .ifPresent(
                    writer -> {
                      writers.remove(writer);
                      if (random.nextInt(4) == 0) {
                        writer.rollback();
                      } else {
                        writer.commit();
                      }
                    });
        case 6 -> table.pass(Duration.ofMillis(random.nextInt(4_000)));
        default -> fetch();
      }
    }
    writers.forEach(Writer::commit);
    pollEvery(Duration.ofSeconds(5), 8);

    assertThat(table.read).isEqualTo(table.committed);
    if (fence) {
      assertThat(cursor.gaps()).isEmpty();
      assertThat(cursor.settled()).isEqualTo(table.committed.isEmpty() ? -1 : table.newest());
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  private static Optional<Writer> one(List<Writer> writers, Random random) {
    return writers.isEmpty()
        ? Optional.empty()
        : Optional.of(writers.get(random.nextInt(writers.size())));
  }

  private boolean fetch() throws Exception {
    Outcome outcome = AppendedReader.read(cursor, table.horizon(), table, limits);
    AppendedCursor kept = outcome.cursor();
    cursor = AppendedCursor.decoded(kept.encoded());
    assertThat(cursor.encoded()).isEqualTo(kept.encoded());
    return outcome.more();
  }

  private void poll() throws Exception {
    while (fetch()) {
      // The next page.
    }
  }

  private void pollEvery(Duration pause, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      table.pass(pause);
      poll();
    }
  }

  /** One transaction. */
  private final class Writer {
    private final List<Long> ids = new ArrayList<>();
    private long number;
    private Instant mustBeNumberedBy = Instant.MAX;

    Writer insert() {
      takeId();
      takeNumber();
      return this;
    }

    void takeId() {
      ids.add(++table.lastId);
      if (number == 0) {
        table.unnumbered.add(this);
        mustBeNumberedBy = table.now.plusMillis(900);
      }
    }

    boolean waitsForNumber() {
      return table.unnumbered.contains(this);
    }

    void takeNumber() {
      if (number == 0) {
        number = table.nextNumber++;
        table.running.add(number);
      }
      table.unnumbered.remove(this);
    }

    void commit() {
      if (!ids.isEmpty()) {
        takeNumber();
        table.committed.addAll(ids);
      }
      table.running.remove(number);
    }

    void rollback() {
      table.unnumbered.remove(this);
      table.running.remove(number);
    }
  }

  /** A table as PostgreSQL shows it: ids from a sequence, transactions with numbers. */
  private final class Simulated implements IdTable {
    private final TreeSet<Long> committed = new TreeSet<>();
    private final TreeSet<Long> read = new TreeSet<>();
    private final TreeSet<Long> running = new TreeSet<>();
    private final List<Writer> unnumbered = new ArrayList<>();
    private Instant now = START;
    private Duration perFetch = Duration.ZERO;
    private boolean fence = true;
    private long lastId;
    private long nextNumber = 700;
    private long rowsRead;

    Writer begin() {
      return new Writer();
    }

    void withoutFence() {
      fence = false;
    }

    void timePassesWithEachFetch(Duration time) {
      perFetch = time;
    }

    void pass(Duration time) {
      now = now.plus(time);
      for (Writer writer : List.copyOf(unnumbered)) {
        if (!writer.mustBeNumberedBy.isAfter(now)) {
          writer.takeNumber();
        }
      }
    }

    void restoreTo(long id) {
      committed.tailSet(id, false).clear();
      lastId = id;
    }

    long newest() {
      return committed.isEmpty() ? AppendedCursor.NOTHING : committed.last();
    }

    Horizon horizon() {
      pass(perFetch);
      long oldest = running.isEmpty() ? nextNumber : running.first();
      return new Horizon(
          now, newest(), fence ? Optional.of(new Fence(oldest, nextNumber)) : Optional.empty());
    }

    @Override
    public List<Long> present(long after, long through, int limit) {
      return committed.subSet(after, false, through, true).stream().limit(limit).toList();
    }

    @Override
    public void read(long after, long through) {
      var rows = committed.subSet(after, false, through, true);
      rowsRead += rows.size();
      read.addAll(rows);
    }
  }
}
