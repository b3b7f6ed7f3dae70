package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.source.sql.ChangedCursor.Position;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangedCursorTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration OVERLAP = Duration.ofMinutes(5);
  private static final Duration STUCK_AFTER = Duration.ofMinutes(15);
  private static final CursorValue BEFORE_ANY =
      new CursorValue.Local(LocalDateTime.of(1000, 1, 1, 0, 0));

  private Times times = Times.UTC;

  @Test
  void aSweepBeginsAnOverlapBeforeTheLatestChange() {
    ChangedCursor cursor = swept(begun(ChangedCursor.START, NOON), "2026-03-02T11:59:30");

    assertThat(start(begun(cursor, NOON.plusSeconds(30)))).isEqualTo(local("2026-03-02T11:54:30"));
  }

  @Test
  void aRowStampedInTheFutureHidesNoOther() {
    ChangedCursor cursor = swept(begun(ChangedCursor.START, NOON), "2099-01-01T00:00:00");

    assertThat(start(begun(cursor, NOON.plusSeconds(30)))).isEqualTo(local("2026-03-02T11:55:00"));
  }

  @Test
  void aQuietNightDoesNotReadTheLastBulkChangeForEver() {
    ChangedCursor cursor = swept(begun(ChangedCursor.START, NOON), "2026-03-01T18:00:00");

    assertThat(start(begun(cursor, NOON.plusSeconds(30)))).isEqualTo(local("2026-03-02T10:55:00"));
  }

  @Test
  void transactionsThatHaveNotEndedAreWaitedFor() {
    Fence held = new Fence(700, 705);
    ChangedCursor first =
        swept(begun(ChangedCursor.START, NOON, Optional.of(held)), "2026-03-02T12:00:00");
    Instant later = NOON.plus(Duration.ofMinutes(10));
    ChangedCursor second =
        swept(begun(first, later, Optional.of(new Fence(700, 720))), "2026-03-02T12:10:00");
    assertThat(start(begun(second, later.plusSeconds(1), Optional.of(new Fence(700, 721)))))
        .as("15 minutes of patience and the overlap")
        .isEqualTo(local("2026-03-02T11:50:01"));
  }

  @Test
  void theSweepThatSeesThemEndedReadsWhatTheyWroteAndOnlyTheNextBeginsAfterThem() {
    ChangedCursor first =
        swept(
            begun(ChangedCursor.START, NOON, Optional.of(new Fence(700, 705))),
            "2026-03-02T12:00:00");
    Instant later = NOON.plus(Duration.ofMinutes(10));

    ChangedCursor ended = begun(first, later, Optional.of(new Fence(720, 720)));
    assertThat(start(ended)).isEqualTo(local("2026-03-02T11:50:00"));

    ChangedCursor next =
        begun(
            swept(ended, "2026-03-02T12:10:00"),
            later.plusSeconds(10),
            Optional.of(new Fence(721, 721)));
    assertThat(start(next)).as("noon, less the overlap").isEqualTo(local("2026-03-02T11:55:00"));
  }

  @Test
  void whereClocksArePutBackTheRepeatedHourIsReadAgain() {
    times = new Times(ZoneId.of("America/New_York"), false);
    ChangedCursor cursor = swept(begun(ChangedCursor.START, NOON), "2026-03-02T07:00:00");

    assertThat(start(begun(cursor, NOON.plusSeconds(30)))).isEqualTo(local("2026-03-02T05:55:00"));
  }

  @Test
  void aCursorKeepsTimesToTheLastDigitAndIdsWithAnyCharacter() {
    ChangedCursor cursor =
        new ChangedCursor(
            Optional.of(
                new Position(
                    new CursorValue.Moment(OffsetDateTime.parse("2026-03-02T12:00:00.123456Z")),
                    Optional.of(new CursorValue.Text("a;b=c:ä")))),
            Optional.of(new CursorValue.Whole(1_772_450_000)),
            Optional.of(NOON),
            Optional.of(NOON.minusSeconds(1)),
            Optional.of(new ChangedCursor.Watched(NOON, 705)),
            12);

    assertThat(ChangedCursor.decoded(cursor.encoded())).isEqualTo(cursor);
  }

  @Test
  void anotherKindOfCursorIsRefused() {
    assertThatThrownBy(() -> ChangedCursor.decoded(AppendedCursor.START.encoded()))
        .isInstanceOf(CursorText.Unknown.class);
    assertThatThrownBy(() -> ChangedCursor.decoded("changed;at=moment:now"))
        .isInstanceOf(CursorText.Unknown.class);
  }

  private ChangedCursor begun(ChangedCursor cursor, Instant clock) {
    return begun(cursor, clock, Optional.empty());
  }

  private ChangedCursor begun(ChangedCursor cursor, Instant clock, Optional<Fence> fence) {
    return cursor.begun(clock, fence, times, BEFORE_ANY, OVERLAP, STUCK_AFTER, 0);
  }

  private static ChangedCursor swept(ChangedCursor cursor, String last) {
    return cursor.swept(
        Optional.of(new Position(local(last), Optional.of(new CursorValue.Whole(1)))));
  }

  private static CursorValue start(ChangedCursor cursor) {
    return cursor.after().orElseThrow().at();
  }

  private static CursorValue local(String text) {
    return new CursorValue.Local(LocalDateTime.parse(text));
  }
}
