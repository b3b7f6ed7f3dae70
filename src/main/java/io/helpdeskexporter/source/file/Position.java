package io.helpdeskexporter.source.file;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.SourceException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a stream's files have been read. Of the last few it is known to the byte; of the others
 * only that they have been read to the end as they are: if one of those changes, it is read again
 * from its start, which costs time and changes nothing.
 *
 * @param latestMillis the latest time read
 * @param files in the order of reading
 * @param done eight characters for each of the other files
 */
record Position(long latestMillis, List<OfFile> files, String done) {
  static final Position START = new Position(0, List.of(), "");

  /** Keeps a cursor below 4 KiB, together with {@link PathList#MOST}. */
  private static final int MOST_KNOWN_TO_THE_BYTE = 8;

  private static final int TOKEN = 8;
  private static final JsonMapper JSON = new JsonMapper();

  Position {
    files = List.copyOf(files);
  }

  /**
   * How far one file has been read.
   *
   * @param p names its path
   * @param k its {@link Look#key}
   * @param n how many of its first bytes, as stored, {@code h} is the digest of
   * @param o the offset of the first byte not yet read, after unpacking
   * @param l the line that begins there, counted from 1
   * @param t the digest of the bytes just before {@code o}
   * @param s its size in bytes when it had no more to give; -1 while it has
   * @param m when it had been modified then, in milliseconds
   */
  record OfFile(String p, String k, int n, String h, long o, long l, String t, long s, long m) {
    /** Whether nothing has happened to it since it was read to its end. */
    boolean isDone(Look look) {
      return k.equals(look.key()) && s == look.bytes() && m == look.modifiedMillis();
    }

    private String token() {
      return Position.token(p, new Look(k, s, m));
    }
  }

  static Position of(Cursor cursor) throws SourceException {
    if (cursor.isStart()) {
      return START;
    }
    try {
      return JSON.readValue(cursor.value(), Position.class);
    } catch (JacksonException | NullPointerException strange) {
      throw new SourceException.Nonsense(
          "the saved cursor was not written by a file source; reset this source to read its files"
              + " from the start",
          strange);
    }
  }

  Cursor cursor() {
    return new Cursor(JSON.writeValueAsString(this));
  }

  Instant latest() {
    return Instant.ofEpochMilli(latestMillis);
  }

  static String name(Path file) {
    return Digest.token(file.toString());
  }

  static String token(String name, Look look) {
    return Digest.token(name + look);
  }

  Optional<OfFile> of(String name) {
    return files.stream().filter(file -> file.p().equals(name)).findFirst();
  }

  /** The tokens of files that have been read to the end as they are. */
  Set<String> doneTokens() {
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i + TOKEN <= done.length(); i += TOKEN) {
      tokens.add(done.substring(i, i + TOKEN));
    }
    return tokens;
  }

  /** A position that forgets bytes where there are too many files to know all of them. */
  static Position after(Instant latest, List<OfFile> files, List<String> done) {
    List<OfFile> kept = new ArrayList<>();
    StringBuilder tokens = new StringBuilder(String.join("", done));
    int tooMany = files.size() - MOST_KNOWN_TO_THE_BYTE;
    for (OfFile file : files) {
      if (tooMany > 0 && file.s() >= 0) {
        tokens.append(file.token());
        tooMany--;
      } else {
        kept.add(file);
      }
    }
    return new Position(latest.toEpochMilli(), kept, tokens.toString());
  }
}
