package io.helpdeskexporter.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL that this JVM runs on a directory of its own, for trying things out. Data stays over
 * restarts. The server listens on the loopback address only, on a port that may differ from start
 * to start, and wants the password that lies beside the data, readable by its owner alone.
 *
 * <p>The server never outlives the JVM: a watcher stops it even after {@code kill -9}. Should one
 * still be about when the next starts, such as while it is stopping, it is waited for and then
 * stopped. Two JVMs cannot use one directory at a time.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  public static final String USER = "postgres";

  /** The first start after a crash may have much to recover. */
  private static final Duration STARTUP = Duration.ofSeconds(60);

  /** How long a server of a JVM that was killed may take to stop by itself. */
  private static final Duration LEAVING = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(20);

  /** How long an answer to a ping may take. */
  private static final int VALID_SECONDS = 5;

  /**
   * A kill of anything but the machine loses nothing. What a power failure may lose, a demo can do
   * without, hence asynchronous commits.
   */
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "synchronous_commit=off",
          "wal_level=minimal",
          "max_wal_senders=0",
          "max_wal_size=512MB",
          "max_connections=50",
          "shared_buffers=96MB",
          "timezone=UTC",
          "log_timezone=UTC",
          "log_min_messages=warning");

  private final Path directory;
  private final PostgresBinaries binaries;
  private final Identity identity;
  private final FileChannel lockFile;
  private final int port;
  private final String password;
  private final ChildProcess process;
  private boolean closed;

  /** A database of the server and how to log in. */
  public record Database(String jdbcUrl, String user, String password) {
    public Connection connect() throws SQLException {
      return DriverManager.getConnection(jdbcUrl, user, password);
    }

    @Override
    public String toString() {
      return jdbcUrl + " as " + user;
    }
  }

  /**
   * Starts the server and returns when it answers: in about a second, or some more where the
   * directory is new.
   *
   * @param directory created where there is none
   * @throws IllegalStateException if another JVM uses the directory, or the server does not start;
   *     the message says why
   */
  public static EmbeddedPostgres startedIn(Path directory) {
    Path folder = directory.toAbsolutePath().normalize();
    FileChannel lock = null;
    try {
      Files.createDirectories(folder);
      lock = locked(folder);
      return new EmbeddedPostgres(folder, lock);
    } catch (IOException e) {
      close(lock);
      throw new UncheckedIOException("could not use " + folder + " for a PostgreSQL", e);
    } catch (RuntimeException | Error e) {
      close(lock);
      throw e;
    }
  }

  /**
   * Deletes a directory in which a server ran, with all its data. Nothing happens where there is
   * none.
   *
   * @throws IllegalStateException if it is in use; nothing is deleted then
   */
  public static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (FileChannel _ = locked(directory)) {
      if (!awaitLeaving(directory)) {
        throw new IllegalStateException(
            "a PostgreSQL that nobody uses still runs in "
                + directory
                + "; end it, or take another directory");
      }
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete " + directory, e);
    }
  }

  private EmbeddedPostgres(Path directory, FileChannel lockFile) throws IOException {
    this.directory = directory;
    this.lockFile = lockFile;
    binaries = PostgresBinaries.packaged();
    identity = Identity.unprivileged();
    identity.own(directory);
    removePredecessor();
    password = initialized();
    port = freePort();
    process = launched();
    try {
      awaitAnswer();
    } catch (RuntimeException | Error e) {
      process.close();
      throw e;
    }
  }

  /** The database of this name, created empty if there is none. */
  public Database database(String name) {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "database " + name + ": allowed are lower-case letters, digits and _");
    }
    try (Connection connection = at(USER).connect();
        PreparedStatement known =
            connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      known.setString(1, name);
      try (ResultSet row = known.executeQuery()) {
        if (!row.next()) {
          try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("could not create the database " + name, e);
    }
    return at(name);
  }

  /** Ends all connections and the server, in good order; returns when it is gone. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      process.close();
      close(lockFile);
    }
  }

  private Database at(String database) {
    return new Database("jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, password);
  }

  private Path data() {
    return data(directory);
  }

  private static Path data(Path directory) {
    return directory.resolve("data");
  }

  private static Path pidFile(Path directory) {
    return data(directory).resolve("postmaster.pid");
  }

  // One JVM per directory.

  @SuppressWarnings("resource") // the channel holds the lock, and goes with the server
  private static FileChannel locked(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException thisVeryJvm) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new IllegalStateException(
          directory + " is in use by another process; stop that, or take another directory");
    }
    return channel;
  }

  private static void close(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  // A server that a killed JVM left behind.

  /**
   * Whoever holds the lock owns the directory, so a server that is still there is an orphan. A file
   * that names a process which is no PostgreSQL is left over too: in a container, numbers come
   * again, and PostgreSQL would take the other program for itself.
   */
  private void removePredecessor() throws IOException {
    if (!awaitLeaving(directory)) {
      stopPredecessor();
    }
    Path file = pidFile(directory);
    if (predecessor(file).isEmpty()) {
      Files.deleteIfExists(file);
    }
  }

  /** Whether no server is left, after a while in which one that is stopping may have ended. */
  private static boolean awaitLeaving(Path directory) throws IOException {
    Path file = pidFile(directory);
    long deadline = System.nanoTime() + LEAVING.toNanos();
    while (predecessor(file).isPresent()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return true;
  }

  private static Optional<ProcessHandle> predecessor(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Files.readAllLines(file).stream()
        .findFirst()
        .map(String::strip)
        .filter(line -> line.matches("[0-9]{1,18}"))
        .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
        .filter(ProcessHandle::isAlive)
        .filter(EmbeddedPostgres::isPostgres);
  }

  /** What cannot be looked at may be one. */
  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().map(command -> command.endsWith("postgres")).orElse(true);
  }

  private void stopPredecessor() {
    ChildProcess.run(
            "pg_ctl",
            identity.command(
                List.of(
                    binaries.bin().resolve("pg_ctl").toString(),
                    "stop",
                    "--wait",
                    "--mode=fast",
                    "--pgdata=" + data())),
            Map.of(),
            directory,
            "",
            STARTUP.multipliedBy(2))
        .orFail();
  }

  // The data.

  /** The password. The directory appears whole or not at all, so a killed start does not matter. */
  private String initialized() throws IOException {
    Path secret = directory.resolve("password");
    if (Files.isDirectory(data())) {
      return Files.readString(secret).strip();
    }
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    String fresh = HexFormat.of().formatHex(random);
    Path half = Files.createTempDirectory(directory, "initializing-");
    Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwx------"));
    identity.own(half);
    Files.deleteIfExists(secret);
    Files.createFile(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, fresh + "\n", StandardCharsets.UTF_8);
    identity.own(secret);
    ChildProcess.run(
            "initdb",
            identity.command(
                List.of(
                    binaries.initdb().toString(),
                    "--pgdata=" + half,
                    "--auth=scram-sha-256",
                    "--pwfile=" + secret,
                    "--username=" + USER,
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync")),
            Map.of(),
            directory,
            "",
            STARTUP)
        .orFail();
    Files.move(half, data());
    return fresh;
  }

  // The server.

  private ChildProcess launched() {
    List<String> command =
        new ArrayList<>(
            List.of(binaries.postgres().toString(), "-D", data().toString(), "-p", "" + port));
    SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
    return ChildProcess.start(
        "PostgreSQL", ChildProcess.Signal.INT, identity.command(command), Map.of(), directory);
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + STARTUP.toNanos();
    while (true) {
      process.mustBeAlive();
      try (Connection connection = at(USER).connect()) {
        if (connection.isValid(VALID_SECONDS)) {
          return;
        }
      } catch (SQLException notYet) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "PostgreSQL in %s does not answer within %s:%n%s"
                  .formatted(directory, STARTUP, process.stderr()),
              notYet);
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
