package io.helpdeskexporter.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every source owes, whatever it tells: how it is read, stopped, read on and read again. What
 * it tells is the matter of {@link SourceContract} for tickets, {@link AnswerContract} for answers
 * to surveys.
 */
public abstract class ReadingContract {
  /** A system in which something happens. */
  public interface Played {
    /**
     * The source called {@code acme}, as after a start of the process: it knows nothing of sources
     * opened before. Its pages are as small as can be, so that a story takes several.
     */
    Source open() throws Exception;

    /** The same over a system that is not there. */
    Source openUnreachable() throws Exception;

    void close() throws Exception;
  }

  private static final Instant START = Instant.parse("2025-03-03T09:00:00Z");

  /** Cursors are saved with every page. */
  private static final int LARGEST_CURSOR_BYTES = 4096;

  /** Far more than any source needs for a small desk. */
  static final int MOST_PAGES = 2_000;

  private Played played;
  private Instant now = START;

  abstract Played openPlayed() throws Exception;

  /** A morning with something of everything. */
  abstract void work() throws Exception;

  @BeforeEach
  final void startWork() throws Exception {
    played = openPlayed();
  }

  @AfterEach
  final void endWork() throws Exception {
    played.close();
  }

  @Test
  void aRestartAfterAnyPageLosesNothing() throws Exception {
    work();
    Reading whole = readEverything();
    List<Reading> stops = stopsOnTheWay();
    assertThat(stops).as("pages; make them smaller").hasSizeGreaterThan(3);

    for (Reading stop : stops) {
      try (Source restarted = played.open()) {
        stop.goOn(restarted);
      }
      assertThat(stop.told()).isEqualTo(whole.told());
    }
  }

  @Test
  void readingAgainTellsTheSameUnderTheSameKeys() throws Exception {
    work();
    Reading reading = readEverything();
    Map<String, Object> told = reading.told();

    reading.cursors.clear();
    try (Source again = played.open()) {
      reading.goOn(again);
    }

    assertThat(reading.told()).isEqualTo(told);
    assertThat(reading.contradictions).as("a key told again with other content").isEmpty();
  }

  @Test
  void cursorsStaySmall() throws Exception {
    work();

    for (Reading stop : stopsOnTheWay()) {
      assertThat(stop.cursors.values())
          .allSatisfy(
              cursor ->
                  assertThat(cursor.value().getBytes(StandardCharsets.UTF_8))
                      .hasSizeLessThan(LARGEST_CURSOR_BYTES));
    }
  }

  @Test
  void afterTheLastPageNothingNewIsToldAndTheStreamSaysThatItIsComplete() throws Exception {
    work();
    Reading reading = new Reading(MOST_PAGES);
    try (Source source = played.open()) {
      reading.goOn(source);
      Map<String, Object> told = reading.told();
      Map<Stream, Instant> completeUntil = Map.copyOf(reading.completeUntil);

      for (Stream stream : source.streams()) {
        Page quiet = source.fetch(stream, reading.cursor(stream));
        reading.take(stream, quiet);
        // What may still change is read again, which may take several pages as small as these.
        for (int i = 0; quiet.completeUntil().isEmpty() && i < MOST_PAGES; i++) {
          quiet = source.fetch(stream, reading.cursors.get(stream));
          reading.take(stream, quiet);
        }

        assertThat(quiet.completeUntil()).as("%s is complete", stream).isPresent();
        assertThat(quiet.completeUntil().get())
            .as("the watermark of %s does not go back", stream)
            .isAfterOrEqualTo(completeUntil.get(stream));
      }
      assertThat(reading.told()).isEqualTo(told);
    }
  }

  @Test
  void anEmptyDeskIsCompleteAtOnce() throws Exception {
    Reading reading = readEverything();

    assertThat(reading.told()).isEmpty();
    assertThat(reading.completeUntil).isNotEmpty();
  }

  @Test
  void aSystemThatIsNotThereIsATypedErrorWhoseReaderNamesTheSource() throws Exception {
    try (Source source = played.openUnreachable()) {
      Stream first = source.streams().getFirst();

      SourceException failure =
          catchThrowableOfType(SourceException.class, () -> source.fetch(first, Cursor.START));
      SourceException again =
          catchThrowableOfType(SourceException.class, () -> source.fetch(first, Cursor.START));

      assertThat(failure).isNotNull();
      assertThat(failure.getMessage()).isNotBlank().doesNotContain("source acme");
      assertThat(again).as("asked again").hasSameClassAs(failure);
      assertThat(failure.reason()).isIn("unavailable", "misconfigured");
      assertThat(catchThrowableOfType(SourceException.class, source::inspect)).isNotNull();
    }
  }

  @Test
  void aCursorThatItNeverGaveIsATypedError() throws Exception {
    work();
    try (Source source = played.open()) {
      Stream first = source.streams().getFirst();

      assertThat(
              catchThrowableOfType(
                  SourceException.class,
                  () -> source.fetch(first, new Cursor("a cursor of another kind"))))
          .isInstanceOf(SourceException.Nonsense.class);
    }
  }

  @Test
  void closingTwiceIsHarmless() throws Exception {
    Source source = played.open();
    source.close();

    assertThatCode(source::close).doesNotThrowAnyException();
  }

  /** A minute after whatever happened before. */
  final Instant later() {
    now = now.plus(Duration.ofMinutes(1));
    return now;
  }

  final Reading readEverything() throws Exception {
    Reading reading = new Reading(MOST_PAGES);
    try (Source source = played.open()) {
      reading.goOn(source);
    }
    return reading;
  }

  /** What had been told, and the cursors, after each page of one reading. */
  private List<Reading> stopsOnTheWay() throws Exception {
    List<Reading> stops = new ArrayList<>();
    Reading reading = new Reading(MOST_PAGES);
    try (Source source = played.open()) {
      boolean done = false;
      while (!done) {
        done = reading.page(source);
        stops.add(reading.copy());
      }
    }
    return stops;
  }
}
