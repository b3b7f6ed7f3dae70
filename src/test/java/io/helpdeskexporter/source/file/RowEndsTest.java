package io.helpdeskexporter.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Row ends in bytes must be the row ends that the CSV parser sees, or a page would cut a row. */
class RowEndsTest {
  private static final Layout CSV =
      Layout.of(Path.of("any.csv"), Format.CSV, ",", "\"", "UTF-8", List.of(""));

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void rowsAndLinesAreThoseOfTheParser(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      Charset charset =
          List.of(
                  StandardCharsets.UTF_8,
                  StandardCharsets.UTF_16LE,
                  StandardCharsets.UTF_16BE,
                  StandardCharsets.UTF_32BE)
              .get(random.nextInt(4));
      blocks(text(random), charset).forEach(block -> assertAgreement(block, charset));
    }
  }

  /** One row after the other must be what the parser makes of all of them together. */
  private static void assertAgreement(List<String> block, Charset charset) {
    long line = 1;
    List<List<String>> fields = new ArrayList<>();
    List<Long> lines = new ArrayList<>();
    for (String row : block) {
      for (CsvRecord record : parsed(row)) {
        fields.add(record.getFields());
        lines.add(line);
      }
      RowEnds ends = new RowEnds(CSV, charset);
      byte[] bytes = row.getBytes(charset);
      assertThat(ends.next(bytes, 0, bytes.length, true)).isEqualTo(bytes.length);
      line += ends.lines();
    }

    List<CsvRecord> together = parsed(String.join("", block));

    assertThat(together.stream().map(CsvRecord::getFields)).isEqualTo(fields);
    assertThat(together.stream().map(CsvRecord::getStartingLineNumber)).isEqualTo(lines);
  }

  @Test
  void aReturnAtTheEndWaitsForTheLineFeedThatMayFollow() {
    byte[] bytes = "a,b\r".getBytes(StandardCharsets.UTF_8);
    RowEnds ends = new RowEnds(CSV, StandardCharsets.UTF_8);

    assertThat(ends.next(bytes, 0, 4, false)).isEqualTo(RowEnds.MORE);
    assertThat(ends.next(bytes, 0, 4, true)).isEqualTo(4);
  }

  @Test
  void aLineFeedWithinAnotherCharacterIsNoRowEnd() {
    byte[] bytes = "\u0a0a\u0d0a,\u220a\n".getBytes(StandardCharsets.UTF_16LE);
    RowEnds ends = new RowEnds(CSV, StandardCharsets.UTF_16LE);

    assertThat(ends.next(bytes, 0, bytes.length, false)).isEqualTo(bytes.length);
  }

  /** Whole rows only, and a new block behind a row that no CSV has, as in reading. */
  private static List<List<String>> blocks(String text, Charset charset) {
    RowEnds ends = new RowEnds(CSV, charset);
    byte[] bytes = text.getBytes(charset);
    List<List<String>> blocks = new ArrayList<>();
    List<String> block = new ArrayList<>();
    int at = 0;
    int next = ends.next(bytes, at, bytes.length, false);
    while (next != RowEnds.MORE) {
      if (ends.isStrange()) {
        blocks.add(block);
        block = new ArrayList<>();
      } else {
        block.add(new String(bytes, at, next - at, charset));
      }
      at = next;
      next = ends.next(bytes, at, bytes.length, false);
    }
    blocks.add(block);
    return blocks;
  }

  private static List<CsvRecord> parsed(String text) {
    List<CsvRecord> records = new ArrayList<>();
    CsvReader.builder()
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .ofCsvRecord(text)
        .forEach(records::add);
    return records;
  }

  private static String text(Random random) {
    String[] pieces = {"a", "é", "\"", "\"", ",", ",", "\n", "\r\n", "\r", " ", "\"\"", "\",\""};
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(60);
    for (int i = 0; i < count; i++) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.append("\n\n").toString();
  }
}
