package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.source.SourceException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The one connection of a source, opened when it is needed and again after it has broken. */
final class Session implements AutoCloseable {
  /** How long a connection that was idle may take to show that it is still there. */
  private static final int VALID_SECONDS = 5;

  private final SqlSettings settings;
  private final BoundPreset preset;
  private final String place;
  private @Nullable Connection connection;

  Session(SqlSettings settings, BoundPreset preset) {
    this.settings = settings;
    this.preset = preset;
    this.place = "%s at %s".formatted(preset.dialect().displayName(), settings.place());
  }

  /** What is done with one state of the database. */
  @FunctionalInterface
  interface Work<T> {
    T in(Snapshot snapshot) throws SQLException, SourceException;
  }

  <T> T snapshot(Work<T> work) throws SourceException {
    try {
      Connection open = opened();
      try {
        T result =
            work.in(
                new Snapshot(
                    open, preset, preset.dialect().begin(open, settings.statementTimeout())));
        open.rollback();
        return result;
      } catch (SQLException | SourceException | RuntimeException e) {
        close();
        throw e;
      }
    } catch (Snapshot.StatementException e) {
      throw preset.dialect().translated(e, place + ", " + e.place());
    } catch (SQLException e) {
      throw preset.dialect().translated(e, place);
    }
  }

  private Connection opened() throws SQLException {
    Connection known = connection;
    if (known != null && known.isValid(VALID_SECONDS)) {
      return known;
    }
    close();
    Properties properties = preset.dialect().properties(settings.statementTimeout());
    settings.user().ifPresent(user -> properties.setProperty("user", user));
    settings
        .password()
        .ifPresent(password -> properties.setProperty("password", password.reveal()));
    Connection fresh =
        DriverManager.getConnection(preset.dialect().driverUrl(settings.url()), properties);
    connection = fresh;
    preset.dialect().prepare(fresh, settings.statementTimeout(), preset.preset().serverZone());
    return fresh;
  }

  String place() {
    return place;
  }

  @Override
  public void close() {
    Connection known = connection;
    connection = null;
    if (known != null) {
      try {
        known.close();
      } catch (SQLException alreadyBroken) {
        // It is given up either way, and whatever broke it has been told.
      }
    }
  }
}
