package io.helpdeskexporter.source.file;

import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one stream: of the files of one path, one after the other. Everything that has to be
 * known to go on is in the cursor; a file stays open between two fetches only to spare the way back
 * to where it was read.
 */
final class Feed implements Closeable {
  private final Layout layout;
  private final RowMapper mapper;
  private final boolean follow;
  private final Watermark watermark;
  private final Clock clock;
  private final int rowsPerPage;
  private final Consumer<Change> witness;
  private final PathList paths;

  private long rowsRead;
  private final Set<String> halfRows = new TreeSet<>();
  private @Nullable Path openPath;
  private @Nullable OpenFile open;

  /**
   * @param witness sees what each row tells
   */
  Feed(
      Layout layout,
      RowMapper mapper,
      boolean follow,
      Watermark watermark,
      Clock clock,
      int rowsPerPage,
      Consumer<Change> witness) {
    this.layout = layout;
    this.mapper = mapper;
    this.follow = follow;
    this.watermark = watermark;
    this.clock = clock;
    this.rowsPerPage = rowsPerPage;
    this.witness = witness;
    this.paths = new PathList(layout.path());
  }

  Page fetch(Cursor cursor) throws SourceException, InterruptedException {
    Instant asOf = clock.instant();
    Position before = Position.of(cursor);
    Set<String> doneBefore = before.doneTokens();
    Harvest harvest = new Harvest(before.latest(), witness);
    List<Position.OfFile> files = new ArrayList<>();
    List<String> done = new ArrayList<>();
    Unread unread = new Unread();
    for (Path path : paths.files()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      String name = Position.name(path);
      Optional<Position.OfFile> known = before.of(name);
      try {
        Look look = Look.at(path);
        String token = Position.token(name, look);
        if (doneBefore.contains(token)) {
          done.add(token);
        } else if (known.filter(file -> file.isDone(look)).isPresent()) {
          files.add(known.get());
        } else if (harvest.rows() >= rowsPerPage) {
          known.ifPresent(files::add);
          unread.add(look.bytes());
        } else {
          files.add(read(path, name, look, known, harvest, unread));
        }
      } catch (NoSuchFileException | FileNotFoundException gone) {
        throw unreadable(path, gone);
      } catch (IOException failed) {
        throw new SourceException.Unavailable(
            "%s: cannot be read: %s".formatted(path, failed), failed);
      }
    }
    Cursor next = Position.after(harvest.latest(), files, done).cursor();
    return unread.bytes > 0
        ? new Page(
            harvest.changes(), next, Optional.empty(), harvest.rejected(), unread.changes(harvest))
        : new Page(
            harvest.changes(),
            next,
            Optional.of(completeUntil(asOf, harvest.latest())),
            harvest.rejected(),
            OptionalLong.of(0));
  }

  /** How many rows this feed has read, headers apart. */
  long rowsRead() {
    return rowsRead;
  }

  /** The files whose last row is not whole. */
  List<String> halfRows() {
    return List.copyOf(halfRows);
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
    }
    open = null;
    openPath = null;
  }

  /** A log that has ended says nothing about the time after its last row. */
  private Instant completeUntil(Instant asOf, Instant latest) {
    return switch (watermark) {
      case NOW -> asOf;
      case LAST_ROW -> latest.isBefore(asOf) ? latest : asOf;
    };
  }

  private Position.OfFile read(
      Path path,
      String name,
      Look look,
      Optional<Position.OfFile> known,
      Harvest harvest,
      Unread unread)
      throws IOException, SourceException {
    OpenFile file = at(path, look, known);
    boolean atEnd = false;
    try {
      while (!atEnd && harvest.rows() < rowsPerPage) {
        atEnd = read(path, file, harvest);
      }
      if (!atEnd) {
        unread.of(file, look);
      }
      halfRows.remove(path.toString());
      if (atEnd && file.hasHalfRow()) {
        halfRows.add(path.toString());
      }
      return file.position(name, atEnd);
    } finally {
      if (atEnd) {
        close();
      }
    }
  }

  /** True when the file has nothing more at present. */
  private boolean read(Path path, OpenFile file, Harvest harvest)
      throws IOException, SourceException {
    Block block = file.block(rowsPerPage - harvest.rows());
    if (block.rows() > 0) {
      Block.Rows rows = file.read(block);
      boolean more = true;
      while (more) {
        try {
          Row row = rows.next();
          more = row != null;
          if (row != null) {
            mapper.map(row, harvest);
          }
        } catch (BadRow bad) {
          harvest.reject(path + ":" + rows.line(), bad.reason(), bad.detail());
        }
      }
      harvest.rows(block.rows());
      rowsRead += block.rows();
    }
    return switch (block.stop()) {
      case FULL -> false;
      case END -> true;
      case BAD_QUOTE -> {
        reject(path, file, harvest, "bad_quote", "nothing behind a closing quote, found text");
        file.skipRow();
        yield false;
      }
      case TOO_LONG -> {
        reject(path, file, harvest, "row_too_long", "a row of less than 1 MiB, found a longer one");
        file.skipLine();
        yield false;
      }
      case UNCLOSED -> {
        reject(path, file, harvest, "unclosed_quote", "a closing quote, found the end of the file");
        file.skipLine();
        yield false;
      }
      case CUT -> {
        reject(path, file, harvest, "cut_file", "more gzip data, found the end of the file");
        yield true;
      }
    };
  }

  /** The row is left out; what it wrongly quoted may well be rows and is read as such. */
  private void reject(Path path, OpenFile file, Harvest harvest, String reason, String expected) {
    harvest.reject(path + ":" + file.line(), reason, "expected " + expected);
    harvest.rows(1);
    rowsRead++;
  }

  private OpenFile at(Path path, Look look, Optional<Position.OfFile> known)
      throws IOException, SourceException {
    OpenFile kept = open;
    if (kept != null
        && path.equals(openPath)
        && known.filter(position -> kept.isStill(look, position)).isPresent()) {
      return kept;
    }
    OpenFile file = opened(path);
    if (known.isPresent() && !file.resume(known.get())) {
      file = opened(path);
    }
    return file;
  }

  private OpenFile opened(Path path) throws IOException, SourceException {
    close();
    OpenFile file = OpenFile.open(path, layout, follow, mapper.mapping());
    open = file;
    openPath = path;
    return file;
  }

  private SourceException unreadable(Path path, IOException failed) {
    return Files.exists(path)
        ? new SourceException.Unavailable(
            "%s: cannot be opened; check that this user may read it".formatted(path), failed)
        : new SourceException.Unavailable(
            "%s: has gone while it was to be read".formatted(path), failed);
  }

  /** What is known to be still to come, in bytes as stored. */
  private static final class Unread {
    private long bytes;
    private double linesPerByte;

    void add(long more) {
      bytes += more;
    }

    void of(OpenFile file, Look look) throws IOException {
      long read = Math.max(1, file.storedBytesRead());
      linesPerByte = (double) file.line() / read;
      bytes += Math.max(1, look.bytes() - read);
    }

    OptionalLong changes(Harvest harvest) {
      double perLine = (double) harvest.changes().size() / Math.max(1, harvest.rows());
      return linesPerByte == 0
          ? OptionalLong.empty()
          : OptionalLong.of(Math.round(bytes * linesPerByte * perLine));
    }
  }
}
