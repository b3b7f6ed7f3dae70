package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.source.SourceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** Where the kinds of database differ. */
sealed interface Dialect {
  /** How long a server may take to answer at all. */
  Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** How the exporter shows itself in the server's list of sessions. */
  String APPLICATION = "helpdesk-exporter";

  Dialect POSTGRESQL = new PostgreSql();
  Dialect MARIADB = new MariaDb();

  /** In the order in which they are listed to the reader. */
  List<String> NAMES = List.of("postgresql", "mariadb");

  /** As presets write it, also in file names: {@code tickets.mariadb.sql}. */
  String name();

  /** For messages. */
  String displayName();

  /** The URL as the driver takes it. */
  String driverUrl(String url);

  Properties properties(Duration statementTimeout);

  /** Once for each connection. */
  void prepare(Connection connection, Duration statementTimeout, boolean serverZone)
      throws SQLException;

  /**
   * Begins a read-only transaction in which all statements see one state.
   *
   * @return the server's clock, read before that state was taken, and the transactions under way
   */
  Start begin(Connection connection, Duration statementTimeout) throws SQLException;

  record Start(Instant clock, Optional<Fence> fence) {}

  /** The names of the columns of a table or view that can be seen; empty if there is none. */
  List<String> columns(Connection connection, String table) throws SQLException;

  void bind(PreparedStatement statement, int index, Optional<Object> value) throws SQLException;

  /** Whether columns of type TIMESTAMP come in UTC and not as they were written. */
  boolean timestampsAreUtc();

  /** What an error means for whoever has to act. */
  SourceException translated(SQLException error, String place);

  /** Empty if it is the URL of no database that can be read. */
  static Optional<Dialect> of(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    if (lower.startsWith("jdbc:postgresql:")) {
      return Optional.of(POSTGRESQL);
    }
    return lower.startsWith("jdbc:mariadb:") || lower.startsWith("jdbc:mysql:")
        ? Optional.of(MARIADB)
        : Optional.empty();
  }

  /** PostgreSQL, from 11 on. */
  final class PostgreSql implements Dialect {
    private static final int FIRST_WITH_SNAPSHOT_FUNCTIONS = 13;

    // In this order: now() is the beginning of the transaction, which is before the snapshot.
    private static final String START =
        """
        SELECT now(), CAST(CAST(pg_snapshot_xmin(s.s) AS text) AS bigint),
               CAST(CAST(pg_snapshot_xmax(s.s) AS text) AS bigint)
        FROM (SELECT pg_current_snapshot() AS s) s
        """;

    private static final String START_BEFORE_13 =
        """
        SELECT now(), txid_snapshot_xmin(s.s), txid_snapshot_xmax(s.s)
        FROM (SELECT txid_current_snapshot() AS s) s
        """;

    // pg_attribute rather than the information schema, which hides what may not be read: a missing
    // right is to be told from a missing table.
    private static final String COLUMNS =
        """
        SELECT a.attname FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
        """;

    @Override
    public String name() {
      return "postgresql";
    }

    @Override
    public String displayName() {
      return "PostgreSQL";
    }

    @Override
    public String driverUrl(String url) {
      return url;
    }

    @Override
    public Properties properties(Duration statementTimeout) {
      Properties properties = new Properties();
      properties.setProperty("ApplicationName", APPLICATION);
      properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
      properties.setProperty("loginTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds() * 2));
      properties.setProperty(
          "socketTimeout", Long.toString(statementTimeout.plus(CONNECT_TIMEOUT).toSeconds() + 1));
      properties.setProperty("tcpKeepAlive", "true");
      return properties;
    }

    @Override
    public void prepare(Connection connection, Duration statementTimeout, boolean serverZone)
        throws SQLException {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
    }

    /** Everything is set for the transaction only, so that it also holds behind a pooler. */
    @Override
    public Start begin(Connection connection, Duration statementTimeout) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            """
            SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
            SET LOCAL statement_timeout = %d;
            SET LOCAL TimeZone = 'UTC'
            """
                .formatted(statementTimeout.toMillis()));
        int version = connection.getMetaData().getDatabaseMajorVersion();
        try (ResultSet row =
            statement.executeQuery(
                version < FIRST_WITH_SNAPSHOT_FUNCTIONS ? START_BEFORE_13 : START)) {
          row.next();
          return new Start(
              row.getObject(1, OffsetDateTime.class).toInstant(),
              Optional.of(new Fence(row.getLong(2), row.getLong(3))));
        }
      }
    }

    @Override
    public List<String> columns(Connection connection, String table) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
        statement.setString(1, table);
        return Snapshot.strings(statement);
      }
    }

    /** Texts go untyped, so that they can be compared with whatever the column is. */
    @Override
    public void bind(PreparedStatement statement, int index, Optional<Object> value)
        throws SQLException {
      if (value.isEmpty()) {
        statement.setNull(index, Types.NULL);
      } else if (value.get() instanceof String text) {
        statement.setObject(index, text, Types.OTHER);
      } else {
        statement.setObject(index, value.get());
      }
    }

    @Override
    public boolean timestampsAreUtc() {
      return false;
    }

    @Override
    public SourceException translated(SQLException error, String place) {
      return SqlErrors.postgresql(error, place);
    }
  }

  /** MariaDB from 10.5 on, and MySQL 8. */
  final class MariaDb implements Dialect {
    private static final String COLUMNS =
        """
        SELECT column_name FROM information_schema.columns
        WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ?
        """;

    @Override
    public String name() {
      return "mariadb";
    }

    @Override
    public String displayName() {
      return "MariaDB or MySQL";
    }

    /** MariaDB's driver reads MySQL too, but wants to be asked by its own name. */
    @Override
    public String driverUrl(String url) {
      return url.replaceFirst("(?i)^jdbc:mysql:", "jdbc:mariadb:");
    }

    @Override
    public Properties properties(Duration statementTimeout) {
      Properties properties = new Properties();
      properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toMillis()));
      properties.setProperty(
          "socketTimeout", Long.toString(statementTimeout.plus(CONNECT_TIMEOUT).toMillis()));
      properties.setProperty("connectionAttributes", "program_name:" + APPLICATION);
      properties.setProperty("tcpKeepAlive", "true");
      // A tinyint(1) may hold more than two values; rows decide for themselves what is a flag.
      properties.setProperty("tinyInt1isBit", "false");
      return properties;
    }

    @Override
    public void prepare(Connection connection, Duration statementTimeout, boolean serverZone)
        throws SQLException {
      boolean mariaDb =
          connection
              .getMetaData()
              .getDatabaseProductName()
              .toLowerCase(Locale.ROOT)
              .contains("mariadb");
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        statement.execute(
            mariaDb
                ? "SET SESSION max_statement_time = " + statementTimeout.toMillis() / 1000.0
                : "SET SESSION max_execution_time = " + statementTimeout.toMillis());
        if (!serverZone) {
          statement.execute("SET SESSION time_zone = '+00:00'");
        }
      }
    }

    @Override
    public Start begin(Connection connection, Duration statementTimeout) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT UTC_TIMESTAMP(6)")) {
        row.next();
        Instant clock = row.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC);
        // The clock first: what happens between the two is then read again, not left out.
        statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
        return new Start(clock, Optional.empty());
      }
    }

    @Override
    public List<String> columns(Connection connection, String table) throws SQLException {
      int dot = table.indexOf('.');
      try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
        statement.setString(1, dot < 0 ? null : table.substring(0, dot));
        statement.setString(2, table.substring(dot + 1));
        return Snapshot.strings(statement);
      }
    }

    @Override
    public void bind(PreparedStatement statement, int index, Optional<Object> value)
        throws SQLException {
      if (value.isEmpty()) {
        statement.setNull(index, Types.NULL);
      } else {
        statement.setObject(index, value.get());
      }
    }

    @Override
    public boolean timestampsAreUtc() {
      return true;
    }

    @Override
    public SourceException translated(SQLException error, String place) {
      return SqlErrors.mariaDb(error, place);
    }
  }
}
