package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import java.sql.SQLException;

/** Reads one stream in one of the ways to find what is new. */
interface StreamReader {
  Page read(Snapshot snapshot, Cursor cursor) throws SQLException, SourceException;
}
