package io.helpdeskexporter.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/**
 * The right of one process to write to a store, for as long as the connection that holds it lives:
 * PostgreSQL gives it to the next one as soon as this process or its machine is gone. It keeps
 * pictures in memory right; what is stored would be right with two writers too.
 */
public final class Leadership implements AutoCloseable {
  /** "helpdesk" in ASCII: one key per database. */
  private static final String TRY =
      """
      SELECT pg_try_advisory_lock(7522537982568788843)
      """;

  private static final String ANSWER =
      """
      SELECT 1
      """;
  private static final int ANSWER_SECONDS = 5;

  private final Connection connection;

  private Leadership(Connection connection) {
    this.connection = connection;
  }

  static Optional<Leadership> tryTake(StoreSettings settings) {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketTimeout", Integer.toString(ANSWER_SECONDS));
    properties.setProperty("ApplicationName", "helpdesk-exporter leader");
    try {
      Connection connection = DriverManager.getConnection(settings.url(), properties);
      if (took(connection)) {
        return Optional.of(new Leadership(connection));
      }
      connection.close();
      return Optional.empty();
    } catch (SQLException e) {
      throw StoreException.of("store: asking for leadership", e);
    }
  }

  private static boolean took(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(TRY)) {
      return rows.next() && rows.getBoolean(1);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Asks PostgreSQL whether it still holds; once it does not it never will again. */
  public boolean holds() {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(ANSWER)) {
      return rows.next();
    } catch (SQLException e) {
      return false;
    }
  }

  /** Leaves it to whoever asks next. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw StoreException.of("store: giving up leadership", e);
    }
  }
}
