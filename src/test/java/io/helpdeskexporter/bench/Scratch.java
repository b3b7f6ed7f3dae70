package io.helpdeskexporter.bench;

import io.helpdeskexporter.cli.Wired;
import io.helpdeskexporter.config.ConfigException;
import io.helpdeskexporter.demo.EmbeddedPostgres;
import io.helpdeskexporter.demo.EmbeddedPostgres.Database;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL in a directory that is deleted at the end, and in it, for each size, a store and a
 * small helpdesk that the exporter can read.
 */
final class Scratch implements AutoCloseable {
  private final Path directory;
  private final EmbeddedPostgres postgres;

  private Scratch(Path directory, EmbeddedPostgres postgres) {
    this.directory = directory;
    this.postgres = postgres;
  }

  static Scratch in(Path parent) throws IOException {
    Files.createDirectories(parent);
    Path directory = Files.createTempDirectory(parent, "bench-");
    return new Scratch(directory, EmbeddedPostgres.startedIn(directory.resolve("postgres")));
  }

  Path directory() {
    return directory;
  }

  Database database(String name) {
    return postgres.database(name);
  }

  /** Writes a configuration file: a store, the helpdesk beside it, and a free port. */
  Site site(String name) throws IOException, SQLException, ConfigException {
    Database store = postgres.database("store_" + name);
    Database desk = postgres.database("desk_" + name);
    execute(desk, resource("desk.sql"));
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String text =
        resource("bench.yml")
            .replace("@PORT@", Integer.toString(port))
            .replace("@STORE_URL@", store.jdbcUrl())
            .replace("@DESK_URL@", desk.jdbcUrl())
            .replace("@USER@", store.user())
            .replace("@PASSWORD@", store.password());
    Path file = Files.writeString(directory.resolve(name + ".yml"), text);
    return new Site(file, Wired.by(file), store, desk, port);
  }

  /**
   * An exporter's place.
   *
   * @param config the file that an exporter is started with
   * @param wired the same configuration, for use in this process
   * @param desk the helpdesk that the configuration tells the exporter to read
   */
  record Site(Path config, Wired wired, Database store, Database desk, int port) {}

  static void execute(Database database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Scratch.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("the resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws IOException {
    postgres.close();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
