package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;

/** Reads one stream. All that it remembers is in its cursor. */
interface StreamReader {
  Page read(Cursor from) throws SourceException, InterruptedException;
}
