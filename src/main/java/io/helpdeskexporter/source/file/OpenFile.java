package io.helpdeskexporter.source.file;

import io.helpdeskexporter.source.SourceException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file that is being read, plain or gzip, at a place between two rows. Offsets count bytes after
 * unpacking; a gzip file is resumed by unpacking it again up to there.
 */
final class OpenFile implements Closeable {
  /** How much of the beginning tells one file from another. */
  private static final int HEAD_BYTES = 1024;

  /**
   * How much before an offset tells whether the file is still the one that was read up to there.
   */
  private static final int TAIL_BYTES = 256;

  /** No row is longer; a quote that is never closed does no more harm than this. */
  private static final int LONGEST_ROW_BYTES = 1024 * 1024;

  /** Bounds the memory of a page, whatever the length of its rows. */
  private static final int LONGEST_BLOCK_BYTES = 4 * 1024 * 1024;

  private static final int CHUNK_BYTES = 128 * 1024;

  private final String where;
  private final Layout layout;
  private final boolean follow;
  private final Look look;
  private final byte[] head;
  private final boolean gzip;
  private final FileInputStream file;
  private final InputStream in;
  private final Charset charset;
  private final RowEnds ends;
  private final Optional<Function<Block, Block.Rows>> rows;

  private byte[] bytes = new byte[CHUNK_BYTES];
  private int from;
  private int to;
  private long offset;
  private long line = 1;
  private byte[] tail = new byte[0];
  private boolean ended;
  private boolean cut;

  private OpenFile(
      String where, Look look, FileInputStream file, Layout layout, boolean follow, Mapping mapping)
      throws IOException, SourceException {
    this.where = where;
    this.layout = layout;
    this.follow = follow;
    this.look = look;
    this.file = file;
    this.head = file.readNBytes(HEAD_BYTES);
    file.getChannel().position(0);
    this.gzip = head.length > 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
    this.in = gzip ? unpacked(file) : file;
    this.charset = afterByteOrderMark();
    this.ends = new RowEnds(layout, charset);
    this.rows =
        switch (layout.format()) {
          case CSV -> header(mapping);
          case JSONL -> Optional.of(new JsonRows(layout, mapping)::read);
        };
  }

  /**
   * At its first row.
   *
   * @throws SourceException.Misconfigured if a mapped column is missing
   */
  static OpenFile open(Path path, Layout layout, boolean follow, Mapping mapping)
      throws IOException, SourceException {
    Look look = Look.at(path);
    FileInputStream file = new FileInputStream(path.toFile());
    boolean opened = false;
    try {
      OpenFile open = new OpenFile(path.toString(), look, file, layout, follow, mapping);
      opened = true;
      return open;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  /**
   * Goes to where reading stopped. False if this is no longer the file that was read up to there;
   * it is then of no more use.
   */
  boolean resume(Position.OfFile position) throws IOException, SourceException {
    if (!position.k().equals(look.key())
        || head.length < position.n()
        || !Digest.token(Arrays.copyOf(head, position.n())).equals(position.h())
        || (position.o() < offset && position.o() > 0)) {
      return false;
    }
    if (position.o() > offset && !skipTo(position.o())) {
      return false;
    }
    line = Math.max(line, position.l());
    return position.o() == 0 || Digest.token(tail).equals(position.t());
  }

  /** Whether it is still the file at its path, as far as can be seen from outside. */
  boolean isStill(Look now, Position.OfFile position) {
    return look.key().equals(now.key())
        && position.o() == offset
        && (gzip ? now.bytes() >= look.bytes() : now.bytes() >= offset);
  }

  /**
   * The next whole rows, which are then read.
   *
   * @param most how many rows at most; at least 1
   */
  Block block(int most) throws IOException, SourceException {
    int taken = 0;
    int count = 0;
    long lines = 0;
    Optional<Block.Stop> stop = rows.isPresent() ? Optional.empty() : Optional.of(Block.Stop.END);
    while (stop.isEmpty()) {
      if (count >= most || taken >= LONGEST_BLOCK_BYTES) {
        stop = Optional.of(Block.Stop.FULL);
        break;
      }
      int next = ends.next(bytes, from + taken, to, false);
      if (next == RowEnds.MORE) {
        if (to - from - taken > LONGEST_ROW_BYTES) {
          stop = Optional.of(Block.Stop.TOO_LONG);
        } else if (!fill()) {
          next = lastRow(from + taken);
          stop = next == RowEnds.MORE ? Optional.of(whyNoMore(taken)) : Optional.empty();
        }
      }
      if (next != RowEnds.MORE && ends.isStrange()) {
        stop = Optional.of(Block.Stop.BAD_QUOTE);
      } else if (next != RowEnds.MORE) {
        taken = next - from;
        lines += ends.lines();
        count++;
      }
    }
    Block block =
        new Block(new String(bytes, from, taken, charset), line, count, stop.orElseThrow());
    consume(taken);
    line += lines;
    return block;
  }

  /** How the rows of a block of this file are read. */
  Block.Rows read(Block block) {
    return rows.orElseThrow().apply(block);
  }

  /** Leaves out one row. */
  void skipRow() throws IOException, SourceException {
    int next = ends.next(bytes, from, to, false);
    if (next == RowEnds.MORE) {
      next = lastRow(from);
    }
    line += ends.lines();
    consume(next - from);
  }

  /** Leaves out one line, whatever is in it. */
  void skipLine() throws IOException, SourceException {
    int next = ends.nextLine(bytes, from, to, false);
    while (next == RowEnds.MORE) {
      consume((to - from) & -4);
      if (!fill()) {
        consume(to - from);
        return;
      }
      next = ends.nextLine(bytes, from, to, false);
    }
    consume(next - from);
    line++;
  }

  /** The line on which the next row begins, counted from 1. */
  long line() {
    return line;
  }

  /** Where reading stands. */
  Position.OfFile position(String name, boolean done) {
    return new Position.OfFile(
        name,
        look.key(),
        head.length,
        Digest.token(head),
        offset,
        line,
        Digest.token(tail),
        done ? look.bytes() : -1,
        done ? look.modifiedMillis() : 0);
  }

  /** How many bytes, as stored, have been read to come here. */
  long storedBytesRead() throws IOException {
    return gzip ? file.getChannel().position() : offset;
  }

  /** Whether a row has begun that does not end. */
  boolean hasHalfRow() {
    return to > from;
  }

  @Override
  public void close() {
    try {
      in.close();
      file.close();
    } catch (IOException _) {
      // It was only read.
    }
  }

  private InputStream unpacked(InputStream stored) throws IOException, SourceException {
    try {
      return new GZIPInputStream(stored, CHUNK_BYTES);
    } catch (EOFException _) {
      cut = true;
      return InputStream.nullInputStream();
    } catch (ZipException wrong) {
      throw damaged(wrong);
    }
  }

  private SourceException damaged(ZipException wrong) {
    return new SourceException.Nonsense(
        "%s: damaged gzip data after %d unpacked bytes; write the file again"
            .formatted(where, offset + to - from),
        wrong);
  }

  private Charset afterByteOrderMark() throws IOException, SourceException {
    while (to < 4 && fill()) {
      // A mark has up to four bytes.
    }
    if (startsWith(0xef, 0xbb, 0xbf)) {
      consume(3);
      return StandardCharsets.UTF_8;
    }
    if (startsWith(0xff, 0xfe, 0, 0)) {
      consume(4);
      return StandardCharsets.UTF_32LE;
    }
    if (startsWith(0, 0, 0xfe, 0xff)) {
      consume(4);
      return StandardCharsets.UTF_32BE;
    }
    if (startsWith(0xff, 0xfe)) {
      consume(2);
      return StandardCharsets.UTF_16LE;
    }
    if (startsWith(0xfe, 0xff)) {
      consume(2);
      return StandardCharsets.UTF_16BE;
    }
    Charset configured = layout.charset();
    return configured.equals(StandardCharsets.UTF_16)
        ? StandardCharsets.UTF_16BE
        : configured.equals(StandardCharsets.UTF_32) ? StandardCharsets.UTF_32BE : configured;
  }

  private boolean startsWith(int... mark) {
    if (to < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** Empty while the header row has not been written whole. */
  private Optional<Function<Block, Block.Rows>> header(Mapping mapping)
      throws IOException, SourceException {
    while (true) {
      int next = ends.next(bytes, from, to, false);
      if (next == RowEnds.MORE && to - from <= LONGEST_ROW_BYTES) {
        if (fill()) {
          continue;
        }
        next = lastRow(from);
      }
      boolean endless =
          next == RowEnds.MORE
              && (to - from > LONGEST_ROW_BYTES || whyNoMore(0) == Block.Stop.UNCLOSED);
      if (endless || (next != RowEnds.MORE && ends.isStrange())) {
        throw new SourceException.Misconfigured(
            where + ": quotes in the header row do not match; check quote and delimiter");
      }
      if (next == RowEnds.MORE) {
        return Optional.empty();
      }
      String header = new String(bytes, from, next - from, charset);
      if (!header.isBlank()) {
        CsvRows csv = CsvRows.under(header, where, layout, mapping);
        line += ends.lines();
        consume(next - from);
        return Optional.of(csv::read);
      }
      line += ends.lines();
      consume(next - from);
    }
  }

  /**
   * Whether nothing can follow what has been read: only then is a row without its line end whole.
   */
  private boolean isComplete() {
    return !cut && (gzip || !follow);
  }

  private int lastRow(int start) {
    if (start == to) {
      return RowEnds.MORE;
    }
    if (isComplete()) {
      return ends.next(bytes, start, to, true);
    }
    boolean whole =
        layout.format() == Format.JSONL
            && JsonRows.isWhole(new String(bytes, start, to - start, charset));
    return whole ? to : RowEnds.MORE;
  }

  private Block.Stop whyNoMore(int taken) {
    if (cut && !follow) {
      return Block.Stop.CUT;
    }
    return isComplete() && to - from > taken ? Block.Stop.UNCLOSED : Block.Stop.END;
  }

  /** False at the end of the file. */
  private boolean fill() throws IOException, SourceException {
    if (ended) {
      return false;
    }
    if (from > 0) {
      System.arraycopy(bytes, from, bytes, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    try {
      int count = in.read(bytes, to, Math.min(CHUNK_BYTES, bytes.length - to));
      ended = count < 0;
      to += Math.max(0, count);
    } catch (EOFException _) {
      cut = true;
      ended = true;
    } catch (ZipException wrong) {
      throw damaged(wrong);
    }
    return !ended;
  }

  private void consume(int count) {
    if (count >= TAIL_BYTES) {
      tail = Arrays.copyOfRange(bytes, from + count - TAIL_BYTES, from + count);
    } else {
      int kept = Math.min(tail.length, TAIL_BYTES - count);
      byte[] longer = Arrays.copyOfRange(tail, tail.length - kept, tail.length + count);
      System.arraycopy(bytes, from, longer, kept, count);
      tail = longer;
    }
    from += count;
    offset += count;
  }

  private boolean skipTo(long target) throws IOException, SourceException {
    if (!gzip) {
      if (file.getChannel().size() < target) {
        return false;
      }
      int before = (int) Math.min(TAIL_BYTES, target);
      file.getChannel().position(target - before);
      tail = file.readNBytes(before);
      from = 0;
      to = 0;
      ended = false;
      offset = target;
      return true;
    }
    while (offset < target) {
      consume((int) Math.min(to - from, target - offset));
      if (offset < target && !fill()) {
        return false;
      }
    }
    return true;
  }
}
