package io.helpdeskexporter.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.ExporterProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  @TempDir private Path directory;

  @Test
  void aSecondStartFindsTheDataOfTheFirstAlthoughAStaleFileNamesAnotherProcess()
      throws SQLException, IOException {
    try (var postgres = EmbeddedPostgres.startedIn(directory)) {
      execute(postgres.database("desk"), "CREATE TABLE ticket AS SELECT 7 AS id");

      assertThatThrownBy(() -> EmbeddedPostgres.startedIn(directory))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in use by another process");
    }
    // As after a crash in a container, where this JVM may have the number the server had.
    Files.writeString(
        directory.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\n");

    try (var postgres = EmbeddedPostgres.startedIn(directory)) {
      assertThat(value(postgres.database("desk"), "SELECT id FROM ticket")).isEqualTo("7");
    }
  }

  @Test
  void aStartRightAfterAKillOfTheJvmFindsWhatWasCommitted() throws SQLException {
    var child = ExporterProcess.of(Idle.class, directory.toString()).start();
    Eventually.holds(
        "the child has written a table",
        Duration.ofMinutes(2),
        () -> child.stdout().contains("written"));

    child.killHard();

    try (var postgres = EmbeddedPostgres.startedIn(directory)) {
      assertThat(value(postgres.database("desk"), "SELECT id FROM ticket")).isEqualTo("7");
    }
  }

  private static void execute(EmbeddedPostgres.Database database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(EmbeddedPostgres.Database database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** A JVM that starts a server, writes, and is never told to stop. */
  static final class Idle {
    public static void main(String[] args) throws SQLException, InterruptedException {
      var postgres = EmbeddedPostgres.startedIn(Path.of(args[0]));
      execute(postgres.database("desk"), "CREATE TABLE ticket AS SELECT 7 AS id");
      System.out.println("written");
      Thread.currentThread().join();
    }
  }
}
