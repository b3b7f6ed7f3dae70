package io.helpdeskexporter.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Takes rows column by column: {@link #row}, then each value in the order of the columns. */
interface RowSink {
  /** Begins a row. */
  void row() throws SQLException;

  void number(OptionalLong value) throws SQLException;

  void smallNumber(OptionalInt value) throws SQLException;

  void truth(Optional<Boolean> value) throws SQLException;

  /** {@link Instant#MIN} and {@link Instant#MAX} become the infinities. */
  void instant(Optional<Instant> value) throws SQLException;

  void text(Optional<String> value) throws SQLException;

  void octets(byte @Nullable [] value) throws SQLException;

  /** Ends; only then are the rows where they are to go. */
  void end() throws SQLException;
}
