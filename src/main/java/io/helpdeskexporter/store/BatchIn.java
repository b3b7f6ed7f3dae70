package io.helpdeskexporter.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Rows on their way into a table by a prepared statement: the fastest way for a few. */
final class BatchIn implements RowSink {
  private final PreparedStatement statement;
  private int column;

  /**
   * @param sql with a parameter for each column
   */
  BatchIn(Connection connection, String sql) throws SQLException {
    statement = connection.prepareStatement(sql);
  }

  @Override
  public void row() throws SQLException {
    if (column > 0) {
      statement.addBatch();
    }
    column = 0;
  }

  @Override
  public void number(OptionalLong value) throws SQLException {
    if (value.isPresent()) {
      statement.setLong(++column, value.getAsLong());
    } else {
      statement.setNull(++column, Types.BIGINT);
    }
  }

  @Override
  public void smallNumber(OptionalInt value) throws SQLException {
    if (value.isPresent()) {
      statement.setShort(++column, (short) value.getAsInt());
    } else {
      statement.setNull(++column, Types.SMALLINT);
    }
  }

  @Override
  public void truth(Optional<Boolean> value) throws SQLException {
    if (value.isPresent()) {
      statement.setBoolean(++column, value.get());
    } else {
      statement.setNull(++column, Types.BOOLEAN);
    }
  }

  @Override
  public void instant(Optional<Instant> value) throws SQLException {
    if (value.isPresent()) {
      statement.setObject(++column, time(value.get()));
    } else {
      statement.setNull(++column, Types.TIMESTAMP_WITH_TIMEZONE);
    }
  }

  /** The driver takes the ends of its time for the infinities. */
  private static OffsetDateTime time(Instant instant) {
    if (instant.equals(Instant.MAX)) {
      return OffsetDateTime.MAX;
    }
    return instant.equals(Instant.MIN) ? OffsetDateTime.MIN : TicketTable.utc(instant);
  }

  @Override
  public void text(Optional<String> value) throws SQLException {
    if (value.isPresent()) {
      statement.setString(++column, PgText.storable(value.get()));
    } else {
      statement.setNull(++column, Types.VARCHAR);
    }
  }

  @Override
  public void octets(byte @Nullable [] value) throws SQLException {
    statement.setBytes(++column, value);
  }

  @Override
  public void end() throws SQLException {
    try (statement) {
      statement.addBatch();
      statement.executeBatch();
    }
  }
}
