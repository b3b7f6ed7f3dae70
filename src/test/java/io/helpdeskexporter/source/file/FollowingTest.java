package io.helpdeskexporter.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that grow, turn over, are cut, replaced, packed, or many. */
class FollowingTest {
  private static final String HEADER = "id,version,created_at,updated_at,status\n";

  @TempDir private Path folder;

  @Test
  void aFileThatGrowsByteByByteIsReadRowByRow() throws Exception {
    Path file = folder.resolve("tickets.csv");
    String quoted = "T-2,1,2026-03-02,2026-03-02,\"wei\"\"ß\r\nund, blau\"\r\n";
    byte[] all = (HEADER + row("T-1", 1) + quoted + row("T-3", 1)).getBytes(StandardCharsets.UTF_8);
    Told told = new Told();
    int rows = 0;
    Files.createFile(file);

    for (byte each : all) {
      Files.write(file, new byte[] {each}, StandardOpenOption.APPEND);
      told.reading(settings(file), 5_000);
      assertThat(told.completeUntil).isPresent();
      assertThat(told.events.size()).isBetween(rows, rows + 1);
      rows = told.events.size();
    }

    assertThat(told.tickets).containsOnlyKeys("T-1", "T-2", "T-3");
    assertThat(told.ticket("T-2").status()).contains("wei\"ß\r\nund, blau");
    assertThat(told.changes).as("each row was told once").isEqualTo(6);
    assertThat(told.rejected).isEmpty();
  }

  @Test
  void aLastRowWithoutItsLineEndWaits() throws Exception {
    Path file = write("tickets.csv", HEADER + row("T-1", 1) + row("T-22", 1).strip());
    Told told = Told.by(settings(file));
    assertThat(told.tickets).containsOnlyKeys("T-1");

    append(file, "\n");

    assertThat(told.reading(settings(file), 5_000).tickets).containsOnlyKeys("T-1", "T-22");
  }

  @Test
  void aLastRowWithoutItsLineEndIsWholeWhereNobodyWritesAnyMore() throws Exception {
    Given.TicketsGiven given =
        Given.tickets(write("tickets.csv", HEADER + row("T-1", 1) + row("T-2", 1).strip()))
            .withHistory();
    given.follow = false;

    assertThat(Told.by(Given.settings(given)).tickets).containsOnlyKeys("T-1", "T-2");
  }

  @Test
  void anInspectionSaysThatALastRowWaits() throws Exception {
    Path file = write("tickets.csv", HEADER + row("T-1", 1) + "T-2,1,2026");
    try (Source source = new FileSource("acme", settings(file), Told.CLOCK, 5_000)) {
      assertThat(source.inspect().notes())
          .singleElement()
          .asString()
          .contains("tickets.csv: the last row has no line end yet")
          .contains("follow: false");
    }
  }

  @Test
  void anObjectThatIsWholeNeedsNoLineEnd() throws Exception {
    Path file =
        write(
            "events.jsonl",
            """
            {"ticket": "T-1", "at": "2026-03-02T08:00:00Z", "kind": "handed_off"}
            {"ticket": "T-1", "at": "2026-03-02T09:00:00Z", "kind": "restored"}\
            """);
    Told told = Told.by(Given.settings(Given.events(file)));
    assertThat(told.events).hasSize(2);

    append(file, "\n{\"ticket\": \"T-1\", \"at\": \"2026-03-0");
    assertThat(told.reading(Given.settings(Given.events(file)), 5_000).events).hasSize(2);
    append(file, "3T08:00:00Z\", \"kind\": \"handed_off\"}\n");
    told.reading(Given.settings(Given.events(file)), 5_000);

    assertThat(told.events).hasSize(3);
    assertThat(told.rejected).isEmpty();
  }

  @Test
  void aFileThatIsCutAndWrittenAgainIsReadFromItsStart() throws Exception {
    Path file = write("tickets.csv", HEADER + row("T-1", 1) + row("T-2", 1));
    Told told = Told.by(settings(file));

    write("tickets.csv", HEADER + row("T-9", 1));

    assertThat(told.reading(settings(file), 5_000).tickets).containsOnlyKeys("T-1", "T-2", "T-9");
  }

  @Test
  void aFileThatIsReplacedByALongerOneIsReadFromItsStart() throws Exception {
    Path file = write("tickets.csv", HEADER + row("T-1", 1));
    Told told = Told.by(settings(file));
    Path other = write("next.csv", HEADER + row("T-7", 1) + row("T-8", 1) + row("T-9", 1));

    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

    assertThat(told.reading(settings(file), 5_000).tickets)
        .containsOnlyKeys("T-1", "T-7", "T-8", "T-9");
  }

  @Test
  void aFileThatIsOverwrittenInPlaceWithALongerOneIsReadFromItsStart() throws Exception {
    Path file = write("tickets.csv", HEADER + rows(1, 100, 1));
    Told told = Told.by(settings(file));

    write("tickets.csv", HEADER + rows(1, 60, 1) + rows(61, 200, 2));

    Told again = told.reading(settings(file), 5_000);
    assertThat(again.tickets).hasSize(200);
    assertThat(again.ticket("T-80").version()).isEqualTo(2);
  }

  @Test
  void aFileWhoseFirstRowIsCorrectedInPlaceIsReadFromItsStart() throws Exception {
    Path file = write("tickets.csv", HEADER + rows(1, 100, 1));
    Told told = Told.by(settings(file));

    write("tickets.csv", HEADER + row("T-1", 2) + rows(2, 110, 1));
    told.reading(settings(file), 5_000);

    assertThat(told.ticket("T-1").version()).isEqualTo(2);
    assertThat(told.tickets).hasSize(110);
  }

  @Test
  void aFileThatIsOverwrittenWhileItIsBeingReadIsReadFromItsStart() throws Exception {
    Path file = write("tickets.csv", HEADER + rows(1, 100, 1));
    Told told = new Told();
    try (Source source = new FileSource("acme", settings(file), Told.CLOCK, 40)) {
      told.page(source);
      Path other = write("next.csv", HEADER + rows(101, 300, 1));
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      told.reading(source);
    }

    assertThat(told.tickets.keySet()).contains("T-101", "T-140", "T-141", "T-300");
  }

  @Test
  void aFileThatHasNotChangedIsNotToldAgain() throws Exception {
    Path file = write("tickets.csv", HEADER + rows(1, 10, 1));
    Told told = Told.by(settings(file));
    Cursor cursor = told.cursor;
    int changes = told.changes;

    told.reading(settings(file), 5_000);

    assertThat(told.changes).isEqualTo(changes);
    assertThat(told.cursor).isEqualTo(cursor);
  }

  @Test
  void aPackedFileOfSeveralMembersIsRead() throws Exception {
    Path file = folder.resolve("tickets.csv");
    Files.write(file, joined(gzip(HEADER + rows(1, 7, 1)), gzip(rows(8, 20, 1))));

    Told told = new Told().reading(settings(file), 3);

    assertThat(told.tickets).hasSize(20);
    assertThat(told.changes).isEqualTo(40);
  }

  @Test
  void aPackedFileGrowsByMembers() throws Exception {
    Path file = folder.resolve("tickets.csv.gz");
    Files.write(file, gzip(HEADER + rows(1, 7, 1)));
    Told told = Told.by(settings(file));

    Files.write(file, gzip(rows(8, 20, 1)), StandardOpenOption.APPEND);
    told.reading(settings(file), 5_000);

    assertThat(told.tickets).hasSize(20);
    assertThat(told.changes).as("each row was told once").isEqualTo(40);
  }

  @Test
  void aPackedFileThatIsStillBeingWrittenIsReadAsFarAsItGoes() throws Exception {
    Path file = folder.resolve("tickets.csv.gz");
    byte[] whole = gzip(HEADER + rows(1, 30_000, 1));
    Told told = new Told();

    for (int length : new int[] {1, 5, 12, whole.length / 3, whole.length - 3, whole.length}) {
      Files.write(file, Arrays.copyOf(whole, length));
      told.reading(settings(file), 5_000);
      assertThat(told.completeUntil).isPresent();
    }

    assertThat(told.tickets).hasSize(30_000);
    assertThat(told.rejected).isEmpty();
  }

  @Test
  void aPackedFileThatStaysCutIsSaid() throws Exception {
    byte[] whole = gzip(HEADER + rows(1, 30_000, 1));
    Path file = folder.resolve("tickets.csv.gz");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    Given.TicketsGiven given = Given.tickets(file).withHistory();
    given.follow = false;

    Told told = Told.by(Given.settings(given));

    assertThat(told.tickets.size()).isBetween(5_000, 29_000);
    assertThat(told.rejected).singleElement().extracting("reason").isEqualTo("cut_file");
  }

  @Test
  void damagedPackedDataAreNonsense() throws Exception {
    byte[] whole = gzip(HEADER + rows(1, 30_000, 1));
    Arrays.fill(whole, whole.length / 2, whole.length / 2 + 64, (byte) 0xff);
    Path file = folder.resolve("tickets.csv.gz");
    Files.write(file, whole);

    SourceException failure =
        catchThrowableOfType(SourceException.class, () -> Told.by(settings(file)));

    assertThat(failure)
        .isInstanceOf(SourceException.Nonsense.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("damaged gzip data");
  }

  @Test
  void filesOfAGlobAreReadInTheOrderOfTheirNames() throws Exception {
    write("log-2.csv", HEADER + row("T-2", 1));
    write("log-1.csv", HEADER + row("T-1", 1));
    write("other.csv", HEADER + row("T-9", 1));
    FileSettings settings = Given.settings(Given.tickets(folder + "/log-*.csv").withHistory());
    try (Source source = new FileSource("acme", settings, Told.CLOCK, 1)) {
      Told told = new Told();

      told.page(source);
      assertThat(told.tickets).containsOnlyKeys("T-1");
      assertThat(told.reading(source).tickets).containsOnlyKeys("T-1", "T-2");
    }
  }

  @Test
  void aFileThatAppearsLaterIsReadWhateverItsName() throws Exception {
    write("log-2.csv", HEADER + row("T-2", 1));
    FileSettings settings = Given.settings(Given.tickets(folder + "/log-*.csv").withHistory());
    Told told = Told.by(settings);

    write("log-1.csv", HEADER + row("T-1", 1));
    write("log-3.csv", HEADER + row("T-3", 1));

    assertThat(told.reading(settings, 5_000).tickets).containsOnlyKeys("T-1", "T-2", "T-3");
  }

  @Test
  void manyFilesFitIntoASmallCursorAndEachMayStillGrow() throws Exception {
    for (int i = 0; i < PathList.MOST; i++) {
      write("log-%03d.csv".formatted(i), HEADER + row("T-" + i, 1));
    }
    FileSettings settings = Given.settings(Given.tickets(folder + "/log-*.csv").withHistory());
    Told told = new Told().reading(settings, 7);
    assertThat(told.tickets).hasSize(PathList.MOST);
    assertThat(told.cursor.value()).hasSizeLessThan(4096);

    append(folder.resolve("log-000.csv"), row("T-0", 2));
    append(folder.resolve("log-199.csv"), row("T-199", 2));
    Files.delete(folder.resolve("log-100.csv"));
    int changes = told.changes;
    told.reading(settings, 5_000);

    assertThat(told.ticket("T-0").version()).isEqualTo(2);
    assertThat(told.ticket("T-199").version()).isEqualTo(2);
    assertThat(told.changes - changes).as("nothing else is read again").isLessThanOrEqualTo(5);
  }

  @Test
  void tooManyFilesAreRefused() throws Exception {
    for (int i = 0; i <= PathList.MOST; i++) {
      write("log-%03d.csv".formatted(i), HEADER);
    }
    FileSettings settings = Given.settings(Given.tickets(folder + "/log-*.csv").withHistory());

    assertThat(catchThrowableOfType(SourceException.class, () -> Told.by(settings)))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("matches 201 files, at most 200 can be followed");
  }

  @Test
  void whatIsStillToComeIsEstimated() throws Exception {
    Path file = write("tickets.csv", HEADER + rows(100, 999, 1));
    try (Source source = new FileSource("acme", settings(file), Told.CLOCK, 100)) {
      Page page = source.fetch(FileSource.TICKETS, Cursor.START);

      assertThat(page.completeUntil()).isEmpty();
      assertThat(page.remaining()).isPresent();
      assertThat(page.remaining().getAsLong()).isBetween(1_500L, 1_700L);
    }
  }

  @Test
  void aLogThatHasEndedIsCompleteUntilItsLastRow() throws Exception {
    Path file = write("tickets.csv", HEADER + rows(1, 9, 1));
    FileSettings settings =
        new FileSettings(
            settings(file).tickets(),
            java.util.Optional.empty(),
            java.util.Map.of(),
            Watermark.LAST_ROW,
            true);

    Told told = new Told().reading(settings, 4);

    assertThat(told.completeUntil)
        .hasValueSatisfying(until -> assertThat(until).isEqualTo("2026-03-02T00:01:00Z"));
    assertThat(Told.by(settings(file)).completeUntil).contains(Told.CLOCK.instant());
  }

  private static String row(String id, int version) {
    return "%s,%d,2026-03-02T00:00:00Z,2026-03-02T00:0%d:00Z,open%n"
        .formatted(id, version, version)
        .replace("\r", "");
  }

  private static String rows(int from, int to, int version) {
    StringBuilder rows = new StringBuilder();
    for (int i = from; i <= to; i++) {
      rows.append(row("T-" + i, version));
    }
    return rows.toString();
  }

  private static FileSettings settings(Path file) {
    return Given.settings(Given.tickets(file).withHistory());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
