package io.helpdeskexporter.source.file;

/** Turns rows into changes. */
interface RowMapper {
  Mapping mapping();

  /**
   * Adds what a row tells.
   *
   * @throws BadRow if the row cannot be understood; nothing of it has then been added
   */
  void map(Row row, Harvest harvest) throws BadRow;
}
