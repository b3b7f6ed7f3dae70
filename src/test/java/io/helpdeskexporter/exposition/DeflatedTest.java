package io.helpdeskexporter.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeflatedTest {

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void joinedPiecesReadAsTheirPlainBytes(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] all = content(random);
    int level = random.nextInt(10);
    int[] cuts = random.ints(random.nextInt(20), 0, all.length + 1).sorted().toArray();
    byte[] gzip = gzip(all, level, cuts);

    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes()).isEqualTo(all);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theStreamIsOneGzipMember(long seed) throws DataFormatException {
    Random random = new Random(seed);
    byte[] all = content(random);
    byte[] gzip = gzip(all, 6, random.nextInt(all.length + 1));
    Inflater inflater = new Inflater(true);
    inflater.setInput(gzip, 10, gzip.length - 10);
    byte[] plain = new byte[all.length + 1];
    int length = 0;
    while (!inflater.finished()) {
      length += inflater.inflate(plain, length, plain.length - length);
    }
    int trailer = inflater.getRemaining();
    inflater.end();

    assertThat(length).isEqualTo(all.length);
    assertThat(trailer).as("CRC and length, and nothing after them").isEqualTo(8);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theJoinedCrcIsTheCrcOfTheWhole(long seed) {
    Random random = new Random(seed);
    byte[] all = new byte[random.nextInt(1 << random.nextInt(20)) + 1];
    random.nextBytes(all);
    int cut = random.nextInt(all.length + 1);

    assertThat(Crc.join(crc(all, 0, cut), crc(all, cut, all.length), all.length - cut))
        .isEqualTo(crc(all, 0, all.length));
  }

  @Test
  void aPieceAsLongAsTheBufferIsComplete() throws IOException {
    byte[] incompressible = new byte[64 * 1024];
    new Random(1).nextBytes(incompressible);
    for (int length = 16 * 1024 - 40; length < 16 * 1024 + 40; length++) {
      byte[] all = Arrays.copyOf(incompressible, length + 10);
      assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip(all, 0, length))).readAllBytes())
          .as("length %d", length)
          .isEqualTo(all);
    }
  }

  @Test
  void aClosedPieceStandsAlone() throws IOException {
    byte[] gzip = bytes(Deflated.closed("# EOF\n".getBytes(UTF_8), 6).gzip());
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes())
        .asString(UTF_8)
        .isEqualTo("# EOF\n");
  }

  @Test
  void theGzipProgramReadsAJoinedStream() throws Exception {
    byte[] all = "helpdesk_tickets_unsolved 7.0\n".repeat(5000).getBytes(UTF_8);
    Process gzip = new ProcessBuilder("gzip", "-dc").start();
    Thread.startVirtualThread(
        () -> {
          try (var in = gzip.getOutputStream()) {
            in.write(gzip(all, 6, 100_000));
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    assertThat(gzip.getInputStream().readAllBytes()).isEqualTo(all);
    assertThat(gzip.getErrorStream().readAllBytes()).asString(UTF_8).isEmpty();
    assertThat(gzip.waitFor()).isZero();
  }

  private static byte[] gzip(byte[] all, int level, int... cuts) {
    List<Deflated> pieces = new ArrayList<>();
    int from = 0;
    for (int cut : cuts) {
      pieces.add(Deflated.open(Arrays.copyOfRange(all, from, cut), level));
      from = cut;
    }
    return bytes(
        Deflated.gzip(
            Deflated.joined(pieces),
            Deflated.closed(Arrays.copyOfRange(all, from, all.length), level)));
  }

  private static byte[] bytes(List<byte[]> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    parts.forEach(out::writeBytes);
    return out.toByteArray();
  }

  /** Up to 256 KiB, from random bytes to one repeated letter. */
  private static byte[] content(Random random) {
    byte[] bytes = new byte[random.nextInt(1 << (random.nextInt(18) + 1)) + 1];
    int letters = 1 + random.nextInt(256);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) random.nextInt(letters);
    }
    return bytes;
  }

  private static long crc(byte[] bytes, int from, int to) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, to - from);
    return crc.getValue();
  }
}
