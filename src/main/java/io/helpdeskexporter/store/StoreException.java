package io.helpdeskexporter.store;

import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.JdbiException;

/**
 * The store could not do what was asked; its kind says who has to act. After one, what was asked
 * for may or may not have been committed: doing it again is right either way, but a caller who
 * keeps a picture of his own in memory has to load it anew.
 */
public abstract sealed class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  private StoreException(String message) {
    super(message);
  }

  /** As a label value. */
  public abstract String reason();

  /** PostgreSQL is gone, starting, full or busy: try again later by itself. */
  public static final class Unavailable extends StoreException {
    private static final long serialVersionUID = 1L;

    Unavailable(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public String reason() {
      return "unavailable";
    }
  }

  /** Wrong password, missing right, a database of something else: an operator has to act. */
  public static final class Misconfigured extends StoreException {
    private static final long serialVersionUID = 1L;

    Misconfigured(String message, Throwable cause) {
      super(message, cause);
    }

    Misconfigured(String message) {
      super(message);
    }

    @Override
    public String reason() {
      return "misconfigured";
    }
  }

  /** What is stored cannot be what this program wrote. The message names the ticket. */
  public static final class Corrupt extends StoreException {
    private static final long serialVersionUID = 1L;

    Corrupt(String message, Throwable cause) {
      super(message, cause);
    }

    Corrupt(String message) {
      super(message);
    }

    @Override
    public String reason() {
      return "corrupt";
    }
  }

  /** This program is wrong somewhere. */
  public static final class Defect extends StoreException {
    private static final long serialVersionUID = 1L;

    Defect(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public String reason() {
      return "defect";
    }
  }

  /**
   * The kind of what went wrong, by PostgreSQL's error codes.
   *
   * @param doing such as "source acme: saving a page of tickets"
   */
  static StoreException of(String doing, RuntimeException cause) {
    if (cause instanceof StoreException known) {
      return known;
    }
    Optional<SQLException> sql = sqlCause(cause);
    if (sql.isEmpty()) {
      return cause instanceof FlywayException
          ? new Misconfigured(
              doing
                  + ": the database is not one that this version of the program can use: "
                  + cause.getMessage(),
              cause)
          : new Defect(doing + ": " + cause.getMessage(), cause);
    }
    return of(doing, sql.get());
  }

  static StoreException of(String doing, SQLException cause) {
    String state = Optional.ofNullable(cause.getSQLState()).orElse("08000");
    String message = "%s: PostgreSQL: %s (%s)".formatted(doing, cause.getMessage(), state);
    return switch (state.substring(0, Math.min(2, state.length()))) {
      // Connection, rollback, resources, objects in use, operator intervention, system, time-out.
      case "08", "40", "53", "55", "57", "58" -> new Unavailable(message, cause);
      // No such role, database or schema; wrong password; 42501 is a missing right.
      case "28", "3D", "3F" -> new Misconfigured(message, cause);
      case "42" ->
          state.equals("42501") ? new Misconfigured(message, cause) : new Defect(message, cause);
      default -> new Defect(message, cause);
    };
  }

  private static Optional<SQLException> sqlCause(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  /** Whether a failure came from the database and not from this program. */
  static boolean isOfDatabase(RuntimeException thrown) {
    return thrown instanceof JdbiException || thrown instanceof FlywayException;
  }
}
