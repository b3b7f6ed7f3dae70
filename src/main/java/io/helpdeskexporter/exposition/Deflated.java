package io.helpdeskexporter.exposition;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Bytes compressed so that they can stand in a gzip stream beside others that were compressed at
 * another time.
 *
 * <p>An open piece ends on a byte boundary without ending the stream (zlib's sync flush), so a
 * closed piece can follow it; neither refers back into the other. Header, pieces and a trailer with
 * the joined CRC make one gzip member, which matters because some readers stop after the first
 * member.
 */
final class Deflated {

  /** Magic, deflate, no flags, no time, no hint, unknown system: RFC 1952. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private static final byte[] NOTHING = {};

  private static final int BUFFER_BYTES = 16 * 1024;

  private final byte[] bytes;
  private final long crc;
  private final long plainLength;

  private Deflated(byte[] bytes, long crc, long plainLength) {
    this.bytes = bytes;
    this.crc = crc;
    this.plainLength = plainLength;
  }

  /** A piece that another may follow. */
  static Deflated open(byte[] plain, int level) {
    return deflate(
        plain,
        level,
        (deflater, out) -> {
          byte[] buffer = new byte[BUFFER_BYTES];
          int written;
          do {
            written = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            out.write(buffer, 0, written);
          } while (written == buffer.length);
        });
  }

  /** A piece that ends the stream. */
  static Deflated closed(byte[] plain, int level) {
    return deflate(
        plain,
        level,
        (deflater, out) -> {
          byte[] buffer = new byte[BUFFER_BYTES];
          deflater.finish();
          while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
          }
        });
  }

  /** Open pieces one after the other, as one open piece. */
  static Deflated joined(List<Deflated> pieces) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long crc = 0;
    long plainLength = 0;
    for (Deflated piece : pieces) {
      bytes.writeBytes(piece.bytes);
      crc = Crc.join(crc, piece.crc, piece.plainLength);
      plainLength += piece.plainLength;
    }
    return new Deflated(bytes.toByteArray(), crc, plainLength);
  }

  /** The parts of one gzip stream: header, the open piece, the closed piece, trailer. */
  static List<byte[]> gzip(Deflated open, Deflated closed) {
    long crc = Crc.join(open.crc, closed.crc, closed.plainLength);
    byte[] trailer =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) crc)
            .putInt((int) (open.plainLength + closed.plainLength))
            .array();
    return List.of(HEADER, open.bytes, closed.bytes, trailer);
  }

  /** The parts of one gzip stream that holds this closed piece only. */
  List<byte[]> gzip() {
    return gzip(new Deflated(NOTHING, 0, 0), this);
  }

  private static Deflated deflate(
      byte[] plain, int level, BiConsumer<Deflater, ByteArrayOutputStream> drain) {
    CRC32 crc = new CRC32();
    crc.update(plain);
    Deflater deflater = new Deflater(level, true);
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 8 + 64);
      deflater.setInput(plain);
      drain.accept(deflater, out);
      return new Deflated(out.toByteArray(), crc.getValue(), plain.length);
    } finally {
      deflater.end();
    }
  }
}
