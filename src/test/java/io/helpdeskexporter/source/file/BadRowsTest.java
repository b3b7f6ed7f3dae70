package io.helpdeskexporter.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that cannot be understood are named by their place and left out; all others are told. */
class BadRowsTest {
  private static final String HEADER = "id,version,created_at,updated_at,status\n";
  private static final String GOOD = "T-%d,1,2026-03-02,2026-03-03,open\n";

  @TempDir private Path folder;

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @Test
  void eachIsNamedByItsLineAndReason() throws Exception {
    Told told =
        read(
            """
            T-1,1,2026-03-02,2026-03-03,open
            ,1,2026-03-02,2026-03-03,open
            T-3,,2026-03-02,2026-03-03,open
            T-4,one,2026-03-02,2026-03-03,open

            T-5,1,,2026-03-03,open
            T-6,1,2026-03-02,02.03.2026,"two
            lines"
            T-7,1,2026-03-02
            T-8,1,2026-03-02,2026-03-03,open,,
            T-9,1,2026-03-02,2026-03-03,open,more
            T-10,1,2026-03-02,2026-03-03,"open"ed
            T-11,1,2026-03-02,2026-03-03,open
            """);

    assertThat(told.places())
        .containsExactly(
            "tickets.csv:3 missing_id",
            "tickets.csv:4 missing_version",
            "tickets.csv:5 bad_number",
            "tickets.csv:7 missing_date",
            "tickets.csv:8 bad_date",
            "tickets.csv:10 bad_columns",
            "tickets.csv:12 bad_columns",
            "tickets.csv:13 bad_quote");
    assertThat(told.tickets).containsOnlyKeys("T-1", "T-8", "T-11");
    assertThat(told.rejected.get(2).detail())
        .isEqualTo("column \"version\" (version): expected a whole number, found \"one\"");
    assertThat(told.rejected.get(5).detail())
        .isEqualTo("expected 5 columns as in the header, found 3");
  }

  @Test
  void linesAreRightWhereverReadingStopsAndGoesOn() throws Exception {
    StringBuilder rows = new StringBuilder();
    List<String> places = new ArrayList<>();
    int line = 2;
    for (int i = 0; i < 60; i++) {
      if (i % 3 == 0) {
        places.add("tickets.csv:" + line + " bad_number");
        rows.append("T-1,x,2026-03-02,2026-03-03,\"one\ntwo\rthree\r\nfour\"\r\n");
        line += 4;
      } else {
        rows.append(GOOD.formatted(i));
        line++;
      }
    }
    Path file = Files.writeString(folder.resolve("tickets.csv"), HEADER + rows);
    Told told = new Told();
    while (told.completeUntil.isEmpty()) {
      try (Source source =
          new FileSource("acme", settings(file, true), Told.CLOCK, 1 + told.changes % 5)) {
        told.page(source);
      }
    }

    assertThat(told.places()).isEqualTo(places);
  }

  @Test
  void aQuoteThatIsNeverClosedCostsItsOwnLineOnly() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("tickets.csv"),
            HEADER
                + GOOD.formatted(1)
                + "T-2,1,2026-03-02,2026-03-03,\"open\n"
                + GOOD.formatted(3)
                + GOOD.formatted(4));

    Told told = Told.by(settings(file, false));

    assertThat(told.places()).containsExactly("tickets.csv:3 unclosed_quote");
    assertThat(told.tickets).containsOnlyKeys("T-1", "T-3", "T-4");
  }

  @Test
  void aQuoteThatIsNeverClosedDoesNotHoldUpAFileForEver() throws Exception {
    StringBuilder rows =
        new StringBuilder(GOOD.formatted(0) + "T-x,1,2026-03-02,2026-03-03,\"open\n");
    for (int i = 1; i <= 40_000; i++) {
      rows.append(GOOD.formatted(i));
    }
    Path file = Files.writeString(folder.resolve("tickets.csv"), HEADER + rows);

    Told told = Told.by(settings(file, true));

    assertThat(told.places()).containsExactly("tickets.csv:3 row_too_long");
    assertThat(told.tickets).hasSize(40_001);
  }

  @Test
  void aLineOfManyMegabytesIsLeftOut() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("tickets.csv"),
            HEADER + "T-1," + "x".repeat(5_000_000) + "\n" + GOOD.formatted(2) + "T-3,1\n");

    Told told = Told.by(settings(file, true));

    assertThat(told.places())
        .containsExactly("tickets.csv:2 row_too_long", "tickets.csv:4 bad_columns");
    assertThat(told.tickets).containsOnlyKeys("T-2");
  }

  @Test
  void whatCustomersWroteIsNotRepeated() throws Exception {
    Told told =
        read(
            """
            T-1,1,"Dear Sir, my card 4111 1111 1111 1111 was charged",2026-03-03,open
            T-2,Hello it is me again and still angry,2026-03-02,2026-03-03,open
            """);

    assertThat(told.rejected)
        .extracting(Rejected::detail)
        .containsExactly(
            "column \"created_at\" (created_at): expected a date as iso, found 49 characters of"
                + " text",
            "column \"version\" (version): expected a whole number, found 36 characters of text");
  }

  @Test
  void jsonThatIsNoneIsNotRepeatedEither() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("events.jsonl"),
            """
            {"ticket": "T-1", "at": "2026-03-02T08:00:00Z", "kind": "restored"}
            {"ticket": "T-1", secret
            [1, 2]
            {"ticket": {"id": 1}, "at": "2026-03-02T08:00:00Z", "kind": "restored"}
            {"ticket": "T-1"} {"ticket": "T-2"}

            {"ticket": "T-2", "at": "2026-03-02T08:00:00Z", "kind": "restored"}
            """);

    Told told = Told.by(Given.settings(Given.events(file)));

    assertThat(told.events).hasSize(2);
    assertThat(told.places())
        .containsExactly(
            "events.jsonl:2 bad_json",
            "events.jsonl:3 bad_json",
            "events.jsonl:4 bad_json",
            "events.jsonl:5 bad_json");
    assertThat(told.rejected).noneMatch(row -> row.detail().contains("secret"));
  }

  /** Order, repetition, page size and half rows must not matter. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shuffledRepeatedAndCutRowsTellTheSame(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> rows = history(random);
    Told expected = read("plain-" + seed, rows, 5_000);

    List<String> disturbed = new ArrayList<>(rows);
    for (int i = 0; i < 20; i++) {
      disturbed.add(rows.get(random.nextInt(rows.size())));
    }
    Collections.shuffle(disturbed, random);
    for (int i = 0; i < 5; i++) {
      String row = rows.get(random.nextInt(rows.size()));
      String half = row.substring(0, random.nextInt(row.lastIndexOf(','))) + "\n";
      disturbed.add(random.nextInt(disturbed.size()), half);
    }
    Told told = read("disturbed-" + seed, disturbed, 1 + random.nextInt(30));

    assertThat(told.events).isEqualTo(expected.events);
    assertThat(told.tickets).isEqualTo(expected.tickets);
    assertThat(told.rejected.size()).isLessThanOrEqualTo(5);
  }

  private static List<String> history(Random random) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rows.add(
          "T-%d,%d,2026-03-02,2026-03-%02dT%02d:00:00Z,%s%n"
              .formatted(
                  random.nextInt(8),
                  random.nextInt(10),
                  3 + random.nextInt(2),
                  random.nextInt(3),
                  List.of("open", "solved", "\"wei\n\"\"\u00df\"\"\"").get(random.nextInt(3)))
              .replace("\r", ""));
    }
    return rows;
  }

  private Told read(String name, List<String> rows, int rowsPerPage) throws Exception {
    Path file = Files.writeString(folder.resolve(name), HEADER + String.join("", rows));
    return new Told().reading(settings(file, true), rowsPerPage);
  }

  private Told read(String rows) throws Exception {
    return Told.by(settings(Files.writeString(folder.resolve("tickets.csv"), HEADER + rows), true));
  }

  private static FileSettings settings(Path file, boolean follow) {
    Given.TicketsGiven given = Given.tickets(file).withHistory();
    given.follow = follow;
    return Given.settings(given);
  }
}
