package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;

/** Reads one stream. All that it remembers is in its cursor. */
interface StreamReader {
  Page read(Cursor cursor) throws SourceException, InterruptedException;
}
