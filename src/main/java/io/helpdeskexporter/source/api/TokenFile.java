package io.helpdeskexporter.source.api;

import io.helpdeskexporter.source.SourceException;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file that keeps the tokens of an {@link OAuth} from one process to the next. Whoever reads it
 * sees the old tokens or the new ones and never half of them; whoever changes it holds it first,
 * against other processes by a lock on a file beside it and against other threads of this one.
 */
final class TokenFile {
  /** Of the process: closing any channel of a file gives up the locks of all. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final Duration PAUSE = Duration.ofMillis(100);

  /** A renewal with all its tries and waits takes less. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private static final int LARGEST = 64 * 1024;

  private final Path path;
  private final String manual;

  /**
   * @param manual the page that tells how to make the file, for messages
   */
  TokenFile(Path path, String manual) {
    this.path = path;
    this.manual = manual;
  }

  /**
   * Waits until nobody else holds it.
   *
   * @throws SourceException.Misconfigured if it cannot be read, or could not be written
   */
  Held hold(Budget budget) throws SourceException, InterruptedException {
    Path real;
    try {
      real = path.toRealPath();
    } catch (IOException e) {
      throw unreadable(e);
    }
    Path lock = beside(real, ".lock");
    for (Duration waited = Duration.ZERO; ; waited = waited.plus(PAUSE)) {
      if (HELD.add(lock)) {
        boolean held = false;
        try {
          FileChannel channel = locked(real, lock);
          held = channel.isOpen();
          if (held) {
            return new Held(real, lock, channel);
          }
        } catch (IOException e) {
          throw unwritable(e);
        } finally {
          if (!held) {
            HELD.remove(lock);
          }
        }
      }
      if (waited.compareTo(LONGEST_WAIT) >= 0) {
        throw new SourceException.Unavailable(
            "another process has held %s for %d min; does one hang that renews its tokens?"
                .formatted(path, LONGEST_WAIT.toMinutes()));
      }
      budget.rest(PAUSE);
    }
  }

  /** A channel that holds the lock; closed where another process holds it. */
  private static FileChannel locked(Path real, Path lock) throws IOException {
    FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean held = false;
    try {
      giveTo(Files.getOwner(real), lock);
      FileLock taken = channel.tryLock();
      held = taken != null;
    } finally {
      if (!held) {
        channel.close();
      }
    }
    return channel;
  }

  private static Path beside(Path real, String ending) {
    return real.resolveSibling(real.getFileName() + ending);
  }

  /** Who checks as root takes nothing away from the user that the exporter runs as. */
  private static void giveTo(UserPrincipal owner, Path file) throws IOException {
    if (!owner.equals(Files.getOwner(file))) {
      try {
        Files.setOwner(file, owner);
      } catch (FileSystemException e) {
        // Only root gives files away; who made it must do as its owner.
      }
    }
  }

  /** While nobody else reads it in order to change it. */
  final class Held implements AutoCloseable {
    private final Path real;
    private final Path lock;
    private final FileChannel channel;

    private Held(Path real, Path lock, FileChannel channel) {
      this.real = real;
      this.lock = lock;
      this.channel = channel;
    }

    Tokens read() throws SourceException {
      return tokens(bytes());
    }

    /**
     * Proves that it can be replaced, by itself: tokens must not be spent for what could not be
     * kept.
     */
    void rehearse() throws SourceException {
      byte[] bytes = bytes();
      // A person may have begun to write it anew since it was read.
      tokens(bytes);
      try {
        replace(bytes);
      } catch (IOException e) {
        discard(e);
        throw unwritable(e);
      }
    }

    private void discard(IOException failure) {
      try {
        Files.deleteIfExists(unfinished());
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }

    private Path unfinished() {
      return beside(real, ".new");
    }

    private byte[] bytes() throws SourceException {
      byte[] bytes;
      try (InputStream in = Files.newInputStream(real)) {
        bytes = in.readNBytes(LARGEST + 1);
      } catch (IOException e) {
        throw unreadable(e);
      }
      if (bytes.length > LARGEST) {
        throw unusable("it has more than " + LARGEST + " bytes");
      }
      return bytes;
    }

    private Tokens tokens(byte[] bytes) throws SourceException {
      JsonNode document;
      try {
        document = JsonMapper.shared().readTree(bytes);
      } catch (JacksonException e) {
        throw unusable("it is no JSON");
      }
      return Tokens.read(document)
          .orElseThrow(() -> unusable("it has no refresh_token, which renews access tokens"));
    }

    /** Returns when it would survive a loss of power. */
    void write(Tokens tokens) throws IOException {
      replace(tokens.text().getBytes(StandardCharsets.UTF_8));
    }

    private void replace(byte[] bytes) throws IOException {
      Path unfinished = unfinished();
      Files.deleteIfExists(unfinished);
      Files.createFile(unfinished, ownersOnly(real));
      // Not a channel: who is interrupted in order to end keeps what was paid for all the same.
      try (FileOutputStream out = new FileOutputStream(unfinished.toFile())) {
        out.write(bytes);
        out.getFD().sync();
      }
      giveTo(Files.getOwner(real), unfinished);
      Files.move(unfinished, real, StandardCopyOption.ATOMIC_MOVE);
      if (isPosix(real)) {
        try (FileChannel directory = FileChannel.open(unfinished.resolveSibling("."))) {
          directory.force(true);
        } catch (ClosedByInterruptException e) {
          // Who ends in this moment has written it; the system does the rest by itself.
        }
      }
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        HELD.remove(lock);
      }
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] ownersOnly(Path path) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  // ---- what is wrong with it

  private SourceException unreadable(IOException failure) {
    return new SourceException.Misconfigured(
        "token_file %s cannot be read: %s; make it as %s tells, readable and writable for the user that runs the exporter"
            .formatted(path, reason(failure), manual),
        failure);
  }

  private SourceException unusable(String reason) {
    return new SourceException.Misconfigured(
        "token_file %s cannot be used: %s; put the whole answer to the permission there, as %s tells"
            .formatted(path, reason, manual));
  }

  private SourceException unwritable(IOException failure) {
    return new SourceException.Misconfigured(
        "token_file %s cannot be replaced: %s; each renewal brings a new token that has to be kept, so its directory has to be writable for the user that runs the exporter, and in a container to be a volume of its own, not the file alone"
            .formatted(path, reason(failure)),
        failure);
  }

  /** In words that hold nothing of its content. */
  static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "there is no such file or directory";
      case FileNotFoundException _ -> "there is no such file or directory";
      case AccessDeniedException e -> "access to " + e.getFile() + " is denied";
      case DirectoryNotEmptyException e -> e.getFile() + " is in the way";
      case FileAlreadyExistsException e -> e.getFile() + " is in the way";
      case FileSystemException e when e.getReason() != null -> e.getFile() + ": " + e.getReason();
      default -> failure.getClass().getSimpleName();
    };
  }
}
