package io.helpdeskexporter.source.sql;

import java.util.Set;

/** Turns rows of a known shape into changes. */
interface RowMapper {
  /** All columns it knows, by name. */
  Set<String> columns();

  /** Those without which no row can be understood. */
  Set<String> required();

  /**
   * @throws BadRow if the row cannot be understood; nothing of it has then been added
   */
  void map(Row row, Harvest harvest) throws BadRow;
}
